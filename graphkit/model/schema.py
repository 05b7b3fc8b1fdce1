"""The catalog of kinds, read from one YAML file each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from graphkit.errors import ChooseAgain, SchemaError, did_you_mean
from graphkit.model import values, yaml_file
from graphkit.model.refused import DenyList

DENY_FILE = "refused.yaml"
ANY = "any"
RESERVED = {
    "id",
    "kind",
    "link",
    "from",
    "to",
    "title",
    "type",
    "names",
    "ids",
    "disputed",
    "support",
    "spans",
    "first_seen",
    "last_seen",
}


@dataclass(frozen=True, slots=True)
class Made:
    """What a value stands for when it is a thing of its own, such as the Domain behind a domain name."""

    kind: str
    prefix: str
    named: bool = False

    def id(self, value: str) -> str:
        """Return the id derived from a normal value."""
        if self.named:
            return self.prefix + values.slug(value)
        return self.prefix + (values.identifier_key(value) if self.prefix.startswith("registrant-") else value)


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a kind.

    ``many`` says that several values are no contradiction, ``steps`` that those from different days are none,
    ``begins`` that the thing is there from this date on; ``ends`` are the values that say that it is gone.
    """

    name: str
    type: str
    about: str = ""
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    makes: Made | None = None
    begins: bool = False
    steps: bool = False
    ends: tuple[str, ...] = ()

    def normal(self, value: object) -> str:
        """Return the value's normal text; ValueError says what is wrong with it."""
        words = values.TYPES[self.type](value)
        if not self.choices:
            return words
        by_lower = {choice.lower(): choice for choice in self.choices}
        if words.lower() not in by_lower:
            raise ValueError(f"'{words[:40]}' is not one of {', '.join(self.choices)}")
        return by_lower[words.lower()]


