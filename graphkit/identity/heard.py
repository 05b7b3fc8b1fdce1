"""How a name is read aloud: scripts in Latin letters, and Latin words by what they sound like."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from graphkit.model import yaml_file

_FILE = Path(__file__).with_name("readings.yaml")
_KEPT = 2**17
_NAMED = re.compile(r"(?:LETTER|SYLLABLE|CHARACTER|VOWEL SIGN|VOWEL|SIGN) (?:SMALL |INDEPENDENT |SARA |QAA? )*(\w+)")
_SILENT = re.compile(
    r"VIRAMA|ASAT|COENG|TOANDAKHIAT|PROLONGED|SMALL TU|TONE|MAI |NUKTA|MUUSIKATOAN|TRIISAP|YAMAKKAN|THANTHAKHAT|VISARGA"
)
_VOWEL = re.compile(r"VIRAMA|ASAT|COENG|VOWEL|SARA")
_HANGUL = re.compile("eo|eu|ae")
_CONSONANT = re.compile(r"([^AEIOU]+)[AO]{1,2}")
_FIGURES = {"0": "o", "1": "i", "3": "e", "5": "s"}
_FOR_LETTER = re.compile("(?<=[a-z])[0135](?=[a-z])")
_PINYIN = re.compile("^(?:c(?!h)|q)")
_KOREAN_NAME = 4
_SMALL_KANA = re.compile(r"(?:KATAKANA|HIRAGANA) LETTER SMALL (Y?[AIUEO])")
_SYLLABLES = ("KATAKANA", "HIRAGANA", "HANGUL", "ETHIOPIC", "CHEROKEE", "CANADIAN", "YI")
_OF_SIGNS = frozenset({"CJK", "KATAKANA", "HIRAGANA", "HANGUL"})
_LETTERED = frozenset({"LATIN", "CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN", "DIGIT", ""})

_DOUBLED = re.compile(r"(.)\1+")


def script(text: str) -> str:
    """Return the script of the first letter of a text, as Unicode calls it, empty where there is no letter."""
    if text.isascii():
        return "LATIN"
    return _script(next((sign for sign in text if sign.isalpha()), "0"))


def is_lettered(name: str) -> bool:
    """Say whether a script writes all sounds by letters, so that it is read as it is written."""
    return name in _LETTERED


def is_of_signs(name: str) -> bool:
    """Say whether a script writes syllables or words, in languages in which l and r are one sound or one is missing."""
    return name in _OF_SIGNS


@lru_cache(_KEPT)
def sound(word: str) -> str:
    """Return a word of Latin letters by what it sounds like: the letters that languages write otherwise as one.

    Small letters and, for sh, ch, zh and kh, the capitals S, C, J and H. Figures inside a word stand for
    the letters they look like. Made for comparing, not for reading.
    """
    sounds, known = _sounds()
    word = word if word.isalpha() else _FOR_LETTER.sub(lambda met: _FIGURES[met[0]], word)
    heard = known.sub(lambda met: sounds[met[0]], "S" + word[1:] if word[:2] in ("xi", "xu") else word)
    return _DOUBLED.sub(r"\1", heard) or word


@lru_cache(_KEPT)
def romanized(text: str) -> str:
    """Return a text in Latin letters, whatever its script, words apart.

    Letters by tables and by the names that Unicode gives them (The Unicode Standard, ch. 4.8), with the vowel that
    goes without saying in scripts of India and its neighbours; Chinese signs by their pinyin, as far as known.
    """
    signs = unicodedata.normalize("NFKC", text)
    runs = groupby(signs, key=lambda sign: sign.isalnum() or unicodedata.category(sign)[0] == "M" or sign == "ー")
    return " ".join(word for is_word, run in runs if is_word and (word := _read("".join(run))))


def _read(run: str) -> str:
    if 1 < len(run) <= _KOREAN_NAME and _script(run[0]) == "HANGUL":
        first = _of_sign(run[0], unicodedata.name(run[0]), "")
        return f"{_tables()['korean'].get(first, first)} {''.join(map(_syllable, run[1:]))}"
    read = ""
    for sign, following in zip(run, [*run[1:], ""], strict=True):
        name = unicodedata.name(sign, "")
        small = _SMALL_KANA.match(name)
        if small and read:
            read = read.rstrip("aiueo")
            read += small[1].lower().lstrip("y" if read.endswith(("sh", "ch", "j")) else "")
        else:
            read += _of_sign(sign, name, following)
    return read


def _syllable(sign: str) -> str:
    return _of_sign(sign, unicodedata.name(sign, ""), "")


def _of_sign(sign: str, name: str, following: str) -> str:
    plain = unicodedata.normalize("NFKD", sign)[0] if name.startswith(("ARABIC", "HEBREW", "LATIN")) else sign
    for part in ("arabic", "hebrew", "han"):
        if plain in _tables()[part]:
            return _tables()[part][plain]
    if plain.isascii() or name.startswith("CJK"):
        return plain.lower()
    met = _NAMED.search(name)
    if "ANUSVARA" in name:
        return "n"
    if met is None or _SILENT.search(name):
        return ""
    if name.startswith("HANGUL"):
        return _HANGUL.sub(lambda vowel: _tables()["hangul"][vowel[0]], met[1].lower())
    if name.startswith(_SYLLABLES):
        return _tables()["kana"].get(met[1].lower(), met[1].lower())
    consonant = _CONSONANT.fullmatch(met[1])
    if consonant is None or "VOWEL" in name:
        return _DOUBLED.sub(r"\1", met[1].lower())
    vowel = "" if _VOWEL.search(unicodedata.name(following, "") if following else "") else "a"
    return _DOUBLED.sub(r"\1", consonant[1].lower()) + vowel


@cache
def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def _heard(met: re.Match[str]) -> str:
    return {"c": "ts", "q": "ch"}[met[0]]


@cache
def _sounds() -> tuple[dict[str, str], re.Pattern[str]]:
    sounds = _tables()["sounds"]
    return sounds, re.compile("|".join(sounds))


@cache
def _tables() -> dict[str, dict[str, str]]:
    given = yaml_file.read(_FILE)
    given["han"] = {sign: _PINYIN.sub(_heard, reading) for reading, signs in given["han"].items() for sign in signs}
    found: dict[str, dict[str, str]] = given
    return found
