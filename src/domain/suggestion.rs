//! Suggestions: another wording of one segment, which who writes the text takes or does not.

use super::article::text_enum;

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

#[cfg(test)]
mod tests {
    use super::*;

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
