"""How sites are named, and how names and mailboxes change from one site to the next."""

from __future__ import annotations

from bench.worlds.passive_dns.values import Values
from bench.worlds.passive_dns.words import GENERIC, MEDIA, TRADES

_FRONTS = ("the", "my", "new", "get", "real")
_NUMBERS = (2, 3, 4, 24, 7, 365, 1, 5)


def plain_name(values: Values) -> str:
    """Return the name of an ordinary site: a trade, a family, a place, a medium, or a word nobody knows."""
    chance, way = values.chance, values.chance.random()
    if way < 0.3:
        return values.popular(values.last_names).lower() + chance.choice(["", "-", ""]) + chance.choice(TRADES)
    if way < 0.5:
        return chance.choice(GENERIC) + chance.choice(["", "-"]) + chance.choice(TRADES)
    if way < 0.62:
        return chance.choice(TRADES) + chance.choice(["", "-"]) + values.word(2, 3)
    if way < 0.72:
        return chance.choice(GENERIC) + chance.choice(["", "-"]) + chance.choice(MEDIA)
    if way < 0.82:
        return values.word(2, 3) + chance.choice(MEDIA)
    if way < 0.83:
        return (values.word(1, 2) + chance.choice("üöäéšž") + values.word(1, 1)).encode("idna").decode()
    return values.word(3, 4)


def brand_name(values: Values) -> str:
    """Return the first name of a line of sites of an operator."""
    chance = values.chance
    if chance.random() < 0.7:
        return values.word(2, 3) + chance.choice(["", "-", ""]) + chance.choice(MEDIA)
    stem = chance.choice(GENERIC) + chance.choice(MEDIA) if chance.random() < 0.5 else plain_name(values)
    return values.word(3, 4) if _encoded(stem) else stem


def next_brand_name(values: Values) -> str:
    """Return a name for a line of sites that gives up the one it had."""
    return values.word(2, 3) + values.chance.choice(["", "-"]) + values.chance.choice(MEDIA + GENERIC)


def similar_name(values: Values, domain: str) -> str:
    """Return a name like that of a domain, or an ordinary one where that is not in Latin letters."""
    stem = domain.partition(".")[0]
    return plain_name(values) if _encoded(stem) else variant(values, stem)


def variant(values: Values, stem: str) -> str:
    """Return a name by which visitors know a site again; it is the same for another ending."""
    chance, base, way = values.chance, stem.rstrip("0123456789"), values.chance.random()
    if way < 0.28:
        return base
    if way < 0.5:
        return f"{base}{chance.choice(_NUMBERS)}"
    if way < 0.7:
        return base + chance.choice(["-", ""]) + chance.choice(MEDIA)
    if way < 0.8:
        return chance.choice(_FRONTS) + base
    if way < 0.9 and len(base) > 5:
        place = chance.randrange(1, len(base) - 1)
        return (base[:place] + base[place + 1 :]).strip("-")
    return f"{base[:4]}-{base[4:]}" if "-" not in base and len(base) > 6 else base.replace("-", "")


def mistyped(values: Values, text: str) -> str:
    """Return a name or a mailbox with a letter too many or too few, or another one."""
    chance = values.chance
    place = chance.randrange(1, max(2, len(text.partition("@")[0]) - 1))
    way = chance.random()
    if way < 0.3:
        return text[:place] + text[place] + text[place:]
    if way < 0.6 and len(text) > place + 1:
        return text[:place] + text[place + 1 :]
    if "@" in text:
        mailbox, mailer = text.split("@")
        if way < 0.85:
            return f"{mailbox}{chance.randint(1, 99)}@{mailer}"
        return f"{mailbox}@{values.popular(values.mailers)}"
    return text[:place] + chance.choice("aeioy") + text[place + 1 :]


def _encoded(stem: str) -> bool:
    return stem.startswith("xn--")
