use super::*;

fn standing(act: Act) -> Standing {
    let at = "2026-11-22T02:00:00Z".parse().unwrap();
    let hash = Digest::of("text");
    Standing { sequence: 1, version: 1, corrections: 0, published_at: at, envelope_hash: hash, act, content_hash: hash }
}

#[test]
fn what_publishing_is_depends_on_what_came_before() {
    let (same, new) = (Digest::of("text"), Digest::of("new"));
    assert_eq!(publishing(None, new, false), Ok(Act::Publish));
    assert_eq!(publishing(None, new, true), Err(Refusal::NotPublished));
    for act in [Act::Publish, Act::Update, Act::Correct, Act::Restore] {
        assert_eq!(publishing(Some(&standing(act)), new, false), Ok(Act::Update));
        assert_eq!(publishing(Some(&standing(act)), new, true), Ok(Act::Correct));
        assert_eq!(publishing(Some(&standing(act)), same, false), Err(Refusal::AlreadyPublished));
        assert!(TakeDown::ALL.iter().all(|how| taking_down(Some(&standing(act)), *how).is_ok()));
        assert_eq!(restoring(Some(&standing(act))), Err(Refusal::NotTakenDown));
    }
    for act in [Act::Withdraw, Act::Retract] {
        assert_eq!(publishing(Some(&standing(act)), new, false), Ok(Act::Update));
        assert_eq!(publishing(Some(&standing(act)), new, true), Ok(Act::Correct));
        for correct in [false, true] {
            assert_eq!(publishing(Some(&standing(act)), same, correct), Err(Refusal::TakenDown));
        }
        assert_eq!(taking_down(Some(&standing(act)), TakeDown::Withdraw), Err(Refusal::TakenDown));
        assert!(restoring(Some(&standing(act))).is_ok());
    }
    assert!(taking_down(Some(&standing(Act::Withdraw)), TakeDown::Retract).is_ok());
    assert_eq!(taking_down(Some(&standing(Act::Retract)), TakeDown::Retract), Err(Refusal::TakenDown));
    for how in TakeDown::ALL {
        assert_eq!(taking_down(None, *how), Err(Refusal::NotPublished));
    }
    assert!(Act::ALL.iter().all(|act| act.can_follow(None) == (*act == Act::Publish)));
    for (before, act) in Act::ALL.iter().flat_map(|before| Act::ALL.iter().map(move |act| (*before, *act))) {
        let standing = standing(before);
        let can = match (act.take_down(), act) {
            (Some(how), _) => taking_down(Some(&standing), how).is_ok(),
            (None, Act::Restore) => restoring(Some(&standing)).is_ok(),
            (None, act) => publishing(Some(&standing), new, act == Act::Correct) == Ok(act),
        };
        assert_eq!(act.can_follow(Some(before)), can, "{act} after {before}");
    }
    assert_eq!(restoring(None), Err(Refusal::NotPublished));
}

#[test]
fn an_envelope_comes_back_from_its_bytes_and_from_no_others() {
    let at: Timestamp = "2026-11-22T02:00:00.25Z".parse().unwrap();
    let article = ArticleId::new();
    let guid = mint_guid("lamhai.example", at, article, &"vi".parse().unwrap());
    assert_eq!(guid, format!("tag:lamhai.example,2026:{article}:vi"));
    let envelope = Envelope {
        guid,
        slug: "khai-mac".parse().unwrap(),
        sequence: 2,
        version: 2,
        corrections: 1,
        act: Act::Correct,
        content_hash: Digest::of("text"),
        approval_hash: Some(Digest::of("case")),
        note: "Số đúng là 12.".to_owned(),
        published_at: at,
        at,
        acted_at: None,
        kid: "k".to_owned(),
        prev: Some(Digest::of("before")),
    };
    let bytes = envelope.canonical();
    assert_eq!(Envelope::parse(&bytes).map(|e| e.canonical()), Some(bytes.clone()));
    assert!(!bytes.contains("acted_at"), "what is done here has no other moment");
    assert!(Envelope::parse(&bytes.replace("{\"app", "{\"acted_at\":null,\"app")).is_none());
    let then: Timestamp = "2019-03-02T01:00:00Z".parse().unwrap();
    let again = Envelope { acted_at: Some(then), ..envelope.clone() };
    assert_eq!(Envelope::parse(&again.canonical()).map(|e| (e.at, e.done_at())), Some((at, then)));
    assert_eq!(envelope.done_at(), at);
    assert!(Envelope::parse(&bytes.replace("\"v\":1", "\"v\":1,\"w\":2")).is_none());
    assert!(Envelope::parse(&bytes.replace("correct\"", "praise\"")).is_none());
}
