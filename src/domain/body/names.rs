//! What becomes of each element that HTML knows, and of all others.

use super::profile::Tag;

/// What becomes of an element.
pub(super) enum Fate {
    /// It is of the profile.
    Kept(Tag),
    /// The profile has another word for it.
    Renamed(Tag),
    /// It is a foreign block: a paragraph, or a boundary between blocks.
    Paragraph,
    /// It goes, what it holds stays.
    Unwrapped,
    /// It goes with all it holds.
    Left,
}

/// The fate of an element by its name.
pub(super) fn fate(name: &str) -> Fate {
    if let Some(tag) = Tag::named(name) {
        return Fate::Kept(tag);
    }
    match name {
        "b" => Fate::Renamed(Tag::Strong),
        "i" => Fate::Renamed(Tag::Em),
        "h1" => Fate::Renamed(Tag::H2),
        "h5" | "h6" => Fate::Renamed(Tag::H4),
        "dir" | "menu" => Fate::Renamed(Tag::Ul),
        "tfoot" => Fate::Renamed(Tag::Tbody),
        // What these hold is no text of the body: code, other documents, markup that no browser shows.
        "script" | "style" | "template" | "iframe" | "noembed" | "noframes" | "title" | "svg" | "math" => Fate::Left,
        name if is_foreign_block(name) => Fate::Paragraph,
        _ => Fate::Unwrapped,
    }
}

/// Whether the element ends a line of text before it.
pub(super) fn is_block(name: &str) -> bool {
    match fate(name) {
        Fate::Kept(tag) | Fate::Renamed(tag) => !tag.is_inline(),
        Fate::Paragraph => true,
        Fate::Unwrapped | Fate::Left => false,
    }
}

/// Whether line breaks in the element's text show as such.
pub(super) fn is_preformatted(name: &str) -> bool {
    matches!(name, "pre" | "listing" | "xmp" | "plaintext" | "textarea")
}

/// Whether the parser writes the lower-case name of an SVG element in its own way.
pub(super) fn is_respelt(name: &str) -> bool {
    const CAMELS: &[&str] = &[
        "altglyph",
        "altglyphdef",
        "altglyphitem",
        "animatecolor",
        "animatemotion",
        "animatetransform",
        "clippath",
        "foreignobject",
        "glyphref",
        "lineargradient",
        "radialgradient",
        "textpath",
    ];
    name.starts_with("fe") || CAMELS.contains(&name)
}

fn is_foreign_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "listing",
        "main",
        "nav",
        "optgroup",
        "option",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "textarea",
        "xmp",
    ];
    BLOCKS.contains(&name)
}
