//! A process of the program: what it says, and how it ends.

use std::{
    io::{BufRead as _, BufReader, Read, Write as _},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
};

use super::{anybody, until};

/// A process; killed when the test lets go of it.
pub struct Process {
    child: Child,
    out: Lines,
    err: Lines,
    /// Where the server answers, once it is ready.
    pub url: String,
}

/// A process that ended.
#[derive(Debug)]
pub struct Finished {
    /// Its exit code; none if a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

struct Lines {
    said: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Lines {
    fn of(stream: impl Read + Send + 'static) -> Self {
        let said = Arc::<Mutex<String>>::default();
        let to = Arc::clone(&said);
        let reader = thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut said = to.lock().unwrap();
                said.push_str(&line);
                said.push('\n');
            }
        });
        Self { said, reader: Some(reader) }
    }

    fn so_far(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    fn all(&mut self) -> String {
        self.reader.take().map(JoinHandle::join).transpose().unwrap();
        self.so_far()
    }
}

impl Process {
    pub fn of(mut command: Command, input: &str) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        // A program that does not want its input may be gone before it is written.
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        let (out, err) = (Lines::of(child.stdout.take().unwrap()), Lines::of(child.stderr.take().unwrap()));
        Self { child, out, err, url: String::new() }
    }

    fn exit(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits for a line on standard output that begins so, and gives what follows.
    pub async fn says(&mut self, beginning: &str) -> String {
        until(&format!("it says {beginning:?}"), async || {
            // Asked first: what it said before its end is here after it.
            let over = self.exit().is_some();
            let said = if over { self.out.all() } else { self.out.so_far() };
            let found = said.lines().find_map(|line| line.strip_prefix(beginning)).map(str::to_owned);
            assert!(found.is_some() || !over, "it ended without saying {beginning:?}: {said}{}", self.err.all());
            found
        })
        .await
    }

    /// Waits until the server says that it is ready.
    pub async fn ready(&mut self) {
        self.url = self.says("Listening on ").await;
        let url = self.url.clone();
        until("the server is ready", async || {
            assert!(self.exit().is_none(), "the server ended: {}", self.err.all());
            anybody(&url).try_get("/readyz").await.filter(|answer| answer.status == 200)
        })
        .await;
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has said so far, on standard output and in its log.
    pub fn said(&self) -> String {
        self.out.so_far() + &self.err.so_far()
    }

    /// Sends a signal, by its short name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status();
        assert!(sent.unwrap().success());
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(mut self) {
        assert!(self.exit().is_none(), "it had ended before: {}", self.err.all());
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> Finished {
        let status = until("it ends", async || self.exit()).await;
        Finished { code: status.code(), out: self.out.all(), err: self.err.all() }
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(self) -> Finished {
        self.signal("TERM");
        let finished = self.ended().await;
        assert_eq!(finished.code, Some(0), "{finished:?}");
        finished
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Finished {
    /// Says that it did its work, and gives what it said.
    #[track_caller]
    pub fn fine(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// Says that it refused with an exit code and exactly one line, which has these words in it.
    #[track_caller]
    pub fn refused(self, code: i32, words: &[&str]) {
        assert_eq!((self.code, self.out.as_str(), self.err.lines().count()), (Some(code), "", 1), "{self:?}");
        assert!(!self.err.contains("panicked"), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in {}", self.err);
        }
    }
}
