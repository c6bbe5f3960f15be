//! From source to tree, at a cost that the length of the source bounds.
//!
//! A browser's parser is kind to broken markup, and some breakage makes it do work that grows with the square
//! of the source. The source is therefore fed tag by tag, and refused as soon as its tree outgrows it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use html5ever::{
    LocalName, QualName,
    buffer_queue::BufferQueue,
    interface::{TreeSink, create_element},
    local_name, ns,
    tendril::StrTendril,
    tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

use super::{
    BadBody, BadText,
    dom::{Dom, Handle, Id, Node, ROOT},
};

/// Most attributes of one tag; comparing each with each is the tokenizer's business.
const MAX_ATTRIBUTES: usize = 256;

/// What became of a source.
pub(super) struct Parsed {
    /// The arena.
    pub(super) nodes: Vec<Node>,
    /// The node whose children are the source's.
    pub(super) body: Id,
    /// How many nodes there were before the source's.
    pub(super) own: usize,
    /// More nodes than this no tree of the source has but by multiplying its markup.
    pub(super) most: usize,
    /// Start tags that the source has, by name.
    pub(super) tags: BTreeMap<LocalName, usize>,
    /// Comments, doctypes and processing instructions.
    pub(super) comments: usize,
}

/// Parses the source as the inside of a `div`.
pub(super) fn parse(source: &str) -> Result<Parsed, BadBody> {
    let dom = Dom::new();
    let context = create_element(&dom, QualName::new(None, ns!(html), local_name!("div")), Vec::new());
    let opts = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let watch = Watch {
        builder: TreeBuilder::new_for_fragment(dom, context, None, opts),
        tags: RefCell::default(),
        comments: Cell::new(0),
        tokens: Cell::new(0),
        raw: Cell::new(false),
        strange: Cell::new(false),
        lost: Cell::new(false),
    };
    let own = watch.builder.sink.len();
    let tokenizer = Tokenizer::new(watch, TokenizerOpts::default());
    let most = source.len() + 1000;
    feed(&tokenizer, source, most)?;
    tokenizer.end();
    let Watch { builder, tags, comments, lost, .. } = tokenizer.sink;
    if lost.get() {
        return Err(BadBody::Text(BadText { character: '\0', position: 0 }));
    }
    let nodes = builder.sink.finish();
    // The parser of fragments puts an `html` element between the root and the content.
    let body = nodes[ROOT].children.first().copied().unwrap_or(ROOT);
    Ok(Parsed { nodes, body, own, most, tags: tags.into_inner(), comments: comments.get() })
}

/// Feeds the source cut before each `<`, so that after each piece all that could be emitted has been.
fn feed(tokenizer: &Tokenizer<Watch>, source: &str, most: usize) -> Result<(), BadBody> {
    let queue = BufferQueue::default();
    let mut rest = source;
    let mut inside = false;
    while !rest.is_empty() {
        let watch = &tokenizer.sink;
        if !inside && !watch.raw.get() && attributes(rest.as_bytes()) > MAX_ATTRIBUTES {
            return Err(BadBody::TooTangled);
        }
        let cut = rest.match_indices('<').map(|(at, _)| at).find(|at| *at > 0).unwrap_or(rest.len());
        let before = watch.tokens.get();
        queue.push_back(StrTendril::from(&rest[..cut]));
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        // Nothing emitted: the piece was the beginning of a tag or a comment, and so is not over.
        inside = watch.tokens.get() == before;
        rest = &rest[cut..];
        if watch.builder.sink.is_too_deep() {
            return Err(BadBody::TooDeep);
        }
        if watch.builder.sink.len() > most {
            return Err(BadBody::TooTangled);
        }
    }
    Ok(())
}

