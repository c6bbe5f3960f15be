//! Segments: a text's title, its summary and the blocks of its body, each under a key that stays with it from one
//! revision to the next. Comments, suggestions, differences and staleness are counted in them.
//!
//! Keys follow from the texts of an edition's revisions alone: the same history gives the same keys, whenever and
//! wherever they are worked out. A block's key says where it was first met: `3.2` is the second new block of the
//! third revision.

mod align;
pub mod compare;

use std::collections::{HashMap, HashSet};

use super::{
    body::{BadCoded, Block, blocks, plain_coded, plain_of_coded, with_block},
    revision::Text,
};
use align::align;

/// The key of the title.
pub const TITLE: &str = "title";
/// The key of the summary.
pub const SUMMARY: &str = "summary";

/// A key as somebody asks for it: of the title, of the summary, or of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

/// A text that is no segment's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no key of a segment")]
pub struct BadKey;

impl std::str::FromStr for Key {
    type Err = BadKey;

    fn from_str(raw: &str) -> Result<Self, BadKey> {
        let number = |raw: &str| raw.parse::<u32>().is_ok_and(|number| number > 0 && number.to_string() == raw);
        let block = || raw.split_once('.').is_some_and(|(text, place)| number(text) && number(place));
        if [TITLE, SUMMARY].contains(&raw) || block() { Ok(Self(raw.to_owned())) } else { Err(BadKey) }
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

/// A segment of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its key.
    pub key: String,
    /// What it is.
    pub block: Block,
}

/// The keys of a first revision's blocks.
pub fn first_keys(body: &[Block]) -> Vec<String> {
    (1..=body.len()).map(|place| format!("1.{place}")).collect()
}

/// The keys of the blocks of revision `number`, given the blocks and keys of the one before.
pub fn next_keys(old: &[Block], keys: &[String], new: &[Block], number: u32) -> Vec<String> {
    let mut fresh = 0;
    let key = |from: Option<usize>| {
        from.and_then(|at| keys.get(at)).cloned().unwrap_or_else(|| {
            fresh += 1;
            format!("{number}.{fresh}")
        })
    };
    align(old, new).into_iter().map(key).collect()
}

/// The segments of a text whose blocks have these keys.
pub fn segments(text: &Text, keys: &[String]) -> Vec<Segment> {
    with_blocks(text, keys, blocks(&text.body))
}

/// The same, of blocks that were read already.
pub fn with_blocks(text: &Text, keys: &[String], body: Vec<Block>) -> Vec<Segment> {
    let line = |key: &str, words: &str| Segment {
        key: key.to_owned(),
        block: Block {
            kind: if key == TITLE { TITLE } else { SUMMARY },
            place: String::new(),
            text: words.to_owned(),
            coded: plain_coded(words),
            codes: Vec::new(),
        },
    };
    let mut all = vec![line(TITLE, &text.title)];
    if !text.summary.is_empty() {
        all.push(line(SUMMARY, &text.summary));
    }
    all.extend(keys.iter().zip(body).map(|(key, block)| Segment { key: key.clone(), block }));
    all
}

/// Of some places, each once, the most that stand in order.
fn in_order(places: Vec<usize>) -> HashSet<usize> {
    // The last of the best run of each length, and what stands before each.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: HashMap<usize, Option<usize>> = HashMap::new();
    for place in places {
        let at = tails.partition_point(|tail| *tail < place);
        before.insert(place, at.checked_sub(1).map(|at| tails[at]));
        if at == tails.len() {
            tails.push(place);
        } else {
            tails[at] = place;
        }
    }
    let mut kept = HashSet::new();
    let mut next = tails.last().copied();
    while let Some(place) = next {
        kept.insert(place);
        next = before[&place];
    }
    kept
}

/// The text with another coded text in one of its segments; nothing where it has no such segment.
pub fn with_segment(text: &Text, keys: &[String], key: &str, coded: &str) -> Option<Result<Text, BadCoded>> {
    let mut changed = text.clone();
    let done = match key {
        TITLE => plain_of_coded(coded).map(|title| changed.title = title),
        SUMMARY => plain_of_coded(coded).map(|summary| changed.summary = summary),
        key => {
            let at = keys.iter().position(|one| one == key)?;
            with_block(&text.body, at, coded).map(|body| changed.body = body)
        }
    };
    Some(done.map(|()| changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(words: &[&str]) -> Vec<Block> {
        blocks(&format!("<p>{}</p>", words.join("</p><p>")))
    }

    /// The keys of the last of some revisions.
    fn keys(history: &[&[&str]]) -> Vec<String> {
        let mut before = body(history[0]);
        let mut keys = first_keys(&before);
        for (number, words) in (2..).zip(&history[1..]) {
            let now = body(words);
            keys = next_keys(&before, &keys, &now, number);
            before = now;
        }
        keys
    }

    const FIRST: &[&str] = &[
        "Sáng 14-9, lô cá ngừ 12,5 tấn đầu tiên rời cảng Vân Sa.",
        "Đây là chuyến hàng thứ ba của tỉnh trong năm nay.",
        "Phát biểu tại lễ xuất hàng, ông Nam cảm ơn ngư dân.",
    ];

    #[test]
    fn a_key_stays_with_its_paragraph() {
        let [a, b, c] = FIRST else { unreachable!() };
        let mended = a.replace("12,5 tấn", "13 tấn");
        assert_eq!(keys(&[FIRST]), ["1.1", "1.2", "1.3"]);
        assert_eq!(keys(&[FIRST, &[&mended, b, c]]), ["1.1", "1.2", "1.3"], "a figure");
        assert_eq!(keys(&[FIRST, &[b, c]]), ["1.2", "1.3"], "removed");
        assert_eq!(keys(&[FIRST, &["Một đoạn mới hẳn.", a, b, c]]), ["2.1", "1.1", "1.2", "1.3"], "inserted");
        assert_eq!(keys(&[FIRST, &[c, a, b]]), ["1.3", "1.1", "1.2"], "moved");
        assert_eq!(keys(&[FIRST, &[a, "Không còn gì giống trước nữa cả đâu.", c]]), ["1.1", "2.1", "1.3"], "replaced");
        assert_eq!(
            keys(&[FIRST, &[b, c], &["Mới toanh, chưa ai đọc.", b, "Lại thêm một đoạn khác.", c]]),
            ["3.1", "1.2", "3.2", "1.3"]
        );
    }

    #[test]
    fn a_key_has_one_spelling() {
        for good in ["title", "summary", "1.1", "12.340"] {
            assert_eq!(good.parse::<Key>().map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "x", "1", "1.", ".1", "0.1", "1.0", "01.1", "1.1.1", "1.-1", "1.99999999999"] {
            assert_eq!(bad.parse::<Key>(), Err(BadKey), "{bad}");
        }
    }

    #[test]
    fn a_cell_keeps_its_key_whatever_figure_is_in_it() {
        let table = |figure: &str| {
            blocks(&format!(
                "<table><tbody><tr><td>Tấn</td><td>{figure}</td></tr><tr><td>Tỷ</td><td>7</td></tr></tbody></table>"
            ))
        };
        let (old, new) = (table("12,5"), table("13"));
        assert_eq!(next_keys(&old, &first_keys(&old), &new, 2), ["1.1", "1.2", "1.3", "1.4"]);
    }

    #[test]
    fn keys_are_never_given_twice() {
        let same = ["Như nhau.", "Như nhau.", "Như nhau."];
        let mut all = keys(&[&same, &["Như nhau.", "x", "Như nhau.", "y", "Như nhau.", "Như nhau."]]);
        assert_eq!(all.len(), 6);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn a_segment_is_written_anew() {
        let text = Text {
            title: "Cá {ngừ}".to_owned(),
            summary: String::new(),
            body: "<p>Một <em>hai</em>.</p><p>Ba.</p>".to_owned(),
            slug: "ca-ngu".parse().unwrap(),
            details: crate::domain::details::Details::new(),
        };
        let keys = first_keys(&blocks(&text.body));
        let all = segments(&text, &keys);
        assert_eq!(all.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["title", "1.1", "1.2"]);
        assert_eq!(all[0].block.coded, "Cá {{ngừ}}");
        let changed = with_segment(&text, &keys, "1.1", "Hai {1}ba{/1}!").unwrap().unwrap();
        assert_eq!(changed.body, "<p>Hai <em>ba</em>!</p><p>Ba.</p>");
        assert_eq!(with_segment(&text, &keys, "title", "Cá").unwrap().unwrap().title, "Cá");
        assert_eq!(with_segment(&text, &keys, "1.1", "Hai ba"), Some(Err(BadCoded::Placeholder)));
        assert_eq!(with_segment(&text, &keys, "2.1", "x"), None);
    }

    #[test]
    fn a_long_body_is_aligned_at_once() {
        let many: Vec<String> = (0..3000).map(|n| format!("Đoạn {n} nói về việc thứ {}.", n * 31)).collect();
        let other: Vec<String> = many.iter().map(|words| words.replace("Đoạn", "Khúc")).rev().collect();
        let old = body(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let new = body(&other.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(next_keys(&old, &first_keys(&old), &new, 2).len(), 3000);
    }
}
