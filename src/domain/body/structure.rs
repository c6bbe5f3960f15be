//! Lists and tables: blocks whose parts may be nothing but certain others.

use super::{
    BadBody,
    build::{Build, Inside, Place, Wrap},
    dom::Id,
    names::{self, Fate},
    profile::{Attrs, Element, Node, Tag},
    run::WrapperId,
};

impl Build<'_> {
    /// A list; what stands in it outside of items joins them.
    pub(super) fn list(
        &mut self,
        id: Id,
        tag: Tag,
        place: &mut Place,
        within: Option<WrapperId>,
    ) -> Result<(), BadBody> {
        self.flush(place)?;
        let attrs = self.attrs(id, tag);
        let inside = Inside { figure: false, ..place.inside };
        let mut items = Place::new(Wrap::paragraph(), inside);
        let mut between = Place::new(Wrap::paragraph(), inside);
        let parsed = self.parsed;
        for child in &parsed.nodes[id].children {
            if self.name(*child) == Some(Tag::Li.name()) {
                self.join_item(&mut items.out, &mut between)?;
                self.container(*child, Tag::Li, Wrap::Bare, &mut items, within)?;
            } else {
                self.node(*child, &mut between, within)?;
            }
        }
        self.join_item(&mut items.out, &mut between)?;
        if !items.out.is_empty() {
            place.out.push(Node::element(tag, attrs, items.out));
        }
        Ok(())
    }

    /// What a source has between items, most often a nested list, belongs to the item before.
    fn join_item(&mut self, items: &mut Vec<Node>, between: &mut Place) -> Result<(), BadBody> {
        self.flush(between)?;
        let found = std::mem::take(&mut between.out);
        match items.last_mut() {
            _ if found.is_empty() => {}
            Some(Node::Element(item)) => item.children.extend(found),
            _ => items.push(Node::element(Tag::Li, Attrs::default(), found)),
        }
        Ok(())
    }

    /// A table; what is no part of one goes before it.
    pub(super) fn table(&mut self, id: Id, place: &mut Place, within: Option<WrapperId>) -> Result<(), BadBody> {
        self.flush(place)?;
        let attrs = self.attrs(id, Tag::Table);
        let sections = self.parts(id, &[Tag::Thead, Tag::Tbody], place, within)?;
        // Its `caption`, above all.
        self.flush(place)?;
        if !sections.is_empty() {
            place.out.push(Node::element(Tag::Table, attrs, sections));
        }
        Ok(())
    }

    /// The sections of a table, the rows of a section or the cells of a row; empty sections and rows are left out.
    fn parts(
        &mut self,
        id: Id,
        wanted: &[Tag],
        place: &mut Place,
        within: Option<WrapperId>,
    ) -> Result<Vec<Node>, BadBody> {
        let mut parts = Vec::new();
        let parsed = self.parsed;
        for child in &parsed.nodes[id].children {
            let name = self.name(*child).unwrap_or_default();
            let tag = match names::fate(name) {
                Fate::Kept(tag) if wanted.contains(&tag) => tag,
                // `tfoot`; no other part of a table is renamed.
                Fate::Renamed(tag) if wanted.contains(&tag) => {
                    self.report.renamed(name, tag.name());
                    tag
                }
                _ => {
                    self.node(*child, place, within)?;
                    continue;
                }
            };
            let attrs = self.attrs(*child, tag);
            let is_cell = matches!(tag, Tag::Th | Tag::Td);
            let inside = Inside { figure: false, ..place.inside };
            let children = match tag {
                Tag::Th | Tag::Td => self.contents(*child, Wrap::Bare, inside, within)?,
                Tag::Tr => self.parts(*child, &[Tag::Th, Tag::Td], place, within)?,
                _ => self.parts(*child, &[Tag::Tr], place, within)?,
            };
            if is_cell || !children.is_empty() {
                parts.push(Node::Element(Element { tag, attrs, children }));
            }
        }
        Ok(parts)
    }
}
