//! Random work of an office, held against a small model of it: whoever does whatever in whatever order,
//! the product answers and shows what the model says, and never what a promise forbids.
//!
//! `LANTOA_TEST_SEQUENCES` sets how many sequences are tried ([`SEQUENCES`] if it is not set), `LANTOA_TEST_SEED`
//! which ones. A sequence that fails is cut down to the acts that are needed for it.

mod act;
mod asking;
mod attesting;
mod checks;
mod cut;
mod due;
mod office;
mod orders;
mod people;
mod publishing;
mod reader;
mod stage;
mod steps;
mod suggesting;
mod tally;
mod whole;
mod world;
mod writing;

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::{Config, RngSeed, TestRunner},
};

use act::{Act, Ask};
use checks::same;
use cut::cut;
use office::{At, Edition, Office};
use orders::Outcome;
use people::people;
use stage::{Checked, Stage};
use steps::{Step, ask, steps};
use tally::Tally;
use world::World;

/// Sequences that are tried, of about ninety acts each.
const SEQUENCES: usize = 30;
/// Which ones.
const SEED: usize = 20_261_122;
/// Sequences that share an application.
const SHARED: usize = 10;
/// Acts from one sweep to the next.
const SWEEP: usize = 25;

/// Lives through a sequence, in the product and in the model; a fault is told with all that was done before it.
async fn live_through(stage: &mut Stage, name: usize, steps: &[Step]) -> Checked<Tally> {
    let mut world = World::new(stage.clone(), name, &people()).await?;
    let mut done = Vec::new();
    let lived = live(&mut world, Office::new(people(), stage.retracts_all), steps, &mut done).await;
    let office = lived.map_err(|fault| {
        let story = done.iter().map(|(ask, status): &(Ask, u16)| format!("    {status} {ask:?}\n"));
        format!("{fault}\nwhat was done:\n{}", story.collect::<String>())
    })?;
    *stage = world.stage;
    Ok(Tally::of(&done, &office))
}

async fn live(world: &mut World, mut office: Office, steps: &[Step], done: &mut Vec<(Ask, u16)>) -> Checked<Office> {
    for (place, step) in steps.iter().enumerate() {
        let asked = ask(&office, step);
        let status = take(world, &mut office, asked).await?;
        done.extend(status.map(|status| (asked, status)));
        if place % SWEEP == SWEEP - 1 {
            world.check_sound().await?;
        }
    }
    world.check_whole(&office).await?;
    let lived = office.clone();

    // What one sequence leaves behind would stand in the next one's way.
    while let Some((at, act)) = left(&office) {
        let ask = Ask { step: 0, who: office.people.len() - 1, at, act };
        take(world, &mut office, ask).await?;
    }
    world.check_manifest(&office).await?;
    world.check_events(&office).await?;
    world.check_sound().await?;
    world.check_chain().await?;
    Ok(lived)
}

/// How something that is public is taken down, or that waits is called off.
fn left(office: &Office) -> Option<(At, Act)> {
    if office.releases.iter().any(|whole| whole.outcome == Outcome::Waiting) {
        return Some(((0, 0), Act::CancelRelease { current: true }));
    }
    let end = |(at, edition): (At, &Edition)| match edition.live {
        Some(_) => Some((at, Act::Withdraw)),
        None => office.is_scheduled(at).then_some((at, Act::Cancel { current: true })),
    };
    office.editions().find_map(end)
}

/// Takes a step in both, and tells the status; None if there was nothing to ask.
async fn take(world: &mut World, office: &mut Office, ask: Ask) -> Checked<Option<u16>> {
    office.now += 1;
    let before = office.clone();
    let Some(expected) = office.ask(ask) else { return Ok(None) };
    world.set_clock(before.now);
    let mark = world.stage.mark().await;
    let answer = world.ask(&before, ask).await.map_err(|fault| format!("{fault}\nafter {ask:?}"))?;
    let told = || format!("{ask:?} ({})", answer.text().chars().take(300).collect::<String>());
    same("the status", answer.status, expected).map_err(|fault| format!("{fault}\n{}", told()))?;
    let checked = if expected < 300 {
        world.check_after(&before, office, ask).await
    } else {
        same("after a refusal the database", world.stage.mark().await, mark)
    };
    checked.map_err(|fault| format!("{fault}\nafter {}", told()))?;
    if let Act::Pass { run: Some(_), .. } = ask.act {
        same("orders that came to something", answer.json().as_u64(), Some(office.ran.into()))?;
    }
    Ok(Some(expected))
}

fn number(name: &str, or: usize) -> usize {
    std::env::var(name).ok().map_or(or, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// Tries the sequences of one seed, in an application of their own.
fn try_sequences(count: usize, seed: usize) -> Tally {
    let system = actix_web::rt::System::new();
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(seed as u64), ..Config::default() });
    // Both settings of what becomes of the editions made from a retracted source.
    let retracts_all = seed.is_multiple_of(2);
    let mut stage = system.block_on(Stage::new(retracts_all));
    let mut tally = Tally::default();
    for name in 0..count {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        match system.block_on(live_through(&mut stage, name, &steps)) {
            Ok(done) => tally = tally.join(done),
            Err(fault) => {
                // At once: cutting down takes its time.
                eprintln!("LANTOA_TEST_SEED={seed} LANTOA_TEST_SEQUENCES={count}, sequence {name}: {fault}");
                panic!("{}", system.block_on(cut(retracts_all, steps)));
            }
        }
    }
    tally
}

#[test]
fn whatever_an_office_does_the_product_does_what_the_model_says() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    let (count, seed) = (number("LANTOA_TEST_SEQUENCES", SEQUENCES), number("LANTOA_TEST_SEED", SEED));
    let next = AtomicUsize::new(0);
    // The same sequences, however many threads there are.
    let work = || {
        let mut tally = Tally::default();
        loop {
            let first = next.fetch_add(SHARED, Ordering::SeqCst);
            if first >= count {
                return tally;
            }
            tally = tally.join(try_sequences(SHARED.min(count - first), seed + first / SHARED));
        }
    };

    let done: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });

    assert!(done.iter().all(Result::is_ok), "see above");
    let tally = done.into_iter().flatten().fold(Tally::default(), Tally::join);
    eprintln!("{tally:#?}");
    // What few sequences leave out says nothing.
    if (count >= SEQUENCES && seed == SEED) || count >= 10 * SEQUENCES {
        assert_eq!(tally.missing(), [""; 0], "what chance left out");
    }
}
