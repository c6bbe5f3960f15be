//! The blocks of a body, one after the other as they are read, and a body with another text in one of them.
//!
//! A block is a run of text and inline elements in one element of the body. Its inline elements stand in the text as
//! placeholders: `{1}` where one opens, `{/1}` where it closes, `{2/}` for one that holds nothing; a brace of the text
//! itself is written twice. So whoever writes a block anew can move them, and can neither break nor make markup.

use super::{
    Accepted, accept, delivered_tree,
    profile::{Element, Node, Tag},
    write::{For, start_tag, write},
};

/// A block of a body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// The element that it is the text of.
    pub kind: &'static str,
    /// The start tags of all elements that it lies in, itself last.
    pub place: String,
    /// The text without its markup; a line break is a line feed.
    pub text: String,
    /// The text with placeholders for its markup.
    pub coded: String,
    /// The start tags that the placeholders stand for, the first of number 1.
    pub codes: Vec<String>,
}

impl Block {
    /// Where its links lead, in their order, as its start tags say it.
    pub fn links(&self) -> Vec<String> {
        self.codes.iter().filter(|code| code.starts_with("<a ")).cloned().collect()
    }
}

/// Why a coded text is none of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCoded {
    /// A placeholder is missing, unknown, there twice, or not closed where it has to be.
    Placeholder,
    /// It says nothing, or what the body profile would not keep as it stands.
    NotKept,
}

/// The blocks of a stored body.
pub fn blocks(html: &str) -> Vec<Block> {
    let mut found = Vec::new();
    each_run(&mut delivered_tree(html), &mut String::new(), None, &mut |place, kind, run| {
        let (mut text, mut coded, mut codes) = (String::new(), String::new(), Vec::new());
        encode(run, &mut text, &mut coded, &mut codes);
        found.push(Block { kind, place: place.to_owned(), text, coded, codes });
    });
    found
}

/// The stored body with another coded text in the block of a place, in the body's own spelling.
pub fn with_block(html: &str, wanted: usize, coded: &str) -> Result<String, BadCoded> {
    let mut tree = delivered_tree(html);
    let (mut at, mut made) = (0, Err(BadCoded::NotKept));
    each_run(&mut tree, &mut String::new(), None, &mut |_, _, run| {
        if at == wanted {
            made = decode(coded, run).map(|nodes| *run = nodes);
        }
        at += 1;
    });
    made?;
    let Ok(Accepted { html: changed, stripped }) = accept(&write(&tree, For::Storage)) else {
        return Err(BadCoded::NotKept);
    };
    let (before, after) = (blocks(html), blocks(&changed));
    let others = |all: &[Block]| {
        all.iter().enumerate().filter(|(at, _)| *at != wanted).map(|(_, one)| one.clone()).collect::<Vec<_>>()
    };
    let same = stripped.is_empty() && before.len() == after.len() && others(&before) == others(&after);
    let has_text = |all: &[Block]| all.get(wanted).is_some_and(|one| !one.coded.is_empty());
    let kept = has_text(&before) && has_text(&after) && before[wanted].codes.len() == after[wanted].codes.len();
    if same && kept { Ok(changed) } else { Err(BadCoded::NotKept) }
}

