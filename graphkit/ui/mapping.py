"""How the rows of a sheet become records: proposed, shown, corrected by clicks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from graphkit import flow
from graphkit.ingest.sheets import correcting
from graphkit.ingest.sheets.dates import ORDERS
from graphkit.ingest.sheets.mapping import UNDECIDED, FileMapping, Same, SheetMapping, Template
from graphkit.ui.cards import plain

_HELD = "data-mapping"
_ROWS = 5


def form(file: Path) -> flow.Files | None:
    """Show what becomes of each sheet of a file, take corrections, and return how it is read; None while it is not."""
    made = flow.sheet_preview(file, flow.catalog(), _held(file), rows=_ROWS)
    mapping = _understood(made)
    for asks, _ in made.questions:
        st.warning(plain(f"To be answered: {asks}"), icon=":material/help:")
    for at, sheet in enumerate(made.sheets):
        with st.container(border=True):
            mapping = _sheet(mapping, at, sheet, file)
    for note in made.notes:
        st.caption(f":material/info: {plain(note)}")
    if mapping != made.mapping:
        st.session_state[_HELD] = (str(file), mapping)
        st.session_state["data-turn"] = _turn() + 1
        st.rerun()
    with st.expander("The mapping, to keep for the next sheet of this form"):
        st.code(made.text, language="yaml")
        name = f"{file.name.partition('.')[0]}-mapping.yaml"
        st.download_button("Download", made.text, file_name=name, on_click="ignore", icon=":material/download:")
    return flow.Files([file], flow.catalog(), flow.Understood(), made.mapping) if not made.questions else None


def _turn() -> int:
    return int(st.session_state.get("data-turn", 0))


def _held(file: Path) -> FileMapping | None:
    held: tuple[str, FileMapping] | None = st.session_state.get(_HELD)
    return held[1] if held and held[0] == str(file) else None


def _understood(made: flow.SheetPreview) -> FileMapping:
    """Ask who says what the file says, and what it is as a source."""
    mapping, source = made.mapping, dict(made.mapping.source)
    left, right = st.columns(2)
    title = left.text_input("The source: its title", source.get("name", ""), key=f"data-name-{_turn()}")
    publisher = right.text_input("Published by", source.get("publisher", ""), key=f"data-publisher-{_turn()}")
    left, right = st.columns(2)
    published = left.text_input(
        "Published on", source.get("published", ""), key=f"data-published-{_turn()}", help="EDTF."
    )
    claimant = right.text_input(
        "Who says it (claimant)",
        mapping.claimant or "",
        key=f"data-said-by-{_turn()}",
        help="Id or name of who says it. Needed for allegations. Without one, the publisher of the source is shown.",
    )
    given = {"name": title, "publisher": publisher, "published": published}
    source |= {name: value.strip() for name, value in given.items()}
    kept = {name: value for name, value in source.items() if value}
    mapping = replace(mapping, source=kept, claimant=claimant.strip() or None)
    if any(answer.startswith("dates=") for _, answer in made.questions):
        order = st.radio(
            "Dates such as 03/04/2014 are written", ORDERS[:2], index=None, horizontal=True, key="data-dates"
        )
        if order:
            mapping = replace(mapping, sheets=tuple(replace(one, dates=order) for one in mapping.sheets))
    return mapping


def _sheet(mapping: FileMapping, at: int, shown: flow.SheetUse, file: Path) -> FileMapping:
    """Show one sheet and take corrections of it."""
    one, key = mapping.sheets[at], f"data-{at}-{_turn()}"
    st.markdown(f"**{plain(shown.title)}**")
    left, right = st.columns([1, 3])
    header = left.number_input(
        "Row of the header",
        0,
        100_000,
        shown.header,
        key=f"{key}-header",
        help="The row that names the columns; 0: none.",
    )
    if header != shown.header:
        anew = flow.sheet_preview(file, flow.catalog(), None, (f"header={header}",), _ROWS)
        return correcting.with_sheet(mapping, at, anew.mapping.sheets[min(at, len(anew.mapping.sheets) - 1)])
    labels = [template.label for template in one.records]
    kinds = {one.label: _called(one) for one in one.records}
    kept = right.pills(
        "A row makes",
        labels,
        selection_mode="multi",
        default=labels,
        format_func=lambda label: f"{label} · {kinds[label]}",
        key=f"{key}-made",
        help="What is taken out is not loaded, nor the relations to it.",
    )
    if kept and set(kept) != set(labels):
        return correcting.with_sheet(mapping, at, correcting.only(one, kept))
    changed = _records(one, key)
    if changed == one:
        changed = _columns(one, shown, key)
    st.caption("The first records")
    said = [flow.in_short(record) for record in shown.records]
    st.dataframe(
        pd.DataFrame(said, columns=["kind", "id", "says"]),
        hide_index=True,
        column_config={"kind": st.column_config.Column(width="small"), "says": st.column_config.Column(width="large")},
    )
    return mapping if changed == one else correcting.with_sheet(mapping, at, changed)


def _records(sheet: SheetMapping, key: str) -> SheetMapping:
    """Ask of which kind each record of a row is, and which others a relation links; offer one more."""
    kinds = [kind.name for kind in flow.catalog() if kind.name not in ("Decision", "Tombstone", "Document", "Case")]
    labels = [one.label for one in sheet.records if not _is_link(one)]
    undecided = any(one.is_open for one in sheet.records)
    with st.expander("Of which kinds the records are", expanded=undecided):
        for template in sheet.records:
            columns = st.columns(3)
            if isinstance(template.kind, str):
                now = kinds.index(template.kind) if template.kind in kinds else None
                kind = columns[0].selectbox(template.label, kinds, now, key=f"{key}-{template.label}-kind")
                if kind and kind != template.kind:
                    return correcting.of_kind(sheet, template.label, kind)
            elif template.is_open:
                words = f"{template.label}, where '{template.kind.columns[0]}' is empty"
                if kind := columns[0].selectbox(words, kinds, None, key=f"{key}-{template.label}-empty"):
                    return correcting.of_kind_where_empty(sheet, template.label, kind)
            for end, column in zip(("from", "to"), columns[1:], strict=True) if _is_link(template) else ():
                (part,) = template.fields.get(end, (None,))
                now = labels.index(part.label) if isinstance(part, Same) and part.label in labels else None
                chosen = column.selectbox(end, labels, now, key=f"{key}-{template.label}-{end}")
                if chosen and part != Same(chosen):
                    return correcting.linked(sheet, template.label, end, chosen)
        more = st.selectbox(
            "One more record of each row", kinds, None, key=f"{key}-more", placeholder="Choose its kind"
        )
    return correcting.with_one_more(sheet, more) if more else sheet


def _is_link(template: Template) -> bool:
    kind = flow.catalog().kinds.get(template.kind) if isinstance(template.kind, str) else None
    return kind is not None and kind.edge is not None


def _columns(sheet: SheetMapping, shown: flow.SheetUse, key: str) -> SheetMapping:
    """Show what each column becomes, to be chosen in its cell."""
    told = {use.name: ["refused"] if use.refused else list(use.goes_to) for use in shown.columns}
    table = pd.DataFrame({"column": list(told), "first value": [use.first[:80] for use in shown.columns]})
    table["becomes"] = list(told.values())
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=["column", "first value"],
        column_config={"becomes": st.column_config.MultiselectColumn(options=_targets(sheet), width="large")},
        key=f"{key}-columns",
    )
    uses = {name: list(chosen) for name, chosen in zip(edited["column"], edited["becomes"], strict=True)}
    refused = {use.name for use in shown.columns if use.refused}
    if all(uses[name] == told[name] for name in told if name not in refused):
        return sheet
    return correcting.going_to(sheet, {name: chosen for name, chosen in uses.items() if name not in refused})


def _called(template: Template) -> str:
    if template.kind == UNDECIDED:
        return "of which kind?"
    return template.kind if isinstance(template.kind, str) else "by column"


def _kinds(template: Template) -> list[str]:
    """Return the kinds of things that a template makes; of undecided ones those that they can be."""
    if template.kind == UNDECIDED:
        return ["Person"]
    return (
        [template.kind]
        if isinstance(template.kind, str)
        else sorted({*(template.kind.means or {}).values()} - {UNDECIDED})
    )


def _targets(sheet: SheetMapping) -> list[str]:
    """Return the fields that a column can go to, as ``label.field``."""
    found = []
    for template in sheet.records:
        kinds = _kinds(template)
        names = dict.fromkeys(field.name for kind in kinds for field in flow.fields(flow.catalog()[kind]))
        found += [
            f"{template.label}.{name}" for name in (*([] if isinstance(template.kind, str) else ["kind"]), *names)
        ]
    return found
