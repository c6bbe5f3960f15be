//! Wire types: what comes in says which members it has, and refuses all others.

use crate::{
    demand,
    source::{Source, What},
};

/// The types that read members from outside without refusing unknown ones.
fn lax(source: &Source) -> Vec<String> {
    let (mut findings, mut attributes) = (Vec::new(), Vec::<String>::new());
    let mut at = 0;
    while let Some(token) = source.tokens.get(at) {
        match &token.what {
            What::Mark('#') if source.says(at + 1, &["["]) => {
                let end = closing(source, at + 1);
                attributes.extend(idents(source, at + 2, end));
                at = end;
            }
            What::Ident(word) if word == "struct" || word == "enum" => {
                let reads = attributes.iter().any(|word| word == "Deserialize");
                let strict = attributes.iter().any(|word| word == "deny_unknown_fields" || word == "transparent");
                if reads && !strict && has_members(source, at) {
                    let name = idents(source, at + 1, at + 2).pop().unwrap_or_default();
                    findings.push(source.finding(token.line, &format!("`{name}` takes unknown fields")));
                }
                attributes.clear();
            }
            // Words of a visibility stand between the attributes and the item.
            What::Ident(word) if ["pub", "crate", "super", "self", "in"].contains(&word.as_str()) => {}
            What::Open('(') | What::Close(')') => {}
            _ => attributes.clear(),
        }
        at += 1;
    }
    findings
}

/// Whether the type at `struct` or `enum` has named members, itself or in a variant.
fn has_members(source: &Source, at: usize) -> bool {
    let is = |place: usize, what: &What| source.tokens.get(place).is_some_and(|token| token.what == *what);
    let ends = |place: &usize| [What::Open('{'), What::Open('('), What::Mark(';')].iter().any(|end| is(*place, end));
    let Some(body) = (at + 2..source.tokens.len()).find(ends) else { return false };
    if !is(body, &What::Open('{')) {
        return false;
    }
    source.says(at, &["struct"]) || (body + 1..closing(source, body)).any(|place| is(place, &What::Open('{')))
}

/// The place of the bracket that closes the one at `at`.
fn closing(source: &Source, at: usize) -> usize {
    let mut depth = 0_usize;
    for (place, token) in source.tokens.iter().enumerate().skip(at) {
        match token.what {
            What::Open(_) => depth += 1,
            What::Close(_) if depth == 1 => return place,
            What::Close(_) => depth -= 1,
            _ => {}
        }
    }
    source.tokens.len()
}

fn idents(source: &Source, from: usize, to: usize) -> Vec<String> {
    let ident = |at: usize| match &source.tokens.get(at)?.what {
        What::Ident(word) => Some(word.clone()),
        _ => None,
    };
    (from..to).filter_map(ident).collect()
}

#[test]
fn what_comes_in_refuses_unknown_fields() {
    demand(&Source::without_tests("src/http"), lax);
}

#[test]
fn a_type_that_takes_unknown_fields_is_seen() {
    for text in [
        "#[derive(Debug, Deserialize)] pub struct A { a: u8 }",
        "#[derive(serde::Deserialize)] /// A.\n #[serde(rename_all = \"kebab-case\")] pub(crate) struct A<T> { a: T }",
        "#[derive(Deserialize)] #[serde(tag = \"t\")] enum A { B { c: u8 }, D }",
        "#[derive(Deserialize)] #[serde(deny_unknown_fields)] struct A { a: u8 } #[derive(Deserialize)] struct B { b: u8 }",
    ] {
        assert_eq!(lax(&Source::parse("src/http/a.rs", text)).len(), 1, "{text}");
    }
    for text in [
        "#[derive(Deserialize)] #[serde(deny_unknown_fields)] pub struct A { a: u8 }",
        "#[derive(Serialize)] pub struct A { a: u8 }",
        "#[derive(Deserialize)] struct A(u8);",
        "#[derive(Deserialize)] enum A { #[serde(rename = \"b\")] B, C }",
        "#[derive(Deserialize)] #[serde(transparent)] struct A { a: u8 }",
        "#[cfg(test)] mod tests { #[derive(Deserialize)] struct A { a: u8 } }",
    ] {
        assert!(lax(&Source::parse("src/http/a.rs", text)).is_empty(), "{text}");
    }
}
