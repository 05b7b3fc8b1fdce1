"""How an owner of shady sites names them."""

from __future__ import annotations

from dataclasses import dataclass

from bench.worlds.other.marks import mistyped
from bench.worlds.other.words import THEMES
from bench.worlds.other.world import World

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """A way of naming: after a brand, by a pattern of words, by chance, or as honest sites are named."""

    style: str
    brand: str
    theme: str
    between: str
    before: str
    after: str
    ending: str | None
    fixed: str | None


def new_habit(world: World, theme: str, care: float) -> Habit:
    """Return a way of naming; the more careful an owner is, the less often it is after one brand."""
    chance, words = world.chance, THEMES[theme]
    kind = chance.random()
    if kind < 0.55 * (1 - care) + 0.12:
        style = "brand"
    elif kind < 0.75:
        style = "pattern"
    else:
        style = "chance" if kind < 0.85 else "honest"
    if chance.random() < 0.15:
        brand = chance.choice(world.providers.brands[theme])
    else:
        brand = world.names.word() + (chance.choice(words) if chance.random() < 0.5 else "")
    return Habit(
        style=style,
        brand=brand,
        theme=theme,
        between=chance.choice(["", "", "-"]),
        before=chance.choice(["", "", "my", "get", "the", "best", "new"]),
        after=chance.choice(["", "", "online", "24", "pro", "hub", "zone", "x"]),
        ending=chance.choice([None, None, "example", "test"]),
        fixed=chance.choice(words) if chance.random() < 0.5 else None,
    )


def named(world: World, habit: Habit, number: int) -> str:
    """Return a new domain for the site of this number."""
    return world.names.domain(_label(world, habit, number), habit.ending)


def _label(world: World, habit: Habit, number: int) -> str:
    chance = world.chance
    if habit.style == "brand":
        return _after_brand(world, habit, number)
    if habit.style == "pattern":
        return _by_pattern(world, habit)
    if habit.style == "chance":
        syllables = range(chance.randint(3, 5))
        stem = "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in syllables)
        return stem + chance.choice(["", str(chance.randint(1, 99))])
    return world.names.label()


def _after_brand(world: World, habit: Habit, number: int) -> str:
    chance, brand = world.chance, habit.brand
    labels = [
        f"{brand}{number + 1}",
        brand + habit.between + chance.choice(THEMES[habit.theme]),
        chance.choice(["my", "new", "get", "the", "go", "vip"]) + habit.between + brand,
        brand + chance.choice(["hd", "tv", "x", "-online", "24", "pro", "vip"]),
        mistyped(chance, brand) + chance.choice(["", "1", "z"]),
        brand,
    ]
    return chance.choice(labels)


def _by_pattern(world: World, habit: Habit) -> str:
    chance = world.chance
    first, second = chance.sample(THEMES[habit.theme], 2)
    stem = habit.between.join(part for part in (habit.before, first, habit.fixed or second) if part)
    if habit.after:
        return stem + habit.between + habit.after
    return stem + chance.choice(["", "", str(chance.randint(1, 99))])
