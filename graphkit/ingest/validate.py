"""Is this a record of its kind? Pydantic models made from the schema give the answer."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

from graphkit.errors import ChooseAgain, Rejected, did_you_mean
from graphkit.model import interval, values
from graphkit.model.claim import MAX_QUOTE, Modality, Stance
from graphkit.model.schema import Catalog, Kind, Property

MAX_ID = 512
MAX_VALUES = 10_000


def _absent(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def identifier(value: object) -> str:
    """Return an id as written; ValueError when it cannot be one."""
    words = values.text(value)
    if not words or len(words) > MAX_ID or any(char in words for char in "\n\t"):
        raise ValueError(f"must be 1 to {MAX_ID} characters on one line")
    if words.startswith("rel:"):
        raise ValueError("starts with 'rel:', which is kept for relations")
    return words


def _one(convert: Any, value: object) -> object:
    value = _absent(value)
    return None if value is None else convert(value)


def _moment(value: object) -> str:
    words = values.text(value)
    if interval.parse(words).precision != "day":
        raise ValueError("must be a day or a timestamp, such as 2014-03-01 or 2014-03-01T12:30:00Z")
    return words


def _quote(value: object) -> str:
    words = values.text(value)
    if len(words) > MAX_QUOTE:
        raise ValueError(f"is {len(words):,} characters long; {MAX_QUOTE} are allowed")
    return words


def _rating(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be a whole number")
    return _absent(value)


def _credibility(value: object) -> object:
    value = _rating(value)
    return None if str(value).strip() in {"6", "6.0"} else value


Id = Annotated[str | None, BeforeValidator(partial(_one, identifier))]
Text = Annotated[str | None, BeforeValidator(partial(_one, values.text))]
Date = Annotated[str | None, BeforeValidator(partial(_one, values.date))]


class Attribution(BaseModel):
    """Who says a record, in which source, when it held, and how sure they are."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    source: Id = None
    claimant: Id = None
    said_at: Date = None
    recorded_at: Annotated[str | None, BeforeValidator(partial(_one, _moment))] = None
    valid_from: Date = None
    valid_to: Date = None
    confidence: Annotated[Annotated[int, Field(ge=0, le=100)] | None, BeforeValidator(_rating)] = None
    credibility: Annotated[Annotated[int, Field(ge=1, le=5)] | None, BeforeValidator(_credibility)] = None
    stance: Stance = "asserts"
    modality: Modality = "stated"
    locator: Text = None
    quote: Annotated[str | None, BeforeValidator(partial(_one, _quote))] = None
    summary: Text = None
    note: Text = None
    resolution: Text = None
    raw: Text = None
    lang: Text = None
    script: Text = None
    transliteration_of: Text = None


ATTRIBUTION = tuple(Attribution.model_fields)


@dataclass(frozen=True, slots=True)
class Valid:
    """A record that is one of its kind: normal values and, where they differ, the ones written."""

    kind: Kind
    id: str
    ends: tuple[str, str] | None
    values: dict[str, list[str]]
    written: dict[tuple[str, str], str]
    said: dict[str, Any] = field(repr=False)

    def first(self, names: tuple[str, ...]) -> str | None:
        """Return the first value among several properties."""
        return next((self.values[name][0] for name in names if self.values.get(name)), None)


