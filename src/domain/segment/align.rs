//! Which block of the revision before a block continues, by what they say.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::in_order;
use crate::domain::body::Block;

/// Most comparisons, product of both sides, that an exact alignment may take.
const MOST: usize = 4_000_000;
/// Most pairs of a gap whose blocks are compared word by word.
const MOST_PAIRS: usize = 10_000;
/// From which share of common words on, in hundredths, a block is the same one, changed.
const ALIKE: u32 = 34;
/// Longest text that says too little to be known by its words, in characters.
const SHORT: usize = 40;
/// Shortest text that is known again wherever it stands, in characters.
const TELLING: usize = 16;

/// For each new block the place of the old one that it continues.
pub(super) fn align(old: &[Block], new: &[Block]) -> Vec<Option<usize>> {
    let mut known = HashMap::new();
    let mut id = |block| {
        let next = known.len();
        *known.entry(block).or_insert(next)
    };
    let (old_ids, new_ids): (Vec<_>, Vec<_>) = (old.iter().map(&mut id).collect(), new.iter().map(&mut id).collect());
    let mut found = Found { from: vec![None; new.len()], taken: vec![false; old.len()] };
    let before = old_ids.iter().zip(&new_ids).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - before;
    let after = old_ids.iter().rev().zip(new_ids.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - after, new.len() - after);
    (0..before).for_each(|at| found.pair(at, at));
    (0..after).for_each(|at| found.pair(old_end + at, new_end + at));
    let small = (old_end - before) * (new_end - before) <= MOST;
    if small {
        for op in capture_diff_slices(Algorithm::Myers, &old_ids[before..old_end], &new_ids[before..new_end]) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                (0..len).for_each(|at| found.pair(before + old_index + at, before + new_index + at));
            }
        }
    }
    found.moved(old, &old_ids, &new_ids, TELLING);
    if small {
        for (old_gap, new_gap) in found.gaps() {
            found.fill(old, new, &old_gap, &new_gap);
        }
    }
    found.moved(old, &old_ids, &new_ids, 0);
    found.from
}

/// What was paired so far.
struct Found {
    from: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Found {
    fn pair(&mut self, old: usize, new: usize) {
        self.from[new] = Some(old);
        self.taken[old] = true;
    }

    /// Pairs what stands elsewhere now, word for word.
    fn moved(&mut self, old: &[Block], old_ids: &[usize], new_ids: &[usize], least: usize) {
        let mut free: HashMap<usize, std::collections::VecDeque<usize>> = HashMap::new();
        for (at, id) in old_ids.iter().enumerate() {
            if !self.taken[at] && old[at].text.chars().nth(least.saturating_sub(1)).is_some() {
                free.entry(*id).or_default().push_back(at);
            }
        }
        for (at, id) in new_ids.iter().enumerate() {
            if self.from[at].is_none()
                && let Some(old) = free.get_mut(id).and_then(std::collections::VecDeque::pop_front)
            {
                self.pair(old, at);
            }
        }
    }

    /// What is not paired, between what is and stands in order: places of old and of new blocks.
    fn gaps(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut gaps = Vec::new();
        let still = in_order(self.from.iter().flatten().copied().collect());
        let (mut next_old, mut new_gap) = (0, Vec::new());
        let free = |from: usize, to: usize| (from..to).filter(|at| !self.taken[*at]).collect::<Vec<_>>();
        for (at, from) in self.from.iter().enumerate() {
            match from {
                None => new_gap.push(at),
                Some(old) if still.contains(old) => {
                    gaps.push((free(next_old, *old), std::mem::take(&mut new_gap)));
                    next_old = old + 1;
                }
                // It moved: nothing follows from where it came.
                Some(_) => {}
            }
        }
        gaps.push((free(next_old, self.taken.len()), new_gap));
        gaps.retain(|(old, new)| !old.is_empty() && !new.is_empty());
        gaps
    }

    /// Pairs the blocks of a gap in their order, so that they have the most words in common.
    fn fill(&mut self, old: &[Block], new: &[Block], old_gap: &[usize], new_gap: &[usize]) {
        let (m, n) = (old_gap.len(), new_gap.len());
        if m * n > MOST_PAIRS {
            return;
        }
        let bags = |all: &[Block], gap: &[usize]| gap.iter().map(|at| bag(&all[*at].text)).collect::<Vec<_>>();
        let (old_bags, new_bags) = (bags(old, old_gap), bags(new, new_gap));
        let score = |i: usize, j: usize| {
            let (a, b) = (&old[old_gap[i]], &new[new_gap[j]]);
            let alike = alike(&old_bags[i], &new_bags[j]);
            let same = if a.kind == b.kind { alike } else { alike.saturating_sub(10) };
            (same >= ALIKE).then_some(same)
        };
        let mut best = vec![vec![0_u32; n + 1]; m + 1];
        for i in (0..m).rev() {
            for j in (0..n).rev() {
                let both = score(i, j).map_or(0, |score| score + best[i + 1][j + 1]);
                best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
            }
        }
        let (mut i, mut j, mut run) = (0, 0, (0, 0));
        while i < m && j < n {
            if score(i, j).is_some_and(|score| best[i][j] == score + best[i + 1][j + 1]) {
                self.stand_in(old, new, &old_gap[run.0..i], &new_gap[run.1..j]);
                self.pair(old_gap[i], new_gap[j]);
                (i, j) = (i + 1, j + 1);
                run = (i, j);
            } else if best[i][j] == best[i + 1][j] {
                i += 1;
            } else {
                j += 1;
            }
        }
        self.stand_in(old, new, &old_gap[run.0..], &new_gap[run.1..]);
    }

    /// Pairs cells and short lines, which say too little to be known by their words, with what stood in their place.
    fn stand_in(&mut self, old: &[Block], new: &[Block], old_gap: &[usize], new_gap: &[usize]) {
        let short = |block: &Block| block.text.chars().nth(SHORT).is_none();
        let pairs = || old_gap.iter().zip(new_gap);
        let fits = |(a, b): (&usize, &usize)| {
            let (a, b) = (&old[*a], &new[*b]);
            a.kind == b.kind && (matches!(a.kind, "td" | "th") || (short(a) && short(b)))
        };
        if old_gap.len() == new_gap.len() && pairs().all(fits) {
            pairs().for_each(|(a, b)| self.pair(*a, *b));
        }
    }
}

/// The words of a text, sorted; of scripts that are written without spaces, the characters.
fn bag(text: &str) -> Vec<String> {
    let unspaced = |c: char| {
        matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    };
    let mut words = Vec::new();
    let mut open = false;
    for c in text.chars() {
        if unspaced(c) {
            words.push(c.to_string());
            open = false;
        } else if c.is_alphanumeric() || super::super::text::is_combining(c) {
            match words.last_mut().filter(|_| open) {
                Some(word) => word.extend(c.to_lowercase()),
                None => words.push(c.to_lowercase().collect()),
            }
            open = true;
        } else {
            open = false;
        }
    }
    words.sort_unstable();
    words
}

/// Of the words of both the share that both have, in hundredths.
fn alike(a: &[String], b: &[String]) -> u32 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    u32::try_from(200 * common / (a.len() + b.len()).max(1)).unwrap_or(0)
}
