//! Memory: glibc gives threads arenas of their own, up to eight for each core, and each keeps what its threads once
//! took. A server has a thread for every connection to the database; bounded, it idles in three quarters of the room
//! and answers as fast.

/// The variable by which glibc is told, before a program begins.
const VARIABLE: &str = "MALLOC_ARENA_MAX";
/// Says that this was done: glibc takes its own variable away from a program with capabilities.
const BEGUN: &str = "MALLOC_ARENAS_BOUNDED";
/// Enough for threads not to wait for each other, as each keeps small pieces of its own anyway.
const ARENAS: &str = "2";

/// Begins this program again with bounded arenas, in the same process; an operator's own number stays.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn bound() {
    use std::{env, os::unix::process::CommandExt as _, path::Path, process::Command};

    if [VARIABLE, BEGUN].into_iter().any(|name| env::var_os(name).is_some()) {
        return;
    }
    let mut arguments = env::args_os();
    let (Ok(program), Some(name)) = (env::current_exe(), arguments.next()) else { return };
    // Called by a loader or under another name, it would be the wrong program.
    if program.file_name() != Path::new(&name).file_name() {
        return;
    }
    let mut again = Command::new(program);
    again.arg0(name).args(arguments).env(VARIABLE, ARENAS).env(BEGUN, "1");
    // It returns only where it failed; then this one serves, in more room.
    drop(again.exec());
}

/// Other allocators have no such habit.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn bound() {}
