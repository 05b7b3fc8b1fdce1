"""Web addresses and domains written so that nobody opens them by accident, and back."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"(?i)^http(?=s?://)")
_DEFANGED = re.compile(r"(?i)^hxxp(?=s?://)")
_ANYWHERE = re.compile(r"(?i)\bhttp(?=s?://)")
_DOT = re.compile(r"(?<=\w)\.(?=\w{2})")
_HOST = re.compile(r"(?i)(?:(?<=://)|\bwww\.)[\w.\[\]-]*\w")
_MAILED = re.compile(r"(?<=[\w.+-])@(?=[\w-])")


def defang(address: str) -> str:
    """Return a web address or domain written so that nobody opens it by accident."""
    return _SCHEME.sub("hxxp", address).replace("[.]", ".").replace(".", "[.]")


def refang(address: str) -> str:
    """Return a web address or domain as it was before ``defang``."""
    return _DEFANGED.sub("http", address).replace("[.]", ".")


def defang_name(name: str) -> str:
    """Return a name in which whatever may be a domain is defanged: with every dot between two letters or more."""
    return _ANYWHERE.sub("hxxp", _DOT.sub("[.]", refang(name)))


def defang_links(text: str) -> str:
    """Return a text in which what Markdown makes links of is defanged: hosts after ``://`` or ``www``, and e-mails.

    Other dots stay as they are, so that numbers and sentences read as they were written.
    """
    closed = _HOST.sub(lambda host: defang(host[0]), text)
    return _MAILED.sub("[@]", _ANYWHERE.sub("hxxp", closed))
