//! From a browser's tree to the profile's: every element is kept, renamed, unwrapped or left out, and all but
//! the first goes to the report.

use super::{
    BadBody, MAX_DEPTH, attrs,
    dom::{Data, Id, MAX_SOURCE_DEPTH},
    names::{self, Fate},
    parse::Parsed,
    profile::{Attrs, Node, Tag},
    report::{Report, StrippedKind},
    run::{self, Leaf, What, Wrapper, WrapperId},
};
use crate::domain::text::{BadText, is_carried};

/// The profile's tree of a parsed source, and what did not go into it.
pub(super) fn build(parsed: &Parsed) -> Result<(Vec<Node>, Report), BadBody> {
    let mut build = Build { parsed, report: Report::default(), wrappers: Vec::new(), depth: 0, made: 0 };
    let body = build.contents(parsed.body, Wrap::paragraph(), Inside::default(), None)?;
    for wrapper in build.wrappers.iter().filter(|wrapper| wrapper.tag == Tag::A && !wrapper.shown) {
        build.report.element(wrapper.tag.name());
    }
    build.report_unbuilt();
    Ok((body, build.report))
}

/// The tree being built.
pub(super) struct Build<'p> {
    pub(super) parsed: &'p Parsed,
    pub(super) report: Report,
    wrappers: Vec<Wrapper>,
    depth: usize,
    made: usize,
}

/// What becomes of a run of text at some place.
#[derive(Clone)]
pub(super) enum Wrap {
    /// It stands there as it is: in list items, cells and captions.
    Bare,
    /// It becomes an element.
    In(Tag, Attrs),
}

impl Wrap {
    /// A paragraph without attributes.
    pub(super) fn paragraph() -> Self {
        Self::In(Tag::P, Attrs::default())
    }
}

/// What the surroundings mean for what is met.
#[derive(Clone, Copy, Default)]
pub(super) struct Inside {
    /// A figure whose caption is not there yet.
    pub(super) figure: bool,
    /// A text whose line breaks are breaks.
    pub(super) preformatted: bool,
}

/// A container being filled.
pub(super) struct Place {
    /// What it holds so far.
    pub(super) out: Vec<Node>,
    run: Vec<Leaf>,
    wrap: Wrap,
    pub(super) inside: Inside,
}

impl Place {
    /// An empty one.
    pub(super) fn new(wrap: Wrap, inside: Inside) -> Self {
        Self { out: Vec::new(), run: Vec::new(), wrap, inside }
    }
}

impl<'p> Build<'p> {
    /// The contents of a node as the contents of a container.
    pub(super) fn contents(
        &mut self,
        id: Id,
        wrap: Wrap,
        inside: Inside,
        within: Option<WrapperId>,
    ) -> Result<Vec<Node>, BadBody> {
        let mut place = Place::new(wrap, inside);
        self.children(id, &mut place, within)?;
        self.flush(&mut place)?;
        Ok(place.out)
    }

    fn children(&mut self, id: Id, place: &mut Place, within: Option<WrapperId>) -> Result<(), BadBody> {
        let parsed = self.parsed;
        parsed.nodes[id].children.iter().try_for_each(|child| self.node(*child, place, within))
    }

    /// Puts a node of the source where it belongs.
    pub(super) fn node(&mut self, id: Id, place: &mut Place, within: Option<WrapperId>) -> Result<(), BadBody> {
        match &self.parsed.nodes[id].data {
            Data::Text(text) => {
                if let Some(character) = text.chars().find(|c| !is_carried(*c)) {
                    return Err(BadBody::Text(BadText { character, position: 0 }));
                }
                push_text(place, &text.replace('\r', "\n"), within);
                Ok(())
            }
            Data::Element { foreign: true, name, .. } => {
                self.report.element(name);
                Ok(())
            }
            // The parser's moves may have made the tree deeper than it saw.
            Data::Element { .. } if self.depth > 2 * MAX_SOURCE_DEPTH => Err(BadBody::TooDeep),
            Data::Element { name, .. } => {
                self.depth += 1;
                let done = self.element(id, name, place, within);
                self.depth -= 1;
                done
            }
            Data::Root | Data::Comment => Ok(()),
        }
    }

