//! Readable slugs from titles.

use unicode_normalization::UnicodeNormalization;

use crate::{domain::text::is_combining, kernel::Slug};

/// Longest slug that is made, in characters; a person may ask for a longer one.
const LONGEST: usize = 80;

/// A slug that a reader of the title can read, or nothing where none can be made: then one has to be given.
///
/// Latin loses its marks (`Đất Mũi` is `dat-mui`); Cyrillic, Greek, Hangul, kana and the like are transliterated.
/// Han is not: its letters are read in one way in Chinese and in another in Japanese, and a slug is for ever.
/// Nor are Lao, Khmer, Thai, Burmese, Indic and Semitic scripts, where a table of letters gives no readable word.
pub fn slug_from_title(title: &str) -> Option<Slug> {
    let title: String = title.nfc().collect();
    let (mut slug, mut read, mut unread) = (String::new(), 0, 0);
    let mut at_gap = false;
    let chars: Vec<char> = title.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        if is_combining(c) || is_skipped(&chars, at) {
            continue;
        }
        let ascii = if c.is_alphanumeric() { readable(c) } else { None };
        let Some(ascii) = ascii else {
            unread += usize::from(c.is_alphabetic());
            at_gap = true;
            continue;
        };
        read += usize::from(c.is_alphabetic());
        if at_gap && !slug.is_empty() && !ascii.is_empty() {
            slug.push('-');
        }
        at_gap &= ascii.is_empty();
        slug.push_str(&ascii);
    }
    // A few letters of another script, a Chinese name in brackets say, may be left out; a title may not.
    if 2 * unread > read { None } else { cut(&slug).parse().ok() }
}

/// Whether the mark joins what stands on both its sides: `don't`, `1.000`, `1,000`.
fn is_skipped(chars: &[char], at: usize) -> bool {
    let near = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let (before, after) = (near(at.checked_sub(1)), near(Some(at + 1)));
    match chars[at] {
        // `l'été` is two words, `Vietnam's` is one.
        '\'' | '\u{2019}' => {
            before.is_alphanumeric() && after.is_alphanumeric() && !near(Some(at + 2)).is_alphanumeric()
        }
        '.' | ',' => before.is_numeric() && after.is_numeric() && thousands(chars, at),
        _ => false,
    }
}

/// Whether exactly three digits follow, as after the mark of thousands.
fn thousands(chars: &[char], at: usize) -> bool {
    chars[at + 1..].iter().take_while(|c| c.is_numeric()).count() == 3
}

/// The character in lower-case ASCII, if its script can be read so; signs without sound are empty.
fn readable(c: char) -> Option<String> {
    let good = c.is_numeric()
        || matches!(c,
            // Latin, Greek, Cyrillic, Armenian
            'a'..='z' | 'A'..='Z' | '\u{AA}'..='\u{58F}'
            // Georgian, Hangul, Latin with marks, Greek with marks
            | '\u{10A0}'..='\u{11FF}' | '\u{1C80}'..='\u{1CBF}' | '\u{1D00}'..='\u{1DBF}' | '\u{1E00}'..='\u{1FFF}'
            | '\u{2C60}'..='\u{2C7F}' | '\u{2D00}'..='\u{2D2F}'
            // kana, Hangul, full-width Latin, half-width kana
            | '\u{3040}'..='\u{30FF}' | '\u{3130}'..='\u{318F}' | '\u{31F0}'..='\u{31FF}' | '\u{AC00}'..='\u{D7A3}'
            | '\u{A720}'..='\u{A7FF}' | '\u{FB00}'..='\u{FB06}' | '\u{FF10}'..='\u{FF9F}');
    if !good {
        return None;
    }
    // Without its marks first: tables of transliteration know few letters with two of them.
    let base: String =
        if ('\u{AC00}'..='\u{D7A3}').contains(&c) { c.into() } else { c.nfd().filter(|c| !is_combining(*c)).collect() };
    let ascii = deunicode::deunicode_with_tofu(&base, "");
    Some(ascii.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect())
}