@dataclass(frozen=True, slots=True)
class Edge:
    """The ends a relation may have, and how it is put into words: ``{from} {says} {to}``.

    In a file, ``any`` stands for all kinds of things. Where one ``closes``, an end that a claim states holds for the
    claims that began by then and state none: who saw it last does not know when it ended.
    """

    from_kinds: tuple[str, ...]
    to_kinds: tuple[str, ...]
    says: str
    symmetric: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: an entity, a relation (``edge``), an observation or a register entry."""

    name: str
    about: str
    properties: dict[str, Property]
    edge: Edge | None = None
    id_template: str | None = None
    accuses: str | None = None
    observation: bool = False
    registry: bool = False
    icon: str = ""
    valid_from: tuple[str, ...] = ()
    valid_to: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_entity(self) -> bool:
        """Whether things of this kind are nodes made of claims."""
        return not (self.edge or self.observation or self.registry)


@dataclass(frozen=True)
class Catalog:
    """All kinds by name, and the deny-list."""

    kinds: dict[str, Kind]
    deny: DenyList = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> Catalog:
        """Read every ``*.yaml`` in the folder; SchemaError names the file and what is wrong."""
        kinds: dict[str, Kind] = {}
        files: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml")):
            if path.name != DENY_FILE:
                kind = _read_kind(path)
                if kind.name in kinds:
                    raise SchemaError(f"{path.name}: the kind '{kind.name}' stands in {files[kind.name]} already")
                kinds[kind.name], files[kind.name] = kind, path.name
        entities = tuple(kind.name for kind in kinds.values() if kind.is_entity)
        kinds = {name: _with_any(kind, entities) for name, kind in kinds.items()}
        catalog = cls(kinds, _read_deny_list(folder / DENY_FILE))
        catalog._check(files)
        return catalog

    @cached_property
    def digest(self) -> str:
        """A text that is another one for every other set of kinds."""
        return blake2b(repr(self.kinds).encode(), digest_size=8).hexdigest()

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds.values())

    def __getitem__(self, name: str) -> Kind:
        try:
            return self.kinds[name]
        except KeyError:
            raise ChooseAgain(
                f"No kind named '{name}'.{did_you_mean(name, self.kinds)} 'graphkit add --list' lists them."
            ) from None

    @cached_property
    def entities(self) -> list[Kind]:
        """The kinds whose things are nodes made of claims."""
        return [kind for kind in self if kind.is_entity]

    def entity(self, name: str) -> Kind:
        """Return a kind of thing; ChooseAgain when there is none of this name."""
        kind = self[name]
        if not kind.is_entity:
            known = ", ".join(entity.name for entity in self.entities)
            raise ChooseAgain(f"'{name}' is no kind of thing, and things are ranked. Kinds of things are {known}.")
        return kind

    @cached_property
    def relations(self) -> list[Kind]:
        """The kinds that link two things."""
        return [kind for kind in self if kind.edge]

    def accusing(self, relation: str, from_kind: str, to_kind: str) -> bool:
        """Say whether a relation between two kinds is worded as an allegation everywhere."""
        accuses = self[relation].accuses
        return accuses == "always" or (accuses == "persons" and "Person" in (from_kind, to_kind))

    def _check(self, files: dict[str, str]) -> None:
        for kind in self:
            named = [m.makes.kind for m in kind.properties.values() if m.makes]
            named += [*kind.edge.from_kinds, *kind.edge.to_kinds] if kind.edge else []
            named += [relation for _, relation, _ in kind.links]
            for name in named:
                if name not in self.kinds:
                    raise SchemaError(f"{files[kind.name]}: names the kind '{name}', which has no file")
            for name in {end for start, _, end_ in kind.links for end in (start, end_)} - {"self", *kind.properties}:
                raise SchemaError(f"{files[kind.name]}: a link names the property '{name}', which {kind.name} lacks")


def _read_edge(raw: dict[str, Any]) -> Edge:
    ends = tuple(raw["from"]), tuple(raw["to"])
    return Edge(*ends, raw["says"], raw.get("symmetric", False), raw.get("closes", False))


def _read_kind(path: Path) -> Kind:
    try:
        return _kind(yaml_file.read(path))
    except KeyError as missing:
        raise SchemaError(f"{path.name}: {missing} is missing") from missing
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as problem:
        raise SchemaError(f"{path.name}: {problem}") from problem


def _with_any(kind: Kind, entities: tuple[str, ...]) -> Kind:
    if kind.edge is None:
        return kind
    ends = [entities if ends == (ANY,) else ends for ends in (kind.edge.from_kinds, kind.edge.to_kinds)]
    return replace(kind, edge=replace(kind.edge, from_kinds=ends[0], to_kinds=ends[1]))


def _read_deny_list(path: Path) -> DenyList:
    try:
        return DenyList.load(path)
    except KeyError as missing:
        raise SchemaError(f"{path.name}: {missing} is missing") from missing
    except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as problem:
        raise SchemaError(f"{path.name}: {problem}") from problem


def _kind(raw: Any) -> Kind:
    if not isinstance(raw, dict):
        raise ValueError("must hold keys, such as kind and about")
    properties: dict[str, Property] = {}
    for name, spec in (raw.pop("properties", None) or {}).items():
        properties[name] = _property(name, spec)
        if spec["type"] == "count":
            for bound, word in (("low", "least"), ("high", "most")):
                about = f"The {word} it can be, where a source gives a range for {name}."
                properties[f"{name}_{bound}"] = Property(f"{name}_{bound}", "count", about, many=True)
    edge = raw.pop("edge", None)
    valid = raw.pop("valid", {})
    kind = Kind(
        name=raw.pop("kind"),
        about=raw.pop("about"),
        properties=properties,
        edge=_read_edge(edge) if edge else None,
        id_template=raw.pop("id", None),
        accuses=raw.pop("accuses", None),
        observation=raw.pop("observation", False),
        registry=raw.pop("registry", False),
        icon=raw.pop("icon", ""),
        valid_from=tuple(valid.get("from", ())),
        valid_to=tuple(valid.get("to", ())),
        links=tuple((a, b, c) for a, b, c in raw.pop("links", ())),
    )
    if kind.accuses not in (None, "always", "persons"):
        raise ValueError(f"accuses is '{kind.accuses}'; it must be always or persons")
    if raw:
        raise ValueError(f"unknown keys: {', '.join(raw)}")
    return kind


def _property(name: str, spec: dict[str, Any]) -> Property:
    if spec["type"] not in values.TYPES:
        raise ValueError(f"{name}: no type named '{spec['type']}'.{did_you_mean(spec['type'], values.TYPES)}")
    if name in RESERVED or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"{name}: this property name is reserved or not in lower_snake_case")
    many = spec.get("many", False) or spec["type"] == "name"
    made = Made(**spec["makes"]) if "makes" in spec else None
    choices, ends = tuple(spec.get("choices", ())), tuple(spec.get("ends", ()))
    required, begins, steps = (spec.get(mark, False) for mark in ("required", "begins", "steps"))
    return Property(name, spec["type"], spec.get("about", ""), many, required, choices, made, begins, steps, ends)
