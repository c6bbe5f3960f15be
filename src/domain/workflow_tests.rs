//! The whole table of a case: every state, every act.

use super::*;

fn case(state: CaseState) -> Case {
    Case {
        id: CaseId::new(),
        edition: EditionId::new(),
        revision: RevisionId::new(),
        number: 1,
        hash: Digest::of("text"),
        workflow: Workflow::standard(),
        state,
        comment: String::new(),
        opened_by: AccountId::new(),
        opened_at: now(),
        decisions: vec![],
    }
}

fn now() -> Timestamp {
    "2026-11-22T02:00:00Z".parse().unwrap()
}

fn says(by: AccountId, verdict: Verdict, hash: Digest) -> Proposal {
    Proposal { id: DecisionId::new(), by, verdict, hash, comment: String::new(), at: now() }
}

fn approved_by(people: &[AccountId]) -> Case {
    let mut case = case(CaseState::Open);
    for person in people {
        let (decision, state) = case.decide(&HashSet::new(), says(*person, Verdict::Approve, case.hash)).unwrap();
        case.decisions.push(decision);
        case.state = state;
    }
    case
}

#[test]
fn two_people_approve_and_one_sends_back() {
    let (first, second) = (AccountId::new(), AccountId::new());
    let half = approved_by(&[first]);
    assert_eq!(half.state, CaseState::Open);
    assert_eq!(half.current_stage().map(|(_, s)| s.role), Some(Role::Approver));
    assert_eq!(approved_by(&[first, second]).state, CaseState::Approved);
    let (_, state) = half.decide(&HashSet::new(), says(second, Verdict::RequestChanges, half.hash)).unwrap();
    assert_eq!(state, CaseState::ChangesRequested);
}

#[test]
fn a_closed_case_takes_no_decision() {
    for state in [CaseState::Approved, CaseState::ChangesRequested, CaseState::Superseded] {
        for verdict in Verdict::ALL {
            let case = case(state);
            let refused = case.decide(&HashSet::new(), says(AccountId::new(), *verdict, case.hash)).unwrap_err();
            assert_eq!(refused, Refusal::CaseClosed);
        }
    }
}

#[test]
fn authors_second_stages_and_other_texts_are_refused() {
    let person = AccountId::new();
    for verdict in Verdict::ALL {
        let open = case(CaseState::Open);
        let own = open.decide(&HashSet::from([person]), says(person, *verdict, open.hash)).unwrap_err();
        assert_eq!(own, Refusal::OwnText);
        let other = open.decide(&HashSet::new(), says(person, *verdict, Digest::of("other"))).unwrap_err();
        assert_eq!(other, Refusal::HashMismatch);
        let half = approved_by(&[person]);
        let twice = half.decide(&HashSet::new(), says(person, *verdict, half.hash)).unwrap_err();
        assert_eq!(twice, Refusal::SecondStage);
    }
}

#[test]
fn an_approval_holds_only_with_all_it_rests_on() {
    let (first, second) = (AccountId::new(), AccountId::new());
    let good = approved_by(&[first, second]);
    let nobody = HashSet::new();
    assert_eq!(good.lapse(good.hash, &nobody, |_, _| true), None);
    assert_eq!(good.lapse(Digest::of("other"), &nobody, |_, _| true), Some(Lapse::OtherText));
    assert_eq!(good.lapse(good.hash, &HashSet::from([second]), |_, _| true), Some(Lapse::NotIndependent));
    assert_eq!(good.lapse(good.hash, &nobody, |who, _| who != first), Some(Lapse::GrantGone));

    let mut forged = approved_by(&[first]);
    forged.state = CaseState::Approved;
    assert_eq!(forged.lapse(forged.hash, &nobody, |_, _| true), Some(Lapse::NotApproved));
    let mut twice = good.clone();
    twice.decisions[1].by = first;
    assert_eq!(twice.lapse(twice.hash, &nobody, |_, _| true), Some(Lapse::NotIndependent));
    let mut altered = good.clone();
    altered.decisions[0].hash = Digest::of("other");
    assert_eq!(altered.lapse(altered.hash, &nobody, |_, _| true), Some(Lapse::OtherText));
}

#[test]
fn who_saved_a_text_decides_on_it_in_the_workflow_of_imports_alone() {
    let (person, nobody) = (AccountId::new(), HashSet::new());
    let mut import = Case { workflow: Workflow::import(), ..case(CaseState::Open) };
    let (decision, state) = import.decide(&nobody, says(person, Verdict::Approve, import.hash)).unwrap();
    import.decisions.push(decision);
    import.state = state;
    let own = HashSet::from([person]);
    assert_eq!(import.lapse(import.hash, &own, |_, role| role == Role::Admin), None);
    assert_eq!(import.lapse(import.hash, &own, |_, role| role != Role::Admin), Some(Lapse::GrantGone));
    assert_eq!(import.lapse(Digest::of("other"), &own, |_, _| true), Some(Lapse::OtherText));

    // Its name alone is not the workflow.
    let mut renamed = import.clone();
    renamed.workflow.stages[0].role = Role::Author;
    assert_eq!(renamed.lapse(renamed.hash, &own, |_, _| true), Some(Lapse::NotIndependent));
    let mut other = import;
    other.workflow.code = "standard".to_owned();
    assert_eq!(other.lapse(other.hash, &own, |_, _| true), Some(Lapse::NotIndependent));
}

#[test]
fn the_approval_hash_covers_every_decision() {
    let good = approved_by(&[AccountId::new(), AccountId::new()]);
    let mut other = good.clone();
    other.decisions[1].by = AccountId::new();
    assert_ne!(good.approval_hash(), other.approval_hash());
}
