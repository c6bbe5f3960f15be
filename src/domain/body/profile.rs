//! The profile as types: a tree that can hold nothing else.

use uuid::Uuid;

macro_rules! tags {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// An element of the profile.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag { $($name),+ }

        impl Tag {
            /// All of them.
            pub(super) const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in HTML.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

tags! {
    P = "p", H2 = "h2", H3 = "h3", H4 = "h4", Ul = "ul", Ol = "ol", Li = "li", Blockquote = "blockquote",
    Figure = "figure", Figcaption = "figcaption", Table = "table", Thead = "thead", Tbody = "tbody", Tr = "tr",
    Th = "th", Td = "td", A = "a", Strong = "strong", Em = "em", Sub = "sub", Sup = "sup", Br = "br", Hr = "hr",
}

impl Tag {
    /// The element of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tag| tag.name() == name)
    }

    /// Whether it has neither content nor end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Br | Self::Hr)
    }

    /// Whether it stands within a line of text.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::A | Self::Strong | Self::Em | Self::Sub | Self::Sup | Self::Br)
    }

    /// Whether it is a heading.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::H2 | Self::H3 | Self::H4)
    }
}

/// The attributes that the profile knows; each only where it may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attrs {
    /// Of `a`: where it leads.
    pub(super) href: Option<String>,
    /// Of `figure`: `data-image`, the image that delivery puts there.
    pub(super) image: Option<Uuid>,
    /// The language of the content.
    pub(super) lang: Option<String>,
    /// The direction of the content.
    pub(super) dir: Option<&'static str>,
}

/// An element with what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) tag: Tag,
    pub(super) attrs: Attrs,
    pub(super) children: Vec<Node>,
}

/// A part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Node {
    /// An element as a node.
    pub(super) fn element(tag: Tag, attrs: Attrs, children: Vec<Self>) -> Self {
        Self::Element(Element { tag, attrs, children })
    }
}

/// How many elements the deepest one lies in, itself included.
pub(super) fn depth(nodes: &[Node]) -> usize {
    let of = |node: &Node| match node {
        Node::Element(element) => 1 + depth(&element.children),
        Node::Text(_) => 0,
    };
    nodes.iter().map(of).max().unwrap_or(0)
}
