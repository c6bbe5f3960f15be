//! The server: it listens, answers, and stops without losing what it took.

use std::{
    net::{SocketAddr, TcpListener},
    sync::atomic::Ordering,
    time::Duration,
};

use actix_web::web::Data;
use tokio::{
    net::TcpSocket,
    signal::unix::{Signal, SignalKind, signal},
};

use super::{
    Failure,
    config::{Config, Limits, local_url},
    voice::Voice,
};
use crate::{
    http::{
        self, Connections, Listening, Settings,
        kit::{Rates, Work},
    },
    jobs::{Jobs, Stop},
    service::{App, account},
};

/// How long a client may take over the head of a request.
const HEAD: Duration = Duration::from_secs(5);
/// Connections that may wait to be taken. The standard library lets 128 wait, and each beyond a second or three.
const WAITING: u32 = 2_048;
/// How long a connection is kept for the next request; every slow client is let go within 35 seconds.
const KEEP: Duration = Duration::from_secs(30);
/// The command that makes an administrator.
const MAKE: &str = "lantoa account create --email E --name N --role admin --password-stdin";

/// Takes the address, before anything else is touched: connections wait until the server is ready.
pub(super) fn listen(config: &Config) -> Result<Listeners, Failure> {
    let bound = |address: SocketAddr| {
        let bound = || {
            let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
            // As the standard library binds: a server that was just stopped may come back at once.
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            socket.listen(WAITING)?.into_std()
        };
        bound().map_err(|error| Failure::Listen(address.to_string(), error))
    };
    Ok(Listeners { public: bound(config.listen)?, metrics: config.metrics_listen.map(bound).transpose()? })
}

/// The addresses that the server has taken.
pub(super) struct Listeners {
    /// Its own.
    pub(super) public: TcpListener,
    /// The one of metrics, if they have one.
    metrics: Option<TcpListener>,
}

/// Serves until it is told to stop; `greet` runs when it answers.
pub(super) async fn serve(
    app: App,
    listeners: Listeners,
    limits: &Limits,
    voice: &Voice,
    greet: impl FnOnce(),
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Other(error.to_string());
    let local = listeners.public.local_addr().map(local_url).map_err(failed)?;
    let (ask, stop) = Stop::pair();
    let mut settings = Settings::new(limits.body, limits.cache);
    settings.rates = Data::new(Rates::new(&limits.rates, &app.clock));
    settings.work = Work::new(limits.requests);
    settings.proxies = limits.proxies.clone();
    settings.metrics.here = listeners.metrics.is_none();
    let serving = Listening {
        workers: limits.workers,
        connections: limits.connections,
        clients: Connections::new(limits.per_address, limits.answer, limits.proxies.clone()),
        head: HEAD,
        keep: KEEP,
        shutdown: limits.shutdown,
    };
    let server = http::listen(&app, &settings, listeners.public, serving).map_err(failed)?;
    let handle = server.handle();
    let metrics = listeners.metrics.map(|listener| http::listen_for_metrics(&app, &settings, listener));
    let metrics = metrics.transpose().map_err(failed)?.map(|server| (server.handle(), tokio::spawn(server)));
    let (mut terminate, mut interrupt) = signals().map_err(failed)?;
    let jobs = Jobs::start(&app, limits.sweep, &stop);
    let serving = tokio::spawn(server);
    voice.say("cli-serving", &[("url", local.as_str().into())]);
    if app.office.base_url != local {
        voice.say("cli-public-address", &[("url", app.office.base_url.as_str().into())]);
    }
    if !account::has_administrator(&app).await? {
        voice.say("cli-no-administrator", &[("command", MAKE.into())]);
    }
    greet();

    either(&mut terminate, &mut interrupt).await;
    voice.say("cli-stopping", &[]);
    // Readiness says so first, so that a proxy sends no more; then what is under way is finished.
    app.stopping.store(true, Ordering::Relaxed);
    ask.send_replace(true);
    let gently = async {
        tokio::time::sleep(limits.drain).await;
        handle.stop(true).await;
    };
    tokio::select! {
        () = gently => {}
        // Whoever asks twice does not want to wait.
        () = either(&mut terminate, &mut interrupt) => handle.stop(false).await,
    }
    serving.await.map_err(|error| Failure::Other(error.to_string()))?.map_err(failed)?;
    jobs.ended().await;
    // Told to the end: a server that takes long to stop is one to look at.
    if let Some((handle, task)) = metrics {
        handle.stop(false).await;
        task.await.map_err(|error| Failure::Other(error.to_string()))?.map_err(failed)?;
    }
    app.db.clone().close().await?;
    Ok(())
}

fn signals() -> std::io::Result<(Signal, Signal)> {
    Ok((signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?))
}

async fn either(one: &mut Signal, other: &mut Signal) {
    tokio::select! {
        _ = one.recv() => {}
        _ = other.recv() => {}
    }
}
