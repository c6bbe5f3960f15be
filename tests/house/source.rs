//! Sources as the rules see them: text, and tokens without comments and without test code.

use std::{fs, path::Path};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A source file.
pub(crate) struct Source {
    /// Its path from the root of the repository.
    pub(crate) path: String,
    /// All of its text.
    pub(crate) text: String,
    /// Its tokens, doc comments and items under `#[cfg(test)]` left out.
    pub(crate) tokens: Vec<Token>,
    /// The files that it declares as test modules.
    test_files: Vec<String>,
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its line, from 1.
    pub(crate) line: usize,
    /// How many inline modules it stands in.
    pub(crate) nested: usize,
    /// What it is.
    pub(crate) what: What,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A word.
    Ident(String),
    /// A mark.
    Mark(char),
    /// An opening bracket.
    Open(char),
    /// A closing bracket.
    Close(char),
    /// What a string literal says.
    Text(String),
    /// Another literal.
    Literal,
}

impl Source {
    /// The source that a text is.
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut source =
            Self { path: path.to_owned(), text: text.to_owned(), tokens: Vec::new(), test_files: Vec::new() };
        source.flatten(stream, 0);
        source
    }

    /// Everything under a folder, sorted by path.
    pub(crate) fn under(folder: &str) -> Vec<Self> {
        let mut paths = Vec::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), folder, &mut paths);
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// Everything under a folder but the files of test modules.
    pub(crate) fn without_tests(folder: &str) -> Vec<Self> {
        let mut sources = Self::under(folder);
        let tests: Vec<String> = sources.iter().flat_map(|source| source.test_files.clone()).collect();
        sources.retain(|source| !tests.iter().any(|test| source.is_of_module(test)));
        sources
    }

    /// A finding at a line of this source.
    pub(crate) fn finding(&self, line: usize, why: &str) -> String {
        format!("{}:{line}: {why}", self.path)
    }

    /// Whether words and marks begin at some token.
    pub(crate) fn says(&self, at: usize, what: &[&str]) -> bool {
        what.iter().enumerate().all(|(place, wanted)| {
            self.tokens.get(at + place).is_some_and(|token| match &token.what {
                What::Ident(word) => word == wanted,
                What::Mark(mark) | What::Open(mark) | What::Close(mark) => wanted.chars().eq([*mark]),
                What::Text(_) | What::Literal => false,
            })
        })
    }

    /// The first names of the paths that begin at some token: one, or one for each branch of a group.
    pub(crate) fn names_at(&self, at: usize) -> Vec<(usize, String)> {
        let Some(token) = self.tokens.get(at) else { return Vec::new() };
        match &token.what {
            What::Ident(name) => vec![(token.line, name.clone())],
            What::Mark('*') => vec![(token.line, "*".to_owned())],
            What::Open('{') => {
                let (mut names, mut depth) = (self.names_at(at + 1), 0_usize);
                for (next, token) in self.tokens.iter().enumerate().skip(at + 1) {
                    match token.what {
                        What::Open(_) => depth += 1,
                        What::Close(_) if depth == 0 => break,
                        What::Close(_) => depth -= 1,
                        What::Mark(',') if depth == 0 => names.extend(self.names_at(next + 1)),
                        _ => {}
                    }
                }
                names
            }
            _ => Vec::new(),
        }
    }

    /// The names right under a module, wherever a path mentions it.
    pub(crate) fn names_under(&self, module: &str) -> Vec<(usize, String)> {
        let mentioned = |at: &usize| self.says(*at, &[module, ":", ":"]);
        (0..self.tokens.len()).filter(mentioned).flat_map(|at| self.names_at(at + 3)).collect()
    }

    fn read(path: &str) -> Self {
        let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let text = fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self::parse(path, &text)
    }

    fn is_of_module(&self, file: &str) -> bool {
        let folder = file.trim_end_matches(".rs");
        self.path == file || self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    fn flatten(&mut self, stream: TokenStream, nested: usize) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            if is_mark(&trees, at, '#') && is_mark(&trees, at + 1, '!') {
                // An attribute of the module around it: its documentation, or what the compiler is to allow.
                at += 3;
                continue;
            }
            if let Some(attribute) = attribute(&trees, at) {
                let words = words(attribute);
                if words.first().is_some_and(|word| word == "doc") {
                    at += 2;
                    continue;
                }
                if words.first().is_some_and(|word| word == "cfg") && words.iter().any(|word| word == "test") {
                    at = self.skip_item(&trees, at + 2);
                    continue;
                }
            }
            let in_module = at >= 2 && is_word(&trees[at - 2], "mod") && matches!(trees[at - 1], TokenTree::Ident(_));
            self.tree(&trees[at], nested, in_module);
            at += 1;
        }
    }

    fn tree(&mut self, tree: &TokenTree, nested: usize, in_module: bool) {
        let line = tree.span().start().line;
        let mut push = |line, what| self.tokens.push(Token { line, nested, what });
        match tree {
            TokenTree::Ident(ident) => push(line, What::Ident(ident.to_string())),
            TokenTree::Punct(mark) => push(line, What::Mark(mark.as_char())),
            TokenTree::Literal(literal) => push(line, text(&literal.to_string()).map_or(What::Literal, What::Text)),
            TokenTree::Group(group) => {
                let brackets = brackets(group);
                if let Some((open, _)) = brackets {
                    push(group.span_open().start().line, What::Open(open));
                }
                let inner = nested + usize::from(in_module && group.delimiter() == Delimiter::Brace);
                self.flatten(group.stream(), inner);
                if let Some((_, close)) = brackets {
                    let line = group.span_close().start().line;
                    self.tokens.push(Token { line, nested, what: What::Close(close) });
                }
            }
        }
    }

    /// Passes over a test item, and remembers the file that it declares.
    fn skip_item(&mut self, trees: &[TokenTree], mut at: usize) -> usize {
        let mut path = None;
        while let Some(attribute) = attribute(trees, at) {
            if words(attribute).first().is_some_and(|word| word == "path") {
                path = attribute.stream().into_iter().find_map(|tree| text(&tree.to_string()));
            }
            at += 2;
        }
        let to_semicolon =
            trees[at..].iter().take(4).any(|tree| ["use", "const", "static"].iter().any(|w| is_word(tree, w)));
        let start = at;
        while let Some(tree) = trees.get(at) {
            at += 1;
            match tree {
                TokenTree::Punct(mark) if mark.as_char() == ';' => {
                    let module = trees[start..at].windows(2).find(|pair| is_word(&pair[0], "mod"));
                    if let Some(pair) = module {
                        self.test_files.extend(declared(&self.path, &pair[1].to_string(), path.as_deref()));
                    }
                    break;
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !to_semicolon => break,
                _ => {}
            }
        }
        at
    }
}

