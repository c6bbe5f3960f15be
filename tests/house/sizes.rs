//! The size of files: one idea each.

use crate::{demand, source::Source};

/// Lines that no file has.
const NEVER: usize = 500;
/// Lines that a file has only for a reason.
const RARELY: usize = 350;

/// Files that are long for a reason.
const LONG: &[(&str, &str)] = &[
    ("src/service/article.rs", "an article's four use cases share the reading of what a request names"),
    ("src/store/entity/work.rs", "the columns of every table of the desk, a few lines each"),
    ("tests/api/accounts.rs", "the claims of one feature"),
    ("tests/api/carried.rs", "the claims of one feature"),
    ("tests/api/conditions.rs", "the claims of one feature"),
    ("tests/api/deciding.rs", "the claims of one feature"),
    ("tests/api/publication.rs", "the claims of one feature"),
    ("tests/api/queue.rs", "the claims of one feature"),
    ("tests/api/rights_matrix.rs", "a request for every operation of the document"),
    ("tests/api/tamper.rs", "a table of every alteration that was thought of"),
    ("tests/api/workflows.rs", "the claims of one feature"),
];

fn too_long(source: &Source, reasons: &[(&str, &str)]) -> Vec<String> {
    let lines = source.text.lines().count();
    let reason = reasons.iter().find(|(path, _)| *path == source.path);
    match (lines, reason) {
        (NEVER.., _) if lines > NEVER => vec![source.finding(lines, "longer than any file may be")],
        (RARELY.., None) if lines > RARELY => vec![source.finding(lines, "long, and no reason is given in sizes.rs")],
        (_, Some(_)) if lines <= RARELY => vec![source.finding(lines, "no longer long: take its reason from sizes.rs")],
        _ => Vec::new(),
    }
}

#[test]
fn a_file_is_short_or_has_a_reason() {
    demand(&Source::under("src"), |source| too_long(source, LONG));
    demand(&Source::under("tests"), |source| too_long(source, LONG));
    demand(&Source::under("migrations"), |source| too_long(source, LONG));
}

#[test]
fn a_long_file_is_seen() {
    let of = |lines: usize| Source::parse("src/a.rs", &"\n".repeat(lines));
    let reason = [("src/a.rs", "a reason")];
    assert!(too_long(&of(350), &[]).is_empty());
    assert_eq!(too_long(&of(351), &[]).len(), 1);
    assert!(too_long(&of(500), &reason).is_empty());
    assert_eq!(too_long(&of(501), &reason).len(), 1);
    assert_eq!(too_long(&of(10), &reason).len(), 1, "a reason that is not needed any more goes");
}
