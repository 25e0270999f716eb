"""Rows -> fields of the right types; whatever is wrong with a row becomes problems with place and cure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from dealport.market.problems import Problems, did_you_mean, quoted
from dealport.market.profile_fields import DealFields, Fields, InvestorFields, StartupFields
from dealport.model import Kind, Row
from dealport.reading.columns.blanks import is_nothing

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

AnyFields = TypeVar("AnyFields", bound=Fields)

MODELS: Mapping[Kind, type[StartupFields] | type[InvestorFields]] = {
    "startup": StartupFields,
    "investor": InvestorFields,
}
# Fields a file may hold beside the models': the side, and what kind of file it is.
_FILE_FIELDS = frozenset({"kind"})
# "ticket size" is 80 % of "ticket" and "invest" 75 % of "invests_in"; below that suggestions look like noise.
_NEAR_PERCENT = 70


def read_kind(row: Row) -> Kind | None:
    """The side a row stands on; None when it does not say."""
    word = row.kind or row.fields.get("kind")
    folded = word.strip().casefold() if isinstance(word, str) else ""
    if folded in ("startup", "startups"):
        return "startup"
    return "investor" if folded in ("investor", "investors") else None


def read_fields(row: Row, model: type[AnyFields], problems: Problems) -> AnyFields | None:
    """The row's fields, blanks left out; None when one has the wrong type: each such field is a fault."""
    from pydantic import ValidationError

    typed = {
        name: value
        for name, value in row.fields.items()
        if value is not None
        and (type(value) is not str or (value and not value.isspace() and not is_nothing(value, name)))
    }
    if unknown := typed.keys() - _known_names(model):
        for name in sorted(unknown):
            _warn_of_unknown_field(name, row, model, problems)
    try:
        return model.model_validate(typed)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _add_fault(detail, row, model, problems)
        return None


def read_sound_fields(row: Row) -> StartupFields | InvestorFields:
    """The fields of a row of a table of which nothing is to be said."""
    kind = read_kind(row)
    fields = read_fields(row, MODELS[kind], Problems()) if kind else None
    if fields is None:
        raise ValueError(f"the row at {row.origin.place()} is not sound")
    return fields


@cache
def _known_names(model: type[Fields]) -> frozenset[str]:
    return _FILE_FIELDS | model.model_fields.keys()


def _add_fault(detail: ErrorDetails, row: Row, model: type[Fields], problems: Problems) -> None:
    """What pydantic found, in our words; the cure is the first example of the field."""
    name = str(detail["loc"][0])
    places = "".join(f"[{part + 1}]" for part in detail["loc"][1:] if isinstance(part, int))
    examples = model.model_fields[name].examples or [""]
    cure = f"write it as {name} = {json.dumps(examples[0], ensure_ascii=False)}"
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        problems.fault(row.origin, name, f"no {name}", cure)
    elif kind == "too_long":
        message = f"{context['actual_length']} words; more than {context['max_length']} say nothing"
        problems.fault(row.origin, name, message, "keep those that matter most")
    else:
        wants = str(context["error"]) if kind == "value_error" else _WANTS.get(kind, detail["msg"])
        problems.fault(row.origin, name + places, f"{wants}, not {quoted(detail['input'])}", cure)


_WANTS = {"string_type": "wants a text", "tuple_type": "wants a list of words"}


def _warn_of_unknown_field(name: str, row: Row, model: type[Fields], problems: Problems) -> None:
    message, cure = f"unknown field {quoted(name)}", did_you_mean(_near_fields(name, model))
    for kind, other in MODELS.items():
        if name in other.model_fields and model is not DealFields:
            message, cure = f"{quoted(name)} is a field of {kind}s, it counts for nothing here", ""
    problems.once_a_file(row.origin, quoted(name)[1:-1], message, cure, "warning")


@cache
def _near_fields(name: str, model: type[Fields]) -> tuple[str, ...]:
    """The field `name` was meant for: ``ticket_size`` gives ``ticket``; the side's own fields only."""
    from rapidfuzz import fuzz, process

    folded = "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
    found = process.extractOne(folded, list(model.model_fields), scorer=fuzz.WRatio, score_cutoff=_NEAR_PERCENT)
    return (found[0],) if found else ()
