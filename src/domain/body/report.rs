//! What was stripped: reported, never silently dropped.

use std::collections::BTreeMap;

/// Something that was stripped, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped {
    /// What it was.
    pub what: StrippedKind,
    /// How many times.
    pub count: usize,
}

/// What can be stripped from a source. Names are the source's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StrippedKind {
    /// An element; its text stays, but for scripts, styles, frames, titles, SVG and `MathML`.
    Element(String),
    /// An attribute, or a value that it cannot have.
    Attribute {
        /// The element that had it.
        element: String,
        /// Its name.
        name: String,
    },
    /// The address of a link that leads where no link may lead; the link's text stays.
    Address {
        /// The address.
        value: String,
    },
    /// An element became the profile's word for it.
    Renamed {
        /// The source's element.
        from: String,
        /// The profile's.
        to: &'static str,
    },
    /// A comment, a doctype or a processing instruction.
    Comment,
}

/// Counts what is stripped.
#[derive(Default)]
pub(super) struct Report(BTreeMap<StrippedKind, usize>);

impl Report {
    /// An element is stripped.
    pub(super) fn element(&mut self, name: &str) {
        self.add(StrippedKind::Element(shortened(name)), 1);
    }

    /// An attribute is stripped.
    pub(super) fn attribute(&mut self, element: &str, name: &str) {
        self.add(StrippedKind::Attribute { element: shortened(element), name: shortened(name) }, 1);
    }

    /// An address is stripped.
    pub(super) fn address(&mut self, value: &str) {
        self.add(StrippedKind::Address { value: shortened(value) }, 1);
    }

    /// An element is renamed.
    pub(super) fn renamed(&mut self, from: &str, to: &'static str) {
        self.add(StrippedKind::Renamed { from: shortened(from), to }, 1);
    }

    /// Something is stripped `count` times.
    pub(super) fn add(&mut self, what: StrippedKind, count: usize) {
        if count > 0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// The report, sorted.
    pub(super) fn into_stripped(self) -> Vec<Stripped> {
        self.0.into_iter().map(|(what, count)| Stripped { what, count }).collect()
    }
}

/// A `data:` address may be a whole image, and a report is for reading.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
