//! The house rules that a machine can check: floors, sizes, words, wire types, migrations.
//!
//! Each rule is a function from a source to what is wrong with it, tried on small inputs here
//! and then on the tree itself, so that a rule that has gone blind is noticed.

mod floors;
mod foreign;
mod limits;
mod live;
mod migrations;
mod security;
mod sizes;
mod source;
mod wire;
mod words;

use source::Source;

/// Fails with every finding of a rule over some sources.
fn demand<'s>(sources: impl IntoIterator<Item = &'s Source>, rule: impl Fn(&Source) -> Vec<String>) {
    let mut seen = 0;
    let findings: Vec<String> = sources.into_iter().inspect(|_| seen += 1).flat_map(rule).collect();
    assert!(seen > 0, "the rule was shown no source");
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}
