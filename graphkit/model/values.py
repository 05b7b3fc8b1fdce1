"""Property types: how a value is written once, whoever wrote it.

Each function takes what a record holds and returns the normal form as text, or raises
ValueError with a sentence that says what is wrong and how to write it.
"""

from __future__ import annotations

import ipaddress
import math
import re
import unicodedata
from collections.abc import Callable

import idna

from graphkit.model import interval
from graphkit.model.defanging import refang
from graphkit.model.invisible import in_brief

MAX_TEXT = 100_000
BETWEEN = " | "
"""What stands between several values in one cell of what is handed over."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SHORTENED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_HEX = re.compile(r"[0-9a-f]{32,128}")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_PLACEHOLDER = re.compile(r"(?i)(?:ua|g|gt|gtm|aw|dc|pub|ca-pub)-x+(?:-[xy\d]+)?")
_ADDRESS = re.compile(
    r"""(?ix) (?P<scheme> h(?:tt|xx)ps? (?: :// | \[:\]// | \[://\] ) (?:[^/?\#]*@)? )?
    (?P<host> [^/?\#:@\s\[\]]+ ) (?: \[?:\]? (?P<port>\d{1,5}) )? (?P<path> [/?\#].* )?""",
    re.DOTALL,
)
_LOCAL = re.compile(r"(?:.*\.)?localhost")
_ZEROS = re.compile(r"\d{0,3}0{7,}")
_TRUE = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


def text(value: object) -> str:
    """Any words: Unicode NFC, outer white space removed, no control characters."""
    if type(value) is str and value.isascii() and value.isprintable() and len(value) <= MAX_TEXT:
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("must be text")
    words = unicodedata.normalize("NFC", str(value)).strip()
    if len(words) > MAX_TEXT:
        raise ValueError(f"is {len(words):,} characters long; {MAX_TEXT:,} are allowed")
    if _CONTROL.search(words):
        raise ValueError("holds control characters; remove them")
    return words


def name(value: object) -> str:
    """What something is called, as words. Several names of one thing are no contradiction, and each finds it."""
    return text(value)


def opaque(value: object) -> str:
    """An identifier that says nothing by itself, such as a fingerprint: words, taken as they are written."""
    words = text(value)
    if _PLACEHOLDER.fullmatch(words):
        raise ValueError(f"'{words}' is the placeholder of a template; leave it out, or write the id that the page has")
    return words


def choice(value: object) -> str:
    """One of the words that the kind lists, in capitals or not."""
    return text(value)


def number(value: object) -> str:
    """A finite number."""
    try:
        amount = float(text(value).replace("_", "?"))
    except ValueError:
        raise ValueError(f"must be a number such as 3, not '{in_brief(str(value), 40)}'") from None
    if not math.isfinite(amount):
        raise ValueError("must be a finite number")
    return repr(int(amount)) if amount.is_integer() and abs(amount) < 2**53 else repr(amount)


def count(value: object) -> str:
    """A whole number, zero or more."""
    digits = number(value)
    if not digits.isdigit():
        raise ValueError("must be a whole number, zero or more; leave it out when it is not known")
    return digits


def flag(value: object) -> str:
    """True or false."""
    word = str(value).strip().lower()
    if word not in _TRUE:
        raise ValueError("must be true or false")
    return _TRUE[word]


def date(value: object) -> str:
    """An EDTF date or interval."""
    words = text(value)
    interval.parse(words)
    return words


def domain(value: object) -> str:
    """A domain name as IDNA A-label, lower case, without a trailing dot (UTS 46, RFC 5891)."""
    name = _host_name(value)
    if _LOCAL.fullmatch(name):
        raise ValueError("names the machine that asks (RFC 6761), and no website")
    return name


def host_of(address: str) -> str:
    """Return the host of an address, defanged or not; an empty text where it is a name alone, or no address."""
    found = _ADDRESS.fullmatch(refang(address.strip()))
    if not found or not (found["scheme"] or ("." in found["host"] and (found["port"] or found["path"]))):
        return ""
    return found["host"]


def _host_name(value: object) -> str:
    """Return a domain name, or the name of a machine in an e-mail address."""
    name = refang(text(value)).rstrip(".。．｡")
    if "*" in name:
        raise ValueError("is a wildcard, which names no website; name each domain by itself, like example.com")
    try:
        ascii_name = name.lower() if name.isascii() else idna.encode(name, uts46=True).decode().lower()
    except idna.IDNAError as problem:
        raise ValueError(f"is not a domain name: {problem}") from None
    if len(ascii_name) > 253 or not all(_LABEL.fullmatch(label) for label in ascii_name.split(".")):
        if alone := host_of(name):
            raise ValueError(f"is a web address; write its domain alone: {_host_name(alone)}")
        raise ValueError("is not a domain name; write it like example.com")
    if wrong := next((label for label in ascii_name.split(".") if label[:4] == "xn--" and not _decodes(label)), None):
        raise ValueError(f"is not a domain name: nothing is written as '{wrong}'")
    if ascii_name.replace(".", "").isdigit():
        raise ValueError("is an address and not a domain name")
    return ascii_name


def _decodes(label: str) -> bool:
    """Say whether an A-label stands for anything (RFC 3492); characters that registries take are not asked for."""
    try:
        label.removeprefix("xn--").encode().decode("punycode")
    except UnicodeError:
        return False
    return True


def ip(value: object) -> str:
    """An IPv4 or IPv6 address or CIDR range in its shortest form (RFC 5952), an IPv4-mapped one as IPv4."""
    words = text(value)
    try:
        if "/" in words:
            return str(ipaddress.ip_network(words))
        address = ipaddress.ip_address(words)
        return str(getattr(address, "ipv4_mapped", None) or address)
    except ValueError:
        raise ValueError("is not an IP address or range; write it like 198.51.100.7 or 198.51.100.0/24") from None


def email(value: object) -> str:
    """An e-mail address in lower case, its domain as A-label."""
    local, at, host = text(value).rpartition("@")
    if not at or not local or any(char.isspace() for char in local):
        raise ValueError("is not an e-mail address; write it like name@example.com")
    return f"{local.lower()}@{_host_name(host)}"


def phone(value: object) -> str:
    """A telephone number as digits, with a leading + when the source gives one (after E.164)."""
    words = unicodedata.normalize("NFKC", text(value))
    if _SHORTENED.fullmatch(words):
        raise ValueError("was shortened by a spreadsheet program and has lost digits; take it from where it came from")
    digits = "".join(str(unicodedata.decimal(char)) for char in words if char.isdecimal())
    if not 3 <= len(digits) <= 20:
        raise ValueError("is not a telephone number")
    if _ZEROS.fullmatch(digits):
        raise ValueError("is all zeros, in place of a telephone number; leave it out")
    return f"+{digits}" if words.startswith("+") else digits


def url(value: object) -> str:
    """A web address, kept as text and never opened."""
    words = text(value)
    if not re.match(r"(?i)h(tt|xx)ps?://\S+$", words):
        raise ValueError("is not a web address; write it like https://example.com/page")
    return words


def hexadecimal(value: object) -> str:
    """A hash in lower-case hexadecimal."""
    digits = text(value).lower().replace(":", "")
    if not _HEX.fullmatch(digits):
        raise ValueError("is not a hash in hexadecimal")
    return digits


TYPES: dict[str, Callable[[object], str]] = {
    "text": text,
    "name": name,
    "opaque": opaque,
    "choice": choice,
    "number": number,
    "count": count,
    "flag": flag,
    "date": date,
    "domain": domain,
    "ip": ip,
    "email": email,
    "phone": phone,
    "url": url,
    "hash": hexadecimal,
}


def identifier_key(value: str) -> str:
    """Return the form of a name or label that goes into a derived id: NFKC, case folded, one space."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def slug(value: str) -> str:
    """Return the form of a company name that goes into a derived id: words joined by hyphens."""
    return "-".join(re.findall(r"\w+", identifier_key(value))) or identifier_key(value)
