//! A well-formed XML document, grown element by element.

use std::borrow::Cow;

use quick_xml::{
    Writer,
    escape::partial_escape,
    events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// An attribute's name and value.
pub(super) type Attribute<'a> = (&'a str, &'a str);

/// A document under construction: whatever text it is given, what comes out is well-formed XML 1.0 in UTF-8.
pub(super) struct Document(Writer<Vec<u8>>);

impl Document {
    /// A document that so far has only its declaration, at byte 0.
    pub(super) fn new() -> Self {
        let mut document = Self(Writer::new_with_indent(Vec::new(), b' ', 1));
        document.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        document
    }

    /// An element with what `inside` puts into it.
    pub(super) fn element(&mut self, name: &str, attributes: &[Attribute<'_>], inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(start(name, attributes)));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// An element with text in it.
    pub(super) fn text(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.element(name, attributes, |document| {
            document.event(Event::Text(BytesText::from_escaped(partial_escape(carried(text)))));
        });
    }

    /// An element with text in it that is left readable: in CDATA, divided where the text itself would end it.
    pub(super) fn cdata(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.element(name, attributes, |document| {
            for (number, line) in carried(text).split('\r').enumerate() {
                if number > 0 {
                    // A parser makes a bare carriage return a line feed, and CDATA knows no references.
                    document.event(Event::Text(BytesText::from_escaped("&#13;")));
                }
                for part in BytesCData::escaped(line) {
                    document.event(Event::CData(part));
                }
            }
        });
    }

    /// The document's bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn event(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("a Vec takes every byte");
    }
}

fn start<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, carried(value).as_ref()));
    }
    start
}

/// The text with U+FFFD in place of each character that XML 1.0 cannot carry, not even as a reference.
///
/// Such characters are refused where texts come in. Should one have got past, a whole feed must not become
/// unreadable for it, and the loss must be seen.
fn carried(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml_char) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|c| if is_xml_char(c) { c } else { char::REPLACEMENT_CHARACTER }).collect())
    }
}

/// Whether XML 1.0 can carry a character (its production `Char`).
pub(super) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(grow: impl FnOnce(&mut Document)) -> String {
        let mut document = Document::new();
        grow(&mut document);
        String::from_utf8(document.into_bytes()).unwrap()
    }

    #[test]
    fn the_declaration_is_at_byte_0() {
        let xml = written(|d| d.text("a", &[], ""));
        assert_eq!(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a></a>\n");
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let xml = written(|d| d.text("a", &[("b", "\"<\n")], "</a>&\r]]>"));
        assert!(xml.ends_with("<a b=\"&quot;&lt;&#10;\">&lt;/a&gt;&amp;&#13;]]&gt;</a>\n"), "{xml}");
    }

    #[test]
    fn cdata_is_divided_where_its_text_would_end_it() {
        let xml = written(|d| d.cdata("a", &[], "x]]>y\rz"));
        assert!(xml.ends_with("<a><![CDATA[x]]]]><![CDATA[>y]]>&#13;<![CDATA[z]]></a>\n"), "{xml}");
    }

    #[test]
    fn what_xml_cannot_carry_is_replaced_in_sight() {
        let xml = written(|d| {
            d.text("a", &[("b", "\u{0}")], "\u{B}");
            d.cdata("c", &[], "\u{FFFE}\u{1F}é😀");
        });
        assert!(xml.chars().all(is_xml_char));
        assert!(xml.contains("<a b=\"\u{FFFD}\">\u{FFFD}</a>"), "{xml}");
        assert!(xml.contains("<![CDATA[\u{FFFD}\u{FFFD}é😀]]>"), "{xml}");
    }
}
