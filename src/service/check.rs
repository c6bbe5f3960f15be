//! Reading what people typed: each fault is kept with its place, so that all are told at once.

use super::error::{Error, FieldCode, FieldError};
use crate::{
    domain::{
        details::{Fault as DetailFault, Faults},
        text::{self, BadText},
    },
    kernel::{Code, LocaleTag, Slug, code::MAX_CODE, slug::MAX_SLUG},
};

/// Faults found so far.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fault.
    pub fn fault(&mut self, fault: FieldError) {
        self.0.push(fault);
    }

    /// A line of text that has to be there.
    pub fn line(&mut self, pointer: &str, raw: &str, max: usize) -> String {
        let line = self.maybe_line(pointer, raw, max);
        if text::is_blank(&line) && !self.has(pointer) {
            self.fault(FieldError::new(pointer, FieldCode::Required));
        }
        line
    }

    /// A line of text that need not be there; one in which nothing can be seen is not.
    pub fn place(&mut self, pointer: &str, raw: &str, max: usize) -> Option<String> {
        Some(self.maybe_line(pointer, raw, max)).filter(|line| !text::is_blank(line))
    }

    /// A line of text that may be empty.
    pub fn maybe_line(&mut self, pointer: &str, raw: &str, max: usize) -> String {
        self.typed(pointer, text::clean_line(raw), max)
    }

    /// A text of several lines that may be empty.
    pub fn text(&mut self, pointer: &str, raw: &str, max: usize) -> String {
        self.typed(pointer, text::clean_text(raw), max)
    }

    fn typed(&mut self, pointer: &str, read: Result<String, BadText>, max: usize) -> String {
        match read {
            Ok(text) if text.chars().count() > max => {
                self.too_long(pointer, max);
                String::new()
            }
            Ok(text) => text,
            Err(bad) => {
                self.fault(bad_character(pointer, &bad));
                String::new()
            }
        }
    }

    fn too_long(&mut self, pointer: &str, max: usize) {
        self.fault(FieldError::new(pointer, FieldCode::TooLong).with("max", max));
    }

    /// A code that has its form.
    pub fn code(&mut self, pointer: &str, raw: &str) -> Option<Code> {
        if raw.chars().count() > MAX_CODE {
            self.too_long(pointer, MAX_CODE);
            return None;
        }
        self.parsed(pointer, raw.parse().ok(), FieldCode::BadCode)
    }

    /// A slug that has its form.
    pub fn slug(&mut self, pointer: &str, raw: &str) -> Option<Slug> {
        if raw.chars().count() > MAX_SLUG {
            self.too_long(pointer, MAX_SLUG);
            return None;
        }
        self.parsed(pointer, raw.parse().ok(), FieldCode::BadSlug)
    }

    /// A locale tag that has its form.
    pub fn locale(&mut self, pointer: &str, raw: &str) -> Option<LocaleTag> {
        self.parsed(pointer, raw.parse().ok(), FieldCode::BadLocale)
    }

    fn parsed<T>(&mut self, pointer: &str, parsed: Option<T>, code: FieldCode) -> Option<T> {
        if parsed.is_none() {
            self.fault(FieldError::new(pointer, code));
        }
        parsed
    }

    /// Faults of details, under a pointer.
    pub fn details(&mut self, pointer: &str, kind: &'static str, faults: Faults) {
        for (name, fault) in faults {
            let at = |code| FieldError::new(format!("{pointer}/{}", escape(&name)), code);
            self.fault(match fault {
                DetailFault::Required => at(FieldCode::Required),
                DetailFault::NotOfKind => at(FieldCode::NotOfKind).with("kind", kind),
                DetailFault::WrongType(expected) => at(FieldCode::WrongType).with("expected", expected),
                DetailFault::BadMoment => at(FieldCode::BadTime),
                DetailFault::BadZone => at(FieldCode::BadTimeZone),
                DetailFault::BadDecimal => at(FieldCode::BadDecimal),
                DetailFault::OutOfRange(min, max) => at(FieldCode::OutOfRange).with("min", min).with("max", max),
                DetailFault::NotOneOf(expected) => at(FieldCode::NotOneOf).with("expected", expected),
                DetailFault::TooLong => at(FieldCode::TooLong).with("max", crate::domain::details::MAX_DETAIL),
                DetailFault::BadCharacter(bad) => bad_character(&format!("{pointer}/{}", escape(&name)), &bad),
                DetailFault::EndsBeforeStart => at(FieldCode::EndsBeforeStart),
            });
        }
    }

    /// Faults found in a part, under the pointer of the part.
    pub fn under(&mut self, pointer: &str, part: Self) {
        self.0.extend(
            part.0.into_iter().map(|fault| FieldError { pointer: format!("{pointer}{}", fault.pointer), ..fault }),
        );
    }

    /// Whether nothing is wrong at a place.
    pub fn is_good(&self, pointer: &str) -> bool {
        !self.has(pointer)
    }

    fn has(&self, pointer: &str) -> bool {
        self.0.iter().any(|fault| fault.pointer == pointer)
    }

    /// All faults as one refusal, if there are any.
    pub fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::invalid(self.0)) }
    }
}

/// A member name in a JSON pointer (RFC 6901).
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The refusal of a character, named and placed.
pub(super) fn bad_character(pointer: &str, bad: &BadText) -> FieldError {
    let character = format!("U+{:04X}", u32::from(bad.character));
    FieldError::new(pointer, FieldCode::BadCharacter).with("character", character).with("position", bad.position + 1)
}
