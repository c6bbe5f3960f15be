//! What topics are part of, and what is part of them.

use std::collections::BTreeSet;

use crate::{
    kernel::Code,
    service::Error,
    store::{
        Tx,
        vocabulary::{self, Topic, Tree},
    },
};

/// The tree that some topics are.
pub(super) fn tree_of(topics: &[Topic]) -> Tree {
    topics.iter().map(|topic| (topic.code.clone(), topic.parent.clone())).collect()
}

/// Topics and all that they are part of, sorted.
pub(in crate::service) fn with_ancestors(tree: &Tree, codes: &[Code]) -> Vec<Code> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Code> = codes.iter().collect();
    while let Some(code) = open.pop() {
        if found.insert(code.clone()) {
            open.extend(tree.get(code).and_then(Option::as_ref));
        }
    }
    found.into_iter().collect()
}

/// A topic and all that are part of it.
pub(in crate::service) async fn with_descendants(tx: &impl Tx, code: &Code) -> Result<Vec<Code>, Error> {
    let tree = vocabulary::tree(tx).await?;
    let under = |one: &&Code| with_ancestors(&tree, std::slice::from_ref(*one)).contains(code);
    Ok(tree.keys().filter(under).cloned().collect())
}
