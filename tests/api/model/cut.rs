//! A sequence that fails, cut down to the steps that are needed for it.

use super::{live_through, stage::Stage, steps::Step};

/// Sequences that are tried at most.
const TRIALS: usize = 100;

/// Leaves out whatever is not needed, in ever smaller pieces, and tells what is left.
pub async fn cut(retracts_all: bool, mut steps: Vec<Step>) -> String {
    let fault = async |steps: &[Step]| {
        let mut stage = Stage::new(retracts_all).await;
        live_through(&mut stage, 0, steps).await.err()
    };
    let Some(mut last) = fault(&steps).await else {
        return "alone in a new application it does not fail".to_owned();
    };
    let (mut piece, mut trials) = (steps.len().div_ceil(2), 0);
    while trials < TRIALS {
        // From the end: what comes after the fault goes first.
        let mut end = steps.len();
        let before = steps.len();
        while end > 0 && trials < TRIALS {
            let start = end.saturating_sub(piece);
            let fewer = [&steps[..start], &steps[end..]].concat();
            trials += 1;
            if let Some(fault) = fault(&fewer).await {
                (steps, last) = (fewer, fault);
            }
            end = start;
        }
        if piece == 1 && steps.len() == before {
            break;
        }
        piece = piece.div_ceil(2);
    }
    let told: String = steps.iter().map(|step| format!("    {step:?}\n")).collect();
    format!("cut down to {} steps:\n{told}{last}", steps.len())
}
