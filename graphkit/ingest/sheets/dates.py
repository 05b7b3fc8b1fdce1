"""Dates as sheets write them, as EDTF. What can be read two ways is asked and never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from graphkit.model import interval

_DIGITS = {
    ord(digit): str(number) for zero in "٠۰०" for number, digit in enumerate(chr(ord(zero) + n) for n in range(10))
}
ORDERS = ("day first", "month first", "year first")
"""How the parts of a date such as 03/04/2014 follow each other."""
_PARTS = re.compile(r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,2}|\d{4})(?:[ T,]+\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[./\-](\d{1,2})")
_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.|º|er)?"
_TIME = r"(?:[ T,]+\d{1,2}:\d{2}.*)?"
_WORDS = re.compile(
    rf"(?:\w+,\s+)?(?:{_DAY}\s*(?:of |de |den )?[\s\-]*)?([^\W\d_]{{3,}})\.?,?[\s\-]*(?:de |del )?"
    rf"(?:{_DAY},\s*)?(\d{{4}}|'?\d{{2}}){_TIME}"
)
_EASTERN = re.compile(r"(\d{4})[年년]\s*(?:(\d{1,2})[月월]\s*(?:(\d{1,2})[日号號일])?)?")
_ABOUT = re.compile(r"(?:c(?:a|irca)?\.?|about|around|approx(?:\.|imately)?|um|vers|~)\s*(?=\d)", re.I)
_RANGE = re.compile(r"\s+(?:to|until|bis|à|a|–|—|-)\s+|\s*[–—]\s*")
_BRIEF_RANGE = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_EPOCH = date(1899, 12, 30)
_SECONDS = re.compile(r"[12]\d{9}(?:\d{3})?")  # since 1970, some in thousandths
_SERIAL = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
_MONTHS = (
    "jan januar january janvier enero gennaio janeiro января январь ocak",
    "feb februar february février fevrier febrero febbraio fevereiro февраля февраль şubat",
    "mar märz maerz march mars marzo março марта март mart mär mrz",
    "apr april avril abril aprile апреля апрель nisan avr abr",
    "may mai mayo maggio maio мая май mayıs mag",
    "jun juni june juin junio giugno junho июня июнь haziran giu",
    "jul juli july juillet julio luglio julho июля июль temmuz lug juil",
    "aug august août aout agosto августа август ağustos ago aoû",
    "sep sept september septembre septiembre settembre setembro сентября сентябрь eylül set",
    "oct okt october oktober octobre octubre ottobre outubro октября октябрь ekim ott out",
    "nov november novembre noviembre novembro ноября ноябрь kasım",
    "dec dez december dezember décembre decembre diciembre dicembre dezembro декабря декабрь aralık dic déc",
)
_NUMBERS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}


class Ambiguous(ValueError):
    """A date that can be read two ways."""


def order(values: Iterable[str]) -> str | None:
    """Return how the parts of dates follow each other, as far as a column shows it; None when either may be.

    A part above 12 is no month; one such value decides for the column when no other speaks against it.
    """
    first = second = doubtful = False
    for value in values:
        found = _PARTS.fullmatch(value)
        if found and len(found[1]) < 4:
            one, other = int(found[1]), int(found[2])
            first |= one > 12 >= other
            second |= other > 12 >= one
            doubtful |= one <= 12 and other <= 12 and one != other
    if first != second:
        return "day first" if first else "month first"
    return None if doubtful or first else "year first"


@lru_cache(2**16)
def edtf(value: str, parts: str | None = None) -> str:
    """Return a date as EDTF, as precise as it is written; ValueError says why it is none.

    ``parts`` is one of ORDERS; Ambiguous is raised when it is needed and None. Numbers of five digits are days as
    Excel counts them, numbers of ten seconds since 1970.
    """
    words = " ".join(unicodedata.normalize("NFKC", value).translate(_DIGITS).split())
    if _SERIAL.fullmatch(words):
        return (_EPOCH + timedelta(days=int(float(words)))).isoformat()
    if _SECONDS.fullmatch(words):
        return datetime.fromtimestamp(int(words[:10]), UTC).date().isoformat()
    ends = _BRIEF_RANGE.fullmatch(words)
    pair = list(ends.groups()) if ends else _RANGE.split(words)
    if len(pair) == 2 and all(pair):
        start, end = (_single(one, parts) for one in pair)
        return start if start == end else _checked(f"{start}/{end}")
    return _single(words, parts)


def is_doubtful(value: str) -> bool:
    """Say whether a date can be read day first or month first, and means another day either way."""
    found = _PARTS.fullmatch(value)
    return found is not None and len(found[1]) < 3 and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12


def _single(words: str, parts: str | None) -> str:
    about = _ABOUT.match(words)
    if about:
        return f"{_single(words[about.end() :], parts)}~"
    if found := _PARTS.fullmatch(words):
        return _in_parts(words, (found[1], found[2], found[3]), parts)
    if found := _EASTERN.fullmatch(words):
        return _checked("-".join(f"{int(part):02}" for part in found.groups() if part))
    if found := _COMPACT.fullmatch(words):
        return f"{words[:4]}-{found[2]}-{found[3]}"
    if found := _MONTH_YEAR.fullmatch(words):
        return _checked(f"{found[2]}-{int(found[1]):02}")
    if found := _YEAR_MONTH.fullmatch(words):
        return _checked(f"{found[1]}-{int(found[2]):02}")
    if (found := _WORDS.fullmatch(words)) and (month := _NUMBERS.get(found[2].casefold())):
        day = found[1] or found[3]
        return _checked(f"{_year(found[4])}-{month:02}" + (f"-{int(day):02}" if day else ""))
    return _checked(words)


def _in_parts(words: str, written: tuple[str, str, str], parts: str | None) -> str:
    one, other, last = written
    if len(one) == 4:
        return _checked(f"{one}-{int(other):02}-{int(last):02}")
    if len(one) > 2 or len(last) == 1:
        raise ValueError(f"'{words}' is no date")
    if parts == "year first" and int(one) > 31:
        return _checked(f"{_year(one)}-{int(other):02}-{int(last):02}")
    if one != other and int(one) <= 12 and int(other) <= 12 and parts not in ("day first", "month first"):
        raise Ambiguous(f"'{words}' can be read day first or month first; say which in the mapping")
    day, month = (one, other) if parts == "day first" or (parts != "month first" and int(one) > 12) else (other, one)
    return _checked(f"{_year(last)}-{int(month):02}-{int(day):02}")


def _year(digits: str) -> str:
    short = digits.removeprefix("'")
    if len(short) == 4:
        return short
    return f"{'19' if int(short) > 50 else '20'}{short}"


def _checked(words: str) -> str:
    interval.parse(words)
    return words
