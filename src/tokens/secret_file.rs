//! The secret behind access tokens: made once into the data folder, or configured and then judged.

use std::{collections::BTreeSet, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::{
    private_file::{self, FileError, Refuse},
    secret,
};

/// Fewest bytes of a secret: as many as HS256 puts out (RFC 7518, 3.2).
pub const MIN_SECRET: usize = 32;
/// Fewest different bytes of a secret.
const MIN_DISTINCT: usize = 10;
/// What stands in examples; each long enough that chance does not write it into a random secret.
const EXAMPLES: [&str; 14] = [
    "secret",
    "changeme",
    "change-me",
    "change_me",
    "change this",
    "changethis",
    "example",
    "password",
    "default",
    "placeholder",
    "replace",
    "insecure",
    "lantoa",
    "qwerty",
];

/// Why a configured secret is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakSecret {
    /// Fewer than [`MIN_SECRET`] bytes.
    #[error("the secret has fewer than {MIN_SECRET} bytes")]
    Short,
    /// A word from an example or a default is in it.
    #[error("the secret is an example's; make one with `openssl rand -base64 48`")]
    Example,
    /// Few different characters, a run, or a repetition.
    #[error("the secret can be guessed; make one with `openssl rand -base64 48`")]
    Guessable,
}

/// Why the secret in the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// It cannot be read or made, or others can read it.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is not what was written there.
    #[error("{0}: not the base64url of a secret of {1} bytes or more")]
    Spoilt(String, usize),
}

/// The bytes of a configured secret, if nobody would guess them.
pub fn check_secret(text: &str) -> Result<Zeroizing<Vec<u8>>, WeakSecret> {
    let text = text.trim();
    let bytes = text.as_bytes();
    if bytes.len() < MIN_SECRET {
        return Err(WeakSecret::Short);
    }
    let lower = Zeroizing::new(text.to_lowercase());
    if EXAMPLES.iter().any(|word| lower.contains(word)) {
        return Err(WeakSecret::Example);
    }
    if guessable(bytes) { Err(WeakSecret::Guessable) } else { Ok(Zeroizing::new(bytes.to_vec())) }
}

/// The secret in a file, made with so many random bytes (at least 32) if there is none.
pub fn load_or_create_secret(path: &Path, len: usize) -> Result<Zeroizing<Vec<u8>>, SecretFileError> {
    if let Some(text) = private_file::read(path, Refuse::Others)? {
        return decode(path, &text);
    }
    let bytes = secret::random(len.max(MIN_SECRET));
    let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(&*bytes) + "\n");
    match private_file::create(path, &text) {
        Ok(()) => Ok(bytes),
        // Another process was first: both must use the same.
        Err(error) if error.exists_already() => {
            let text = private_file::read(path, Refuse::Others)?.ok_or(error)?;
            decode(path, &text)
        }
        Err(error) => Err(error.into()),
    }
}

fn decode(path: &Path, text: &str) -> Result<Zeroizing<Vec<u8>>, SecretFileError> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end()).map(Zeroizing::new).ok();
    bytes
        .filter(|bytes| bytes.len() >= MIN_SECRET && !guessable(bytes))
        .ok_or_else(|| SecretFileError::Spoilt(path.display().to_string(), MIN_SECRET))
}

fn guessable(bytes: &[u8]) -> bool {
    let distinct = bytes.iter().collect::<BTreeSet<_>>().len();
    let steps = bytes.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) <= 1).count();
    let repeats =
        (1..=bytes.len() / 2).any(|span| bytes[span..].iter().zip(bytes).all(|(later, earlier)| later == earlier));
    distinct < MIN_DISTINCT || steps > bytes.len() / 2 || repeats
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use super::*;

    #[test]
    fn a_secret_is_made_once_and_then_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jwt.secret");

        let made = load_or_create_secret(&path, 48).unwrap();
        let read = load_or_create_secret(&path, 48).unwrap();

        assert_eq!((made.len(), &made), (48, &read));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        assert_ne!(load_or_create_secret(&folder.path().join("other"), 8).unwrap()[..], made[..32]);
    }

    #[test]
    fn starting_at_the_same_time_gives_the_same_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jwt.secret");
        let secrets: BTreeSet<Vec<u8>> = std::thread::scope(|scope| {
            let starts: Vec<_> =
                (0..8).map(|_| scope.spawn(|| load_or_create_secret(&path, 32).unwrap().to_vec())).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert_eq!(secrets.len(), 1);
    }

    #[test]
    fn a_spoilt_or_exposed_secret_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jwt.secret");
        for spoilt in ["", "\n", "changeme", "c2hvcnQ", &"A".repeat(64)] {
            fs::write(&path, spoilt).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            assert!(matches!(load_or_create_secret(&path, 32), Err(SecretFileError::Spoilt(..))), "{spoilt}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(
            load_or_create_secret(&path, 32),
            Err(SecretFileError::File(FileError::Exposed { mode: 0o644, .. }))
        ));
    }

    #[test]
    fn a_configured_secret_is_long_and_of_its_own() {
        for good in [
            "vI2qk9RrXc0Zt7m1yUe5Hb8sNf3WdGaJ",
            "8c1f0e9ab37d5264c98e17f20ab6d3547fe0918a2bcd6e3f",
            "Đà Lạt sương mù phủ kín đồi thông sớm nay",
        ] {
            assert_eq!(check_secret(good).as_deref().map(Vec::as_slice), Ok(good.as_bytes()), "{good}");
        }
        assert_eq!(check_secret(" vI2qk9RrXc0Zt7m1yUe5Hb8sNf3WdGaJ\n").unwrap().len(), 32);
        for short in ["", "secret", "vI2qk9RrXc0Zt7m1yUe5Hb8sNf3WdGa", &" ".repeat(40)] {
            assert_eq!(check_secret(short), Err(WeakSecret::Short), "{short}");
        }
        for example in [
            "your-256-bit-secret-goes-here-vI2qk9Rr",
            "ChangeMe-vI2qk9RrXc0Zt7m1yUe5Hb8sNf3",
            "an example of a key, 0123456789 abcdef",
        ] {
            assert_eq!(check_secret(example), Err(WeakSecret::Example), "{example}");
        }
        let thrice = "abc9XYZ12kq".repeat(3);
        for guess in [
            "a".repeat(64),
            "abcdefghijklmnopqrstuvwxyz0123456789".into(),
            "0123456789".repeat(4),
            thrice,
            "01".repeat(32),
        ] {
            assert_eq!(check_secret(&guess), Err(WeakSecret::Guessable), "{guess}");
        }
    }
}
