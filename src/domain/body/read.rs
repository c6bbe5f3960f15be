//! What else a stored body is asked for.

use super::{
    delivered_tree,
    profile::{Element, Node, Tag},
};
use crate::domain::text;

/// The text alone: blank lines between paragraphs, lines for items and rows, tabs between cells.
pub fn plain_text(html: &str) -> String {
    let mut plain = Plain::default();
    plain.nodes(&delivered_tree(html));
    plain.text
}

/// Where the links of the body lead, in its order.
pub fn links(html: &str) -> Vec<String> {
    let mut links = Vec::new();
    each(&delivered_tree(html), &mut |element| links.extend(element.attrs.href.clone()));
    links
}

/// The ids of the images that the body shows, in its order.
pub fn images(html: &str) -> Vec<String> {
    let mut images = Vec::new();
    each(&delivered_tree(html), &mut |element| images.extend(element.attrs.image.map(|id| id.to_string())));
    images
}

/// Whether a reader would see nothing.
pub fn is_blank(html: &str) -> bool {
    let tree = delivered_tree(html);
    let mut images = false;
    each(&tree, &mut |element| images |= element.attrs.image.is_some());
    !images && text::is_blank(&plain_text(html))
}

fn each(nodes: &[Node], visit: &mut impl FnMut(&Element)) {
    for node in nodes {
        if let Node::Element(element) = node {
            visit(element);
            each(&element.children, visit);
        }
    }
}

/// Text so far, and what has to come before the next of it.
#[derive(Default)]
struct Plain {
    text: String,
    due: &'static str,
}

impl Plain {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.words(text),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn element(&mut self, element: &Element) {
        let (before, after) = match element.tag {
            Tag::Br => return self.text.push('\n'),
            Tag::A | Tag::Strong | Tag::Em | Tag::Sub | Tag::Sup => return self.nodes(&element.children),
            Tag::Li | Tag::Tr => ("\n", "\n"),
            Tag::Th | Tag::Td => ("", "\t"),
            _ => ("\n\n", "\n\n"),
        };
        self.owe(before);
        self.nodes(&element.children);
        self.owe(after);
    }

    fn words(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push_str(self.due);
        }
        self.due = "";
        for c in text.chars() {
            match c {
                // White space as HTML has it: any run of it is one space.
                ' ' | '\t' | '\n' if self.text.ends_with([' ', '\n', '\t']) => {}
                ' ' | '\t' | '\n' => self.text.push(' '),
                c => self.text.push(c),
            }
        }
    }

    /// The wider break wins.
    fn owe(&mut self, gap: &'static str) {
        let width = |gap| ["", "\t", "\n", "\n\n"].iter().position(|known| *known == gap);
        if width(gap) > width(self.due) {
            self.due = gap;
        }
    }
}
