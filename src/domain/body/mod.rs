//! The body profile: the small, documented HTML that a body may be.
