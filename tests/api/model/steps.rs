//! Steps by chance: what is done, and by whom.

use proptest::{prelude::*, sample::select};

use super::{
    act::{Act, Ask, Change, From, Hash, Run},
    office::{At, LOCALES, Office},
    orders::Pick,
    people::people,
    suggesting::Which,
};

/// A step before it is known who takes it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its place in the sequence that it was made for, from 1.
    number: usize,
    who: usize,
    /// Whether it is taken by somebody who may, where there is one.
    able: bool,
    at: At,
    act: Act,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let slots = || prop_oneof![6 => Just(0_usize), 1 => Just(1)];
    let locales = || prop_oneof![6 => Just(0_usize), 3 => Just(1), 1 => Just(2), 1 => Just(LOCALES.len() - 1)];
    let step = (0..people().len(), prop::bool::weighted(0.85), (slots(), locales()), acts());
    let step = step.prop_map(|(who, able, at, act)| Step { number: 0, who, able, at, act });
    let numbered = |steps: Vec<Step>| (1..).zip(steps).map(|(number, step)| Step { number, ..step }).collect();
    prop::collection::vec(step, 70..110).prop_map(numbered)
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        60 => Just(Act::Next),
        20 => of_writers(),
        14 => of_suggestions(),
        28 => of_publishers(),
        16 => of_time(),
        8 => of_administrators(),
    ]
}

fn mostly() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.85)
}

fn hash() -> impl Strategy<Value = Hash> {
    prop_oneof![6 => Just(Hash::Newest), 1 => Just(Hash::Old), 1 => Just(Hash::Foreign)]
}

fn from() -> impl Strategy<Value = From> {
    prop_oneof![4 => Just(From::Silent), 2 => Just(From::Newest), 1 => Just(From::Beyond)]
}

fn of_writers() -> impl Strategy<Value = Act> {
    let changes = [Change::Major, Change::Major, Change::Minor, Change::Minor, Change::FalseMinor, Change::Moved];
    let save = (mostly(), select(changes.to_vec()), from());
    prop_oneof![
        1 => (0..2_usize).prop_map(|agency| Act::Begin { agency }),
        1 => from().prop_map(|from| Act::Translate { from }),
        5 => save.prop_map(|(current, change, from)| Act::Save { current, change, from }),
        2 => mostly().prop_map(|current| Act::Submit { current }),
        4 => (mostly(), hash()).prop_map(|(approve, hash)| Act::Decide { approve, hash }),
        1 => Just(Act::TakeBack),
    ]
}

fn of_suggestions() -> impl Strategy<Value = Act> {
    let which = || select(vec![Which::Waiting, Which::Waiting, Which::Newest]);
    prop_oneof![
        4 => (prop::bool::weighted(0.3), hash()).prop_map(|(figure, hash)| Act::Suggest { figure, hash }),
        3 => (which(), hash()).prop_map(|(which, hash)| Act::Accept { which, hash }),
        1 => which().prop_map(|which| Act::Reject { which }),
        2 => from().prop_map(|from| Act::Attest { from }),
    ]
}

fn of_publishers() -> impl Strategy<Value = Act> {
    // Moments that have passed, that come soon, and that no sequence waits for.
    let span = || prop::option::weighted(0.6, select(vec![-3_i64, 2, 8, 8, 30, 30, 7_000]));
    let publish = (any::<bool>(), hash(), span(), span());
    let pick = select(vec![Pick::Ready, Pick::OfArticle, Pick::Also]);
    prop_oneof![
        6 => publish.prop_map(|(correct, hash, at, until)| Act::Publish { correct, hash, at, until }),
        2 => mostly().prop_map(|current| Act::Cancel { current }),
        3 => (pick, hash(), span()).prop_map(|(pick, hash, at)| Act::Release { pick, hash, at }),
        1 => mostly().prop_map(|current| Act::CancelRelease { current }),
        2 => Just(Act::Withdraw),
        1 => Just(Act::Retract),
        3 => hash().prop_map(|hash| Act::Restore { hash }),
    ]
}

fn of_time() -> impl Strategy<Value = Act> {
    let seconds = select(vec![0_i64, 0, 5, 5, 20, 20, 3_600, -1, -10, -3_600]);
    let run = prop::option::weighted(0.8, select(vec![Run::Once, Run::Twice, Run::Elsewhere, Run::Together]));
    prop_oneof![
        8 => (seconds, run).prop_map(|(seconds, run)| Act::Pass { seconds, run }),
        1 => Just(Act::Restart),
    ]
}

fn of_administrators() -> impl Strategy<Value = Act> {
    // Nobody touches the last, who puts everything back in order.
    let others = people().len() - 1;
    prop_oneof![
        2 => (0..others, 0..2_usize).prop_map(|(to, which)| Act::Grant { to, which }),
        1 => (0..others).prop_map(|whom| Act::Disable { whom }),
    ]
}

/// Who takes a step: the one it names, or the first from there on who may. What nobody can do gives way to what comes
/// next for the edition, or for its source, most of the time: a refusal tells little of what follows.
pub fn ask(office: &Office, step: &Step) -> Ask {
    let Step { number, who, able, at, act } = step.clone();
    let missing = able && act.is_about_text() && office.edition(at).is_none();
    let act = if missing || act == Act::Next { office.next(number, at) } else { act };
    if !able || !act.is_about_text() {
        return Ask { step: number, who, at, act };
    }
    let asked = |at: At, act: Act| able_from(office, who, |who| Ask { step: number, who, at, act });
    let (rank, found) = asked(at, act);
    if rank == 0 || act.is_wrong_on_purpose() || number.is_multiple_of(5) {
        return found;
    }
    let instead = [at, (at.0, 0), (0, 0)].map(|at| asked(at, office.next(number, at)));
    instead.into_iter().min_by_key(|(rank, _)| *rank).map_or(found, |(_, next)| next)
}

/// The first person who is able; of those who may not either, somebody who is refused for a better reason than who
/// they are.
fn able_from(office: &Office, who: usize, asked: impl Fn(usize) -> Ask) -> (u8, Ask) {
    let count = office.people.len();
    let mut best = (u8::MAX, asked(who));
    for ask in (0..count).map(|turn| asked((who + turn) % count)) {
        let rank = match office.clone().ask(ask) {
            Some(200..300) => return (0, ask),
            Some(401 | 403 | 404) => 2,
            _ => 1,
        };
        best = if rank < best.0 { (rank, ask) } else { best };
    }
    best
}
