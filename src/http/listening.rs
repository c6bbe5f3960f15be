//! The server behind a listening socket: its connections, their limits, and the application on each.

use std::{
    io,
    net::TcpListener,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_http::{HttpService, KeepAlive, Request, Response, error::DispatchError};
use actix_service::{
    IntoServiceFactory as _, Service as _, ServiceFactoryExt as _, apply_fn_factory, fn_service, map_config,
};
use actix_web::{
    HttpResponse,
    dev::{AppConfig, Server},
};
use futures_util::future::{self, Either};
use tokio::net::TcpStream;

use super::{Connections, Settings, app, line::Line, ready::Ready};
use crate::service::App;

/// What the server bears of its clients.
#[derive(Clone, Debug)]
pub struct Listening {
    /// Threads that answer requests.
    pub workers: usize,
    /// Connections at the same time.
    pub connections: usize,
    /// Connections of each address, and how long an answer may take.
    pub clients: Connections,
    /// How long a client may take over the head of a request, and over hearing that it is hung up on.
    pub head: Duration,
    /// How long a connection is kept for the next request.
    pub keep: Duration,
    /// Seconds that requests under way have when the server stops.
    pub shutdown: u64,
}

/// The server of a socket, running when it is awaited.
pub fn listen(application: &App, settings: &Settings, listener: TcpListener, limits: Listening) -> io::Result<Server> {
    let local = listener.local_addr()?;
    let builder = Server::build();
    let stopping = builder.graceful_shutdown_signal();
    let (application, settings) = (application.clone(), settings.clone());
    // actix counts for each worker.
    let connections = limits.connections.div_ceil(limits.workers);
    let workers = limits.workers;
    let shutdown = limits.shutdown;
    let service = move || {
        let (clients, stopping) = (limits.clients.clone(), stopping.clone());
        let service = app(application.clone(), &settings).into_factory().map_err(|error| error.error_response());
        let service = map_config(service, move |()| AppConfig::default());
        let ready = Ready::new(&application);
        let share = settings.metrics.traffic.share();
        let service = apply_fn_factory(service, move |request: Request, service| {
            let (began, method) = (Instant::now(), request.method().clone());
            if let Some((answer, place)) = ready.answer(&request) {
                share.was_ready();
                share.answered(place, &method, answer.status(), began.elapsed());
                return Either::Left(future::ready(Ok(answer)));
            }
            let place = share.place(request.path());
            let lesson = ready.lesson(&request).map(|lesson| (ready.clone(), lesson));
            let (answer, share) = (service.call(request), Arc::clone(&share));
            Either::Right(async move {
                let answer = answer.await.map(Response::from);
                let status = answer.as_ref().map_or_else(HttpResponse::status, Response::status);
                share.answered(place, &method, status, began.elapsed());
                let answer = answer?;
                if let Some((ready, lesson)) = lesson {
                    ready.learn(lesson, &answer, place);
                }
                Ok(answer.map_into_boxed_body())
            })
        });
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(KeepAlive::Timeout(limits.keep))
            .client_request_timeout(limits.head)
            .client_disconnect_timeout(limits.head)
            .local_addr(local)
            .h1(service);
        let admit = fn_service(move |stream: TcpStream| {
            let peer = stream.peer_addr().ok();
            let line: Option<Line> = clients.admit(stream);
            let admitted = line.map(|line| (line, peer));
            async move { admitted.ok_or_else(|| DispatchError::Io(io::ErrorKind::ConnectionAborted.into())) }
        });
        admit.and_then(http)
    };
    let server = builder.workers(workers).max_concurrent_connections(connections).shutdown_timeout(shutdown);
    Ok(server.disable_signals().listen("http", listener, service)?.run())
}
