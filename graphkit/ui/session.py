"""What every page needs: the store, the case looked at, its snapshot, and one way to fail."""

from __future__ import annotations

import logging
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.errors import GraphkitError, NotFound, StoreMissing
from graphkit.exports import wording
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.model.decision import Contradiction
from graphkit.settings import Settings
from graphkit.stores import Store
from graphkit.ui import theme, timing
from graphkit.ui.cards import plain

WATCH = "4s"
_CASE = "case"
_BY_HAND = "Or add the first one by hand, on the page Add."
_ICON = Path(__file__).with_name("icon.svg")


def begin() -> None:
    """Set up the window; called once at the top of every run."""
    st.set_page_config(page_icon=str(_ICON), layout="wide")
    theme.apply()


def titled(page: st.Page) -> st.Page:
    """Return a page, with the tab of the browser called after it."""
    st.set_page_config(page_title=f"{page.title} · graphkit")
    return page


def pages(listed: Mapping[str, tuple[str, str, Callable[[], None]]]) -> list[st.Page]:
    """Return the pages for the navigation, each showing errors as a sentence, the first one at the root."""
    made = {}
    for place, (path, (title, icon, show)) in enumerate(listed.items()):
        made[path] = st.Page(_guarded(show), title=title, icon=icon, url_path=path, default=place == 0)
    st.session_state["pages"] = made
    return list(made.values())


_BROKE_OFF = (
    "This page broke off ({}), which is a defect of graphkit. Nothing in the store was changed by it. "
    "Reload the page; the terminal that serves the app says more."
)


def _guarded(show: Callable[[], None]) -> Callable[[], None]:
    def page() -> None:
        try:
            show()
        except GraphkitError as problem:
            st.info(plain(str(problem)), icon=":material/info:")
        except Exception as problem:
            logging.getLogger("graphkit").exception("The page broke off")
            st.error(plain(_BROKE_OFF.format(type(problem).__name__)), icon=":material/error:")

    return page


def go(path: str, **query: str) -> None:
    """Open another page, on the same case."""
    st.switch_page(st.session_state["pages"][path], query_params={"case": st.session_state[_CASE]} | query)


def address() -> str:
    """Return the address of the store: ``--store``, else GRAPHKIT_STORE, else the default."""
    given = sys.argv[sys.argv.index("--store") + 1 :] if "--store" in sys.argv else []
    return given[0] if given else Settings().store


@st.cache_resource(show_spinner=False)
def _store(at: str) -> Store:
    return flow.store_at(at)


def store() -> Store:
    """Return the store, shared by all sessions; it only reads."""
    return _store(address())


@st.cache_resource(show_spinner="Reading the records …", max_entries=6)
def _snapshot(at: str, scope: Scope, version: str) -> Snapshot:
    return flow.filled_snapshot(_store(at), scope)


@st.cache_resource(show_spinner=False, max_entries=512)
def _dossier(at: str, scope: Scope, version: str, id_: str) -> flow.Dossier:
    return flow.show(_store(at), scope, id_)


@st.cache_resource(show_spinner=False, max_entries=6)
def _conflicts(at: str, scope: Scope, version: str) -> pl.DataFrame:
    view = _snapshot(at, scope, version)
    rows, called = flow.conflicts(view), wording.called(view)
    what = [wording.question(row, called, flow.catalog()) for row in rows.iter_rows(named=True)]
    return rows.with_columns(what=pl.Series(what, dtype=pl.String))


def conflicts(view: Snapshot) -> pl.DataFrame:
    """Return the contradictions of a case, that on which most hangs first, with ``what`` each is about in words."""
    return _conflicts(address(), view.scope, view.version)


@st.cache_resource(show_spinner="Reading the requests …", max_entries=12)
def _requests(at: str, scope: Scope, version: str, asked: flow.RequestsAsked) -> flow.Requests:
    return flow.requests(_store(at), _snapshot(at, scope, version), asked)


def requests(view: Snapshot, asked: flow.RequestsAsked) -> flow.Requests:
    """Return the requests of a case that are asked for, kept until the store changes."""
    return _requests(address(), view.scope, view.version, asked)


@st.cache_resource(show_spinner=False, max_entries=6)
def _clashes(at: str, scope: Scope, version: str) -> list[Contradiction]:
    return flow.log(_store(at), scope).contradictions


def clashes(view: Snapshot) -> list[Contradiction]:
    """Return the decisions of a case that contradict each other."""
    return _clashes(address(), view.scope, view.version)


@st.cache_resource(show_spinner="Comparing …", max_entries=6)
def _comparison(at: str, a: str, b: str, version: str) -> flow.Comparison:
    return flow.compare(_store(at), a, b, last_used())


