//! The texts are whole: each language says the same things, with the same gaps to fill, for everything the code names.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use fluent_syntax::ast;
use unicode_normalization::is_nfc;

use super::*;
use crate::{
    domain::{
        article::Kind,
        publication::{Act, TakeDown},
        workflow::Verdict,
    },
    kernel::Args,
    service::code::{Code, FieldCode, HouseRule},
};

mod behaviour;

/// Texts that are rightly the same in two languages, as `key`.
const SAME_IN_TWO: &[&str] = &[];

const STATES: &[&str] =
    &["draft", "in_review", "changes_requested", "approved", "scheduled", "published", "withdrawn", "retracted"];

const ROLES: &[&str] =
    &["author", "translator", "reviewer", "approver", "publisher", "press_officer", "auditor", "admin"];

const REASONS: &[&str] = &[
    "factual_error",
    "wrong_figure",
    "wrong_name",
    "legal",
    "duplicate",
    "outdated",
    "request",
    "security",
    "expired",
    "source_retracted",
    "other",
];

/// Ids made of a prefix and the name of one of a closed set.
fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("problem-", Code::ALL.iter().map(|code| code.slug()).collect()),
        ("field-", FieldCode::ALL.iter().map(|code| code.slug()).collect()),
        ("rule-", HouseRule::ALL.iter().map(|rule| rule.slug()).collect()),
        ("kind-", Kind::ALL.iter().map(|kind| kind.as_str()).collect()),
        ("takedown-", TakeDown::ALL.iter().map(|kind| kind.as_str()).collect()),
        ("feed-notice-", TakeDown::ALL.iter().map(|kind| kind.as_str()).collect()),
        ("page-notice-", TakeDown::ALL.iter().map(|kind| kind.as_str()).collect()),
        ("sheet-act-", Act::ALL.iter().map(|act| act.as_str()).collect()),
        ("sheet-verdict-", Verdict::ALL.iter().map(|verdict| verdict.as_str()).collect()),
        ("state-", STATES.to_vec()),
        ("role-", ROLES.to_vec()),
        ("reason-", REASONS.to_vec()),
    ]
}

/// Whether a text is for the terminal, where Vietnamese and English are spoken.
fn of_the_terminal(key: &str) -> bool {
    key.starts_with("cli-")
}

/// Keys (`id` and `id.attribute`) of a language with the names of the values that each needs.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn locales() -> BTreeMap<String, Keys> {
    let mut locales: BTreeMap<String, Keys> = BTreeMap::new();
    for path in files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/locales")), "ftl") {
        let tag = folder_of(&path);
        let source = read(&path);
        let resource = fluent_syntax::parser::parse(source.as_str()).expect("well-formed");
        let keys = locales.entry(tag).or_default();
        for entry in &resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            for attribute in &message.attributes {
                let key = format!("{id}.{}", attribute.id.name);
                assert!(keys.insert(key, gaps(&attribute.value)).is_none(), "{id} has an attribute twice");
            }
            let value = message.value.as_ref().unwrap_or_else(|| panic!("{id} has attributes only"));
            assert!(keys.insert(id.to_owned(), gaps(value)).is_none(), "{id} stands twice");
        }
    }
    locales
}

fn folder_of(path: &Path) -> String {
    path.parent().and_then(Path::file_name).expect("a file in a folder").to_string_lossy().into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a readable text")
}

fn gaps(pattern: &ast::Pattern<&str>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    in_pattern(pattern, &mut names);
    names
}

fn in_pattern(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            ast::PatternElement::TextElement { .. } => {}
            ast::PatternElement::Placeable { expression } => in_expression(expression, names),
        }
    }
}

fn in_expression(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => in_inline(inline, names),
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, names);
            for variant in variants {
                in_pattern(&variant.value, names);
            }
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for one in &arguments.positional {
                in_inline(one, names);
            }
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, names),
        _ => {}
    }
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found
}

/// What the program's code says, this module left out.
fn code() -> String {
    let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n"));
    files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), "rs")
        .iter()
        .filter(|path| !path.starts_with(own))
        .map(|path| read(path))
        .collect()
}

fn tag(raw: &str) -> LocaleTag {
    raw.parse().expect("a locale tag")
}

fn embedded() -> I18n {
    I18n::embedded(&tag("vi")).expect("good texts")
}

/// A text with every gap filled, and the faults that showed.
fn filled(i18n: &I18n, locale: &str, key: &str, gaps: &BTreeSet<String>) -> (String, Vec<FluentError>) {
    // Names live as long as the test: a value's name is otherwise always a literal.
    let value = |gap: &str| if gap == "at" { chrono::NaiveDateTime::default().into() } else { Arg::Number(1) };
    let args: Args = gaps.iter().map(|gap| (&*gap.clone().leak(), value(gap))).collect();
    write(&i18n.0.bundles[locale], key, &args).expect("the key is there")
}