/// The slug up to its last whole word that fits.
fn cut(slug: &str) -> &str {
    if slug.len() <= LONGEST {
        return slug;
    }
    let end = slug[..=LONGEST].rfind('-').unwrap_or(LONGEST);
    &slug[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slug(title: &str) -> Option<String> {
        slug_from_title(title).map(|slug| slug.to_string())
    }

    #[test]
    fn vietnamese_titles_stay_readable() {
        for (title, want) in [
            ("Quảng Ninh đón hơn 15 triệu lượt khách du lịch", "quang-ninh-don-hon-15-trieu-luot-khach-du-lich"),
            ("Đất Mũi – điểm cực Nam của Tổ quốc", "dat-mui-diem-cuc-nam-cua-to-quoc"),
            ("Khai mạc Lễ hội Hoa Ban năm 2026", "khai-mac-le-hoi-hoa-ban-nam-2026"),
            ("Bác bỏ thông tin sai lệch về “Đường lưỡi bò”", "bac-bo-thong-tin-sai-lech-ve-duong-luoi-bo"),
            ("Ưu đãi thuế: 10% cho dự án trên 1.000 tỷ đồng", "uu-dai-thue-10-cho-du-an-tren-1000-ty-dong"),
            ("Phụ nữ Ê Đê, Ơ Đu, Ý Yên giữ nghề dệt", "phu-nu-e-de-o-du-y-yen-giu-nghe-det"),
            ("Khuỷu tay, ngoằn ngoèo, nghiễm nhiên, thuở xưa", "khuyu-tay-ngoan-ngoeo-nghiem-nhien-thuo-xua"),
            ("ĐẨY MẠNH THÔNG TIN ĐỐI NGOẠI", "day-manh-thong-tin-doi-ngoai"),
            ("Ðà Nẵng hợp tác với Viêng Chăn", "da-nang-hop-tac-voi-vieng-chan"),
        ] {
            let decomposed: String = title.nfd().collect();
            assert_eq!(slug(title).as_deref(), Some(want));
            assert_eq!(slug(&decomposed).as_deref(), Some(want), "decomposed");
        }
    }

    #[test]
    fn other_scripts_are_read_where_they_can_be() {
        for (title, want) in [
            ("L'été à la baie d'Along", "l-ete-a-la-baie-d-along"),
            ("Vietnam's islands: don’t miss", "vietnams-islands-dont-miss"),
            ("¿Qué ver en Hạ Long? Ñandú", "que-ver-en-ha-long-nandu"),
            ("Straße, Œuvre, Łódź, Þór", "strasse-oeuvre-lodz-thor"),
            ("Россия и Вьетнам", "rossiia-i-vetnam"),
            ("Ελλάδα", "ellada"),
            ("하롱베이 관광", "harongbei-gwangwang"),
            ("ハロン", "haron"),
            ("Hạ Long (下龙湾) mùa thu", "ha-long-mua-thu"),
            ("２０２６ ＡＳＥＡＮ", "2026-asean"),
        ] {
            assert_eq!(slug(title).as_deref(), Some(want), "{title}");
        }
    }

    #[test]
    fn where_no_slug_can_be_read_none_is_made() {
        for title in [
            "下龙湾的秋天",
            "ハロン湾の観光案内",
            "ອ່າວຮ່າລອງ",
            "ឆកសមុទ្រហាឡុង",
            "อ่าวฮาลอง",
            "خليج ها لونغ",
            "",
            "!!!",
            "🎉🎉",
            "\u{200B}",
        ] {
            assert_eq!(slug(title), None, "{title}");
        }
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        let found = slug(&"nghiêng ".repeat(30)).unwrap();
        assert_eq!(found, ["nghieng"; 10].join("-"));
        assert_eq!(slug(&"a".repeat(200)).unwrap(), "a".repeat(80));
        assert_eq!(slug(&format!("{} b", "a".repeat(80))).unwrap(), "a".repeat(80));
    }

    proptest! {
        #[test]
        fn whatever_is_made_is_a_slug_of_at_most_eighty(title in "\\PC{0,120}") {
            if let Some(slug) = slug_from_title(&title) {
                prop_assert!(slug.as_str().len() <= LONGEST);
                prop_assert_eq!(slug_from_title(slug.as_str()), Some(slug.clone()));
            }
        }
    }
}