    fn element(&mut self, id: Id, name: &str, place: &mut Place, within: Option<WrapperId>) -> Result<(), BadBody> {
        let tag = match names::fate(name) {
            Fate::Kept(tag) => tag,
            Fate::Renamed(tag) => {
                self.report.renamed(name, tag.name());
                tag
            }
            Fate::Paragraph => return self.paragraph_like(id, name, place, within),
            Fate::Unwrapped => {
                self.unwrapped(id, name);
                return self.children(id, place, within);
            }
            Fate::Left => {
                self.report.element(name);
                return Ok(());
            }
        };
        match tag {
            Tag::Br => {
                let attrs = self.attrs(id, tag);
                place.run.push(Leaf { within, what: What::Break(attrs) });
                Ok(())
            }
            tag if tag.is_inline() => self.inline(id, tag, place, within),
            Tag::P | Tag::H2 | Tag::H3 | Tag::H4 if !matches!(place.wrap, Wrap::In(open, _) if open.is_heading()) => {
                let attrs = self.attrs(id, tag);
                self.flush(place)?;
                let before = place.out.len();
                self.block(id, Wrap::In(tag, attrs), place, within)?;
                let is_own = |node: &Node| matches!(node, Node::Element(element) if element.tag == tag);
                let found = &place.out[before..];
                if tag.is_heading() && !found.is_empty() && !found.iter().any(is_own) {
                    // It held blocks alone: they stay, it does not.
                    self.report.element(name);
                }
                Ok(())
            }
            Tag::Figcaption if place.inside.figure => {
                place.inside.figure = false;
                self.container(id, tag, Wrap::Bare, place, within)
            }
            Tag::Hr | Tag::Blockquote | Tag::Figure => self.container(id, tag, Wrap::paragraph(), place, within),
            Tag::Ul | Tag::Ol => self.list(id, tag, place, within),
            Tag::Table => self.table(id, place, within),
            // A part of a list, a table or a figure outside of one; a block in a heading.
            _ => self.paragraph_like(id, name, place, within),
        }
    }

    fn inline(&mut self, id: Id, tag: Tag, place: &mut Place, within: Option<WrapperId>) -> Result<(), BadBody> {
        let attrs = self.attrs(id, tag);
        if tag == Tag::A && attrs.href.is_none() {
            // Without an address it is no link; if it had one, the report has that.
            if !self.has_attribute(id, "href") {
                self.report.element(tag.name());
            }
            return self.children(id, place, within);
        }
        let depth = 1 + within.map_or(0, |around| self.wrappers[around].depth);
        if depth > MAX_DEPTH {
            return Err(BadBody::TooDeep);
        }
        self.wrappers.push(Wrapper { tag, attrs, around: within, depth, shown: false });
        let within = Some(self.wrappers.len() - 1);
        self.children(id, place, within)
    }

    /// A block that is or becomes a paragraph or a heading; blocks within cut it.
    fn block(&mut self, id: Id, wrap: Wrap, place: &mut Place, within: Option<WrapperId>) -> Result<(), BadBody> {
        self.flush(place)?;
        let around = std::mem::replace(&mut place.wrap, wrap);
        self.children(id, place, within)?;
        self.flush(place)?;
        place.wrap = around;
        Ok(())
    }

    /// A foreign block (`div`, `pre`, `dt` …): a paragraph if it holds text, else only a boundary.
    fn paragraph_like(
        &mut self,
        id: Id,
        name: &str,
        place: &mut Place,
        within: Option<WrapperId>,
    ) -> Result<(), BadBody> {
        let in_heading = matches!(place.wrap, Wrap::In(tag, _) if tag.is_heading());
        let wrap = if in_heading {
            self.unwrapped(id, name);
            place.wrap.clone()
        } else if self.holds_blocks(id) {
            self.unwrapped(id, name);
            Wrap::paragraph()
        } else {
            self.report.renamed(name, Tag::P.name());
            let attrs = self.attrs(id, Tag::P);
            Wrap::In(Tag::P, attrs)
        };
        let around = place.inside.preformatted;
        place.inside.preformatted |= names::is_preformatted(name);
        self.block(id, wrap, place, within)?;
        place.inside.preformatted = around;
        Ok(())
    }

