//! Which passwords are accepted: long ones that nobody would try first.

use std::collections::BTreeSet;

use deunicode::deunicode;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Fewest characters of a password.
pub const MIN_CHARS: usize = 12;
/// Most characters of a password.
pub const MAX_CHARS: usize = 128;
/// Most bytes that are looked at: 128 characters however they are composed take fewer.
pub(super) const MAX_BYTES: usize = 4096;

/// Fewest different characters of a password.
const MIN_DISTINCT: usize = 5;
/// Fewest characters that must be left when everything obvious is taken out.
const MIN_LEFT: usize = 8;
/// A part of a name or an address shorter than this says nothing about a person.
const MIN_PERSONAL: usize = 4;
/// What is tried first, folded; the longer before the shorter that it contains.
const OBVIOUS: [&str; 22] = [
    "iloveyou",
    "emyeuanh",
    "anhyeuem",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "changeme",
    "khongbiet",
    "matkhau",
    "vietnam",
    "welcome",
    "letmein",
    "default",
    "lantoa",
    "secret",
    "qwerty",
    "azerty",
    "asdfgh",
    "zxcvbn",
    "admin",
    "login",
    "user",
];

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`MIN_CHARS`] characters.
    #[error("a password has at least {MIN_CHARS} characters")]
    TooShort,
    /// More than [`MAX_CHARS`] characters.
    #[error("a password has at most {MAX_CHARS} characters")]
    TooLong,
    /// The account's name or e-mail address is in it.
    #[error("a password does not contain the account's name or address")]
    Personal,
    /// Made of what is tried first: common words, runs, repetitions.
    #[error("a password is not made of common words, runs and repetitions")]
    Obvious,
}

/// Accepts a password for the person of this address and name, or says what is weak in it.
pub fn check_password(password: &str, email: &str, name: &str) -> Result<(), WeakPassword> {
    if password.len() > MAX_BYTES {
        return Err(WeakPassword::TooLong);
    }
    let normal: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
    match normal.chars().count() {
        ..MIN_CHARS => return Err(WeakPassword::TooShort),
        MIN_CHARS..=MAX_CHARS => {}
        _ => return Err(WeakPassword::TooLong),
    }
    let local = email.rsplit_once('@').map_or(email, |(local, _)| local);
    let bare = letters(&normal);
    if [local, name].into_iter().map(letters).any(|own| own.len() >= MIN_PERSONAL && bare.contains(own.as_str())) {
        return Err(WeakPassword::Personal);
    }
    let distinct = normal.chars().collect::<BTreeSet<_>>().len();
    let only_digits = normal.chars().all(|c| c.is_numeric() || c.is_whitespace() || c.is_ascii_punctuation());
    if distinct < MIN_DISTINCT || only_digits || left_over(&normal) < MIN_LEFT {
        return Err(WeakPassword::Obvious);
    }
    Ok(())
}

/// The text without case, marks and spaces: `Mật Khẩu` is `matkhau`.
fn fold(text: &str) -> Zeroizing<String> {
    let plain = Zeroizing::new(deunicode(text));
    Zeroizing::new(plain.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect())
}

fn letters(text: &str) -> Zeroizing<String> {
    Zeroizing::new(fold(text).chars().filter(char::is_ascii_alphanumeric).collect())
}

/// How many characters are neither in an obvious word nor in a run such as `2345` or `aaaa`.
fn left_over(password: &str) -> usize {
    let words = OBVIOUS.iter().fold(fold(password), |text, word| Zeroizing::new(text.replace(word, "\0")));
    words.split('\0').map(|rest| rest.len() - in_runs(rest.as_bytes())).sum()
}

/// How many bytes stand in runs of four or more that rise, fall or stay by one step.
fn in_runs(text: &[u8]) -> usize {
    let step = |i: usize| i16::from(text[i + 1]) - i16::from(text[i]);
    let (mut total, mut start) = (0, 0);
    while start < text.len() {
        let mut end = start + 1;
        while end < text.len() && step(start).abs() <= 1 && step(end - 1) == step(start) {
            end += 1;
        }
        if end - start >= 4 {
            total += end - start;
        }
        // A run's last byte may begin the next one, except that it was counted already.
        start = if end - start >= 4 { end } else { start + 1 };
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), WeakPassword> {
        check_password(password, "an.nguyen@lamdong.example", "Nguyễn Văn Ân")
    }

    #[test]
    fn a_long_password_of_ones_own_is_accepted() {
        for good in [
            "đèo Hải Vân mùa xuân",
            "correct horse battery",
            "3x7-9k2.4418q",
            "Xk8#2p9$1m4!",
            "春眠不覺曉處處聞啼鳥夜來風雨",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        assert_eq!(check(&"abcdefgh1 Xj".repeat(10)), Ok(()));
    }

    #[test]
    fn length_is_counted_in_characters_after_composition() {
        assert_eq!(check("đèo Hải Vân"), Err(WeakPassword::TooShort));
        let decomposed: String = "đèo Hải Vân".nfd().collect();
        assert!(decomposed.chars().count() > MIN_CHARS);
        assert_eq!(check(&decomposed), Err(WeakPassword::TooShort));
        assert_eq!(check(&"việt bắc tây ".repeat(10)), Err(WeakPassword::TooLong));
        assert_eq!(check(&"x".repeat(MAX_BYTES + 1)), Err(WeakPassword::TooLong));
    }

    #[test]
    fn name_and_address_are_found_however_they_are_written() {
        for own in ["my AN.NGUYEN key", "annguyen-2026-xq", "Nguyễn Văn Ân kx72", "nguyen van an kx72"] {
            assert_eq!(check(own), Err(WeakPassword::Personal), "{own}");
        }
        // Nobody has to give for a short address or an empty name.
        assert_eq!(check_password("một an lành ngày", "an@x.example", ""), Ok(()));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for bad in [
            "password1234",
            "Password@2026",
            "MậtKhẩu123456",
            "123456789012",
            "19/08/1945 - 2",
            "qwertyuiop123",
            "aaaaaaaaaaaa",
            "abababababab",
            "abcdefghijklmnop",
            "LanToa@2026!!",
            "admin admin admin",
            "            ",
            "vietnam vietnam",
        ] {
            assert_eq!(check(bad), Err(WeakPassword::Obvious), "{bad}");
        }
    }
}
