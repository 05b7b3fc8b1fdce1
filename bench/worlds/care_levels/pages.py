"""What is on the pages of one site only, or comes with their design."""

from __future__ import annotations

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.providers import Template
from bench.worlds.care_levels.sites import Site
from bench.worlds.care_levels.world import World


def fill(
    world: World, site: Site, span: Span, tracker_share: float | None = None, favicon_share: float | None = None
) -> None:
    """Put a tracker and a favicon on a site, as often as said or as is usual, and certificates of its own."""
    chance, market, marks = world.chance, world.params.market, world.marks
    template = world.providers.templates.draw()
    if chance.happens(market.tracker if tracker_share is None else tracker_share):
        site.add("Tracker", marks.tracker(span[0]), span)
    leave_tracker(world, site, template, span)
    if chance.happens(market.favicon if favicon_share is None else favicon_share):
        site.add("Favicon", template.favicon if chance.happens(market.default_favicon) else marks.favicon(), span)
    if chance.happens(market.certificate):
        certify(world, site, span)


def leave_tracker(world: World, site: Site, template: Template, span: Span) -> None:
    """Leave the tracker of a template's maker on a site, now and then."""
    if template.tracker and world.chance.happens(template.kept * 0.15):
        site.add("Tracker", template.tracker, span)


def certify(world: World, site: Site, span: Span) -> None:
    """Give a site up to three certificates that no other has."""
    chance, (begins, ends) = world.chance, span
    for _ in range(chance.randint(1, 3)):
        issued = chance.randint(begins, max(begins, ends - 60))
        last = min(ends, issued + chance.choice([90, 365]))
        site.add("Certificate", chance.hexadecimal(), (issued, last))
