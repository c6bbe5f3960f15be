//! The whole table of a case: every state, every act.

use super::*;
use crate::domain::access::Role;

fn case(state: CaseState) -> Case {
    Case {
        id: CaseId::new(),
        edition: EditionId::new(),
        revision: RevisionId::new(),
        number: 1,
        hash: Digest::of("text"),
        workflow: Workflow::standard(),
        format: Format::V2,
        sensitivity: Sensitivity::Normal,
        urgent: false,
        state,
        comment: String::new(),
        opened_by: AccountId::new(),
        opened_at: now(),
        closed_at: None,
        assigned: [].into(),
        decisions: vec![],
        carry: None,
        public_since: None,
        names: [].into(),
    }
}

fn now() -> Timestamp {
    "2026-11-22T02:00:00Z".parse().unwrap()
}

fn says(by: AccountId, verdict: Verdict, hash: Digest) -> Proposal {
    let (id, comment) = (DecisionId::new(), String::new());
    Proposal { id, stage: 0, by, behalf: None, verdict, hash, comment, waivers: vec![], at: now() }
}

fn approved_by(people: &[AccountId]) -> Case {
    let mut case = case(CaseState::Open);
    for person in people {
        let stage = case.current_stages()[0];
        let says = Proposal { stage, ..says(*person, Verdict::Approve, case.hash) };
        let (decision, state) = case.decide(&HashSet::new(), says).unwrap();
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
    let (_, state) = half
        .decide(&HashSet::new(), Proposal { stage: 1, ..says(second, Verdict::RequestChanges, half.hash) })
        .unwrap();
    assert_eq!(state, CaseState::ChangesRequested);
}

#[test]
fn a_closed_case_takes_no_decision() {
    for state in [CaseState::ChangesRequested, CaseState::Superseded] {
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
    assert_eq!(good.lapse(good.hash, &nobody, |decision, _| decision.by != first), Some(Lapse::GrantGone));

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
fn the_approval_hash_covers_every_decision_and_all_that_it_says() {
    let good = approved_by(&[AccountId::new(), AccountId::new()]);
    let behalf = Behalf { of: AccountId::new(), by: crate::kernel::DelegationId::new() };
    let waiver = |reason: &str| Waiver { code: "link-not-https".to_owned(), reason: reason.to_owned() };
    let changes: [&dyn Fn(&mut Case); 9] = [
        &|case| case.decisions[1].by = AccountId::new(),
        &|case| case.decisions[1].behalf = Some(behalf),
        &|case| case.decisions[1].waivers = vec![waiver("a")],
        &|case| case.decisions[1].waivers = vec![waiver("b")],
        &|case| case.workflow.stages[1].group = 0,
        &|case| case.workflow.stages[1].deadline_hours = Some(3),
        &|case| case.sensitivity = Sensitivity::Sensitive,
        &|case| case.urgent = true,
        &|case| drop(case.decisions.pop()),
    ];
    let mut hashes = HashSet::from([good.approval_hash()]);
    for change in changes {
        let mut other = good.clone();
        change(&mut other);
        assert!(hashes.insert(other.approval_hash()));
    }
}

#[test]
fn the_hash_of_older_cases_is_what_it_was() {
    let id = |n: u128| uuid::Uuid::from_u128(n);
    let old = Case {
        id: CaseId(id(1)),
        edition: EditionId(id(2)),
        revision: RevisionId(id(3)),
        format: Format::V1,
        ..case(CaseState::Open)
    };
    let expected = crate::kernel::canonical_json(&serde_json::json!({
        "v": 1,
        "case": id(1).to_string(),
        "edition": id(2).to_string(),
        "revision": id(3).to_string(),
        "content_hash": old.hash.to_string(),
        "workflow": "standard",
        "workflow_version": 1,
        "stages": [
            {"name": "review", "role": "reviewer", "approvals": 1},
            {"name": "approval", "role": "approver", "approvals": 1},
        ],
        "decisions": [],
    }));
    assert_eq!(old.approval_hash(), Digest::of(expected));
}

fn decides(case: &mut Case, stage: usize, by: AccountId, behalf: Option<AccountId>) -> Result<(), Refusal> {
    let behalf = behalf.map(|of| Behalf { of, by: crate::kernel::DelegationId::new() });
    let proposal = Proposal { stage, behalf, ..says(by, Verdict::Approve, case.hash) };
    let (decision, state) = case.decide(&HashSet::new(), proposal)?;
    case.decisions.push(decision);
    case.state = state;
    Ok(())
}

#[test]
fn stages_of_a_group_run_side_by_side_and_the_next_waits_for_all_of_them() {
    let people: Vec<AccountId> = (0..3).map(|_| AccountId::new()).collect();
    let mut case = case(CaseState::Open);
    case.workflow.stages = vec![
        Stage::new("legal", Role::Reviewer, 0),
        Stage::new("foreign-affairs", Role::Reviewer, 0),
        Stage::new("approval", Role::Approver, 1),
    ];
    assert_eq!(case.current_stages(), [0, 1]);
    assert_eq!(decides(&mut case, 2, people[2], None), Err(Refusal::NotItsTurn));
    decides(&mut case, 1, people[0], None).unwrap();
    assert_eq!(case.current_stages(), [0]);
    assert_eq!(decides(&mut case, 1, people[1], None), Err(Refusal::NotItsTurn), "it is decided");
    decides(&mut case, 0, people[1], None).unwrap();
    assert_eq!(case.current_stages(), [2]);
    decides(&mut case, 2, people[2], None).unwrap();
    assert_eq!(case.state, CaseState::Approved);
    assert_eq!(case.lapse(case.hash, &HashSet::new(), |_, _| true), None);
}

/// Whoever decides, and for whomever: the same person counts once, in whatever name they come.
#[test]
fn one_person_under_two_names_is_one_person() {
    let (a, b, c) = (AccountId::new(), AccountId::new(), AccountId::new());
    for first in [(a, None), (a, Some(b)), (b, Some(a))] {
        for second in [(a, None), (a, Some(c)), (c, Some(a))] {
            let mut case = case(CaseState::Open);
            decides(&mut case, 0, first.0, first.1).unwrap();
            let refused = decides(&mut case, 1, second.0, second.1);
            assert_eq!(refused, Err(Refusal::SecondStage), "{first:?} {second:?}");
            // What was written past the rule is not believed either.
            let behalf = second.1.map(|of| Behalf { of, by: crate::kernel::DelegationId::new() });
            let forged = Decision { stage: 1, by: second.0, behalf, ..case.decisions[0].clone() };
            case.decisions.push(forged);
            case.state = CaseState::Approved;
            assert_eq!(case.lapse(case.hash, &HashSet::new(), |_, _| true), Some(Lapse::NotIndependent));
        }
    }
}

#[test]
fn who_decides_for_an_author_decides_on_the_authors_text() {
    let (author, delegate) = (AccountId::new(), AccountId::new());
    let own = HashSet::from([author]);
    for (by, of) in [(author, None), (delegate, Some(author)), (author, Some(delegate))] {
        let case = case(CaseState::Open);
        let behalf = of.map(|of| Behalf { of, by: crate::kernel::DelegationId::new() });
        let proposal = Proposal { behalf, ..says(by, Verdict::Approve, case.hash) };
        assert_eq!(case.decide(&own, proposal).unwrap_err(), Refusal::OwnText);
        let mut forged = approved_by(&[AccountId::new(), AccountId::new()]);
        (forged.decisions[1].by, forged.decisions[1].behalf) = (by, behalf);
        assert_eq!(forged.lapse(forged.hash, &own, |_, _| true), Some(Lapse::NotIndependent));
    }
}

#[test]
fn what_comes_after_holds_nothing_up_and_changes_no_hash() {
    let (first, second) = (AccountId::new(), AccountId::new());
    let mut case = case(CaseState::Open);
    let urgent = shipped().into_iter().find(|one| one.workflow.code == "urgent").unwrap();
    case.workflow = urgent.workflow;
    decides(&mut case, 0, first, None).unwrap();
    assert_eq!((case.state, case.current_stages()), (CaseState::Approved, vec![1]));
    let (hash, approval) = (case.hash, case.approval_hash());
    assert_eq!(case.lapse(hash, &HashSet::new(), |_, _| true), None);
    let waiting = case.waiting(Role::Author, true);
    assert_eq!(waiting.iter().map(|one| (one.kind, one.due_at)).collect::<Vec<_>>(), [(TurnKind::AfterReview, None)]);
    case.public_since = Some(now());
    assert_eq!(case.waiting(Role::Author, true)[0].due_at, Some(now().plus(std::time::Duration::from_hours(12))));

    assert_eq!(decides(&mut case, 1, first, None), Err(Refusal::SecondStage));
    decides(&mut case, 1, second, None).unwrap();

    assert_eq!((case.state, case.current_stages()), (CaseState::Approved, vec![]));
    assert_eq!(case.approval_hash(), approval);
    assert_eq!(case.waiting(Role::Author, true), []);
}

#[test]
fn a_stage_that_is_given_to_a_person_is_reserved_as_far_as_nobody_else_is_needed() {
    let named = AccountId::new();
    let mut case = case(CaseState::Open);
    assert!(!case.is_reserved(0));
    case.assigned.insert(0, named);
    assert!(case.is_reserved(0));
    case.workflow.stages[0].approvals = 2;
    assert!(!case.is_reserved(0), "another is needed beside");
    decides(&mut case, 0, AccountId::new(), None).unwrap();
    assert!(case.is_reserved(0));
    decides(&mut case, 0, named, None).unwrap();
    assert!(!case.is_reserved(0));
}
