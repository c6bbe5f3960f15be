//! Suggestions: another wording of one segment, which who writes the text takes or does not.

use super::{
    article::text_enum,
    body::{blocks, plain_of_coded, with_block},
    revision::{Revision, Text},
    segment::{SUMMARY, TITLE},
};

text_enum! {
    /// How a suggestion stands.
    State {
        /// Waiting for an answer.
        Open = "open",
        /// Taken into the text.
        Accepted = "accepted",
        /// Not taken.
        Rejected = "rejected",
    }
}

/// Why a suggestion cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It was answered before.
    Answered,
    /// The segment says something else by now, or is gone.
    Outdated,
}

/// Whether a suggestion can be taken into a text in which its segment says `says`.
///
/// # Errors
/// Why it cannot.
pub fn accept(state: State, before: &str, says: Option<&str>) -> Result<(), Refusal> {
    match state {
        State::Accepted | State::Rejected => Err(Refusal::Answered),
        State::Open if says == Some(before) => Ok(()),
        State::Open => Err(Refusal::Outdated),
    }
}

/// Whether a suggestion can be turned down.
///
/// # Errors
/// Why it cannot.
pub fn reject(state: State) -> Result<(), Refusal> {
    if state == State::Open { Ok(()) } else { Err(Refusal::Answered) }
}

/// Whether all that differs between two texts is that a segment which said one thing says the other. Asked of the texts
/// alone: wherever a block says that, the other wording is tried, and what comes of it has to be the text after.
pub fn leads(before: &Revision, after: &Revision, segment: &str, says: &str, to_say: &str) -> bool {
    let with = |changed: Text| changed == after.text;
    let line = |stands: &str| plain_of_coded(says).is_ok_and(|said| said == stands);
    let changed = || plain_of_coded(to_say).ok();
    let text = &before.text;
    before.shared == after.shared
        && match segment {
            TITLE => line(&text.title) && changed().is_some_and(|title| with(Text { title, ..text.clone() })),
            SUMMARY => line(&text.summary) && changed().is_some_and(|summary| with(Text { summary, ..text.clone() })),
            _ => blocks(&text.body).iter().enumerate().filter(|(_, block)| block.coded == says).any(|(place, _)| {
                with_block(&text.body, place, to_say).is_ok_and(|body| with(Text { body, ..text.clone() }))
            }),
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            article::Kind,
            revision::{ChangeClass, Provenance, Shared},
        },
        kernel::{AccountId, Digest, RevisionId},
    };

    fn revision(title: &str, body: &str) -> Revision {
        let details = crate::domain::details::Details::new;
        let text = Text {
            title: title.to_owned(),
            summary: "Tóm tắt".to_owned(),
            body: body.to_owned(),
            slug: "mot".parse().unwrap(),
            details: details(),
        };
        let shared = Shared {
            kind: Kind::News,
            agency: "bao".parse().unwrap(),
            topics: vec![],
            place: None,
            details: details(),
        };
        Revision {
            id: RevisionId::new(),
            number: 1,
            text,
            shared,
            hash: Digest::of("text"),
            source_number: None,
            change: ChangeClass::Minor,
            change_note: String::new(),
            provenance: Provenance::Human,
            by: AccountId::new(),
            at: "2026-11-22T02:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn one_segment_and_nothing_else_differs_where_a_suggestion_leads() {
        let twice = "<p>Như nhau.</p><p>Khác <em>hẳn</em>.</p><p>Như nhau.</p>";
        let old = revision("Cá", twice);
        let last = revision("Cá", "<p>Như nhau.</p><p>Khác <em>hẳn</em>.</p><p>Như, nhau.</p>");
        let both = revision("Cá", "<p>Như, nhau.</p><p>Khác <em>hẳn</em>.</p><p>Như, nhau.</p>");
        let inner = revision("Cá", "<p>Như nhau.</p><p>Khác, <em>hẳn</em>.</p><p>Như nhau.</p>");

        assert!(leads(&old, &last, "1.3", "Như nhau.", "Như, nhau."));
        assert!(leads(&old, &inner, "1.2", "Khác {1}hẳn{/1}.", "Khác, {1}hẳn{/1}."));
        assert!(leads(&old, &revision("Cá ngừ", twice), "title", "Cá", "Cá ngừ"));
        assert!(!leads(&old, &both, "1.3", "Như nhau.", "Như, nhau."), "two segments");
        assert!(!leads(&old, &last, "1.3", "Như nhau", "Như, nhau."), "it said something else");
        assert!(!leads(&old, &last, "1.3", "Như nhau.", "Như nhau!"), "another wording");
        assert!(!leads(&old, &last, "title", "Cá", "Cá"), "another segment");
        assert!(!leads(&old, &revision("Cá!", last.text.body.as_str()), "1.3", "Như nhau.", "Như, nhau."));
        let moved =
            Revision { shared: Shared { place: Some("Cảng".to_owned()), ..last.shared.clone() }, ..last.clone() };
        assert!(!leads(&old, &moved, "1.3", "Như nhau.", "Như, nhau."), "shared fields");
        let address = Text { slug: "hai".parse().unwrap(), ..last.text.clone() };
        assert!(!leads(&old, &Revision { text: address, ..last }, "1.3", "Như nhau.", "Như, nhau."), "the address");
    }

    #[test]
    fn a_suggestion_is_answered_once_and_taken_only_where_it_fits() {
        for state in State::ALL {
            for says in [Some("cũ"), Some("khác"), None] {
                let want = match (state, says) {
                    (State::Open, Some("cũ")) => Ok(()),
                    (State::Open, _) => Err(Refusal::Outdated),
                    _ => Err(Refusal::Answered),
                };
                assert_eq!(accept(*state, "cũ", says), want, "{state} {says:?}");
            }
            assert_eq!(reject(*state).is_ok(), *state == State::Open, "{state}");
        }
    }
}
