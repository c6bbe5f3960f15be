//! The one way out: looks a name up once, checks every address that it has, and connects to one of those.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{Answer, Request, Target, exchange, target::may_reach};
use crate::kernel::Networks;

/// Time within which a request is answered, from looking its name up to the last byte that is read.
const LIMIT: Duration = Duration::from_secs(15);
/// Most addresses of a name that are tried.
const TRIED: usize = 4;

/// Looks a name up.
pub type Resolve = Arc<dyn Fn(String, u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync>;

/// Why something was not delivered. No address stands in it, so that nobody learns of our network by asking.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// The name is nobody's.
    #[error("the name was not found")]
    Unresolved,
    /// An address of the name belongs to this machine, its network, or nobody.
    #[error("the name leads to an address that is not of the world")]
    Inside,
    /// Without encryption only networks that an operator named are reached.
    #[error("not encrypted")]
    Plain,
    /// No connection.
    #[error("no connection: {0}")]
    Connection(String),
    /// No encrypted connection, or to somebody else.
    #[error("no encrypted connection: {0}")]
    Tls(String),
    /// What came was no answer.
    #[error("no answer: {0}")]
    Broken(String),
    /// It took too long.
    #[error("too slow")]
    Slow,
}

impl Undelivered {
    /// The stable name, for programs.
    pub fn slug(&self) -> &'static str {
        match self {
            Self::Unresolved => "unresolved",
            Self::Inside => "inside",
            Self::Plain => "not_encrypted",
            Self::Connection(_) => "no_connection",
            Self::Tls(_) => "no_tls",
            Self::Broken(_) => "no_answer",
            Self::Slow => "too_slow",
        }
    }
}

/// Sends requests to addresses that others named.
#[derive(Clone)]
pub struct Outbound {
    allow: Networks,
    resolve: Resolve,
    tls: TlsConnector,
    limit: Duration,
    agent: Arc<str>,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("allow", &self.allow).field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl Outbound {
    /// With the system's names and the world's certificates; `allow` are networks that may be reached though they are
    /// not of the world, and `agent` is who says to be calling.
    pub fn new(allow: Networks, agent: &str) -> Self {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        Self { allow, resolve: Arc::new(system), tls: connector(roots), limit: LIMIT, agent: agent.into() }
    }

    /// The same with another way to look names up.
    #[must_use]
    pub fn resolving(mut self, resolve: Resolve) -> Self {
        self.resolve = resolve;
        self
    }

    /// The same with another limit of time.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// The same with these certificates and no others.
    #[must_use]
    pub fn trusting(mut self, roots: RootCertStore) -> Self {
        self.tls = connector(roots);
        self
    }

    /// The networks that may be reached though they are not of the world.
    pub fn allowed(&self) -> &Networks {
        &self.allow
    }

    /// Sends a request. Over an open line it goes anywhere that may be reached.
    pub async fn send(&self, target: &Target, request: &Request) -> Result<Answer, Undelivered> {
        self.timed(target, request, true).await
    }

    /// Sends a request that goes over an open line only within networks that an operator named.
    pub async fn send_encrypted(&self, target: &Target, request: &Request) -> Result<Answer, Undelivered> {
        self.timed(target, request, false).await
    }

    async fn timed(&self, target: &Target, request: &Request, open: bool) -> Result<Answer, Undelivered> {
        let sent = self.exchange(target, request, open);
        tokio::time::timeout(self.limit, sent).await.unwrap_or(Err(Undelivered::Slow))
    }

    async fn exchange(&self, target: &Target, request: &Request, open: bool) -> Result<Answer, Undelivered> {
        let addresses = self.addresses(target).await?;
        let inside = |address: &SocketAddr| !may_reach(address.ip(), &self.allow);
        // One bad address is enough: whoever answers for the name chose to put it there.
        if addresses.iter().any(inside) {
            return Err(Undelivered::Inside);
        }
        if !target.is_encrypted() && !open && !addresses.iter().all(|at| self.allow.contain(at.ip())) {
            return Err(Undelivered::Plain);
        }
        let stream = connect(&addresses).await?;
        if !target.is_encrypted() {
            return exchange::over(stream, target, request, &self.agent).await;
        }
        let failed = |error: &dyn fmt::Display| Undelivered::Tls(error.to_string());
        let name = ServerName::try_from(target.host().to_owned()).map_err(|error| failed(&error))?;
        let stream = self.tls.connect(name, stream).await.map_err(|error| failed(&error))?;
        exchange::over(stream, target, request, &self.agent).await
    }

    async fn addresses(&self, target: &Target) -> Result<Vec<SocketAddr>, Undelivered> {
        if let Some(address) = target.literal() {
            return Ok(vec![SocketAddr::new(address, target.port())]);
        }
        let looked_up = (self.resolve)(target.host().to_owned(), target.port());
        let found = looked_up.await.map_err(|_| Undelivered::Unresolved)?;
        // The port is the one that was judged, whatever the names say.
        let found: Vec<_> = found.into_iter().map(|at| SocketAddr::new(at.ip(), target.port())).collect();
        if found.is_empty() { Err(Undelivered::Unresolved) } else { Ok(found) }
    }
}

/// Connects to the first of these very addresses that answers.
async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, Undelivered> {
    let mut last = Undelivered::Unresolved;
    for address in addresses.iter().take(TRIED) {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error.into(),
        }
    }
    Err(last)
}

fn connector(roots: RootCertStore) -> TlsConnector {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("AWS-LC has the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// The system's own way, which a port is needed for.
fn system(name: String, port: u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, port)).await?.collect()) })
}
