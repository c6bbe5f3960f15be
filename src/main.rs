//! The program: everything is in the library.

fn main() -> std::process::ExitCode {
    lantoa::boot::cli::main()
}