/// How many attributes the tag has that the text begins with; none if it begins with no tag.
fn attributes(text: &[u8]) -> usize {
    if text.len() < 2 || text[0] != b'<' || !text[1].is_ascii_alphabetic() {
        return 0;
    }
    let space = |b: u8| b.is_ascii_whitespace() || b == b'/';
    let skip = |from: usize, test: &dyn Fn(u8) -> bool| {
        text[from..].iter().position(|b| !test(*b)).map_or(text.len(), |at| from + at)
    };
    let mut at = skip(1, &|b| !space(b) && b != b'>');
    let mut count = 0;
    while count <= MAX_ATTRIBUTES {
        at = skip(at, &space);
        if at == text.len() || text[at] == b'>' {
            break;
        }
        count += 1;
        // A name may begin with `=`.
        at = skip(at + 1, &|b| !space(b) && b != b'>' && b != b'=');
        let value = skip(at, &|b: u8| b.is_ascii_whitespace());
        if text.get(value) != Some(&b'=') {
            continue;
        }
        at = skip(value + 1, &|b: u8| b.is_ascii_whitespace());
        at = match text.get(at) {
            Some(&quote @ (b'"' | b'\'')) => (skip(at + 1, &|b| b != quote) + 1).min(text.len()),
            _ => skip(at, &|b| !b.is_ascii_whitespace() && b != b'>'),
        };
    }
    count
}

/// Stands between tokenizer and tree builder, and counts.
struct Watch {
    builder: TreeBuilder<Handle, Dom>,
    tags: RefCell<BTreeMap<LocalName, usize>>,
    comments: Cell<usize>,
    tokens: Cell<usize>,
    raw: Cell<bool>,
    /// The reference that was read last names no character of its own.
    strange: Cell<bool>,
    /// A reference in the text names no character at all (`&#0;`): the text has U+FFFD in its place.
    lost: Cell<bool>,
}

impl TokenSink for Watch {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                *self.tags.borrow_mut().entry(tag.name.clone()).or_default() += 1;
            }
            Token::TagToken(_) => self.raw.set(false),
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.comments.set(self.comments.get() + 1),
            Token::CharacterTokens(text) if self.strange.get() && &**text == "\u{FFFD}" => self.lost.set(true),
            Token::CharacterTokens(_) | Token::NullCharacterToken | Token::EOFToken => {}
            Token::ParseError(what) => {
                self.strange.set(what.starts_with("Invalid numeric character reference"));
                return self.builder.process_token(token, line);
            }
        }
        self.strange.set(false);
        self.tokens.set(self.tokens.get() + 1);
        let result = self.builder.process_token(token, line);
        if matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext) {
            self.raw.set(true);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_the_tokenizer_sees_them() {
        for (tag, count) in [
            ("<p>", 0),
            ("<p a b=1 c='>' d=\"x y\">e", 4),
            ("<p/a/b/c>", 3),
            ("<p a=\"1\"b=\"2\">", 2),
            ("<p =a=b>", 1),
            ("<p a = b>", 1),
            ("<p a=<p b>", 2),
            ("< p a>", 0),
            ("text", 0),
        ] {
            assert_eq!(attributes(tag.as_bytes()), count, "{tag}");
        }
    }

    #[test]
    fn a_tag_of_endless_attributes_is_refused() {
        let source = (0..300).fold("<p".to_owned(), |tag, n| format!("{tag} a{n}"));
        assert!(matches!(parse(&format!("{source}>x</p>")), Err(BadBody::TooTangled)));
        assert!(matches!(parse(&format!("<!-- <p a=\" -->{source}>x</p>")), Err(BadBody::TooTangled)));
        assert!(parse(&format!("<!-- {source} -->")).is_ok());
        assert!(parse(&format!("<script>{source}</script>")).is_ok());
    }

    #[test]
    fn a_reference_to_no_character_is_seen_in_text() {
        for lost in ["a&#0;b", "<p>&#x0</p>", "&#xD800;", "&#x110000;", "&#99999999999;", "\u{FFFD}&#0;"] {
            assert!(matches!(parse(lost), Err(BadBody::Text(_))), "{lost}");
        }
        for whole in
            ["\u{FFFD}", "&#xFFFD;", "&#x80;\u{FFFD}", "&#;\u{FFFD}", "<b title=\"&#0;\">\u{FFFD}</b>", "<!-- &#0; -->"]
        {
            assert!(parse(whole).is_ok(), "{whole}");
        }
    }

    #[test]
    fn markup_that_multiplies_itself_is_refused() {
        let opened = (0..200).fold(String::new(), |tags, n| format!("{tags}<b a{n}>"));
        let source = format!("<p>{opened}</p>{}", "<p>x</p>".repeat(2000));
        assert!(matches!(parse(&source), Err(BadBody::TooTangled)));
        assert!(matches!(parse(&"<div>".repeat(100_000)), Err(BadBody::TooDeep)));
        assert!(matches!(parse(&"<svg>".repeat(100_000)), Err(BadBody::TooDeep)));
    }
}
