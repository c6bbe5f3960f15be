//! What the process takes of the machine, where the system tells (`/proc` of Linux).

use std::fs;

use super::text::{Kind, Page, seconds};
use crate::kernel::Timestamp;

/// Ticks of a second in `/proc`: what Linux tells programs, whatever it counts by itself.
const TICKS: u64 = 100;

/// Writes memory, processor time and open files; a system that does not tell has none of them.
pub(super) fn write(page: &mut Page, began: Timestamp) {
    let began = u64::try_from(began.micros()).unwrap_or(0);
    page.one("process_start_time_seconds", Kind::Gauge, "When the process began to serve.", seconds(began));
    if let Some(bytes) = resident() {
        page.one("process_resident_memory_bytes", Kind::Gauge, "Memory that the process has in use.", bytes);
    }
    if let Some(micros) = processor() {
        page.one("process_cpu_seconds_total", Kind::Counter, "Processor time that it took.", seconds(micros));
    }
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        // One of them is the folder that is being read.
        page.one(
            "process_open_fds",
            Kind::Gauge,
            "Files and sockets that it has open.",
            open.count().saturating_sub(1),
        );
    }
}

fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}

fn processor() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    of_stat(&stat)
}

/// User and system time. The program's name may hold spaces and brackets: fields are counted after its last one.
fn of_stat(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut ticks = fields.split_whitespace().skip(11).map_while(|field| field.parse::<u64>().ok());
    Some((ticks.next()? + ticks.next()?) * (1_000_000 / TICKS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_found_behind_any_name() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194304 1 0 0 0 150 50 3 4 20 0 9 0 100 1 1";
        assert_eq!(of_stat(stat), Some(2_000_000));
        assert_eq!(of_stat("7 (a) S 1"), None);
    }
}
