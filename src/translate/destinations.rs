//! Where engines may be: a name comes in, its addresses go out without those where no engine is, but where a cloud's
//! machines keep their secrets. Looked at when a connection is made, so that a name cannot change its mind in between.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Metadata services outside of the link-local ranges: Alibaba Cloud's, and Amazon's by IPv6.
const METADATA: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)), IpAddr::V6(Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254))];

/// Why no engine is at an address (RFC 6890); private and loopback addresses are operators' own.
pub(super) fn refusal(address: IpAddr) -> Option<&'static str> {
    let address = address.to_canonical();
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

/// The system's names, without the addresses that are refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Destinations;

impl Resolve for Destinations {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            allowed(name.as_str(), found).map(|found| Box::new(found.into_iter()) as Addrs).map_err(Into::into)
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
    use super::*;

    #[test]
    fn addresses_where_secrets_are_kept_are_refused_in_every_spelling() {
        for address in [
            "169.254.169.254",
            "169.254.170.2",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "100.100.100.200",
            "0.0.0.0",
            "::",
            "224.0.0.1",
            "ff02::1",
            "255.255.255.255",
        ] {
            assert!(refusal(address.parse().unwrap()).is_some(), "{address}");
        }
        for address in ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.7", "172.16.0.1", "100.64.0.1", "8.8.8.8", "fd00::1"]
        {
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
}
