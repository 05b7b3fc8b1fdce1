"""What an analysis is asked for: the metric, how it counts, and what it says of itself."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.analytics import LOW_IS_HIGH
from graphkit.graph.linked import WEIGHTS
from graphkit.graph.snapshot import Snapshot
from graphkit.ui.analysis import pick
from graphkit.ui.cards import plain

_STAYS: Any = {"persist_state": "session"}  # what is chosen is still there after a look at another tab or page
_METRIC, _TOLD = "analysis-metric", "analysis-metric-told"
_GROUPS = {"centrality": "Linked", "reach": "Near", "cohesion": "Knit together", "loss": "Loss"}
_AMONG = "Count only things of these kinds and the relations between them. Empty: all."
_THROUGH = "Link these things by what they share of other kinds, such as persons by incidents, in place of relations."
_DIRECTED = "Follow relations in their direction only. Most relations of evidence can be read both ways."
_NEAR = "Rank by nearness to these things: a walk begins at them again and again."


@dataclass(frozen=True, slots=True)
class Asked:
    """A metric, how it counts, and the kind of the things that are shown, all kinds if None."""

    metric: str
    kind: str | None
    counting: flow.Counting

    @property
    def said(self) -> str:
        """All of it as a text."""
        return f"{self.metric} {self.kind} {self.counting.said()}"

    def analysis(self, verb: str) -> flow.Analysis:
        """Return the analysis of it that a verb names."""
        return flow.Analysis(verb, self.metric, self.kind, self.counting)


def of_metric(view: Snapshot) -> Asked:
    """Ask for a metric, the kind that is shown, and how the metric counts, as far as it heeds that."""
    with st.sidebar:
        metric, kind = _metric(), _kind(view)
    return Asked(metric, kind, _counting(view, flow.HEEDS.get(metric, ())))


def of_groups(view: Snapshot) -> Asked:
    """Ask for how groups are looked for."""
    return Asked("", None, _counting(view, ("weights",)))


def nothing(_: Snapshot) -> Asked:
    """Ask for nothing."""
    return Asked("", None, flow.Counting())


def _counting(view: Snapshot, heeded: Sequence[str]) -> flow.Counting:
    with st.sidebar:
        among, through = _kinds(view)
        return flow.Counting(
            weights=_weights() if "weights" in heeded else "none",
            directed="directed" in heeded
            and st.toggle("Along directions", key="analysis-directed", help=_DIRECTED, **_STAYS),
            near=tuple(pick.many(view, "Near to", "near", _NEAR)) if "near" in heeded else (),
            among=among,
            through=through,
        )


def _kinds(view: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ask for the kinds that count alone, and for those of what these may share."""
    among = st.multiselect(
        "Only among kinds", view.kinds, key=f"analysis-among-{view.scope}", help=_AMONG, placeholder="All", **_STAYS
    )
    others = [kind for kind in view.kinds if kind not in among]
    if not among or not others:
        return tuple(among), ()
    key = f"analysis-through-{view.scope}-{'-'.join(among)}"
    through = st.multiselect("Linked by shared", others, key=key, help=_THROUGH, placeholder="Nothing", **_STAYS)
    return tuple(among), tuple(through)


def _metric() -> str:
    """Ask for the metric; the one that stands in the address is chosen when somebody comes by a link."""
    told = st.query_params.get("metric")
    if told in flow.METRICS and told != st.session_state.get(_TOLD):
        st.session_state[_METRIC] = told
    metric: str = st.selectbox(
        "Metric",
        list(flow.METRICS),
        key=_METRIC,
        format_func=lambda name: f"{_group(name)} · {called(name)}",
        help="What is counted. Each says below its name what it counts, and who devised it.",
        **_STAYS,
    )
    st.session_state[_TOLD] = metric
    if metric != next(iter(flow.METRICS)):
        st.query_params["metric"] = metric
    else:
        st.query_params.pop("metric", None)
    return metric


def _group(metric: str) -> str:
    module = flow.METRICS[metric].__module__.rpartition(".")[2]
    return _GROUPS.get(module, module)


def _kind(view: Snapshot) -> str | None:
    return st.selectbox(
        "Show kind",
        view.kinds,
        index=None,
        placeholder="All kinds",
        key=f"analysis-kind-{view.scope}",
        help="Ranks only things of this kind. All things count all the same.",
        **_STAYS,
    )


def _weights() -> str:
    weights: str = st.selectbox(
        "Weights",
        list(WEIGHTS),
        key="analysis-weights",
        help="  \n".join(f"**{name}**: {about}" for name, about in WEIGHTS.items()),
        **_STAYS,
    )
    return weights


def called(metric: str) -> str:
    """Return the name of a metric as it is shown."""
    return metric.replace("_", " ")


def counts(metric: str) -> str:
    """Return in one sentence what a metric counts."""
    return (inspect.getdoc(flow.METRICS[metric]) or "").partition("\n\n")[0].replace("\n", " ")


def explained(metric: str) -> None:
    """Show what a metric counts, and behind a button all that it says of itself."""
    text, more = st.columns([6, 1], vertical_alignment="center")
    order = " The lowest score ranks first." if metric in LOW_IS_HIGH else ""
    text.markdown(f"**{called(metric)}** · {plain(counts(metric))}{order}")
    with more.popover("Method", icon=":material/help:", width="stretch"):
        for part in (inspect.getdoc(flow.METRICS[metric]) or "").split("\n\n"):
            st.markdown(plain(part))
        st.caption(f"The same at the command line: graphkit rank {plain(metric)}")