#[test]
fn every_language_has_the_same_keys_with_the_same_gaps() {
    let locales = locales();
    assert!(locales.contains_key("vi"));
    for (locale, keys) in &locales {
        let at_the_terminal = ["vi", "en"].contains(&locale.as_str());
        for (key, gaps) in &locales["en"] {
            let here = at_the_terminal || !of_the_terminal(key);
            assert_eq!(keys.get(key), here.then_some(gaps), "{key} in {locale}");
        }
        for key in keys.keys() {
            assert!(locales["en"].contains_key(key), "{key} of {locale} in en");
        }
    }
    let folders: Vec<String> = embedded().locales().iter().map(ToString::to_string).collect();
    assert_eq!(folders, locales.into_keys().collect::<Vec<_>>());
}

#[test]
fn every_text_is_whole_in_every_language() {
    let i18n = embedded();
    for (locale, keys) in locales() {
        for (key, gaps) in keys {
            let (text, faults) = filled(&i18n, &locale, &key, &gaps);
            assert_eq!(faults, [], "{key} in {locale}");
            assert!(!text.trim().is_empty(), "{key} in {locale} is empty");
            assert!(is_nfc(&text), "{key} in {locale} is not NFC");
            assert!(!text.contains(['\u{2068}', '\u{2069}']), "{key} in {locale} has isolation marks");
        }
    }
}

#[test]
fn a_translation_differs_from_the_english() {
    let (i18n, locales) = (embedded(), locales());
    for (key, gaps) in &locales["en"] {
        let (english, _) = filled(&i18n, "en", key, gaps);
        for locale in locales.keys().filter(|locale| *locale != "en" && locales[*locale].contains_key(key)) {
            let same = filled(&i18n, locale, key, gaps).0 == english;
            assert_eq!(same, SAME_IN_TWO.contains(&key.as_str()), "{key} in {locale}");
        }
    }
}

/// The letters of a language's own script; those of Latin and what all scripts share are looked at nowhere else.
fn own_letters(locale: &str) -> Option<&'static [RangeInclusive<char>]> {
    Some(match locale {
        "zh-Hans" => &['\u{4e00}'..='\u{9fff}'],
        "ja" => &['\u{3041}'..='\u{30ff}', '\u{4e00}'..='\u{9fff}'],
        "ko" => &['\u{ac00}'..='\u{d7a3}'],
        "ru" => &['\u{400}'..='\u{45f}'],
        "lo" => &['\u{e80}'..='\u{eff}'],
        "km" => &['\u{1780}'..='\u{17ff}'],
        _ => return None,
    })
}

#[test]
fn a_text_is_written_in_the_script_of_its_language() {
    let i18n = embedded();
    for (locale, keys) in locales() {
        for (key, gaps) in keys {
            let (text, _) = filled(&i18n, &locale, &key, &gaps);
            let foreign = |letter: char| letter.is_alphabetic() && letter as u32 > 0x24f && !is_vietnamese(letter);
            match own_letters(&locale) {
                Some(own) => {
                    let is_own = |letter: char| own.iter().any(|range| range.contains(&letter));
                    // Some texts are nothing but what is put into them.
                    let is_bare = !text.contains(char::is_alphabetic);
                    assert!(is_bare || text.contains(is_own), "{key} in {locale} has no letter of its script: {text}");
                    let odd = text.chars().find(|letter| foreign(*letter) && !is_own(*letter));
                    assert_eq!(odd, None, "{key} in {locale}: {text}");
                }
                None => assert!(!text.contains(foreign), "{key} in {locale}: {text}"),
            }
        }
    }
}

/// Latin letters that Vietnamese adds.
fn is_vietnamese(letter: char) -> bool {
    ('\u{1ea0}'..='\u{1ef9}').contains(&letter)
}

#[test]
fn every_name_that_programs_know_has_its_text() {
    for (locale, keys) in locales() {
        for (prefix, names) in families() {
            for name in names {
                assert!(keys.contains_key(&format!("{prefix}{name}")), "{prefix}{name} in {locale}");
            }
        }
        for code in Code::ALL {
            assert!(keys.contains_key(&format!("problem-{}.detail", code.slug())), "{} in {locale}", code.slug());
        }
    }
}

#[test]
fn every_text_is_used() {
    let (code, families, locales) = (code(), families(), locales());
    let unused: Vec<&String> = locales["en"]
        .keys()
        .filter(|key| !key.contains('.'))
        .filter(|id| {
            !families.iter().any(|(prefix, names)| id.strip_prefix(prefix).is_some_and(|it| names.contains(&it)))
        })
        .filter(|id| !code.contains(&format!("\"{id}\"")) && !code.contains(&format!("\"{id}.")))
        .collect();
    assert!(unused.is_empty(), "no code names {unused:?}");
}

#[test]
fn every_key_that_the_code_names_has_its_text() {
    let (code, locales) = (code(), locales());
    let literals = code.split('"').filter(|piece| {
        let key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
        ["feed-", "page-", "cli-"].iter().any(|start| piece.len() > start.len() && piece.starts_with(start))
            && piece.bytes().all(key)
            && !piece.ends_with('-')
    });
    for literal in literals {
        assert!(locales["en"].contains_key(literal), "the code names {literal}");
    }
}
