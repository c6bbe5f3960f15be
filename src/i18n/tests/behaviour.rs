//! How a text is found, filled and refused, and in which language a reader is answered.

use std::borrow::Cow;

use super::{super::*, embedded, tag};
use crate::kernel::Args;

fn made(files: &[(&str, &str)]) -> Result<I18n, BadTexts> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), Cow::Borrowed(text.as_bytes())));
    I18n::new(texts::bundles(files)?, &tag("vi"))
}

#[test]
fn a_number_is_written_and_counted_as_the_language_does() {
    let i18n = embedded();
    let too_long = |locale: &str, max: usize| i18n.text(&tag(locale), "field-too-long", &[("max", max.into())]);
    assert_eq!(too_long("vi", 1250), "Quá dài: tối đa 1.250 ký tự.");
    assert_eq!(too_long("en", 1250), "Too long: at most 1,250 characters.");
    assert_eq!(too_long("en", 1), "Too long: at most one character.");
    for extreme in [i64::MIN, -1, 0, i64::MAX] {
        assert!(!i18n.text(&tag("en"), "field-too-many", &[("max", extreme.into())]).is_empty());
    }
}

#[test]
fn a_plural_form_and_a_digit_group_follow_languages_yet_to_come() {
    let english = "n = { $n }";
    let russian = "n = { $n ->\n    [one] { $n } статья\n    [few] { $n } статьи\n   *[many] { $n } статей\n    }";
    let i18n = made(&[
        ("vi/a.ftl", english),
        ("en/a.ftl", english),
        ("ru/a.ftl", russian),
        ("es/a.ftl", english),
        ("lo/a.ftl", english),
    ])
    .expect("good texts");
    let n = |locale: &str, n: i64| i18n.text(&tag(locale), "n", &[("n", n.into())]);
    assert_eq!([n("ru", 21), n("ru", 3), n("ru", 11)], ["21 статья", "3 статьи", "11 статей"]);
    assert_eq!([n("es", 1250), n("es", 12500)], ["1250", "12.500"]);
    assert_eq!(n("lo", 1250), "1.250");
}

#[test]
fn a_moment_reads_as_people_write_it() {
    let i18n = embedded();
    let at = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).and_then(|day| day.and_hms_opt(20, 5, 0)).expect("a moment");
    let args: Args = vec![("at", at.into()), ("zone", "GMT+7".into())];
    for (locale, wanted) in [
        ("vi", "20:05 ngày 01/09/2026 (GMT+7)"),
        ("en", "1 September 2026, 20:05 (GMT+7)"),
        ("zh-Hans", "2026年9月1日 20:05（GMT+7）"),
        ("fr", "1er septembre 2026 à 20:05 (GMT+7)"),
        ("ja", "2026年9月1日 20:05（GMT+7）"),
        ("ko", "2026년 9월 1일 20:05(GMT+7)"),
        ("ru", "1 сентября 2026\u{202f}г. в 20:05 (GMT+7)"),
        ("es", "1 de septiembre de 2026, 20:05 (GMT+7)"),
        ("lo", "ວັນທີ 1 ກັນຍາ 2026, ເວລາ 20:05 (GMT+7)"),
        ("km", "ថ្ងៃទី1 ខែកញ្ញា ឆ្នាំ2026 ម៉ោង 20:05 (GMT+7)"),
    ] {
        assert_eq!(i18n.text(&tag(locale), "page-moment", &args), wanted);
    }
}

#[test]
fn a_missing_text_falls_to_english_and_then_to_its_key() {
    let i18n = made(&[("vi/a.ftl", "a = một"), ("en/a.ftl", "a = one\nb = two\n    .c = three")]).expect("good texts");
    let text = |locale: &str, key: &str| i18n.text(&tag(locale), key, &[]);
    assert_eq!([text("vi", "a"), text("vi", "b"), text("vi", "b.c")], ["một", "two", "three"]);
    assert_eq!([text("vi-VN", "a"), text("de", "a")], ["một", "one"]);
    for nothing in ["", ".", "x", "a.x", "x.y", "a.", ".c", "b.c.d", "-term", "{a}"] {
        assert_eq!(text("vi", nothing), nothing);
    }
}

#[test]
fn a_value_is_put_in_as_it_is() {
    let i18n = made(&[("vi/a.ftl", "a = ({ $x })"), ("en/a.ftl", "a = ({ $x })")]).expect("good texts");
    for value in ["{ a }", "<b>&amp;", "“đ”\u{200b}", ""] {
        assert_eq!(i18n.text(&tag("vi"), "a", &[("x", value.into())]), format!("({value})"));
    }
    assert_eq!(i18n.text(&tag("vi"), "a", &[]), "({$x})", "a forgotten value leaves its name");
}

#[test]
fn texts_that_cannot_be_used_are_named() {
    let good = [("vi/a.ftl", "a = một"), ("en/a.ftl", "a = one")];
    assert!(made(&good).is_ok());
    let with =
        |path: &'static str, text: &'static str| made(&[good[0], good[1], (path, text)]).expect_err(path).to_string();
    assert_eq!(with("en/b.ftl", "b = two\na = one again"), "locales/en/b.ftl: a stands twice");
    assert!(with("en/b.ftl", "b = two\n\nc = { $x\n").starts_with("locales/en/b.ftl, line "));
    assert!(with("en/b.ftl", "no message at all").starts_with("locales/en/b.ftl, line 1: "));
    assert!(with("VI/b.ftl", "b = hai").starts_with("locales/VI/b.ftl: not in a folder named by"));
    assert!(with("b.ftl", "b = hai").starts_with("locales/b.ftl: not in a folder named by"));
    assert!(with("vi/more/b.ftl", "b = hai").starts_with("locales/vi/more/b.ftl: not in a folder named by"));
    assert!(matches!(
        texts::bundles([("vi/a.ftl".to_owned(), Cow::Borrowed(&[0xff_u8][..]))]),
        Err(BadTexts::NotUtf8(_))
    ));
    assert_eq!(made(&good[..1]).expect_err("no English"), BadTexts::NoLanguage("en".to_owned()));
    assert_eq!(made(&good[1..]).expect_err("no default"), BadTexts::NoLanguage("vi".to_owned()));
    assert!(made(&[good[0], good[1], ("README.md", "{")]).is_ok(), "what is no text is passed over");
}

#[test]
fn what_a_request_asks_for_comes_before_the_readers_own_language() {
    let i18n = embedded();
    let negotiate = |header: Option<&str>, own: Option<&str>| i18n.negotiate(header, own.map(tag).as_ref()).to_string();
    assert_eq!(negotiate(Some("en"), Some("vi")), "en");
    assert_eq!(negotiate(Some("de, *;q=0.1"), Some("en-GB")), "en", "whatever is spoken, so best one's own");
    assert_eq!(negotiate(Some("de"), Some("en-GB")), "en");
    assert_eq!(negotiate(None, Some("en-GB")), "en");
    assert_eq!(negotiate(Some("en"), Some("de")), "en", "one that is not spoken does not count");
    assert_eq!(negotiate(None, None), "vi");
    assert_eq!(negotiate(None, Some("de")), "vi");
    assert_eq!(I18n::embedded(&tag("en")).expect("good texts").negotiate(Some("de"), None), tag("en"));
}

#[test]
fn all_threads_may_share_the_texts() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    shared(&embedded());
}
