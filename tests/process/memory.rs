//! What a server asks of the allocator.

use crate::support::Installation;

/// The variables with which the program of a process began.
fn environment(process: u32) -> String {
    let bytes = std::fs::read(format!("/proc/{process}/environ")).expect("Linux tells");
    String::from_utf8(bytes).unwrap().replace('\0', "\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_bounds_the_allocators_arenas_and_leaves_an_operators_number() {
    let bounded = Installation::new().serve().await;
    let told = Installation::new().with("MALLOC_ARENA_MAX", "5").serve().await;
    // As where glibc took its variable away after the server had begun again: it must not begin for ever.
    let begun = Installation::new().with("MALLOC_ARENAS_BOUNDED", "1").serve().await;

    assert!(environment(bounded.id()).contains("MALLOC_ARENA_MAX=2\n"));
    assert!(environment(told.id()).contains("MALLOC_ARENA_MAX=5\n"));
    assert!(!environment(begun.id()).contains("MALLOC_ARENA_MAX"));
    begun.stop().await;
    bounded.stop().await;
    told.stop().await;
}
