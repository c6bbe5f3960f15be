//! Random work of an office, held against a small model of it: whoever does whatever in whatever order,
//! the product answers and shows what the model says, and never what a promise forbids.
//!
//! `LANTOA_TEST_SEQUENCES` sets how many sequences are tried (200 if it is not set), `LANTOA_TEST_SEED`
//! which ones. A sequence that fails is cut down to the acts that are needed for it.

mod act;
mod checks;
mod office;
mod world;

use std::cell::{Cell, RefCell};

use lantoa::service::{audit, integrity};
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, RngSeed, TestCaseError, TestRunner},
};

use act::{Act, Ask, Change, From, Hash};
use checks::same;
use office::{Grant, Office, Person, Role};
use world::{Checked, Stage, World};

/// Sequences that share an application.
const SHARED: usize = 10;
/// Who takes everything down at the end of a sequence; nobody touches their grants.
const LAST: usize = 10;

/// A step before it is known who takes it.
#[derive(Clone, Debug)]
struct Step {
    who: usize,
    /// Whether it is taken by somebody who may, where there is one.
    able: bool,
    slot: usize,
    locale: usize,
    act: Act,
}

fn people() -> Vec<Person> {
    use Role::{Approver, Author, Publisher, Reviewer, Translator};
    let all = |role| Grant { role, agency: None, locale: None };
    let of = |role, agency| Grant { role, agency: Some(agency), locale: None };
    let within = |role, locale| Grant { role, agency: None, locale: Some(locale) };
    let person = |grants: &[Grant]| Person {
        grants: grants.iter().map(|grant| (*grant, true)).collect(),
        disabled: false,
        signed_out: false,
    };
    vec![
        person(&[of(Author, 0)]),
        person(&[all(Author), all(Reviewer)]),
        person(&[of(Author, 1), all(Approver)]),
        person(&[within(Translator, 1)]),
        person(&[of(Translator, 0), within(Reviewer, 1)]),
        person(&[all(Translator)]),
        person(&[all(Reviewer)]),
        person(&[all(Reviewer), all(Approver)]),
        person(&[of(Approver, 0)]),
        person(&[Grant { role: Publisher, agency: Some(0), locale: Some(0) }, all(Approver)]),
        person(&[all(Publisher)]),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let slots = || prop_oneof![8 => Just(0_usize), 2 => Just(1), 1 => Just(2)];
    let locales = || prop_oneof![6 => Just(0_usize), 3 => Just(1), 1 => Just(2)];
    let step = (0..=LAST, prop::bool::weighted(0.85), slots(), locales(), acts());
    let step = step.prop_map(|(who, able, slot, locale, act)| Step { who, able, slot, locale, act });
    prop::collection::vec(step, 40..60)
}

fn acts() -> impl Strategy<Value = Act> {
    let mostly = || prop::bool::weighted(0.85);
    let hash = || prop_oneof![6 => Just(Hash::Newest), 1 => Just(Hash::Old), 1 => Just(Hash::Foreign)];
    let from = || prop_oneof![4 => Just(From::Silent), 2 => Just(From::Newest), 1 => Just(From::Beyond)];
    let changes = [Change::Major, Change::Major, Change::Minor, Change::Minor, Change::FalseMinor, Change::Moved];
    let save = (mostly(), select(changes.to_vec()), from());
    prop_oneof![
        30 => Just(Act::Next),
        1 => (0..2_usize).prop_map(|agency| Act::Begin { agency }),
        1 => from().prop_map(|from| Act::Translate { from }),
        5 => save.prop_map(|(current, change, from)| Act::Save { current, change, from }),
        2 => mostly().prop_map(|current| Act::Submit { current }),
        4 => (mostly(), hash()).prop_map(|(approve, hash)| Act::Decide { approve, hash }),
        1 => Just(Act::TakeBack),
        3 => (any::<bool>(), hash()).prop_map(|(correct, hash)| Act::Publish { correct, hash }),
        1 => Just(Act::Withdraw),
        2 => (0..LAST, 0..2_usize).prop_map(|(to, which)| Act::Grant { to, which }),
        1 => (0..LAST).prop_map(|whom| Act::Disable { whom }),
    ]
}

/// Who takes a step: the one it names, or the first from there on who may.
fn ask(office: &Office, number: usize, step: &Step) -> Ask {
    let Step { who, able, slot, locale, act } = step.clone();
    // What is not there yet is begun, most of the time: a refusal tells little of what follows.
    let missing = able && act.is_about_text() && office.edition(slot, locale).is_none();
    let act = if missing || act == Act::Next { office.next(number, slot, locale) } else { act };
    let asked = |who| Ask { step: number, who, slot, locale, act };
    // Of those who may not either, somebody who is refused for a better reason than who they are.
    let rank = |who: usize| match office.clone().ask(asked(who)) {
        Some(200..300) => 0,
        Some(401 | 403 | 404) => 2,
        _ => 1,
    };
    let count = office.people.len();
    let found = (0..count).map(|turn| (who + turn) % count).min_by_key(|who| rank(*who)).filter(|_| able);
    asked(found.unwrap_or(who))
}

/// Lives through a sequence, in the product and in the model.
async fn live_through(stage: &Stage, name: usize, steps: &[Step]) -> Checked {
    let mut office = Office::new(people());
    let mut world = World::new(stage.clone(), name, &office.people).await?;
    for (number, step) in steps.iter().enumerate() {
        let asked = ask(&office, number + 1, step);
        take(&mut world, &mut office, asked).await?;
    }
    world.check_whole(&office).await?;
    let findings = integrity::sweep(&stage.app.app).await.map_err(|error| error.to_string())?;
    same("findings of the sweep", findings.len(), 0)?;

    // What one sequence leaves in public would stand in the next one's way.
    let live: Vec<_> = office.editions().filter(|(_, _, e)| e.live.is_some()).map(|(s, l, _)| (s, l)).collect();
    for (slot, locale) in live {
        let ask = Ask { step: steps.len() + 1, who: LAST, slot, locale, act: Act::Withdraw };
        take(&mut world, &mut office, ask).await?;
    }
    world.check_manifest(&office).await?;
    world.check_events(&office).await?;
    let report = audit::verify(&stage.app.app).await.map_err(|error| error.to_string())?;
    same("where the audit chain breaks", report.broken.map(|broken| broken.seq()), None)
}

async fn take(world: &mut World, office: &mut Office, ask: Ask) -> Checked {
    let before = office.clone();
    let Some(expected) = office.ask(ask) else { return Ok(()) };
    world.stage.app.pass(1);
    let answer = world.ask(&before, ask).await;
    let told = || format!("{ask:?} ({})", answer.text().chars().take(300).collect::<String>());
    same("the status", answer.status, expected).map_err(|fault| format!("{fault}\n{}", told()))?;
    if expected < 300 {
        world.check_after(office, ask).await.map_err(|fault| format!("{fault}\nafter {}", told()))?;
    }
    Ok(())
}

fn number(name: &str, or: usize) -> usize {
    std::env::var(name).ok().map_or(or, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// Tries sequences of one seed, an application for several of them.
fn try_sequences(count: usize, seed: usize) {
    let system = actix_web::rt::System::new();
    let stage: RefCell<Option<(Stage, usize)>> = RefCell::default();
    let names = Cell::new(0_usize);
    let config = Config {
        cases: u32::try_from(count).unwrap(),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed as u64),
        // A failure is told within two minutes, cut down as far as that.
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&steps(), |steps| {
        names.set(names.get() + 1);
        let done = system.block_on(async {
            // Taken out: what a failed sequence leaves behind is no place for the next one.
            let used = stage.borrow_mut().take().filter(|(_, uses)| *uses < SHARED);
            let (stage_now, uses) = match used {
                Some(used) => used,
                None => (Stage::new().await, 0),
            };
            live_through(&stage_now, names.get(), &steps).await?;
            stage.replace(Some((stage_now, uses + 1)));
            Ok(())
        });
        done.map_err(|fault: String| TestCaseError::fail(fault))
    });
    if let Err(fault) = outcome {
        panic!("seed {seed}: {fault}");
    }
}

#[test]
fn whatever_an_office_does_the_product_does_what_the_model_says() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    let (count, seed) = (number("LANTOA_TEST_SEQUENCES", 200), number("LANTOA_TEST_SEED", 20_261_122));

    let done: Vec<_> = (0..threads)
        .map(|place| std::thread::spawn(move || try_sequences(count.div_ceil(threads), seed + place)))
        .collect::<Vec<_>>()
        .into_iter()
        .map(std::thread::JoinHandle::join)
        .collect();

    assert!(done.iter().all(Result::is_ok), "see above");
}
