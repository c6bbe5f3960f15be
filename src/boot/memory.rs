//! Memory: glibc gives threads arenas of their own, up to eight for each core, and each keeps what its threads once
//! took. A server has a thread for every connection to the database; bounded, it idles in three quarters of the room
//! and answers as fast.

/// The variable by which glibc is told, before a program begins.
const VARIABLE: &str = "MALLOC_ARENA_MAX";
/// Enough for threads not to wait for each other, as each keeps small pieces of its own anyway.
const ARENAS: &str = "2";

/// Begins this program again with bounded arenas, in the same process; an operator's own number stays.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn bound() {
    use std::{env, os::unix::process::CommandExt as _, process::Command};

    let (Ok(program), None) = (env::current_exe(), env::var_os(VARIABLE)) else { return };
    let mut arguments = env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // It returns only where it failed; then this one serves, in more room.
    drop(again.args(arguments).env(VARIABLE, ARENAS).exec());
}

/// Other allocators have no such habit.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn bound() {}
