//! What differs between two texts of an edition, segment by segment.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Value, json};

use super::{Segment, in_order};
use crate::domain::{
    article::text_enum,
    body::Block,
    details::merged,
    revision::{Shared, Text},
    words::{Part, difference},
};

text_enum! {
    /// What became of a segment.
    What {
        /// It says something else, or has other markup.
        Changed = "changed",
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It says the same in another place.
        Moved = "moved",
    }
}

/// A segment that is not the same in both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// What became of it.
    pub what: What,
    /// What stood there.
    pub before: Option<Block>,
    /// What stands there.
    pub after: Option<Block>,
    /// Both, word by word.
    pub words: Vec<Part>,
}

/// Something beside the segments that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name; a detail's after `details/`.
    pub name: String,
    /// What it was; null if nothing.
    pub before: Value,
    /// What it is; null if nothing.
    pub after: Value,
}

/// Everything in which two texts differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Segments, in the order of the new text; those that are gone where they stood.
    pub segments: Vec<Change>,
    /// The rest of what is hashed, by name.
    pub fields: Vec<FieldChange>,
    /// Whether elements around the segments differ in a way that no segment shows.
    pub rearranged: bool,
}

impl Difference {
    /// Whether the texts are the same.
    pub fn is_none(&self) -> bool {
        self.segments.is_empty() && self.fields.is_empty() && !self.rearranged
    }
}

/// A text to compare: the text, what all editions shared when it was made, and its segments.
pub type Side<'a> = (&'a Text, &'a Shared, &'a [Segment]);

/// What differs between an old and a new text.
pub fn compare(old: Side<'_>, new: Side<'_>) -> Difference {
    let segments = changes(old.2, new.2);
    let rearranged = old.0.body != new.0.body && !segments.iter().any(|change| change.key.contains('.'));
    let (old_fields, new_fields) = (fields(old.0, old.1), fields(new.0, new.1));
    let names: BTreeSet<&String> = old_fields.keys().chain(new_fields.keys()).collect();
    let value = |all: &BTreeMap<String, Value>, name: &str| all.get(name).cloned().unwrap_or(Value::Null);
    let fields = names.into_iter().map(|name| FieldChange {
        name: name.clone(),
        before: value(&old_fields, name),
        after: value(&new_fields, name),
    });
    Difference { segments, fields: fields.filter(|one| one.before != one.after).collect(), rearranged }
}

fn fields(text: &Text, shared: &Shared) -> BTreeMap<String, Value> {
    let topics: Vec<&str> = shared.topics.iter().map(crate::kernel::Code::as_str).collect();
    let own = [
        ("slug", json!(text.slug.as_str())),
        ("kind", json!(shared.kind.as_str())),
        ("agency", json!(shared.agency.as_str())),
        ("topics", json!(topics)),
        ("place", json!(shared.place)),
    ];
    let details = merged(&shared.details, &text.details);
    let details =
        details.as_object().into_iter().flatten().map(|(name, value)| (format!("details/{name}"), value.clone()));
    own.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(details).collect()
}

/// The segments that differ, in the order of the new text; those that are gone where they stood.
pub fn changes(old: &[Segment], new: &[Segment]) -> Vec<Change> {
    let by_key =
        |all: &[Segment]| all.iter().enumerate().map(|(at, one)| (one.key.clone(), at)).collect::<HashMap<_, _>>();
    let (old_places, new_places) = (by_key(old), by_key(new));
    let still: HashSet<usize> = in_order(new.iter().filter_map(|one| old_places.get(&one.key).copied()).collect());
    let mut gone = old.iter().enumerate().filter(|(_, one)| !new_places.contains_key(&one.key)).peekable();
    let mut found = Vec::new();
    for one in new {
        let from = old_places.get(&one.key).copied();
        if let Some(from) = from.filter(|from| still.contains(from)) {
            while let Some((_, lost)) = gone.next_if(|(at, _)| *at < from) {
                found.push(change(Some(lost), None, What::Removed));
            }
        }
        match from.map(|from| (&old[from], still.contains(&from))) {
            None => found.push(change(None, Some(one), What::Added)),
            Some((before, _)) if before.block != one.block => {
                found.push(change(Some(before), Some(one), What::Changed));
            }
            Some((before, false)) => found.push(change(Some(before), Some(one), What::Moved)),
            Some((_, true)) => {}
        }
    }
    found.extend(gone.map(|(_, lost)| change(Some(lost), None, What::Removed)));
    found
}

