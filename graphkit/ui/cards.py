"""Claims, relations and contradictions as cards. Text from data is always shown as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.exports import wording
from graphkit.model.claim import Claim
from graphkit.model.defanging import defang, defang_links

SHOWN = 40
UNRATED = wording.UNRATED
NOT_RATED = "“Not rated”: nobody has said how reliable the source is, or how sure the claim. It is no bad mark."
THREE_LINES = 72
"""Height of a row in which text goes over three lines; up to 64 pixels a table cuts it after one."""
Beside = Callable[[Claim, flow.Dossier], None]
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Return text that Markdown shows letter by letter: no picture, no formula, no directive, no link.

    Web and mail addresses are defanged, since Markdown would make links of them even when escaped.
    """
    return _SIGNS.sub(r"\\\1", defang_links(text).replace("\n", " "))


def contradictions(found: flow.Dossier) -> None:
    """Show what is contradicted about a thing, above everything else."""
    for conflict in found.conflicts:
        if conflict["about"] == found.node["id"]:
            disputed(wording.difference(conflict, found.called))
        else:
            disputed(wording.contradiction(conflict, found.called, flow.catalog()))


def disputed(line: str) -> None:
    """Show one contradiction."""
    st.error(f":small[Disputed: {plain(line)}]", icon=":material/call_split:")


def decisions(found: flow.Dossier) -> None:
    """Show what people decided about a thing."""
    for decision in found.decisions:
        st.info(plain(wording.decided(decision, found.names_apart)), icon=":material/gavel:")


def claims(found: flow.Dossier, beside: Beside) -> None:
    """Show the claims on the thing itself, property by property, every value with who says it and where.

    ``beside`` shows what belongs to a claim below it, such as its document.
    """
    own = [claim for claim in found.claims if claim.about == found.node["id"]]
    if not own:
        st.caption("No source says anything of this by itself; it is known from the relations it stands in.")
    order = list(flow.catalog()[found.node["kind"]].properties)
    by_property: dict[str, list[Claim]] = {}
    for claim in sorted(own, key=lambda claim: order.index(claim.property))[:SHOWN]:
        by_property.setdefault(claim.property, []).append(claim)
    for name, said in by_property.items():
        with st.container(border=True, gap="small"):
            st.markdown(small(plain(name.replace("_", " "))))
            for claim in said:
                st.markdown(_claim(claim, found))
                beside(claim, found)
    if any(claim.confidence is None and not claim.credibility for claim in own):
        st.caption(NOT_RATED)
    if len(own) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(own)} claims. All of them: graphkit show {plain(found.node['id'])}")


def set_aside(found: flow.Dossier) -> None:
    """Show the claims that do not count, each with the decision that set it aside."""
    if not found.set_aside:
        return
    with st.expander(f"Set aside by decisions, not counted: {len(found.set_aside)}"):
        for claim, entry in found.set_aside[:SHOWN]:
            value = found.names.get(claim.value, claim.value) if claim.object_kind else claim.value
            said = f"{claim.property.replace('_', ' ')}: {value}"
            why = small(f"_{plain(entry.get('why', ''))}_ · {plain(entry['id'])}")
            st.markdown(f":gray[~~{plain(said)}~~]  \n{small(attribution(claim, found))}  \n{why}")


def _claim(claim: Claim, found: flow.Dossier) -> str:
    prop = flow.catalog()[claim.kind].properties.get(claim.property)
    value = defang(claim.value) if prop and prop.type == "url" else claim.value
    notes = [claim.summary, claim.quote and f"“{claim.quote}”", claim.note, claim.resolution]
    notes.append(claim.raw and f"Written in the source: {claim.raw}")
    lines = [f"**{plain(value)}**" + "".join(f" · {mark}" for mark in _marks(claim)), small(attribution(claim, found))]
    return "  \n".join(lines + [small(f"_{plain(str(text))}_") for text in notes if text])


def _marks(claim: Claim) -> list[str]:
    return [mark for mark in (claim.stance, claim.modality) if mark not in ("asserts", "stated")]


def small(safe: str) -> str:
    """Return safe Markdown in small grey letters."""
    return f":small[:gray[{safe}]]"


def attribution(claim: Claim, found: flow.Dossier) -> str:
    """Return when a claim holds, who says it, in which source, where in it, and its rating, as safe Markdown."""
    source = found.sources[claim.source]
    held = [text for text in (claim.valid_from, claim.valid_to) if text]
    parts: list[str | None] = [f"Held {' to '.join(dict.fromkeys(held))}"] if held else []
    parts += [
        f"Said by {wording.speaker(claim.claimant, claim.source, found.called)}",
        source["name"],
        claim.locator,
        source["published"],
        wording.rating(claim.confidence, claim.credibility),
    ]
    return " · ".join(plain(part) for part in parts if part)


def relation(row: dict[str, Any], found: flow.Dossier, beside: Beside) -> None:
    """Show one relation as a sentence, what it rests on, and each claim for or against it with what is beside it."""
    catalog = flow.catalog()
    start, end = (found.names.get(row[side], row[side]) for side in ("from", "to"))
    marks = [wording.when(row), wording.backing(row), "an allegation" if wording.alleged(row, catalog) else ""]
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{plain(start)}** {plain(wording.phrase(row, catalog))} **{plain(end)}**  \n"
            + small(" · ".join(plain(mark) for mark in marks if mark))
        )
        for claim in [claim for claim in found.claims if claim.about == row["id"]][:SHOWN]:
            st.markdown(_link_claim(claim, found))
            beside(claim, found)


def denials(found: flow.Dossier, beside: Beside) -> None:
    """Show what is denied or taken back of relations that nobody else asserts; no line is drawn for them."""
    drawn = {row["id"] for row in found.relations}
    for claim in found.claims:
        if claim.object_kind and claim.about not in drawn:
            edge = flow.catalog()[claim.property].edge
            start, end = (plain(found.names.get(id_, id_)) for id_ in (claim.subject, claim.value))
            with st.container(border=True, gap="small"):
                says = plain(edge.says if edge else claim.property)
                st.markdown(f"_{claim.stance}_: **{start}** {says} **{end}**  \n{small(attribution(claim, found))}")
                beside(claim, found)


def _link_claim(claim: Claim, found: flow.Dossier) -> str:
    own = "" if claim.object_kind else f"{claim.property.replace('_', ' ')}: {claim.value}"
    words = [*_marks(claim), own, claim.summary or ""]
    said = " ".join(word for word in words if word)
    lines = [plain(said)] if said else []
    return "  \n".join(small(line) for line in [*lines, attribution(claim, found)])


def links_table(found: flow.Dossier) -> None:
    """Show the relations of a thing as a table: the same as the picture, to sort and to read aloud."""
    catalog = flow.catalog()
    rows = [
        {
            "relation": " ".join(
                [
                    found.names.get(row["from"], row["from"]),
                    wording.phrase(row, catalog),
                    found.names.get(row["to"], row["to"]),
                    *(["(alleged)"] if wording.alleged(row, catalog) else []),
                ]
            ),
            "when": wording.when(row),
            "rests on": wording.backing(row),
        }
        for row in found.relations
    ]
    st.dataframe(
        rows,
        hide_index=True,
        row_height=THREE_LINES,
        height="content" if len(rows) < 7 else 6 * THREE_LINES,
        column_config={
            "relation": st.column_config.TextColumn(width=250),
            "when": st.column_config.TextColumn(width=110),
            "rests on": st.column_config.TextColumn(width=200),
        },
    )
    if any(row["support"] is None for row in found.relations):
        st.caption(NOT_RATED)
