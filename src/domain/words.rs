//! Words of any language, and what differs between two texts, word by word.

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of two texts that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whether both have it.
    pub how: How,
    /// What it says.
    pub text: String,
}

/// Which of two texts has a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Both.
    Same,
    /// The old one.
    Removed,
    /// The new one.
    Added,
}

/// Most comparisons, product of both sides, that are worth an exact difference.
const MOST: usize = 4_000_000;

/// The text cut into words and what stands between them; Chinese, Japanese, Lao and Khmer by dictionary.
pub fn words(text: &str) -> Vec<&str> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut words = Vec::new();
    let mut start = 0;
    for end in segmenter.segment_str(text) {
        if end > start {
            words.push(&text[start..end]);
        }
        start = end;
    }
    words
}

/// What differs, in the order of reading: what was removed stands before what was added.
pub fn difference(old: &str, new: &str) -> Vec<Part> {
    if old == new {
        return part(How::Same, old).into_iter().collect();
    }
    let (old, new) = (words(old), words(new));
    let mut parts = Vec::new();
    compare(&old, &new, &mut parts, true);
    joined(parts)
}

fn part(how: How, text: &str) -> Option<Part> {
    (!text.is_empty()).then(|| Part { how, text: text.to_owned() })
}

/// Texts that are too long for that are compared sentence by sentence, and only those that differ word by word.
fn compare(old: &[&str], new: &[&str], parts: &mut Vec<Part>, by_sentence: bool) {
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old[before..old.len() - after], &new[before..new.len() - after]);
    parts.extend(part(How::Same, &old[..before].concat()));
    if old_middle.len() * new_middle.len() <= MOST {
        for op in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
            let (a, b) = (&old_middle[op.old_range()], &new_middle[op.new_range()]);
            if matches!(op, DiffOp::Equal { .. }) {
                parts.extend(part(How::Same, &a.concat()));
            } else {
                replaced(a, b, parts);
            }
        }
    } else if by_sentence {
        let (a, b) = (sentences(old_middle), sentences(new_middle));
        if a.len() * b.len() <= MOST {
            let texts = |all: &[&[&str]]| all.iter().map(|one| one.concat()).collect::<Vec<_>>();
            for op in capture_diff_slices(Algorithm::Myers, &texts(&a), &texts(&b)) {
                compare(&a[op.old_range()].concat(), &b[op.new_range()].concat(), parts, false);
            }
        } else {
            replaced(old_middle, new_middle, parts);
        }
    } else {
        replaced(old_middle, new_middle, parts);
    }
    parts.extend(part(How::Same, &old[old.len() - after..].concat()));
}

fn replaced(old: &[&str], new: &[&str], parts: &mut Vec<Part>) {
    parts.extend(part(How::Removed, &old.concat()));
    parts.extend(part(How::Added, &new.concat()));
}

fn sentences<'w, 't>(words: &'w [&'t str]) -> Vec<&'w [&'t str]> {
    words.split_inclusive(|word| word.ends_with(['.', '!', '?', '。', '！', '？', '។', '\n'])).collect()
}

/// Neighbours of a kind made one; white space alone between two changes belongs to both.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let mut parts = parts.into_iter().peekable();
    while let Some(one) = parts.next() {
        let open = !removed.is_empty() || !added.is_empty();
        match one.how {
            How::Removed => removed.push_str(&one.text),
            How::Added => added.push_str(&one.text),
            How::Same
                if open && one.text.trim().is_empty() && parts.peek().is_some_and(|next| next.how != How::Same) =>
            {
                removed.push_str(&one.text);
                added.push_str(&one.text);
            }
            How::Same => {
                out.extend(part(How::Removed, &std::mem::take(&mut removed)));
                out.extend(part(How::Added, &std::mem::take(&mut added)));
                match out.last_mut().filter(|last| last.how == How::Same) {
                    Some(last) => last.text.push_str(&one.text),
                    None => out.push(one),
                }
            }
        }
    }
    out.extend(part(How::Removed, &removed));
    out.extend(part(How::Added, &added));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        let tell = |part: Part| match part.how {
            How::Same => part.text,
            How::Removed => format!("[-{}-]", part.text),
            How::Added => format!("[+{}+]", part.text),
        };
        difference(old, new).into_iter().map(tell).collect()
    }

    #[test]
    fn the_difference_is_told_in_words_of_the_language() {
        for (old, new, want) in [
            ("Lô cá 12,5 tấn rời cảng.", "Lô cá 13 tấn rời cảng.", "Lô cá [-12,5-][+13+] tấn rời cảng."),
            ("rất dẹp", "rất đẹp và xanh", "rất [-dẹp-][+đẹp và xanh+]"),
            ("第一批金枪鱼离港。", "第一批金枪鱼出港。", "第一批金枪鱼[-离港-][+出港+]。"),
            ("東京都に住む", "京都に住む", "[-東京都-][+京都+]に住む"),
            ("", "mới", "[+mới+]"),
            ("a b c", "d e c", "[-a b-][+d e+] c"),
        ] {
            assert_eq!(told(old, new), want);
        }
    }

    #[test]
    fn khmer_and_lao_are_cut_by_dictionary() {
        for (text, least) in [("ភាសាខ្មែរជាភាសាផ្លូវការ", 3), ("ພາສາລາວເປັນພາສາທາງການ", 3)]
        {
            let found = words(text);
            assert!(found.len() >= least && found.concat() == text, "{found:?}");
            assert!(found.len() < text.chars().count(), "{found:?}");
        }
    }

    #[test]
    fn both_texts_can_be_read_out_of_their_difference() {
        let words: Vec<String> = (0..400).map(|n| format!("từ{}", n * 7919 % 97)).collect();
        let (old, new) = (words.join(" "), words.iter().rev().cloned().collect::<Vec<_>>().join(" "));
        let without = |how| {
            difference(&old, &new).into_iter().filter(|part| part.how != how).map(|part| part.text).collect::<String>()
        };
        assert_eq!((without(How::Added), without(How::Removed)), (old.clone(), new.clone()));
    }

    #[test]
    fn a_very_long_text_is_compared_sentence_by_sentence() {
        let sentence = |n: usize| format!("Câu số {n} kể một chuyện dài. ");
        let old: String = (0..800).map(sentence).collect();
        let new = format!("Mở đầu khác. {} Kết.", old.replace("số 400 ", "số bốn trăm "));
        let told = told(&old, &new);
        assert!(told.contains("Câu số [-400-][+bốn trăm+] kể"), "{}", &told[..300]);
    }
}
