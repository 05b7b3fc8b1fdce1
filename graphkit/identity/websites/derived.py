"""Values made of values: stems of domain names, e-mails and names that only a typing mistake keeps apart."""

from __future__ import annotations

import idna
import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.identity.names import words
from graphkit.identity.websites.observed import HIDDEN, TOLD, VALUES

Longs = NDArray[np.int64]
NEAR = {"email-near": "email", "name-near": "registrant-name"}
"""The kinds of values that are nearly the same, each with the kind it is made of."""
STEMS = (5, 6, 8, 11)
"""How many first letters of a domain are looked at."""
_LEAST_PART = 5
_LEAST_LABEL = 4
_LEAST_NEAR = 8
_MOST_NEAR = 6
"""More values that are near one another in a row are chance."""
_LONGEST = 40


def derived(values: pl.DataFrame, sites: pl.Series) -> pl.DataFrame:
    """Return values, text as in ``TOLD``, those made of them, and what the names of the sites begin with.

    A site that others redirect to has itself as a value of kind ``redirect``, as they have.
    """
    values = keyed(values)
    made = [_near(values, kind, near) for near, kind in NEAR.items()]
    return pl.concat([values, *made, _names(sites), _reached(values, sites)])


def keyed(values: pl.DataFrame) -> pl.DataFrame:
    """Return values as they are compared.

    E-mails and names have no capitals, the words of a name one order, but where they hide something, and a tracker is
    the account that it is part of.
    """
    lower, names = pl.col("text").str.to_lowercase(), ["registrant-name", "registrant-org"]
    in_order = lower.str.replace_all(r"[^\p{L}\p{N} ]", "").str.split(" ").list.sort().list.join(" ").str.strip_chars()
    name = pl.when(lower.str.contains(HIDDEN)).then(lower).otherwise(in_order)
    account = pl.col("text").str.replace(r"^(?i)(ua-\d+)-\d+$", "$1")
    read_as = {"email": lower, "tracker": account, **dict.fromkeys(names, name)}
    distinct = values.select("kind", "value").unique().with_columns(text=pl.col("value").cast(pl.String))
    keys = pl.concat(
        distinct.filter(pl.col("kind") == kind).select("kind", "value", key=key.cast(values.schema["value"]))
        for kind, key in read_as.items()
    )
    found = values.join(keys, on=["kind", "value"], how="left", maintain_order="left")
    return found.with_columns(value=pl.coalesce("key", "value")).drop("key")


def _undated(frame: pl.DataFrame) -> pl.DataFrame:
    dated = frame.with_columns(pl.lit(None, pl.Int32).alias(end) for end in ("from", "to"))
    return dated.select(list(VALUES)).cast(TOLD)


def _reached(values: pl.DataFrame, sites: pl.Series) -> pl.DataFrame:
    redirects = values.filter(pl.col("kind") == "redirect")
    targets = redirects.select("kind", "value", site="value").unique()
    return _undated(targets.join(sites.to_frame("site").cast({"site": TOLD["site"]}), on="site", how="semi"))


def _names(domains: pl.Series) -> pl.DataFrame:
    """Return what the names of sites begin with, and those names whole, which may stand under several endings."""
    sites, label = pl.DataFrame({"site": domains, "label": _labels(domains)}), pl.col("label")
    named = sites.with_columns(whole=label.str.replace_all(r"[-_0-9]+", ""))
    words_of = named.select("site", value=label.str.split("-")).explode("value")
    long = words_of.with_columns(pl.col("value").str.replace_all(r"[0-9]+", ""))
    begin = [long.filter(pl.col("value").str.len_chars() >= _LEAST_PART)]
    for size in STEMS:
        enough = named.filter(pl.col("whole").str.len_chars() >= size)
        begin.append(enough.select("site", value=pl.col("whole").str.slice(0, size)))
    same = named.select("site", value=label.str.replace_all("-", ""))
    same = same.filter(pl.col("value").str.len_chars() >= _LEAST_LABEL)
    found = [frame.with_columns(kind=pl.lit(kind)) for kind, frame in (("stem", pl.concat(begin)), ("label", same))]
    return _undated(pl.concat(found))


def _labels(domains: pl.Series) -> pl.Series:
    """Return the first label of each domain as one reads it, letters that look like Latin ones as those."""
    labels = domains.cast(pl.String).str.extract(r"^([^.]*)")
    coded = labels.str.starts_with("xn--")
    return labels.scatter(coded.arg_true(), labels.filter(coded).map_elements(_decoded, pl.String))


def _decoded(label: str) -> str:
    try:
        return "-".join(words(idna.decode(label)))
    except idna.IDNAError:
        return label


def _near(values: pl.DataFrame, kind: str, near: str) -> pl.DataFrame:
    """Return values of a kind that are one edit apart from others, as the one value that all of those are read as."""
    texts = values.filter(pl.col("kind") == kind)["value"].unique().cast(pl.String).sort()
    long = texts.filter(texts.str.split("@").list.first().str.len_chars().is_between(_LEAST_NEAR, _LONGEST))
    groups = _one_edit_apart(long)
    sizes = np.bincount(groups) if len(groups) else np.zeros(0, np.int64)
    kept = (sizes[groups] > 1) & (sizes[groups] <= _MOST_NEAR)
    leaders = {int(group): text for group, text in zip(groups[::-1].tolist(), long[::-1].to_list(), strict=True)}
    read_as = pl.DataFrame(
        {"value": long.filter(pl.Series(kept)), "near": [leaders[group] for group in groups[kept].tolist()]},
        schema={"value": pl.String, "near": pl.String},
    ).cast(TOLD["value"])
    found = values.filter(pl.col("kind") == kind).join(read_as, on="value")
    return found.with_columns(kind=pl.lit(near, TOLD["kind"]), value="near").select(list(VALUES))


def _one_edit_apart(texts: pl.Series) -> Longs:
    """Return a group for each text; those that one letter more, less, changed or exchanged keeps apart share one.

    Texts that are the same when one letter is taken from each are such: deletion neighbourhoods, Mor and Fraenkel,
    A Hash Code Method for Detecting and Correcting Spelling Errors, 1982. They are the same by a hash of 64 bits.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n, text = len(texts), pl.col("text")
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    frame = pl.DataFrame({"text": texts, "of": np.arange(n)})
    box = text.str.split("@").list.first().str.len_chars()
    keys = [frame.select("of", key=text.hash())]
    for at in range(_LONGEST):
        left = text.str.slice(0, at) + text.str.slice(at + 1)
        keys.append(frame.filter(box > at).select("of", key=left.hash()))
    in_order = pl.concat(keys).sort("key")
    key, of = in_order["key"].to_numpy(), in_order["of"].to_numpy()
    same = np.flatnonzero(key[1:] == key[:-1])
    links = coo_matrix((np.ones(len(same), np.int8), (of[same], of[same + 1])), shape=(n, n))
    groups: Longs = connected_components(links, directed=False)[1].astype(np.int64)
    return groups
