//! How far a long command is: one line of a terminal, drawn over itself; nothing where nobody looks.

use std::io::{self, IsTerminal as _, Write as _};

use crate::boot::voice::Voice;

/// Cells of the bar.
const CELLS: u64 = 30;

/// A line that grows.
pub(super) struct Progress<'a> {
    voice: &'a Voice,
    total: u64,
    done: u64,
    rows: usize,
    drawn: Option<u64>,
    seen: bool,
}

impl<'a> Progress<'a> {
    /// Nothing done yet, of so many bytes.
    pub(super) fn new(voice: &'a Voice, total: u64) -> Self {
        Self { voice, total, done: 0, rows: 0, drawn: None, seen: io::stderr().is_terminal() }
    }

    /// So many bytes and rows more are done.
    pub(super) fn add(&mut self, bytes: u64, rows: usize) {
        self.done += bytes;
        self.rows += rows;
        let percent = (self.done * 100).checked_div(self.total).unwrap_or(100).min(100);
        if self.seen && self.drawn != Some(percent) {
            self.drawn = Some(percent);
            let filled = percent * CELLS / 100;
            let bar: String = (0..CELLS).map(|cell| if cell < filled { '█' } else { '░' }).collect();
            let args = [("percent", i64::try_from(percent).unwrap_or(100).into()), ("rows", self.rows.into())];
            write!(io::stderr(), "\r{bar} {}", self.voice.text("cli-transfer-progress", &args)).ok();
        }
    }

    /// Makes room for another line.
    pub(super) fn clear(&mut self) {
        if self.drawn.take().is_some() {
            write!(io::stderr(), "\r\u{1b}[2K").ok();
        }
    }
}
