"""Where a webhook may lead: to public addresses, and to those of the department that are named.

A name is looked up once for each connection, every address that it has is looked at, and the
connection goes to one of those and to no other: a name that has another address a moment later
leads nowhere else. However an address is written (whole, in octal, inside IPv6), it is looked at as
the system reads it.
"""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_LAST_32 = 0xFFFFFFFF


class Inside(OSError):
    """An address is inside the department's network, or none that the public has."""


class NoAddress(OSError):
    """A name leads nowhere."""


def is_allowed(address: Address, networks: Sequence[Network]) -> bool:
    """Tell whether a webhook may lead there: a public address, or one of these networks."""
    forms = [address, *_within(address)]
    named = (network for network in networks if any(_is_in(one, network) for one in forms))
    if next(named, None) is not None:
        return True
    return all(one.is_global and not one.is_multicast for one in forms)


def _is_in(address: Address, network: Network) -> bool:
    return address.version == network.version and address in network


def _within(address: Address) -> list[Address]:
    """Return the addresses of version 4 that one of version 6 stands for."""
    if isinstance(address, IPv4Address):
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    found.extend(address.teredo or ())
    if any(address in network for network in _NAT64):
        found.append(IPv4Address(int(address) & _LAST_32))
    return [one for one in found if one is not None]


class PublicAlone(AbstractResolver):
    """Looks names up, and leads to no address that a webhook may not lead to."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self._networks = networks

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name; raise `Inside` where any of them may not be reached."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        except (OSError, UnicodeError) as error:
            raise NoAddress(str(error)) from None
        addresses = [ip_address(str(where[0]).partition("%")[0]) for *_, where in found]
        if not all(is_allowed(one, self._networks) for one in addresses):
            raise Inside(host)
        return [
            ResolveResult(
                hostname=host,
                host=str(one),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for (kind, _, protocol, *_), one in zip(found, addresses, strict=True)
        ]

    async def close(self) -> None:
        """Have nothing to close."""