/// The files that may hold a module which a file declares.
fn declared(by: &str, module: &str, path: Option<&str>) -> Vec<String> {
    let (folder, file) = by.rsplit_once('/').unwrap_or(("", by));
    if let Some(path) = path {
        return vec![format!("{folder}/{path}")];
    }
    match file {
        "mod.rs" | "lib.rs" | "main.rs" => vec![format!("{folder}/{module}.rs")],
        file => vec![format!("{folder}/{}/{module}.rs", file.trim_end_matches(".rs"))],
    }
}

fn walk(folder: &Path, name: &str, paths: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a folder can be listed").path();
        let name = format!("{name}/{}", path.file_name().expect("listed").to_string_lossy());
        if path.is_dir() {
            walk(&path, &name, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(name);
        }
    }
}

fn attribute(trees: &[TokenTree], at: usize) -> Option<&Group> {
    match (trees.get(at)?, trees.get(at + 1)?) {
        (TokenTree::Punct(mark), TokenTree::Group(group))
            if mark.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some(group)
        }
        _ => None,
    }
}

fn is_mark(trees: &[TokenTree], at: usize, mark: char) -> bool {
    matches!(trees.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark)
}

fn words(group: &Group) -> Vec<String> {
    let word = |tree| match tree {
        TokenTree::Ident(ident) => vec![ident.to_string()],
        TokenTree::Group(group) => words(&group),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
    };
    group.stream().into_iter().flat_map(word).collect()
}

fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

fn brackets(group: &Group) -> Option<(char, char)> {
    match group.delimiter() {
        Delimiter::Parenthesis => Some(('(', ')')),
        Delimiter::Brace => Some(('{', '}')),
        Delimiter::Bracket => Some(('[', ']')),
        Delimiter::None => None,
    }
}

/// What a string literal says, escapes as they are written.
fn text(literal: &str) -> Option<String> {
    let (prefix, rest) = literal.split_once('"')?;
    let plain = prefix.chars().all(|c| matches!(c, 'r' | 'b' | 'c' | '#'));
    let (said, _) = rest.rsplit_once('"')?;
    plain.then(|| said.to_owned())
}

#[test]
fn comments_and_test_code_are_not_tokens() {
    let text = "//! store\n/// crate::store\n#[cfg(test)]\nuse crate::{store::Db};\n#[cfg(test)]\nmod tests { use b; }\nfn kept() { \"said\"; }\n";
    let source = Source::parse("src/domain/x.rs", text);
    let words: Vec<&str> = source
        .tokens
        .iter()
        .filter_map(|token| match &token.what {
            What::Ident(word) | What::Text(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(words, ["fn", "kept", "said"]);
}

#[test]
fn a_test_module_is_found_where_the_compiler_finds_it() {
    let files = |path: &str, text: &str| Source::parse(path, text).test_files;
    assert_eq!(files("src/a/mod.rs", "#[cfg(test)] mod tests;"), ["src/a/tests.rs"]);
    assert_eq!(files("src/a.rs", "#[cfg(test)] pub(crate) mod tests;"), ["src/a/tests.rs"]);
    assert_eq!(files("src/a.rs", "#[cfg(test)] #[path = \"a_tests.rs\"] mod tests;"), ["src/a_tests.rs"]);
    assert!(files("src/a.rs", "mod tests;").is_empty());
    let deep = Source::parse("src/a/tests/deep.rs", "");
    assert!(deep.is_of_module("src/a/tests.rs") && !deep.is_of_module("src/a/test.rs"));
}

#[test]
fn a_group_of_imports_is_read_branch_by_branch() {
    let source = Source::parse("src/x.rs", "use crate::{kernel::{A, b::C}, store, http as web, domain::*};");
    let names: Vec<String> = source.names_under("crate").into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["kernel", "store", "http", "domain"]);
}
