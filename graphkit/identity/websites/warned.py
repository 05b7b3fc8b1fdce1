"""Values that everybody has, by the MISP warning lists: addresses of CDNs, parking, shorteners, throw-away mail."""

from __future__ import annotations

import ipaddress
import json
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from graphkit.identity.websites.addresses import IPV4, IPV6, packed
from graphkit.identity.websites.observed import TOLD

ADDRESSES = {
    "akamai": "of a CDN", "cloudflare": "of a CDN", "fastly": "of a CDN", "stackpath": "of a CDN",
    "zscaler": "of a proxy service", "parking-domain": "of domain parking", "ovh-cluster": "of shared hosting",
    "sinkholes": "of a sinkhole", "umbrella-blockpage-v4": "of a block page",
    "umbrella-blockpage-v6": "of a block page",
    "multicast": "of no single machine", "ipv6-linklocal": "of no public machine",
}  # fmt: skip
NAMES = {"parking-domain-ns": ("ns", "of domain parking"), "disposable-email": ("email", "throw-away mail")}
NOWHERE = ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "240.0.0.0/4", "::/128", "::1/128")
INTERNAL = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15", "fc00::/7")
MOSTLY = 0.2
"""From which share on internal addresses are taken as they are: then the records have them in place of others."""


def warned(values: pl.DataFrame) -> pl.DataFrame:
    """Return the values of several sites that a warning list has, one row each: kind, value and why."""
    known = values.filter(pl.col("kind").is_in(["host", "ns", "email"])).group_by("kind", "value")
    distinct = known.agg(sites=pl.col("site").n_unique()).filter(pl.col("sites") > 1)
    hosts = distinct.filter(pl.col("kind") == "host")["value"].to_list()
    why = _addresses(hosts)
    found = [("host", value, told) for value, told in zip(hosts, why, strict=True) if told]
    for kind, value in distinct.filter(pl.col("kind") != "host").select("kind", "value").iter_rows():
        told = _of_name(kind, value)
        if told:
            found.append((kind, value, told))
    return pl.DataFrame(found, schema={"kind": TOLD["kind"], "value": TOLD["value"], "why": pl.String}, orient="row")


def _addresses(hosts: list[str]) -> list[str]:
    addresses = [packed(host.partition("/")[0]) for host in hosts]
    told = [_of_address(_ranges(), address) for address in addresses]
    internal = [_of_address(_internal(), address) for address in addresses]
    if sum(map(bool, internal)) >= MOSTLY * max(len(hosts), 1):
        return told
    return [one or other for one, other in zip(told, internal, strict=True)]


def _of_name(kind: str, value: str) -> str:
    domain = value.rpartition("@")[2].lower().rstrip(".")
    parts = domain.split(".")
    ends = {".".join(parts[at:]) for at in range(len(parts))}
    return next((why for list_, (of, why) in NAMES.items() if of == kind and not ends.isdisjoint(_names(list_))), "")


Ranges = dict[int, tuple[list[int], list[int], list[str]]]


def _of_address(ranges: Ranges, address: bytes | None) -> str:
    if address is None:
        return "no address"
    number = int.from_bytes(address)
    starts, ends, why = ranges[len(address)]
    at = bisect_right(starts, number) - 1
    return why[at] if at >= 0 and number <= ends[at] else ""


@cache
def _ranges() -> Ranges:
    known = [(cidr, why) for list_, why in ADDRESSES.items() for cidr in _listed(list_)]
    return _sorted([*known, *((cidr, "of no machine on the internet") for cidr in NOWHERE)])


@cache
def _internal() -> Ranges:
    return _sorted((cidr, "an internal address") for cidr in INTERNAL)


def _sorted(known: Iterable[tuple[str, str]]) -> Ranges:
    """Return ranges by the size of an address: first and last addresses, sorted, the widest where one is in another."""
    by_size: dict[int, list[tuple[int, int, str]]] = {IPV4: [], IPV6: []}
    for cidr, why in known:
        network = ipaddress.ip_network(cidr, strict=False)
        first, last = network.network_address, network.broadcast_address
        by_size[len(first.packed)].append((int(first), int(last), why))
    found: Ranges = {}
    for size, ranges in by_size.items():
        kept: list[tuple[int, int, str]] = []
        for one in sorted(ranges, key=lambda one: (one[0], -one[1])):
            if not kept or one[1] > kept[-1][1]:
                kept.append(one)
        found[size] = ([one[0] for one in kept], [one[1] for one in kept], [one[2] for one in kept])
    return found


@cache
def _names(list_: str) -> frozenset[str]:
    return frozenset(name.lower().lstrip(".") for name in _listed(list_))


def _listed(list_: str) -> list[str]:
    path = files("pymispwarninglists") / "data" / "misp-warninglists" / "lists" / list_ / "list.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [str(one) for one in told["list"]]
