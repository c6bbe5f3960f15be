//! What commands say on the terminal, in the operator's language.

use std::io::{self, Write as _};

use super::Failure;
use crate::{
    i18n::I18n,
    kernel::{Arg, LocaleTag},
    service::Error,
};

/// Says things to the operator.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    i18n: I18n,
    locale: LocaleTag,
}

impl Voice {
    /// The language of the variables that POSIX names, the strongest first: Vietnamese or English, which are the
    /// two that commands speak, and English where they name neither.
    pub(super) fn of(i18n: &I18n, variable: impl Fn(&str) -> Option<String>) -> Self {
        let asked =
            ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| variable(name)).find(|it| !it.is_empty());
        let language = asked.as_deref().and_then(|value| value.split(['.', '@', '_', '-']).next());
        let spoken = if language == Some("vi") { "vi" } else { "en" };
        Self { i18n: i18n.clone(), locale: spoken.parse().expect("a locale tag") }
    }

    /// A text.
    pub(super) fn text(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        self.i18n.text(&self.locale, key, args)
    }

    /// Says a text as a line.
    pub(super) fn say(&self, key: &str, args: &[(&'static str, Arg)]) {
        Self::line(&self.text(key, args));
    }

    /// Says a line as it is.
    pub(super) fn line(line: &str) {
        // Nobody listening any more is no reason to stop serving.
        let mut out = io::stdout().lock();
        writeln!(out, "{line}").and_then(|()| out.flush()).ok();
    }

    /// Says a text as a line of the stream of what went wrong.
    pub(super) fn warn(&self, key: &str, args: &[(&'static str, Arg)]) {
        writeln!(io::stderr(), "{}", one_line(&self.text(key, args))).ok();
    }

    /// Says why a command ended, as exactly one line of its own stream.
    pub(super) fn fail(&self, failure: &Failure) {
        let line = match failure {
            Failure::Bad(bad) => {
                let reason = self.text(bad.reason.key(), &bad.reason.args());
                self.text("cli-bad-configuration", &[("name", bad.name.as_str().into()), ("reason", reason.into())])
            }
            Failure::Refused(error) => self.refusal(error),
            other => match other.line() {
                Some((key, args)) => self.text(key, &args),
                None => return,
            },
        };
        writeln!(io::stderr(), "{}", one_line(&line)).ok();
    }

    /// A refusal with each place as the JSON pointer that it is.
    pub(super) fn refusal_at(&self, error: &Error) -> String {
        let all: Vec<String> = error
            .errors()
            .iter()
            .map(|place| {
                let text = self.text(&format!("field-{}", place.code.slug()), &place.args);
                if place.pointer.is_empty() { text } else { format!("{}: {text}", place.pointer) }
            })
            .collect();
        if all.is_empty() { self.refusal(error) } else { all.join(" ") }
    }

    /// A refusal with the places that it names; a fault of ours with its cause, which is the operator's to know.
    fn refusal(&self, error: &Error) -> String {
        let slug = error.code().slug();
        let mut line = self.text(&format!("problem-{slug}"), error.args());
        for place in error.errors() {
            let text = self.text(&format!("field-{}", place.code.slug()), &place.args);
            line = format!("{line}; {}: {text}", place.pointer.trim_start_matches('/'));
        }
        if error.code().status() >= 500 {
            line = format!("{line} ({error})");
        }
        line
    }
}

/// A text as one line that moves no terminal: what it quotes may be a stranger's.
fn one_line(text: &str) -> String {
    text.split(char::is_control).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(variables: &[(&str, &str)]) -> String {
        let i18n = I18n::embedded(&"vi".parse().unwrap()).unwrap();
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Voice::of(&i18n, find).locale.to_string()
    }

    #[test]
    fn a_line_is_one_line_and_nothing_that_a_terminal_obeys() {
        assert_eq!(one_line("một\r\n hai\tba"), "một hai ba");
        assert_eq!(one_line("\u{1b}[2J\u{9b}31mđỏ\u{7}"), "[2J 31mđỏ");
    }

    #[test]
    fn the_operator_hears_the_language_of_the_terminal() {
        assert_eq!(spoken(&[("LANG", "vi_VN.UTF-8")]), "vi");
        assert_eq!(spoken(&[("LC_ALL", "en_GB.UTF-8"), ("LANG", "vi_VN.UTF-8")]), "en");
        assert_eq!(spoken(&[("LC_ALL", ""), ("LANG", "vi")]), "vi");
        for none in
            [&[][..], &[("LANG", "C")], &[("LANG", "fr_FR.UTF-8")], &[("LC_ALL", "POSIX")], &[("LANG", "C.UTF-8")]]
        {
            assert_eq!(spoken(none), "en");
        }
    }
}
