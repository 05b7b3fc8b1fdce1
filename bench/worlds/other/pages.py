"""What the pages of an independent site carry: trackers and a favicon."""

from __future__ import annotations

from bench.worlds.other.chance import ranked
from bench.worlds.other.marks import icon, tracker
from bench.worlds.other.world import Spell, World


def fill(world: World, spell: Spell, tracked: float, theme: str | None = None) -> None:
    """Add what pages carry; those of a shady site have a theme."""
    chance = world.chance
    if chance.random() < tracked:
        own = tracker(chance)
        first = chance.randint(spell.begins, (spell.begins + spell.ends) // 2)
        world.fact("Tracker", own, spell.of(first, spell.ends))
    if chance.random() < 0.07:
        world.fact("Tracker", tracker(chance), spell)
    if chance.random() < 0.10:
        world.fact("Tracker", ranked(chance, world.providers.wide_trackers), spell)
    if chance.random() < world.params.favicons:
        _put_icon(world, spell, theme)


def _put_icon(world: World, spell: Spell, theme: str | None) -> None:
    chance, providers = world.chance, world.providers
    kind = chance.random()
    if theme and kind < 0.25:
        kit_icon, kit_tracker = ranked(chance, providers.kits[theme])
        world.fact("Favicon", kit_icon, spell)
        if kit_tracker and chance.random() < 0.4:
            world.fact("Tracker", kit_tracker, spell)
    elif theme and kind < 0.32:
        world.fact("Favicon", chance.choice(providers.brand_icons), spell)
    elif kind < 0.6:
        world.fact("Favicon", ranked(chance, providers.system_icons, 1.1), spell)
    elif kind < 0.68:
        world.fact("Favicon", ranked(chance, providers.theme_icons, 0.5), spell)
    else:
        world.fact("Favicon", icon(chance), spell)
