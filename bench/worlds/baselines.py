"""What else one may do: join what shares any value, or any rare one, or let splink decide."""

from __future__ import annotations

import logging
from collections.abc import Callable

import networkx as nx
import polars as pl

from graphkit.identity.websites.observed import KINDS, Family, Observed

RARE = 5
_SURE = 0.9
_KINDS = [kind for kind, family in KINDS.items() if family is not Family.OTHER]

Groups = list[tuple[str, ...]]


def any_value(seen: Observed) -> Groups:
    """Join all websites that share any value."""
    return _joined(_held(seen))


def rare_value(seen: Observed) -> Groups:
    """Join websites that share a value that at most five have."""
    held = _held(seen)
    rare = held.group_by("kind", "value").agg(n=pl.col("site").n_unique()).filter(pl.col("n") <= RARE)
    return _joined(held.join(rare, on=["kind", "value"], how="semi"))


def by_splink(seen: Observed) -> Groups:
    """Let splink 5 link them: every kind a column, blocked on each, weights by expectation and maximization."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as cl

    held = _held(seen)
    first = held.sort("value").group_by("site", "kind").agg(pl.col("value").first())
    wide = first.pivot(on="kind", index="site", values="value")
    kinds = [kind for kind in _KINDS if kind in wide.columns]
    columns = {kind: kind.replace("-", "_") for kind in kinds}
    frame = (
        seen.lives.select("site")
        .unique()
        .join(wide, on="site", how="left")
        .rename(columns)
        .rename({"site": "unique_id"})
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[cl.ExactMatch(name).configure(term_frequency_adjustments=True) for name in columns.values()],
        blocking_rules_to_generate_predictions=[block_on(name) for name in columns.values()],
    )
    api = DuckDBAPI()
    linker = Linker(api.register(frame.to_pandas()), settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for name in ("email", "tracker"):
        if name in columns.values():
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(name))
    pairs = linker.inference.predict(threshold_match_probability=_SURE).as_pandas_dataframe()
    graph = nx.Graph(pairs[["unique_id_l", "unique_id_r"]].itertuples(index=False, name=None))
    return [tuple(sorted(group)) for group in nx.connected_components(graph)]


def _held(seen: Observed) -> pl.DataFrame:
    return seen.values.filter(pl.col("kind").is_in(_KINDS)).select("site", "kind", "value").unique()


def _joined(held: pl.DataFrame) -> Groups:
    groups = held.group_by("kind", "value").agg("site").filter(pl.col("site").list.len() > 1)["site"].to_list()
    graph = nx.Graph((sites[0], other) for sites in groups for other in sites[1:])
    return [tuple(sorted(group)) for group in nx.connected_components(graph)]


BASELINES: dict[str, Callable[[Observed], Groups]] = {
    "any shared value": any_value,
    f"any value on at most {RARE} websites": rare_value,
    "splink 5": by_splink,
}