/// A text that has no markup, as a coded text.
pub fn plain_coded(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// The text that a coded text without placeholders says.
pub fn plain_of_coded(coded: &str) -> Result<String, BadCoded> {
    let whole = parts(coded)?.into_iter().map(|part| match part {
        Part::Text(text) => Ok(text),
        Part::Open(_) | Part::Close(_) | Part::Void(_) => Err(BadCoded::Placeholder),
    });
    whole.collect()
}

/// The words of a coded text without its placeholders, for people to read.
pub fn words_of_coded(coded: &str) -> String {
    let word = |part: Part| match part {
        Part::Text(text) => text,
        Part::Void(_) => " ".to_owned(),
        Part::Open(_) | Part::Close(_) => String::new(),
    };
    parts(coded).map_or_else(|_| coded.to_owned(), |parts| parts.into_iter().map(word).collect())
}

/// Visits each block: where it lies, its element's name, and its run, which may be changed.
fn each_run(
    nodes: &mut Vec<Node>,
    place: &mut String,
    within: Option<Tag>,
    visit: &mut impl FnMut(&str, &'static str, &mut Vec<Node>),
) {
    let mut out = Vec::with_capacity(nodes.len());
    let mut run = Vec::new();
    let kind = within.map_or("p", Tag::name);
    let end = |run: &mut Vec<Node>,
               out: &mut Vec<Node>,
               place: &str,
               visit: &mut dyn FnMut(&str, &'static str, &mut Vec<Node>)| {
        if !run.is_empty() {
            visit(place, kind, run);
            out.append(run);
        }
    };
    for node in std::mem::take(nodes) {
        match node {
            Node::Element(mut block) if !block.tag.is_inline() => {
                end(&mut run, &mut out, place, visit);
                let length = place.len();
                place.push_str(&start_tag(&block));
                if block.children.is_empty() && matches!(block.tag, Tag::Hr | Tag::Figure) {
                    visit(place, block.tag.name(), &mut block.children);
                } else {
                    each_run(&mut block.children, place, Some(block.tag), visit);
                }
                place.truncate(length);
                out.push(Node::Element(block));
            }
            inline => run.push(inline),
        }
    }
    end(&mut run, &mut out, place, visit);
    *nodes = out;
}

fn encode(run: &[Node], text: &mut String, coded: &mut String, codes: &mut Vec<String>) {
    for node in run {
        match node {
            Node::Text(words) => {
                text.push_str(words);
                coded.push_str(&plain_coded(words));
            }
            Node::Element(element) => {
                codes.push(start_tag(element));
                let number = codes.len().to_string();
                if element.tag.is_void() {
                    text.push('\n');
                    coded.extend(["{", &number, "/}"]);
                } else {
                    coded.extend(["{", &number, "}"]);
                    encode(&element.children, text, coded, codes);
                    coded.extend(["{/", &number, "}"]);
                }
            }
        }
    }
}

/// A piece of a coded text.
enum Part {
    Text(String),
    Open(usize),
    Close(usize),
    Void(usize),
}

fn parts(coded: &str) -> Result<Vec<Part>, BadCoded> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = coded;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else {
            let (inside, after) =
                rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).ok_or(BadCoded::Placeholder)?;
            let number =
                |raw: &str| raw.parse::<usize>().ok().filter(|n| n.to_string() == raw).ok_or(BadCoded::Placeholder);
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
                (Some(raw), _) => Part::Close(number(raw)?),
                (None, Some(raw)) => Part::Void(number(raw)?),
                (None, None) => Part::Open(number(inside)?),
            });
            rest = after;
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Ok(parts)
}

/// The run that a coded text stands for, with the inline elements that the run had: each once, none else.
fn decode(coded: &str, run: &[Node]) -> Result<Vec<Node>, BadCoded> {
    let mut elements = Vec::new();
    collect(run, &mut elements);
    let mut left: Vec<Option<Element>> = elements.into_iter().map(Some).collect();
    let mut take = |number: usize, void: bool| {
        let slot = number.checked_sub(1).and_then(|at| left.get_mut(at)).ok_or(BadCoded::Placeholder)?;
        slot.take_if(|element| element.tag.is_void() == void).ok_or(BadCoded::Placeholder)
    };
    let mut stack: Vec<(usize, Element)> = Vec::new();
    let mut out = Vec::new();
    for part in parts(coded)? {
        let node = match part {
            Part::Text(text) => Node::Text(text),
            Part::Void(number) => Node::Element(take(number, true)?),
            Part::Open(number) => {
                stack.push((number, take(number, false)?));
                continue;
            }
            Part::Close(number) => {
                let (_, element) = stack.pop_if(|(open, _)| *open == number).ok_or(BadCoded::Placeholder)?;
                Node::Element(element)
            }
        };
        stack.last_mut().map_or(&mut out, |(_, element)| &mut element.children).push(node);
    }
    if stack.is_empty() && left.iter().all(Option::is_none) { Ok(out) } else { Err(BadCoded::Placeholder) }
}

