//! Refuses to connect engines to addresses where a cloud's machines keep their secrets (metadata services). The
//! resolved addresses are checked when a connection is made, so that a name cannot resolve to another one in between.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

/// Metadata services outside of the link-local ranges: Alibaba Cloud's, Azure's for its virtual machines, and Amazon's
/// and Google's by IPv6.
const METADATA: [IpAddr; 4] = [
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254)),
];

/// Why no engine is at an address (RFC 6890); private and loopback addresses are operators' own.
pub(super) fn refusal(address: IpAddr) -> Option<&'static str> {
    let address = match address.to_canonical() {
        // NAT64 (RFC 6052 section 2.1): the IPv4 address behind it is what is reached.
        IpAddr::V6(address) => match address.segments() {
            [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
                IpAddr::V4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
            }
            _ => IpAddr::V6(address),
        },
        address @ IpAddr::V4(_) => address,
    };
    let is_link_local = match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    };
    match address {
        _ if is_link_local || METADATA.contains(&address) => Some("a link-local or metadata address"),
        _ if address.is_unspecified() => Some("an address that is none"),
        _ if address.is_multicast() => Some("a multicast address"),
        IpAddr::V4(address) if address.is_broadcast() => Some("a broadcast address"),
        _ => None,
    }
}

/// The address that stands in a URL in place of a name, in whatever spelling.
pub(super) fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_matches(['[', ']']).parse().ok()
}

/// Redirections where they are followed at all: as many as usual, and none to an address that is refused. Those by name
/// are looked at like any other name.
pub(super) fn redirections() -> Policy {
    Policy::custom(|attempt| match literal(attempt.url()).and_then(refusal) {
        Some(why) => attempt.error(format!("it leads to {why}: no engine is there")),
        None => Policy::default().redirect(attempt),
    })
}

type Lookup = dyn Fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>> + Send + Sync;

/// Names, without the addresses that are refused.
#[derive(Clone)]
pub(super) struct Destinations(Arc<Lookup>);

impl Destinations {
    /// The system's names.
    pub(super) fn system() -> Self {
        Self(Arc::new(|name| Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })))
    }
}

impl fmt::Debug for Destinations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Destinations").finish_non_exhaustive()
    }
}

impl Resolve for Destinations {
    fn resolve(&self, name: Name) -> Resolving {
        let found = (self.0)(name.as_str().to_owned());
        Box::pin(async move {
            allowed(name.as_str(), found.await?).map(|found| Box::new(found.into_iter()) as Addrs).map_err(Into::into)
        })
    }
}

fn allowed(name: &str, found: Vec<SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    let refused = found.iter().find_map(|address| refusal(address.ip()));
    let allowed: Vec<SocketAddr> = found.into_iter().filter(|address| refusal(address.ip()).is_none()).collect();
    match refused {
        Some(why) if allowed.is_empty() => Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            format!("`{name}` stands for {why}: no engine is there"),
        )),
        _ => Ok(allowed),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::super::http;
    use super::*;

    #[test]
    fn addresses_where_secrets_are_kept_are_refused_in_every_spelling() {
        for address in [
            "169.254.169.254",
            "169.254.170.2",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "64:ff9b::169.254.169.254",
            "100.100.100.200",
            "168.63.129.16",
            "0.0.0.0",
            "::",
            "224.0.0.1",
            "ff02::1",
            "255.255.255.255",
        ] {
            assert!(refusal(address.parse().unwrap()).is_some(), "{address}");
        }
        for address in [
            "127.0.0.1",
            "::1",
            "10.1.2.3",
            "192.168.0.7",
            "172.16.0.1",
            "100.64.0.1",
            "8.8.8.8",
            "fd00::1",
            "64:ff9b::8.8.8.8",
        ] {
            assert_eq!(refusal(address.parse().unwrap()), None, "{address}");
        }
    }

    #[test]
    fn a_name_keeps_its_good_addresses_and_one_without_is_refused_by_the_rule() {
        let (bad, good): (SocketAddr, SocketAddr) =
            ("169.254.169.254:0".parse().unwrap(), "10.0.0.1:0".parse().unwrap());
        assert_eq!(allowed("mt.example", vec![bad, good]).unwrap(), [good]);
        let error = allowed("mt.example", vec![bad]).unwrap_err().to_string();
        assert!(error.contains("`mt.example`") && error.contains("metadata"), "{error}");
    }

    /// A name's addresses at each connection; the last of them stays.
    fn client(answers: &'static [&'static str]) -> reqwest::Client {
        let asked = AtomicUsize::new(0);
        let lookup: Arc<Lookup> = Arc::new(move |_| {
            let answer = answers[asked.fetch_add(1, Ordering::Relaxed).min(answers.len() - 1)];
            let found = answer.split(' ').map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect();
            Box::pin(async move { Ok(found) })
        });
        let names = |builder: reqwest::ClientBuilder| {
            builder.dns_resolver(Arc::new(Destinations(lookup))).no_proxy().pool_max_idle_per_host(0)
        };
        http::client("libretranslate", "http://mt.example", Duration::from_secs(5), "", names).unwrap()
    }

    #[tokio::test]
    async fn a_name_that_changes_its_mind_is_refused_at_the_next_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://mt.example:{}", listener.local_addr().unwrap().port());
        let reached = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&reached);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::Relaxed);
                assert!(stream.read(&mut [0; 1024]).await.unwrap() > 0);
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await.unwrap();
            }
        });
        // With a good address beside the others that one is taken.
        let client = client(&["169.254.169.254 127.0.0.1", "169.254.169.254 fd00:ec2::254", "::ffff:100.100.100.200"]);
        let ask = async || http::send("libretranslate", &base, client.get(&base), Duration::from_secs(5)).await;
        assert_eq!(ask().await.unwrap().status(), 200);
        for _ in 0..2 {
            let error = ask().await.unwrap_err();
            let told = error.to_string();
            assert!(told.contains("`mt.example` stands for a link-local or metadata address"), "{told}");
            assert!(!error.call.may_be_billed() && !format!("{error:?}").contains("169.254"), "{error:?}");
        }
        assert_eq!(reached.load(Ordering::Relaxed), 1);
    }
}
