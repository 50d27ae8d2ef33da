"""Whose address a request comes from, also behind proxies.

`X-Forwarded-For` is a claim of whoever sent it. It is believed only as far as
the proxies named by `WANMI_TRUSTED_PROXIES` wrote it: read from the right, the
first address that is none of theirs is the sender's.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNKNOWN = "unknown"
_IPV6_HOME = 64
"""Bits of an IPv6 address that name a household or an office; the rest is free to change."""
_FORWARDING = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded")


def client_address(request: HttpRequest) -> str:
    """Return the address a request comes from, `UNKNOWN` where it cannot be told."""
    found = _sender(request)
    return str(found) if found else UNKNOWN


def client_group(request: HttpRequest) -> str:
    """Return what a limit counts by: an IPv4 address, or the network of an IPv6 address."""
    found = _sender(request)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _IPV6_HOME), strict=False))
    return str(found) if found else UNKNOWN


def is_from_this_machine(request: HttpRequest) -> bool:
    """Say whether a request comes from this machine itself and through no proxy."""
    found = _parsed(request.META.get("REMOTE_ADDR", ""))
    through_a_proxy = any(request.headers.get(name) for name in _FORWARDING)
    return found is not None and found.is_loopback and not through_a_proxy


def _sender(request: HttpRequest) -> Address | None:
    nearest = _parsed(request.META.get("REMOTE_ADDR", ""))
    trusted = _networks(tuple(settings.TRUSTED_PROXIES))
    claimed = request.headers.get("X-Forwarded-For", "").split(",")
    while nearest is not None and claimed and _is_among(nearest, trusted):
        further = _parsed(claimed.pop())
        if further is None:
            break
        nearest = further
    return nearest


def _is_among(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def _parsed(text: str) -> Address | None:
    try:
        found = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


@lru_cache(maxsize=8)
def _networks(named: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(name, strict=False) for name in named)
