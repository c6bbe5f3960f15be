//! The command line.

use std::{
    io::{self, IsTerminal as _, Read as _},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use zeroize::Zeroizing;

use super::{
    Failure,
    config::{Config, Sources},
    demo, doctor, memory, server,
    start::{self, Purpose},
    telemetry,
    transfer::{self, ExportOrder, ImportOrder},
    voice::Voice,
};
use crate::{
    domain::access::Role,
    i18n::I18n,
    service::{
        App,
        account::{self, NewAccount, NewGrant},
        setup,
    },
    tokens::Secret,
};

/// The publishing backend with which a province tells the world about itself.
#[derive(Debug, Parser)]
#[command(name = "lantoa", version, about)]
struct Cli {
    /// The configuration file [default: `$LANTOA_CONFIG`, else `./lantoa.toml` if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the demonstration province in the data folder and serve it, on this machine only
    Demo,
    /// Bring the database up to date, then serve
    Serve,
    /// Bring the database up to date
    Migrate,
    /// Look after accounts
    #[command(subcommand)]
    Account(Account),
    /// Look at the audit chain
    #[command(subcommand)]
    Audit(Audit),
    /// Look whether everything is as it was approved, written and granted
    Doctor {
        /// Look instead whether readers of others' making read every feed as it was written
        #[arg(long)]
        feeds: bool,
    },
    /// Bring in articles that another system had, as drafts or as public
    Import(ImportArticles),
    /// Write down all articles, in the form in which they can be brought in
    Export(ExportArticles),
    /// Print the OpenAPI document
    Openapi,
}

#[derive(Debug, Args)]
struct ImportArticles {
    /// A file of JSON Lines, or a folder of such files and of articles in Markdown
    path: PathBuf,
    /// The administrator who answers for it
    #[arg(long, value_name = "EMAIL")]
    by: String,
    /// Make public what was public, with its old dates: a decision that is recorded
    #[arg(long, requires = "reason")]
    publish: bool,
    /// Why, for the record
    #[arg(long, value_name = "TEXT", requires = "publish")]
    reason: Option<String>,
    /// Write the lines that were refused to this file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ExportArticles {
    /// A file to be made, which ends in .jsonl, or a folder
    path: PathBuf,
    /// Only what is public
    #[arg(long)]
    published: bool,
    /// Only editions in this language, and the source of each article; can be given several times
    #[arg(long, value_name = "LOCALE")]
    locale: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Account {
    /// Make an account, also while the server runs
    Create(CreateAccount),
}

#[derive(Debug, Args)]
struct CreateAccount {
    /// The address to sign in with
    #[arg(long)]
    email: String,
    /// The person's name
    #[arg(long)]
    name: String,
    /// What the person may be
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(Role::ALL.iter().map(|role| role.as_str())))]
    role: String,
    /// For this agency only
    #[arg(long)]
    agency: Option<String>,
    /// For this language only
    #[arg(long)]
    locale: Option<String>,
    /// Read the password from standard input: on the command line, every process could see it
    #[arg(long, required = true)]
    password_stdin: bool,
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Verify the chain from its first entry
    Verify {
        /// A file with a head that was kept elsewhere: a chain that does not reach it was cut short or written anew
        #[arg(long, value_name = "FILE")]
        head: Option<PathBuf>,
    },
    /// Print the chain's signed head, to be kept where nobody here can reach it
    Head,
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, Command::Demo | Command::Serve) {
        memory::bound();
    }
    let i18n = texts();
    let voice = Voice::of(&i18n, |name| std::env::var(name).ok());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(run(cli, i18n, &voice)),
        Err(error) => Err(Failure::Other(error.to_string())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            voice.fail(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// What the software says; Vietnamese is for who asks for nothing that it speaks.
fn texts() -> I18n {
    I18n::embedded(&"vi".parse().expect("a locale tag")).expect("the tests read every text")
}

async fn run(cli: Cli, i18n: I18n, voice: &Voice) -> Result<(), Failure> {
    if matches!(cli.command, Command::Openapi) {
        Voice::line(crate::http::openapi_text().trim_end());
        return Ok(());
    }
    let sources = Sources::of_process(cli.config);
    let config = Config::load(&sources)?;
    telemetry::start(&config.log);
    match cli.command {
        Command::Demo => Box::pin(demo::run(config, &sources, i18n, voice)).await,
        Command::Serve => serve(&config, i18n, voice).await,
        Command::Migrate => migrate(&config, voice).await,
        Command::Account(Account::Create(order)) => create_account(&config, i18n, voice, order).await,
        Command::Audit(Audit::Verify { head }) => {
            doctor::verify(&look(&config, i18n).await?, voice, head.as_deref()).await
        }
        Command::Audit(Audit::Head) => doctor::head(&look(&config, i18n).await?).await,
        Command::Doctor { feeds: false } => doctor::run(&look(&config, i18n).await?, voice).await,
        Command::Doctor { feeds: true } => doctor::feeds(&look(&config, i18n).await?, voice).await,
        Command::Import(order) => bring_in(&config, i18n, voice, order).await,
        Command::Export(order) => write_down(&config, i18n, voice, order).await,
        Command::Openapi => Ok(()),
    }
}

async fn bring_in(config: &Config, i18n: I18n, voice: &Voice, order: ImportArticles) -> Result<(), Failure> {
    let app = start::open(config, i18n, local(config), Purpose::Command).await?.app;
    let ImportArticles { path, by, reason, rejects, .. } = order;
    transfer::import(config, &app, voice, &ImportOrder { path, by, reason, rejects }).await
}

async fn write_down(config: &Config, i18n: I18n, voice: &Voice, order: ExportArticles) -> Result<(), Failure> {
    let app = start::open(config, i18n, local(config), Purpose::Look).await?.app;
    let ExportArticles { path, published, locale } = order;
    transfer::export(&app, voice, &ExportOrder { path, published, locales: locale }).await
}

async fn serve(config: &Config, i18n: I18n, voice: &Voice) -> Result<(), Failure> {
    // Everybody may know the demonstration's password.
    if demo::is_in(&config.database.folder) && !config.listen.ip().is_loopback() {
        return Err(Failure::OnlyADemo(config.database.folder.display().to_string()));
    }
    let listeners = server::listen(config)?;
    let base_url = config.addresses.base_url(listeners.public.local_addr().unwrap_or(config.listen));
    let opened = start::open(config, i18n, base_url, Purpose::Serve).await?;
    let office = &opened.app.office;
    let caution = match (office.is_nobodys(), setup::is_authority_open(&opened.app).await?) {
        (false, _) => None,
        (true, true) => Some("cli-authority-of-nobody"),
        (true, false) => Some("cli-authority-of-nobody-for-ever"),
    };
    let told = [("authority", office.authority.as_str().into())];
    let caution = caution.map(|key| voice.text(key, &told));
    server::serve(opened.app, listeners, &config.limits, voice, || {
        if let Some(caution) = caution {
            Voice::line(&caution);
        }
    })
    .await
}

async fn migrate(config: &Config, voice: &Voice) -> Result<(), Failure> {
    let db = start::database(config).await?;
    let pending = db.pending_migrations().await?;
    db.migrate().await?;
    voice.say("cli-migrated", &[("count", pending.into())]);
    Ok(db.close().await?)
}

async fn create_account(config: &Config, i18n: I18n, voice: &Voice, order: CreateAccount) -> Result<(), Failure> {
    let password = password()?;
    let opened = start::open(config, i18n, local(config), Purpose::Command).await?;
    let role: Role = order.role.parse().expect("clap takes no other");
    let grant = NewGrant { role, agency: order.agency, locale: order.locale };
    let new = NewAccount { email: order.email, name: order.name, locale: None, password, grants: vec![grant] };
    let made = account::create_by_operator(&opened.app, new).await?;
    let role = voice.text(&format!("role-{role}"), &[]);
    voice.say("cli-account-created", &[("email", made.account.email.into()), ("role", role.into())]);
    Ok(())
}

/// The password, from a pipe: a terminal would show it to whoever looks on.
fn password() -> Result<Secret, Failure> {
    if io::stdin().is_terminal() {
        return Err(Failure::Password);
    }
    let mut text = Zeroizing::new(String::new());
    io::stdin().take(4_096).read_to_string(&mut text).map_err(|_| Failure::Password)?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() { Err(Failure::EmptyPassword) } else { Ok(line.into()) }
}

async fn look(config: &Config, i18n: I18n) -> Result<App, Failure> {
    Ok(start::open(config, i18n, local(config), Purpose::Look).await?.app)
}

/// The base address of a command, which makes no address public.
fn local(config: &Config) -> String {
    config.addresses.base_url(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), config.listen.port()))
}
