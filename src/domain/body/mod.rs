//! The body profile: the small, documented HTML that a body may be.
//!
//! A source is parsed as a browser would parse it, built anew from the profile's elements alone (so that nothing
//! else can be in it), written in one spelling, and shown to a second sanitizer that must not want to change it.
//! What is stored is canonical: accepted again, it comes back byte for byte and with nothing to report.

mod attrs;
mod blocks;
mod build;
mod dom;
mod guard;
#[cfg(test)]
mod judge;
mod markdown;
pub mod minor;
mod names;
mod parse;
mod profile;
mod read;
mod report;
mod run;
#[cfg(test)]
mod soup;
mod structure;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
mod write;

use profile::Node;
use write::For;

pub use blocks::{BadCoded, Block, blocks, plain_coded, plain_of_coded, with_block, words_of_coded};
pub use read::{images, is_blank, links, plain_text};
pub use report::{Stripped, StrippedKind};

use super::text::{self, BadText};

/// Deepest nesting of elements that a body may have.
pub const MAX_DEPTH: usize = 32;

/// A body as it is stored, and what its source had besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// HTML of the profile, canonical.
    pub html: String,
    /// What was stripped, sorted.
    pub stripped: Vec<Stripped>,
}

/// Why a source is no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBody {
    /// A character that cannot be carried.
    #[error(transparent)]
    Text(#[from] BadText),
    /// Elements are nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// The markup is so broken that mending it would multiply it.
    #[error("the markup is too tangled to be mended")]
    TooTangled,
    /// The sanitizers do not agree about what the source means.
    #[error("the sanitizers do not agree about what the source means")]
    Ambiguous,
}

/// Makes a body of HTML.
pub fn accept_html(raw: &str) -> Result<Accepted, BadBody> {
    let source = text::clean_body_source(raw)?;
    accept(&source).map_err(|bad| with_position(bad, raw))
}

/// Makes a body of Markdown.
pub fn accept_markdown(raw: &str) -> Result<Accepted, BadBody> {
    let source = text::clean_body_source(raw)?;
    let html = markdown::to_html(&source);
    // A few letters of Markdown can stand for a table of many thousand empty cells.
    if html.len() > 32 * source.len() + 4096 {
        return Err(BadBody::TooTangled);
    }
    // The converter, as CommonMark says, puts U+FFFD where a reference names no character (`&#0;`).
    if replaced(&html) > replaced(&source) {
        return Err(with_position(BadBody::Text(BadText { character: '\0', position: 0 }), raw));
    }
    accept(&html).map_err(|bad| with_position(bad, raw))
}

fn replaced(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

/// The stored body as the public gets it, or nothing if sanitising would change it: then it is not what was
/// approved, and is withheld.
///
/// Links that lead outward say so, and a figure is delivered with its caption alone.
pub fn deliver(html: &str) -> Option<String> {
    let source = text::clean_body_source(html).ok()?;
    let (tree, stripped) = normalise(&source).ok()?;
    let same = stripped.is_empty() && write::write(&tree, For::Storage) == html && guard::agrees(html);
    same.then(|| write::write(&tree, For::Delivery))
}

fn accept(source: &str) -> Result<Accepted, BadBody> {
    let (tree, stripped) = normalise(source)?;
    let html = write::write(&tree, For::Storage);
    // What is accepted will be delivered: both sanitizers are asked now, not after the approval.
    if deliver(&html).is_none() {
        return Err(BadBody::Ambiguous);
    }
    Ok(Accepted { html, stripped })
}

/// The profile's tree of a source, and what was stripped from it.
fn normalise(source: &str) -> Result<(Vec<Node>, Vec<Stripped>), BadBody> {
    let (tree, report) = build::build(&parse::parse(source)?)?;
    if profile::depth(&tree) > MAX_DEPTH {
        return Err(BadBody::TooDeep);
    }
    Ok((tree, report.into_stripped()))
}

/// The tree of a stored body; one that is none has nothing to show.
fn delivered_tree(html: &str) -> Vec<Node> {
    normalise(html).map(|(tree, _)| tree).unwrap_or_default()
}

/// Finds the character reference (`&#8;`) that brought in a character which the source itself does not have; NUL
/// stands for all that name none.
fn with_position(bad: BadBody, source: &str) -> BadBody {
    let BadBody::Text(BadText { character, .. }) = bad else { return bad };
    let position = source.match_indices("&#").find(|(at, _)| {
        let digits = &source[at + 2..];
        let (digits, radix) = digits.strip_prefix(['x', 'X']).map_or((digits, 10), |hex| (hex, 16));
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let named = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32).unwrap_or('\0');
        end > 0 && named == character
    });
    let position = position.map_or(0, |(at, _)| source[..at].chars().count());
    BadBody::Text(BadText { character, position })
}
