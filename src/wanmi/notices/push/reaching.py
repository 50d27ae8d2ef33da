"""Reaching a push service: an address that a browser named, so a stranger chose it.

Nothing inside the house may be reached by it: only HTTPS, only hosts all of
whose addresses are public, connected to by the very address that was looked
at, no redirects, and of the answer only its status.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

import httpx
from django.conf import settings

TIMEOUT_SECONDS = 15
LONGEST = 800
"""Characters of an endpoint; those in use have 150 to 500."""


class Forbidden(Exception):
    """This address is none of a push service."""


def looks_right(endpoint: str) -> bool:
    """Say whether an address may be one of a push service, as far as its text tells."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        return False
    if " " in endpoint or "@" in parts.netloc or not parts.hostname:
        return False
    if _is_ours(parts.hostname):
        return parts.scheme in ("http", "https")
    return parts.scheme == "https" and port in (None, 443) and _may_be_public(parts.hostname)


def post(endpoint: str, body: bytes, headers: dict[str, str]) -> int:
    """Hand a message to a push service; return the status. Raises Forbidden and what httpx does."""
    if not looks_right(endpoint):
        raise Forbidden(endpoint[:60])
    parts = urlsplit(endpoint)
    url = _at(parts, _address(parts))
    wanted = {**headers, "Host": parts.netloc}
    with (
        httpx.Client(trust_env=False, timeout=TIMEOUT_SECONDS) as client,
        # The certificate is looked at under the service's name, whatever the address.
        client.stream(
            "POST", url, content=body, headers=wanted, extensions={"sni_hostname": parts.hostname}
        ) as answer,
    ):
        return answer.status_code


def _address(parts: SplitResult) -> str:
    """Return an address of a host. Raises Forbidden where one of them is not public."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not _is_ours(host) and not all(_is_public(each) for each in found):
        raise Forbidden(host)
    return min(found, key=lambda each: (":" in each, each))


def _at(parts: SplitResult, address: str) -> str:
    host = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"{host}{port}").geturl()


def _is_ours(host: str) -> bool:
    """Say whether the operator named this host as a push service of their own."""
    return host in settings.PUSH_INSIDE_HOSTS


def _may_be_public(host: str) -> bool:
    try:
        return _is_public(host)
    except ValueError:
        # A name; "localhost" and the like have no dot, what names mean is asked when it is used.
        return "." in host.rstrip(".") and not host.endswith((".local", ".internal", ".localhost"))


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)
