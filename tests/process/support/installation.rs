//! A data folder of a test's own with its settings, and the program started on it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use super::{Finished, Process};

/// A place where the program is run.
pub struct Installation {
    home: TempDir,
    settings: BTreeMap<String, String>,
}

impl Installation {
    /// An empty folder; the server takes any free port of this machine alone.
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data").display().to_string();
        let settings = [
            ("LANTOA_AUTHORITY", "lamhai.example"),
            ("LANTOA_DATA_DIR", &data),
            ("LANTOA_LISTEN", "127.0.0.1:0"),
            ("LANTOA_LOG", "warn"),
        ];
        Self { settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into(), home }
    }

    /// With another variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.insert(name.to_owned(), value.to_owned());
    }

    pub fn unset(&mut self, name: &str) {
        self.settings.remove(name);
    }

    /// The folder that the program is started in.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// The database's file.
    pub fn database(&self) -> String {
        self.settings
            .get("LANTOA_DATABASE_URL")
            .cloned()
            .unwrap_or_else(|| format!("sqlite:{}", self.data().join("lantoa.db").display()))
    }

    /// The environment of the program.
    pub fn environment(&self) -> &BTreeMap<String, String> {
        &self.settings
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lantoa"));
        command.args(words).current_dir(self.home.path()).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path))).envs(&self.settings);
        command
    }

    /// Starts the program.
    pub fn start(&self, words: &[&str]) -> Process {
        Process::of(self.command(words), "")
    }

    /// Runs a command to its end.
    pub async fn run(&self, words: &[&str]) -> Finished {
        self.run_with(words, "").await
    }

    /// The same with something to read.
    pub async fn run_with(&self, words: &[&str], input: &str) -> Finished {
        Process::of(self.command(words), input).ended().await
    }

    /// Starts the server and waits until it is ready.
    pub async fn serve(&self) -> Process {
        let mut server = self.start(&["serve"]);
        server.ready().await;
        server
    }
}
