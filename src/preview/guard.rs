//! Access control: only pages that this server itself served may send requests.
//!
//! A page of another site can make a browser send requests here, and a domain name that its owner points to this
//! machine can make them look like requests to that page's own server. Both are visible in `Host`, `Origin` and the
//! fetch metadata that browsers send.

use std::net::{IpAddr, Ipv6Addr};

use super::head::RequestHead;

/// Whether a request may be answered. `bound` is the local address that received it.
pub(super) fn is_allowed(head: &RequestHead, bound: IpAddr) -> bool {
    let Some(Some(host)) = head.header("Host") else { return false };
    let origin = match head.header("Origin") {
        Some(None) => true,
        Some(Some(origin)) => origin.strip_prefix("http://").is_some_and(|host| is_own(host, bound)),
        None => false,
    };
    origin && is_own(host, bound) && !is_cross_site_subresource(head)
}

/// Whether a page of another site requests this as a subresource. Following a link does not count.
fn is_cross_site_subresource(head: &RequestHead) -> bool {
    let has_value = |name, value| head.header(name) == Some(Some(value));
    has_value("Sec-Fetch-Site", "cross-site") && !has_value("Sec-Fetch-Mode", "navigate")
}

/// Whether a host, with or without a port, is this server. The port may differ, because a tunnel can lead here.
fn is_own(host: &str, bound: IpAddr) -> bool {
    let Some(name) = without_port(host) else { return false };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let address: Option<IpAddr> = match bare {
        Some(bare) => bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => name.parse::<std::net::Ipv4Addr>().ok().map(IpAddr::V4),
    };
    address.is_some_and(|address| address.is_loopback() || address == bound.to_canonical())
}

fn without_port(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, rest) = host.split_at(end);
    let digits = rest.strip_prefix(':').unwrap_or("0");
    (rest.is_empty() || rest.starts_with(':')).then_some(())?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_own() {
        let bound: IpAddr = "192.168.1.5".parse().unwrap();
        for host in ["localhost", "LocalHost:4020", "127.0.0.1:1", "127.8.9.1", "[::1]:4020", "192.168.1.5:4020"] {
            assert!(is_own(host, bound), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.6",
            "[::2]",
            "",
            "localhost:80@evil",
            "[::1",
            "[::1]x",
            "2130706433",
            "user@localhost",
        ] {
            assert!(!is_own(host, bound), "{host}");
        }
    }
}