fn change(before: Option<&Segment>, after: Option<&Segment>, what: What) -> Change {
    let key = after.or(before).map(|one| one.key.clone()).unwrap_or_default();
    let text = |one: Option<&Segment>| one.map_or("", |one| one.block.text.as_str()).to_owned();
    let block = |one: Option<&Segment>| one.map(|one| one.block.clone());
    Change { key, what, words: difference(&text(before), &text(after)), before: block(before), after: block(after) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        article::Kind,
        body::blocks,
        details::Details,
        segment::{first_keys, next_keys, segments},
    };

    fn text(title: &str, body: &str) -> Text {
        Text {
            title: title.to_owned(),
            summary: String::new(),
            body: body.to_owned(),
            slug: "tin".parse().unwrap(),
            details: Details::new(),
        }
    }

    fn compared(old: &Text, new: &Text) -> Difference {
        let shared = Shared {
            kind: Kind::News,
            agency: "bao".parse().unwrap(),
            topics: vec![],
            place: None,
            details: Details::new(),
        };
        let keys = first_keys(&blocks(&old.body));
        let next = next_keys(&blocks(&old.body), &keys, &blocks(&new.body), 2);
        let (a, b) = (segments(old, &keys), segments(new, &next));
        compare((old, &shared, &a), (new, &shared, &b))
    }

    fn told(old: &str, new: &str) -> Vec<(String, What)> {
        let found = compared(&text("T", old), &text("T", new));
        found.segments.into_iter().map(|one| (one.key, one.what)).collect()
    }

    const A: &str = "<p>Đoạn thứ nhất kể chuyện cá ngừ.</p>";
    const B: &str = "<p>Đoạn tiếp theo nói về ngư dân Vân Sa.</p>";
    const C: &str = "<p>Cuối cùng là lời cảm ơn của tỉnh.</p>";

    #[test]
    fn each_segment_that_differs_is_named_and_no_other() {
        let of = |key: &str, what| vec![(key.to_owned(), what)];
        let old = [A, B, C].concat();
        assert_eq!(told(&old, &old), []);
        assert_eq!(told(&old, &[A, &B.replace("ngư dân", "bà con ngư dân"), C].concat()), of("1.2", What::Changed));
        assert_eq!(told(&old, &[A, C].concat()), of("1.2", What::Removed));
        assert_eq!(told(&[A, C].concat(), &old), of("2.1", What::Added));
        assert_eq!(told(&old, &[C, A, B].concat()), of("1.3", What::Moved));
        assert_eq!(
            told(&old, &[A, &B.replace("Vân Sa", "<strong>Vân Sa</strong>"), C].concat()),
            of("1.2", What::Changed)
        );
        assert_eq!(
            told(&old, &[A, &B.replace("<p>", "<h2>").replace("</p>", "</h2>"), C].concat()),
            of("1.2", What::Changed)
        );
    }

    #[test]
    fn nothing_that_is_hashed_differs_unseen() {
        let old = text("T", "<ul><li>a</li></ul><ul><li>b</li></ul>");
        let joined = compared(&old, &text("T", "<ul><li>a</li><li>b</li></ul>"));
        assert!(joined.rearranged && joined.segments.is_empty());
        let other = Text { slug: "khac".parse().unwrap(), ..old.clone() };
        assert_eq!(compared(&old, &other).fields[0].name, "slug");
        assert_eq!(compared(&old, &text("U", &old.body)).segments[0].key, "title");
        assert!(compared(&old, &old).is_none());
    }
}
