//! Serving over TCP.
//!
//! Requests and answers are tiny_http's: its methods, its headers, and its writer of responses. Its own loop is not used.
//! That one reads a head without limit of time or length, hands requests with a body on (two advisories are about
//! that), and ends for good at the first connection that cannot be accepted. Here a head is read within bounds, a request with a
//! body closes its connection, nothing that a client sent is written into a header, and accepting goes on after a
//! problem. Each connection has a thread; there are at most so many, and the oldest gives way.

use std::io::{self, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tiny_http::{HTTPVersion, Header, Method, Response, StatusCode};

use super::answer::{Answer, Route, route};
use super::connections::Connections;
use super::content_type;
use super::current::CurrentGeneration;
use super::generation::Generation;
use super::head::{Head, HeadError};
use super::report::Update;

/// How long a client may take to receive a piece of an answer.
const TIME_TO_RECEIVE: Duration = Duration::from_secs(10);
/// How long a request for news waits before it is answered without any.
const TIME_FOR_NEWS: Duration = Duration::from_secs(25);
/// How often a request that waits is looked after, in case its client is gone.
const LOOK_AFTER: Duration = Duration::from_secs(1);
/// How long accepting rests after a problem, which lasts while too many files are open.
const REST: Duration = Duration::from_millis(50);

/// Headers of every answer. The policy is the one that is recommended for a published portal, and scripts may ask
/// this server for news.
const HEADERS: &[(&str, &str)] = &[
    ("Server", "clausebook"),
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

/// What pages may load and run.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      media-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
/// A page or drawing that an author attached belongs to no site and runs nothing.
const POLICY_OF_ATTACHMENTS: &str = "sandbox; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                                     media-src 'self'; frame-ancestors 'none'";

/// Answers for ever; meant for a thread of its own.
pub(super) fn serve(listener: &TcpListener, stage: &Arc<CurrentGeneration>) {
    let connections = Connections::default();
    loop {
        match listener.accept() {
            Ok((stream, _)) => accept(stream, stage.clone(), &connections),
            Err(_) => std::thread::sleep(REST),
        }
    }
}

/// Gives a connection a thread. One that cannot have any is closed: its client will try again.
fn accept(stream: TcpStream, stage: Arc<CurrentGeneration>, connections: &Connections) {
    let Ok(place) = connections.add(&stream) else { return };
    let work = move || {
        // A problem of the connection ends it, and nothing else.
        let _ = serve_connection(stream, &stage);
        drop(place);
    };
    let _ = std::thread::Builder::new().name("preview".to_owned()).stack_size(512 * 1024).spawn(work);
}

fn serve_connection(mut stream: TcpStream, stage: &CurrentGeneration) -> io::Result<()> {
    let bound = stream.local_addr()?.ip();
    stream.set_write_timeout(Some(TIME_TO_RECEIVE))?;
    stream.set_nodelay(true)?;
    let mut ahead = Vec::new();
    loop {
        let head = match Head::read(&mut stream, &mut ahead) {
            Ok(head) => head,
            Err(problem) => return refuse(&stream, problem),
        };
        let generation = stage.shown();
        let answer = match route(&head, bound, &generation) {
            Route::Now(answer) => answer,
            Route::Update { page, seen, wait } => {
                generation.view(&page);
                let shown = if wait { wait_for_news(&stream, stage, seen)? } else { generation };
                Answer::json(&Update::of(&shown, &page, seen))
            }
        };
        send(&stream, &head, answer)?;
        if !head.keep {
            return Ok(());
        }
    }
}

fn refuse(stream: &TcpStream, problem: HeadError) -> io::Result<()> {
    let (code, text) = match problem {
        HeadError::Gone => return Ok(()),
        HeadError::Slow => (408, "The request took too long."),
        HeadError::Long => (431, "The request is too long."),
        HeadError::Malformed => (400, "The request could not be understood."),
    };
    write(stream, response(Answer::plain(code, text)), Part::Whole)
}

/// Waits until there is another generation, for a while; an error when the client is gone.
fn wait_for_news(stream: &TcpStream, stage: &CurrentGeneration, seen: u64) -> io::Result<Arc<Generation>> {
    let end = Instant::now() + TIME_FOR_NEWS;
    loop {
        let shown = stage.wait(seen, LOOK_AFTER);
        if shown.number != seen || Instant::now() >= end {
            return Ok(shown);
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

/// Which part of a response is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Head,
}

fn send(stream: &TcpStream, head: &Head, answer: Answer) -> io::Result<()> {
    let tag = format!("\"{}\"", &blake3::Hash::from_bytes(answer.body.hash()).to_hex()[..32]);
    let known =
        head.header("If-None-Match").flatten().is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let fresh = known && answer.code == 200;
    let allow = (answer.code == 405).then_some(("Allow", "GET, HEAD"));
    let mut response = response(answer);
    if fresh {
        response = response.with_status_code(StatusCode(304));
    }
    let own = [("ETag", tag.as_str())].into_iter().chain(allow);
    let response =
        own.filter_map(|(name, value)| Header::from_bytes(name, value).ok()).fold(response, Response::with_header);
    write(stream, response, if head.method == Method::Head { Part::Head } else { Part::Whole })
}

fn response(answer: Answer) -> Response<Box<dyn Read>> {
    let length = answer.body.length();
    let is_confined = answer.body.is_attached() && content_type::may_run(answer.kind);
    let policy = if is_confined { POLICY_OF_ATTACHMENTS } else { POLICY };
    let fixed = HEADERS.iter().copied().chain([("Content-Type", answer.kind), ("Content-Security-Policy", policy)]);
    let headers = fixed.filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
    let response = Response::new(StatusCode(answer.code), headers, answer.body.read(), Some(length), None);
    response.with_chunked_threshold(usize::MAX)
}

fn write(stream: &TcpStream, response: Response<Box<dyn Read>>, part: Part) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(32 * 1024, stream);
    // What the client accepts is not asked: a length is always known, and is always sent.
    response.raw_print(&mut out, HTTPVersion(1, 1), &[], part == Part::Head, None)?;
    out.flush()
}