class Validator:
    """Checks records against the kinds of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._models: dict[str, type[BaseModel]] = {}

    def model(self, kind: Kind) -> type[BaseModel]:
        """Return the model of a kind, made when it is first asked for."""
        if kind.name not in self._models:
            self._models[kind.name] = _model(kind)
        return self._models[kind.name]

    def check(self, data: dict[str, Any]) -> Valid:
        """Return the record in normal form; Rejected names the field and what is wrong with it."""
        kind = self._kind(data)
        cleaned = {name: value for name, value in data.items() if name != "kind" and _absent(value) not in (None, [])}
        model_type = self.model(kind)
        try:
            model = model_type.model_validate(cleaned)
        except ValidationError as errors:
            raise _rejected(kind, model_type, errors) from None
        return _valid(kind, model, cleaned)

    def problem(self, kind: Kind, name: str, value: object) -> str | None:
        """Return what is wrong with the value of one field, by itself, or None."""
        model_type = self.model(kind)
        try:
            model_type.model_validate({name: value})
        except ValidationError as errors:
            return _rejected(kind, model_type, errors).wrong.get(name)
        return None

    def _kind(self, data: dict[str, Any]) -> Kind:
        name = data.get("kind")
        if not isinstance(name, str) or not name.strip():
            raise Rejected("kind", "is missing; say what the record is, such as Incident")
        try:
            return self.catalog[name.strip()]
        except ChooseAgain as problem:
            raise Rejected("kind", str(problem)) from None


def _many(prop: Property, value: object) -> list[tuple[str, str]]:
    items = value if isinstance(value, list) else [value]
    if len(items) > MAX_VALUES:
        raise ValueError(f"holds {len(items):,} values; {MAX_VALUES:,} are allowed")
    if len(items) > 1 and not prop.many:
        raise ValueError("takes one value; write a record each where sources differ")
    pairs = [(prop.normal(item), str(item)) for item in items if _absent(item) is not None]
    if not pairs:
        raise ValueError("is empty")
    return pairs


def _model(kind: Kind) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for prop in kind.properties.values():
        checked = Annotated[list[Any], BeforeValidator(partial(_many, prop))]
        fields[prop.name] = (checked, ...) if prop.required else (checked, [])
    if kind.edge:
        fields |= {"from_": (Id, Field(alias="from")), "to": (Id, ...)}
    elif not kind.observation:
        fields["id"] = (Id, None) if kind.id_template else (Id, ...)
    for name in kind.valid_from + kind.valid_to:
        fields.setdefault(name, (Date, None))
    if kind.registry:
        return create_model(kind.name, __config__=ConfigDict(extra="forbid"), **fields)
    fields["source"] = (Id, ...)
    return create_model(kind.name, __base__=Attribution, **fields)


def _rejected(kind: Kind, model: type[BaseModel], errors: ValidationError) -> Rejected:
    known = ["kind", *(described.alias or name for name, described in model.model_fields.items())]
    found = []
    for error in errors.errors(include_url=False):
        name = str(error["loc"][0]).removesuffix("_") if error["loc"] else ""
        if error["type"] == "extra_forbidden":
            text = f"is no field of {kind.name}.{did_you_mean(name, known)}"
        elif error["type"] == "missing":
            text = f"is missing; every {kind.name} needs one"
        else:
            text = re.sub(r"^(Value error, |Input )", "", error["msg"])
        found.append((name, text))
    field_name, problem = found[0]
    rest = "".join(f"; {name}: {text}" for name, text in found[1:4])
    return Rejected(field_name, problem + rest, dict(reversed(found)))


def _valid(kind: Kind, model: BaseModel, data: dict[str, Any]) -> Valid:
    fields = dict(model)
    normal: dict[str, list[str]] = {}
    written: dict[tuple[str, str], str] = {}
    for name in kind.properties:
        for value, raw in getattr(model, name):
            normal.setdefault(name, []).append(value)
            if raw.strip() != value:
                written[name, value] = raw.strip()
    said = {name: getattr(model, name, None) for name in ATTRIBUTION}
    valid = Valid(kind, "", None, normal, written, said)
    said["valid_from"] = said["valid_from"] or _bound(fields, kind.valid_from, latest=False)
    said["valid_to"] = said["valid_to"] or _bound(fields, kind.valid_to, latest=True)
    _check_together(kind, valid)
    ends = (fields["from_"], fields["to"]) if kind.edge else None
    return Valid(kind, _id(valid, getattr(model, "id", None)), ends, normal, written, said)


def _bound(fields: dict[str, Any], names: tuple[str, ...], latest: bool) -> str | None:
    """Return the date that the first field given of these bounds a record with; of several dates the outermost."""
    for given in (fields[name] for name in names if fields[name]):
        dates = [given] if isinstance(given, str) else [value for value, _ in given]
        return max(dates, key=_end) if latest else min(dates, key=_start)
    return None


def _start(text: str) -> date:
    return interval.parse(text).earliest or date.min


def _end(text: str) -> date:
    return interval.parse(text).latest or date.max


def _check_together(kind: Kind, valid: Valid) -> None:
    try:
        interval.held(valid.said["valid_from"], valid.said["valid_to"])
    except ValueError as problem:
        raise Rejected("valid_to", str(problem)) from None
    count = sum(len(items) for items in valid.values.values())
    if valid.said["raw"] and count != 1:
        raise Rejected("raw", "belongs to one value; write this value as a record of its own")
    if not (kind.edge or kind.registry or count):
        raise Rejected("name", f"is missing; a {kind.name} record says at least one thing, such as its name")


def _id(valid: Valid, given: str | None) -> str:
    template = valid.kind.id_template
    if template is None:
        return given or ""
    derived = re.sub(r"\{([^}]+)\}", lambda match: _slot(valid, match[1]), template)
    if given and given != derived:
        raise Rejected("id", f"'{given}' is not the id this {valid.kind.name} has, '{derived}'; leave it out")
    return derived


def _slot(valid: Valid, names: str) -> str:
    found = valid.first(tuple(names.split("|")))
    if found is None:
        text = json.dumps(valid.values, sort_keys=True, ensure_ascii=False)
        found = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return found
