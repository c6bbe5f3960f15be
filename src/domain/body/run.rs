//! A run of text within a block: leaves, each knowing the inline elements around it.
//!
//! Sources put blocks into inline elements; the profile does not. Since a leaf carries its surroundings, a run
//! can be cut anywhere, and the elements around it are made anew for each piece.

use unicode_normalization::UnicodeNormalization;

use super::profile::{Attrs, Node, Tag};
use crate::domain::text;

/// A place among the wrappers.
pub(super) type WrapperId = usize;

/// An inline element of the source.
pub(super) struct Wrapper {
    pub(super) tag: Tag,
    pub(super) attrs: Attrs,
    pub(super) around: Option<WrapperId>,
    /// How many wrappers there are from the outermost to this one.
    pub(super) depth: usize,
    /// Some visible text of it stays.
    pub(super) shown: bool,
}

/// Text or a line break.
pub(super) struct Leaf {
    pub(super) within: Option<WrapperId>,
    pub(super) what: What,
}

/// What a leaf is.
pub(super) enum What {
    Text(String),
    Break(Attrs),
}

impl Leaf {
    fn is_space(&self) -> bool {
        match &self.what {
            What::Text(text) => text.trim_matches(SPACE).is_empty(),
            What::Break(_) => true,
        }
    }
}

/// White space as HTML has it; all other spaces are text.
const SPACE: [char; 3] = [' ', '\t', '\n'];

/// The run as inline nodes, without space and breaks at its ends, and how many elements that took.
pub(super) fn assemble(mut run: Vec<Leaf>, wrappers: &mut [Wrapper]) -> (Vec<Node>, usize) {
    trim(&mut run);
    let paths = paths(&run, wrappers);
    let mut made = 0;
    let mut stack: Vec<(Option<WrapperId>, Vec<Node>)> = vec![(None, Vec::new())];
    for (leaf, path) in run.into_iter().zip(paths) {
        let same = stack[1..].iter().zip(&path).take_while(|((open, _), wanted)| *open == Some(**wanted)).count();
        while stack.len() > same + 1 {
            close(&mut stack, wrappers);
        }
        made += path.len() - same;
        stack.extend(path[same..].iter().map(|id| (Some(*id), Vec::new())));
        let (_, into) = stack.last_mut().expect("the bottom of the stack is never closed");
        match leaf.what {
            What::Break(attrs) => into.push(Node::element(Tag::Br, attrs, Vec::new())),
            What::Text(text) => match into.last_mut() {
                Some(Node::Text(known)) => known.push_str(&text),
                _ => into.push(Node::Text(text)),
            },
        }
    }
    while stack.len() > 1 {
        close(&mut stack, wrappers);
    }
    let mut nodes = stack.pop().map(|(_, nodes)| nodes).unwrap_or_default();
    compose(&mut nodes);
    (nodes, made)
}

/// NFC, once what belongs together has come together.
fn compose(nodes: &mut [Node]) {
    for node in nodes {
        match node {
            Node::Text(text) => *text = text.nfc().collect(),
            Node::Element(element) => compose(&mut element.children),
        }
    }
}

fn close(stack: &mut Vec<(Option<WrapperId>, Vec<Node>)>, wrappers: &[Wrapper]) {
    if let Some((Some(id), children)) = stack.pop()
        && let Some((_, outer)) = stack.last_mut()
    {
        outer.push(Node::element(wrappers[id].tag, wrappers[id].attrs.clone(), children));
    }
}

fn trim(run: &mut Vec<Leaf>) {
    // Word processors space paragraphs with paragraphs of one no-break space.
    if run
        .iter()
        .all(|leaf| matches!(&leaf.what, What::Text(text) if text.chars().all(char::is_whitespace)) || leaf.is_space())
    {
        run.clear();
    }
    let start = run.iter().position(|leaf| !leaf.is_space()).unwrap_or(run.len());
    run.drain(..start);
    let end = run.iter().rposition(|leaf| !leaf.is_space()).map_or(0, |at| at + 1);
    run.truncate(end);
    if let Some(What::Text(text)) = run.first_mut().map(|leaf| &mut leaf.what) {
        *text = text.trim_start_matches(SPACE).to_owned();
    }
    if let Some(What::Text(text)) = run.last_mut().map(|leaf| &mut leaf.what) {
        text.truncate(text.trim_end_matches(SPACE).len());
    }
}

/// The wrappers around each leaf, outermost first.
fn paths(run: &[Leaf], wrappers: &mut [Wrapper]) -> Vec<Vec<WrapperId>> {
    let mut paths: Vec<Vec<WrapperId>> = run.iter().map(|leaf| path(leaf.within, wrappers)).collect();
    let is_link = |id: WrapperId, wrappers: &[Wrapper]| wrappers[id].tag == Tag::A;
    // A link that one cannot see is a trap, or a leftover: what is left of it here must show.
    let mut seen: Vec<WrapperId> = Vec::new();
    for (leaf, path) in run.iter().zip(&paths) {
        if let What::Text(text) = &leaf.what
            && !text::is_blank(text)
        {
            seen.extend(path.iter().filter(|id| is_link(**id, wrappers)));
        }
    }
    seen.sort_unstable();
    for id in &seen {
        wrappers[*id].shown = true;
    }
    for path in &mut paths {
        path.retain(|id| !is_link(*id, wrappers) || seen.binary_search(id).is_ok());
    }
    paths
}

fn path(within: Option<WrapperId>, wrappers: &[Wrapper]) -> Vec<WrapperId> {
    let mut path: Vec<WrapperId> = std::iter::successors(within, |id| wrappers[*id].around).collect();
    // No link lies in a link: the innermost one is what a reader would follow.
    if let Some(link) = path.iter().position(|id| wrappers[*id].tag == Tag::A) {
        let mut at = 0;
        path.retain(|id| {
            at += 1;
            at - 1 <= link || wrappers[*id].tag != Tag::A
        });
    }
    path.reverse();
    path
}
