//! The Prometheus text format: families of samples, one after another.

use std::fmt::{Display, Write as _};

/// Its media type.
pub(super) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What a family's numbers are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// It only grows while the process lives.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Counts by buckets.
    Histogram,
}

/// A page of families.
#[derive(Debug, Default)]
pub(super) struct Page(String);

/// A family that samples are added to.
#[derive(Debug)]
pub(super) struct Family<'a> {
    page: &'a mut Page,
    name: &'static str,
}

impl Page {
    /// Begins a family.
    pub(super) fn family(&mut self, name: &'static str, kind: Kind, help: &str) -> Family<'_> {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        put(&mut self.0, format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
        Family { page: self, name }
    }

    /// A family of one sample.
    pub(super) fn one(&mut self, name: &'static str, kind: Kind, help: &str, value: impl Display) {
        self.family(name, kind, help).sample(&[], value);
    }

    /// All of it.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

impl Family<'_> {
    /// Adds a sample.
    pub(super) fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        self.part("", labels, value);
    }

    /// Adds a sample of a part of the family, such as `_sum`.
    pub(super) fn part(&mut self, suffix: &str, labels: &[(&str, &str)], value: impl Display) {
        let text = &mut self.page.0;
        put(text, format_args!("{}{suffix}", self.name));
        for (place, (name, said)) in labels.iter().enumerate() {
            put(text, format_args!("{}{name}=\"", if place == 0 { '{' } else { ',' }));
            for letter in said.chars() {
                match letter {
                    '\\' | '"' => text.extend(['\\', letter]),
                    '\n' => text.push_str("\\n"),
                    letter => text.push(letter),
                }
            }
            text.push('"');
        }
        put(text, format_args!("{} {value}\n", if labels.is_empty() { "" } else { "}" }));
    }
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("a string takes all that is written");
}

/// Microseconds as seconds.
pub(super) fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_written_as_the_format_says() {
        let mut page = Page::default();
        page.one("up", Kind::Gauge, "Whether it is.", 1);
        let mut family = page.family("said_total", Kind::Counter, "What was said.");
        family.sample(&[("by", "a\"b\\c\nd"), ("to", "đ")], 2);
        family.part("_sum", &[], seconds(1_500_001));

        let lines = [
            "# HELP up Whether it is.",
            "# TYPE up gauge",
            "up 1",
            "# HELP said_total What was said.",
            "# TYPE said_total counter",
            r#"said_total{by="a\"b\\c\nd",to="đ"} 2"#,
            "said_total_sum 1.500001",
            "",
        ];
        assert_eq!(page.into_text(), lines.join("\n"));
    }
}
