//! The tree that a browser's parser makes of the source: an arena, since trees of hostile depth are never
//! walked or dropped by recursion.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use html5ever::{
    Attribute, ExpandedName, LocalName, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    ns,
    tendril::StrTendril,
};

/// A place in the arena.
pub(super) type Id = usize;

/// The node under which everything hangs.
pub(super) const ROOT: Id = 0;

/// Deepest nesting that the source may have; beyond it the parser's own costs grow.
pub(super) const MAX_SOURCE_DEPTH: usize = 256;

/// A node.
pub(super) struct Node {
    pub(super) data: Data,
    pub(super) children: Vec<Id>,
    parent: Option<Id>,
    depth: usize,
}

/// What a node is.
pub(super) enum Data {
    /// The root, or the inside of a template.
    Root,
    /// An element with its attributes.
    Element {
        /// Its lower-case name.
        name: LocalName,
        /// It is of SVG or of `MathML`.
        foreign: bool,
        /// Name and value.
        attrs: Vec<(LocalName, StrTendril)>,
    },
    /// Text.
    Text(String),
    /// A comment or a processing instruction.
    Comment,
}

/// What the parser holds of a node; the name is beside it so that asking for it borrows nothing.
#[derive(Clone)]
pub(super) struct Handle {
    id: Id,
    name: Rc<QualName>,
}

/// The arena while the parser fills it.
pub(super) struct Dom {
    nodes: RefCell<Vec<Node>>,
    no_name: Rc<QualName>,
}

impl Dom {
    /// An arena with a root.
    pub(super) fn new() -> Self {
        let root = Node { data: Data::Root, children: Vec::new(), parent: None, depth: 0 };
        let no_name = Rc::new(QualName::new(None, ns!(), LocalName::from("")));
        Self { nodes: RefCell::new(vec![root]), no_name }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// Whether the newest node lies deeper than any source has a reason to be.
    pub(super) fn is_too_deep(&self) -> bool {
        self.nodes.borrow().last().is_some_and(|node| node.depth > MAX_SOURCE_DEPTH)
    }

    fn push(&self, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, children: Vec::new(), parent: None, depth: 0 });
        nodes.len() - 1
    }

    fn nameless(&self, data: Data) -> Handle {
        Handle { id: self.push(data), name: Rc::clone(&self.no_name) }
    }

    /// Puts a node or text among the children of `parent`, before position `at`.
    fn insert(&self, parent: Id, at: usize, child: NodeOrText<Handle>) {
        let id = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = at.checked_sub(1).map(|before| nodes[parent].children[before]);
                if let Some(Data::Text(known)) = before.map(|id| &mut nodes[id].data) {
                    known.push_str(&text);
                    return;
                }
                drop(nodes);
                self.push(Data::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[id].parent = Some(parent);
        nodes[id].depth = nodes[parent].depth + 1;
        nodes[parent].children.insert(at, id);
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[id].parent.take() {
            let siblings = &mut nodes[parent].children;
            // From the end: what the parser moves, it has put there last.
            if let Some(at) = siblings.iter().rposition(|sibling| *sibling == id) {
                siblings.remove(at);
            }
        }
    }
}

impl TreeSink for Dom {
    type Handle = Handle;
    type Output = Vec<Node>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Vec<Node> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: Rc::clone(&self.no_name) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attrs = attrs.into_iter().map(|attr| (attr.name.local, attr.value)).collect();
        let id = self.push(Data::Element { name: name.local.clone(), foreign: name.ns != ns!(html), attrs });
        Handle { id, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.nameless(Data::Comment)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.nameless(Data::Comment)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let end = self.nodes.borrow()[parent.id].children.len();
        self.insert(parent.id, end, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.id].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, _: &Handle) -> Handle {
        // Hangs nowhere: what is in a template is never walked.
        self.nameless(Data::Root)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(handle) = &new_node {
            self.detach(handle.id);
        }
        let place = {
            let nodes = self.nodes.borrow();
            nodes[sibling.id].parent.and_then(|parent| {
                let at = nodes[parent].children.iter().rposition(|id| *id == sibling.id)?;
                Some((parent, at))
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, new_node);
        }
    }

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let moved = std::mem::take(&mut nodes[node.id].children);
        for child in &moved {
            nodes[*child].parent = Some(new_parent.id);
        }
        nodes[new_parent.id].children.extend(moved);
    }
}