/// The inline elements of a run in the order of their numbers, without what they hold.
fn collect(run: &[Node], elements: &mut Vec<Element>) {
    for node in run {
        if let Node::Element(element) = node {
            elements.push(Element { tag: element.tag, attrs: element.attrs.clone(), children: Vec::new() });
            collect(&element.children, elements);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<h2>Cầu ngư</h2><p>Giá <strong>12,5</strong> {tỷ}, <a href=\"https://a.example/\">xem <em>thêm</em></a><br>nhé.</p>\
                        <ul><li>Một<ul><li>Một rưỡi</li></ul></li></ul><hr><table><tbody><tr><td>5</td><td></td></tr></tbody></table>";

    #[test]
    fn a_body_is_its_blocks_one_after_the_other() {
        let found = blocks(BODY);
        let seen: Vec<_> = found.iter().map(|one| (one.kind, one.place.as_str(), one.coded.as_str())).collect();
        assert_eq!(
            seen,
            [
                ("h2", "<h2>", "Cầu ngư"),
                ("p", "<p>", "Giá {1}12,5{/1} {{tỷ}}, {2}xem {3}thêm{/3}{/2}{4/}nhé."),
                ("li", "<ul><li>", "Một"),
                ("li", "<ul><li><ul><li>", "Một rưỡi"),
                ("hr", "<hr>", ""),
                ("td", "<table><tbody><tr><td>", "5"),
            ]
        );
        assert_eq!(found[1].text, "Giá 12,5 {tỷ}, xem thêm\nnhé.");
        assert_eq!(found[1].codes, ["<strong>", "<a href=\"https://a.example/\">", "<em>", "<br>"]);
    }

    #[test]
    fn a_block_is_written_anew_and_nothing_beside_it() {
        assert_eq!(with_block(BODY, 0, "Cầu ngư").as_deref(), Ok(BODY));
        let changed = with_block(BODY, 1, "{2}Xem {3}ở đây{/3}{/2}{4/}giá {1}13 & <b>{/1} {{tỷ}}.").unwrap();
        assert!(
            changed.contains(
                "<p><a href=\"https://a.example/\">Xem <em>ở đây</em></a><br>giá <strong>13 &amp; &lt;b&gt;</strong> {tỷ}.</p>"
            ),
            "{changed}"
        );
        assert!(changed.starts_with("<h2>Cầu ngư</h2>") && changed.contains("<li>Một rưỡi</li>"));
        assert!(with_block(BODY, 3, "Một {{rưỡi}}").unwrap().contains("<li>Một {rưỡi}</li>"));
    }

    #[test]
    fn placeholders_can_be_neither_broken_nor_made() {
        for coded in [
            "Giá {1}12,5{/1} {2}xem {3}thêm{/3}{/2}",
            "{1}{2}{/1}{/2}{3}x{/3}{4/}",
            "{1}a{/1}{1}b{/1}{2}c{3}d{/3}{/2}{4/}",
            "{1}a{/1}{2}c{3}d{/3}{/2}{4}",
            "{1/}a{2}c{3}d{/3}{/2}{4/}",
            "{1}a{/1}{2}c{3}d{/3}{/2}{4/}{5/}",
            "{1}a{/1}{2}c{3}d{/3}{/2}{4/}{0}",
            "{01}a{/1}{2}c{3}d{/3}{/2}{4/}",
            "{1}a{/1}{2}c{3}d{/3}{/2}{4/} {",
            "{1}a{/1}{2}c{3}d{/3}{/2}{4/} }",
        ] {
            assert_eq!(with_block(BODY, 1, coded), Err(BadCoded::Placeholder), "{coded}");
        }
        for (at, coded) in [(0, " "), (0, ""), (1, "a {1}{/1}{2}c{3}d{/3}{/2}{4/}e"), (4, "x"), (9, "x")] {
            assert_eq!(with_block(BODY, at, coded), Err(BadCoded::NotKept), "{coded}");
        }
        assert_eq!(plain_of_coded("{{a}}"), Ok("{a}".to_owned()));
        assert_eq!(plain_of_coded("{1}a{/1}"), Err(BadCoded::Placeholder));
        assert_eq!(words_of_coded("{1}a{/1}{2/}{{b}}"), "a {b}");
    }
}