    /// A block of blocks, unless it is empty.
    pub(super) fn container(
        &mut self,
        id: Id,
        tag: Tag,
        wrap: Wrap,
        place: &mut Place,
        within: Option<WrapperId>,
    ) -> Result<(), BadBody> {
        self.flush(place)?;
        let attrs = self.attrs(id, tag);
        let inside = Inside { figure: tag == Tag::Figure, ..place.inside };
        let children = self.contents(id, wrap, inside, within)?;
        if !children.is_empty() || attrs.image.is_some() || tag.is_void() {
            place.out.push(Node::element(tag, attrs, children));
        }
        Ok(())
    }

    /// Ends the run of text at a place.
    pub(super) fn flush(&mut self, place: &mut Place) -> Result<(), BadBody> {
        let (nodes, made) = run::assemble(std::mem::take(&mut place.run), &mut self.wrappers);
        if nodes.is_empty() {
            return Ok(());
        }
        // Inline elements around many blocks are made anew in each.
        self.made += made;
        if self.made > self.parsed.most {
            return Err(BadBody::TooTangled);
        }
        match &place.wrap {
            Wrap::Bare => place.out.extend(nodes),
            Wrap::In(tag, attrs) => place.out.push(Node::element(*tag, attrs.clone(), nodes)),
        }
        Ok(())
    }

    /// The attributes that stay on an element; the others are reported.
    pub(super) fn attrs(&mut self, id: Id, tag: Tag) -> Attrs {
        match &self.parsed.nodes[id].data {
            Data::Element { name, attrs, .. } => attrs::kept(tag, name, attrs, &mut self.report),
            _ => Attrs::default(),
        }
    }

    /// Reports an element that is gone while its content stays.
    fn unwrapped(&mut self, id: Id, name: &str) {
        self.report.element(name);
        if let Data::Element { attrs, .. } = &self.parsed.nodes[id].data {
            for (attr, _) in attrs {
                self.report.attribute(name, attr);
            }
        }
    }

    /// The name of a node, if it is an HTML element.
    pub(super) fn name(&self, id: Id) -> Option<&'p str> {
        let parsed: &'p Parsed = self.parsed;
        match &parsed.nodes[id].data {
            Data::Element { name, foreign: false, .. } => Some(name),
            _ => None,
        }
    }

    fn has_attribute(&self, id: Id, wanted: &str) -> bool {
        matches!(&self.parsed.nodes[id].data, Data::Element { attrs, .. } if attrs.iter().any(|(name, _)| &**name == wanted))
    }

    fn holds_blocks(&self, id: Id) -> bool {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            for child in &self.parsed.nodes[id].children {
                if self.name(*child).is_some_and(names::is_block) {
                    return true;
                }
                open.push(*child);
            }
        }
        false
    }

    /// Reports what never reached the tree: tags that the parser ignored at their place, and comments.
    fn report_unbuilt(&mut self) {
        let mut missing = self.parsed.tags.clone();
        for node in &self.parsed.nodes[self.parsed.own..] {
            if let Data::Element { name, .. } = &node.data
                && let Some(count) = missing.get_mut(name)
            {
                *count = count.saturating_sub(1);
            }
        }
        for (name, count) in missing {
            // The parser spells some of these otherwise: `image`, and the camel-case names of SVG.
            if &*name != "image" && !names::is_respelt(&name) {
                self.report.add(StrippedKind::Element(name.to_string()), count);
            }
        }
        self.report.add(StrippedKind::Comment, self.parsed.comments);
    }
}

fn push_text(place: &mut Place, text: &str, within: Option<WrapperId>) {
    if !place.inside.preformatted {
        place.run.push(Leaf { within, what: What::Text(text.to_owned()) });
        return;
    }
    for line in text.split_inclusive('\n') {
        let text = line.strip_suffix('\n');
        place.run.push(Leaf { within, what: What::Text(text.unwrap_or(line).to_owned()) });
        if text.is_some() {
            place.run.push(Leaf { within, what: What::Break(Attrs::default()) });
        }
    }
}
