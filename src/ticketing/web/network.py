"""Where a request comes from: its network, not the person."""

from functools import lru_cache
from ipaddress import ip_address, ip_network

from ticketing.foundation.codes import digest
from ticketing.web.request import Request


def network_of(request: Request) -> str:
    """Return a digest of where the request comes from: its network, /24 or /64, not the person."""
    host = request.client.host if request.client else "unknown"
    return client_of(host)


@lru_cache(maxsize=4096)
def client_of(host: str) -> str:
    return f"network:{digest(network(host))[:16]}"


def network(host: str) -> str:
    try:
        found = ip_address(host)
        address = getattr(found, "ipv4_mapped", None) or found  # IPv4 on a socket for both
        prefix = 24 if address.version == 4 else 64
        return str(ip_network(f"{address}/{prefix}", strict=False))
    except ValueError:
        return host