def comparison(a: str, b: str) -> flow.Comparison:
    """Return two cases beside each other, kept until the store changes."""
    return _comparison(address(), a, b, store().version())


def dossier(view: Snapshot, id_: str) -> flow.Dossier:
    """Return the dossier of a thing, kept until the store changes."""
    return _dossier(address(), view.scope, view.version, id_)


@st.cache_resource(show_spinner=False, max_entries=6)
def _documents(at: str, scope: Scope, version: str) -> dict[str, list[dict[str, Any]]]:
    return flow.documents_of(_store(at), scope)


def documents(view: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """Return the documents of the sources of a snapshot, by source, kept until the store changes."""
    return _documents(address(), view.scope, view.version)


def snapshot() -> Snapshot:
    """Return the snapshot of the case, and of the moment, chosen in the sidebar, as the store is now."""
    with _or_by_hand(StoreMissing):
        _watch(store().version())
        scope = _chosen()
    with st.sidebar:
        scope = replace(scope, moment=timing.asked())
    with nullcontext() if scope.moment else _or_by_hand(NotFound):
        view = _snapshot(address(), scope, store().version())
    _say_if_invented(view)
    timing.said(scope.moment)
    return view


@contextmanager
def _or_by_hand(nothing_yet: type[GraphkitError]) -> Iterator[None]:
    """Add to the error of a store or case that holds nothing that one can begin in the app, too."""
    try:
        yield
    except nothing_yet as problem:
        raise nothing_yet(f"{problem} {_BY_HAND}") from None


def _say_if_invented(view: Snapshot) -> None:
    if view.invented:
        with st.container(key="invented"):
            st.warning(plain(wording.INVENTED), icon=":material/science:")


def case_to_add_to() -> tuple[str, Snapshot | None]:
    """Return the case that is chosen, else the one to begin with, and its snapshot; None while it holds nothing."""
    if not store().exists() or flow.cases(store()).is_empty():
        return flow.case_to_add_to(store(), None, last_used()), None
    _watch(store().version())
    scope = _chosen()
    try:
        view = _snapshot(address(), scope, store().version())
    except NotFound:
        return scope.cases[0], None
    _say_if_invented(view)
    return scope.cases[0], view


def sources(case: str) -> dict[str, str]:
    """Return the ids of the sources of a case and how they are offered, by title."""
    if not store().exists():
        return {}
    held = Scope((case,)).sources(store().register("Source")).sort("name", "id")
    return {id_: f"{name} · {id_}" for id_, name in held.select("id", "name").iter_rows()}


def how_to_load_into(case: str) -> str:
    """Return what to do where a case holds nothing yet."""
    load_it = f"graphkit load PATH --case {shlex.quote(case)}"
    return f"Case {case} holds no records yet. Add the first one here, or load many with '{load_it}'."


def last_used() -> LastUsed:
    """Return what was worked on last."""
    return LastUsed(Settings().state)


def snapshot_of(cases: Sequence[str]) -> Snapshot:
    """Return the snapshot of these cases together, as the store is now."""
    return _snapshot(address(), Scope(tuple(cases)), store().version())


def snapshot_as_of(view: Snapshot, day: str) -> Snapshot:
    """Return the snapshot of the same case as of another day, month or year."""
    return _snapshot(address(), replace(view.scope, moment=replace(view.scope.moment, as_of=day)), view.version)


def _chosen() -> Scope:
    """Return the case in the address, else the one looked at before in this window, else the one last used.

    NotFound, with the choice of another, when there is none as the address says.
    """
    known = flow.cases(store())
    names = dict(known.select("id", "name").iter_rows())
    held: str = st.session_state.get(_CASE, "")
    default = held if held in names else flow.scope_of(store(), [], last_used()).cases[0]
    asked = st.query_params.get(_CASE, default)
    ids = list(names)
    with st.sidebar:
        picked: str | None = st.selectbox(
            "Case",
            ids,
            index=ids.index(asked) if asked in names else None,
            format_func=lambda id_: names[id_] or id_,
            help="Everything on the pages comes from the sources of this case only.",
            placeholder="Choose a case",
        )
    chosen = asked if picked is None else picked
    scope = flow.scope_of(store(), [chosen], last_used())
    st.session_state[_CASE] = chosen
    if chosen != asked:
        st.query_params.pop("id", None)
    st.query_params[_CASE] = chosen
    return scope


@st.fragment(run_every=WATCH)
def _watch(shown: str) -> None:
    """Show new records soon after another process loaded them."""
    if store().version() != shown:
        st.rerun(scope="app")
