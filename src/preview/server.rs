//! The HTTP server.
//!
//! Requests and responses use tiny_http's types and response writer, but not its server loop. That loop reads a head
//! without limits of time or length, accepts requests with a body (two advisories concern this), and ends permanently
//! at the first connection that cannot be accepted. Here, a head is read within limits, a request with a body closes
//! its connection, nothing that a client sent is written to a header, and accepting continues after an error. Each
//! connection has a thread; their number is limited, and a new one replaces the oldest.

use std::io::{self, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tiny_http::{HTTPVersion, Header, Method, Response, StatusCode};

use super::connections::Connections;
use super::content_type;
use super::current::CurrentGeneration;
use super::generation::Generation;
use super::head::{HeadError, RequestHead};
use super::reply::{Reply, Route, route};
use super::report::Update;

/// The maximum time for a client to receive a piece of an answer.
const RECEIVE_TIMEOUT: Duration = Duration::from_secs(10);
/// The maximum time that a request for news waits before it is answered without any.
const UPDATE_TIMEOUT: Duration = Duration::from_secs(25);
/// The interval for checking whether the client of a waiting request is still connected.
const DISCONNECT_CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// The pause after a failure to accept, which may persist while too many files are open.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// The headers of every answer. The policy is the one recommended for a published portal, and also lets scripts ask
/// this server for news.
const HEADERS: &[(&str, &str)] = &[
    ("Server", "clausebook"),
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

/// The policy for what pages may load and run.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      media-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
/// The policy for attached pages and drawings, which do not belong to a site and must not run anything.
const ATTACHMENT_POLICY: &str = "sandbox; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                                     media-src 'self'; frame-ancestors 'none'";

/// Serves indefinitely. Run this on a dedicated thread.
pub(super) fn serve(listener: &TcpListener, stage: &Arc<CurrentGeneration>) {
    let connections = Connections::default();
    loop {
        match listener.accept() {
            Ok((stream, _)) => accept(stream, stage.clone(), &connections),
            Err(_) => std::thread::sleep(ACCEPT_RETRY_DELAY),
        }
    }
}

/// Starts a thread for a connection. If that fails, the connection is closed, and the client will retry.
fn accept(stream: TcpStream, stage: Arc<CurrentGeneration>, connections: &Connections) {
    let Ok(place) = connections.add(&stream) else { return };
    let work = move || {
        // An error on the connection only ends this connection.
        let _ = serve_connection(stream, &stage);
        drop(place);
    };
    let _ = std::thread::Builder::new().name("preview".to_owned()).stack_size(512 * 1024).spawn(work);
}

fn serve_connection(mut stream: TcpStream, stage: &CurrentGeneration) -> io::Result<()> {
    let bound = stream.local_addr()?.ip();
    stream.set_write_timeout(Some(RECEIVE_TIMEOUT))?;
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    loop {
        let head = match RequestHead::read(&mut stream, &mut buffer) {
            Ok(head) => head,
            Err(problem) => return send_refusal(&stream, problem),
        };
        let generation = stage.get();
        let reply = match route(&head, bound, &generation) {
            Route::Immediate(reply) => reply,
            Route::Update { page, seen, wait } => {
                generation.view(&page);
                let new_generation = if wait { wait_for_update(&stream, stage, seen)? } else { generation };
                Reply::json(&Update::new(&new_generation, &page, seen))
            }
        };
        send(&stream, &head, reply)?;
        if !head.keep_alive {
            return Ok(());
        }
    }
}

fn send_refusal(stream: &TcpStream, problem: HeadError) -> io::Result<()> {
    let (code, text) = match problem {
        HeadError::Disconnected => return Ok(()),
        HeadError::TooSlow => (408, "The request took too long."),
        HeadError::TooLong => (431, "The request is too long."),
        HeadError::Malformed => (400, "The request could not be understood."),
    };
    write(stream, build_response(Reply::plain_text(code, text)), Part::Whole)
}

/// Waits a limited time for another generation. Returns an error if the client has disconnected.
fn wait_for_update(stream: &TcpStream, stage: &CurrentGeneration, seen: u64) -> io::Result<Arc<Generation>> {
    let end = Instant::now() + UPDATE_TIMEOUT;
    loop {
        let generation = stage.wait_for_next(seen, DISCONNECT_CHECK_INTERVAL);
        if generation.number != seen || Instant::now() >= end {
            return Ok(generation);
        }
        if is_disconnected(stream)? {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
    }
}

fn is_disconnected(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(match peeked {
        Ok(length) => length == 0,
        Err(error) => error.kind() != io::ErrorKind::WouldBlock,
    })
}

/// The part of a response to send.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Head,
}

fn send(stream: &TcpStream, head: &RequestHead, reply: Reply) -> io::Result<()> {
    let tag = format!("\"{}\"", &blake3::Hash::from_bytes(reply.body.hash()).to_hex()[..32]);
    let known =
        head.header("If-None-Match").flatten().is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let fresh = known && reply.code == 200;
    let allow = (reply.code == 405).then_some(("Allow", "GET, HEAD"));
    let mut response = build_response(reply);
    if fresh {
        response = response.with_status_code(StatusCode(304));
    }
    let own_headers = [("ETag", tag.as_str())].into_iter().chain(allow);
    let response = own_headers
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
        .fold(response, Response::with_header);
    write(stream, response, if head.method == Method::Head { Part::Head } else { Part::Whole })
}

fn build_response(reply: Reply) -> Response<Box<dyn Read>> {
    let length = reply.body.length();
    let is_confined = reply.body.is_attached() && content_type::may_run(reply.kind);
    let policy = if is_confined { ATTACHMENT_POLICY } else { CONTENT_POLICY };
    let fixed = HEADERS.iter().copied().chain([("Content-Type", reply.kind), ("Content-Security-Policy", policy)]);
    let headers = fixed.filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
    let response = Response::new(StatusCode(reply.code), headers, reply.body.read(), Some(length), None);
    response.with_chunked_threshold(usize::MAX)
}

fn write(stream: &TcpStream, response: Response<Box<dyn Read>>, part: Part) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(32 * 1024, stream);
    // The client's accepted encodings do not matter: the length is always known and always sent.
    response.raw_print(&mut out, HTTPVersion(1, 1), &[], part == Part::Head, None)?;
    out.flush()
}
