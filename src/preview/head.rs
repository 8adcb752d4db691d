//! The head of a request, read within limits of length and time and parsed strictly.

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tiny_http::{Header, Method};

/// The maximum length of the request line, in bytes.
const MAX_LINE_BYTES: usize = 8 * 1024;
/// The maximum length of a head, in bytes.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// The maximum number of headers.
const MAX_HEADERS: usize = 100;
/// The maximum time from the first byte of a head to its last.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// The maximum time that a connection may wait for its next request.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// The head of a client's request.
#[derive(Debug)]
pub(super) struct RequestHead {
    /// The method.
    pub(crate) method: Method,
    /// The path as sent, with a leading slash.
    pub(crate) path: String,
    /// The query after the question mark.
    pub(crate) query: String,
    /// Whether the connection can be used for another request.
    pub(crate) keep_alive: bool,
    headers: Vec<Header>,
}

/// Why no request was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadError {
    /// The client disconnected or was silent.
    Disconnected,
    /// The head took too long.
    TooSlow,
    /// The head is too long.
    TooLong,
    /// It is not a valid HTTP/1.0 or 1.1 request.
    Malformed,
}

impl RequestHead {
    /// Reads the head of the next request. Bytes after it stay in `buffer`.
    ///
    /// # Errors
    /// If no request arrives in time, or it is not valid.
    pub(super) fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<RequestHead, HeadError> {
        let mut deadline = None;
        loop {
            if let Some(end) = end_of_head(buffer) {
                let head = buffer.drain(..end).collect::<Vec<u8>>();
                return RequestHead::parse(&head);
            }
            if buffer.len() > MAX_HEAD_BYTES || (buffer.len() > MAX_LINE_BYTES && !buffer.contains(&b'\n')) {
                return Err(HeadError::TooLong);
            }
            if !buffer.is_empty() {
                deadline.get_or_insert_with(|| Instant::now() + HEAD_TIMEOUT);
            }
            read_more(stream, buffer, deadline)?;
        }
    }

    /// Parses a head.
    pub(super) fn parse(head: &[u8]) -> Result<RequestHead, HeadError> {
        let text = std::str::from_utf8(head).map_err(|_| HeadError::Malformed)?;
        let mut lines = text.split("\r\n").take_while(|line| !line.is_empty());
        let line = lines.next().ok_or(HeadError::Malformed)?;
        if line.len() > MAX_LINE_BYTES {
            return Err(HeadError::TooLong);
        }
        let headers: Vec<Header> = lines.map(parse_header).collect::<Option<_>>().ok_or(HeadError::Malformed)?;
        if headers.len() > MAX_HEADERS {
            return Err(HeadError::TooLong);
        }
        RequestHead::from_line(line, headers).ok_or(HeadError::Malformed)
    }

    fn from_line(line: &str, headers: Vec<Header>) -> Option<RequestHead> {
        let mut words = line.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !matches!(version, "HTTP/1.1" | "HTTP/1.0") || !target.starts_with('/') {
            return None;
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut head = RequestHead {
            method: method.parse().ok()?,
            path: path.to_owned(),
            query: query.to_owned(),
            keep_alive: true,
            headers,
        };
        let says_close = head.header("Connection")?.is_some_and(|value| value.to_ascii_lowercase().contains("close"));
        head.keep_alive = version == "HTTP/1.1" && !says_close && !head.has_body()?;
        Some(head)
    }

    /// The value of a header, or `Some(None)` if it is missing; `None` if it is given twice, which no honest client
    /// does.
    pub(super) fn header(&self, name: &'static str) -> Option<Option<&str>> {
        let mut headers = self.headers.iter().filter(|header| header.field.equiv(name));
        let first = headers.next().map(|header| header.value.as_str());
        headers.next().is_none().then_some(first)
    }

    /// Whether a body follows the head. No request needs one, so it is never read.
    pub(super) fn has_body(&self) -> Option<bool> {
        let length = self.header("Content-Length")?.is_some_and(|length| length.trim() != "0");
        Some(length || self.header("Transfer-Encoding")?.is_some())
    }

    /// A value of the query, decoded.
    pub(super) fn query_value(&self, name: &str) -> Option<String> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.into_iter().find(|(key, _)| *key == name)?;
        percent_decode(value)
    }
}

/// Decodes percent-encoding once; `None` if the result is not UTF-8.
pub(super) fn percent_decode(text: &str) -> Option<String> {
    percent_encoding::percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

fn parse_header(line: &str) -> Option<Header> {
    let (name, value) = line.split_once(':')?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let plain = |byte: u8| byte == b'\t' || (0x20..0x7f).contains(&byte);
    let sound = !name.is_empty() && name.bytes().all(is_token) && value.bytes().all(plain);
    if sound { Header::from_bytes(name, value.trim()).ok() } else { None }
}

/// The position after the empty line that ends a head.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>, deadline: Option<Instant>) -> Result<(), HeadError> {
    let patience = match deadline {
        Some(deadline) => deadline.saturating_duration_since(Instant::now()),
        None => IDLE_TIMEOUT,
    };
    if patience.is_zero() {
        return Err(HeadError::TooSlow);
    }
    let mut chunk = [0; 4096];
    let read = stream.set_read_timeout(Some(patience)).and_then(|()| stream.read(&mut chunk));
    match read {
        Ok(0) => Err(HeadError::Disconnected),
        Ok(length) => {
            buffer.extend_from_slice(&chunk[..length]);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
        Err(_) if deadline.is_some() => Err(HeadError::TooSlow),
        Err(_) => Err(HeadError::Disconnected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<RequestHead, HeadError> {
        RequestHead::parse(text.as_bytes())
    }

    #[test]
    fn a_request_is_taken_apart() {
        let head = parse("GET /a%20b?page=x%2Fy&n=1 HTTP/1.1\r\nHost: localhost\r\nX:  y \r\n\r\n").unwrap();
        assert_eq!((head.method.clone(), head.path.as_str()), (Method::Get, "/a%20b"));
        assert_eq!(head.query_value("page").as_deref(), Some("x/y"));
        assert_eq!(head.query_value("none"), None);
        assert_eq!(head.header("host"), Some(Some("localhost")));
        assert!(head.keep_alive);
        assert!(!parse("GET / HTTP/1.0\r\n\r\n").unwrap().keep_alive);
        assert!(!parse("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n").unwrap().keep_alive);
        assert!(!parse("GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n").unwrap().keep_alive);
    }

    #[test]
    fn malformed_requests_are_rejected() {
        for text in [
            "GET /\r\n\r\n",
            "GET / HTTP/2\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "GET http://localhost/ HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\nA : b\r\n\r\n",
            "GET / HTTP/1.1\r\n folded: line\r\n\r\n",
            "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 7\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: a\r\nConnection: b\r\n\r\n",
        ] {
            assert_eq!(parse(text).err(), Some(HeadError::Malformed), "{text:?}");
        }
        let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(MAX_LINE_BYTES));
        assert_eq!(parse(&long).err(), Some(HeadError::TooLong));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(MAX_HEADERS + 1));
        assert_eq!(parse(&many).err(), Some(HeadError::TooLong));
    }
}
