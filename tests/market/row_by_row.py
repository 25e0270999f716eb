"""The slow twin of typing and understanding: a row at a time, as `market` did before it took columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from dealport.market.checked_fields import checked_model
from dealport.market.declaring import Fields
from dealport.market.meaning.market_words import MarketWords
from dealport.market.meaning.profiles import COMMON_PARTS, INVESTOR_PARTS, STARTUP_PARTS
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import Problems, quoted
from dealport.market.profile_fields import ProfileFields
from dealport.model import Investor, Problem, Row, Startup
from dealport.reading.columns.blanks import is_nothing

WANTS = {"string_type": "wants a text", "tuple_type": "wants a list of words"}


@dataclass(frozen=True)
class SlowRow:
    """What a row gives: its fields, else why not; its profile; and every problem."""

    fields: Fields | None
    profile: Startup | Investor | None
    problems: tuple[Problem, ...]


def read_slowly(row: Row, model: type[ProfileFields], words: MarketWords) -> SlowRow:
    problems = Problems()
    fields = type_slowly(row, model, problems)
    profile = None if fields is None else understand_slowly(fields, row, Understanding(words, problems, row.origin))
    return SlowRow(fields, profile, problems.since(0))


def type_slowly(row: Row, model: type[ProfileFields], problems: Problems) -> ProfileFields | None:
    filled = {
        name: value
        for name, value in row.fields.items()
        if value is not None
        and not (isinstance(value, str) and (not value or value.isspace() or is_nothing(value, name)))
    }
    try:
        return model(**dict(checked_model(model).model_validate(filled)))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            name = str(detail["loc"][0])
            places = "".join(f"[{part + 1}]" for part in detail["loc"][1:] if isinstance(part, int))
            example = model.declared[name].examples[0]
            cure = f"write it as {name} = {json.dumps(example, ensure_ascii=False)}"
            context: Mapping[str, Any] = detail.get("ctx", {})
            if detail["type"] == "missing":
                problems.fault(row.origin, name, f"no {name}", cure)
            elif detail["type"] == "too_long":
                message = f"{context['actual_length']} words; more than {context['max_length']} say nothing"
                problems.fault(row.origin, name, message, "keep those that matter most")
            else:
                is_ours = detail["type"] == "value_error"
                wants = str(context["error"]) if is_ours else WANTS.get(detail["type"], detail["msg"])
                problems.fault(row.origin, name + places, f"{wants}, not {quoted(detail['input'])}", cure)
        return None


def understand_slowly(fields: ProfileFields, row: Row, known: Understanding) -> Startup | Investor | None:
    is_startup = row.kind == "startup"
    made: dict[str, Any] = {}
    for part in (*COMMON_PARTS, *(STARTUP_PARTS if is_startup else INVESTOR_PARTS)):
        told = part.told(known, [row.stem if name == "stem" else getattr(fields, name) for name in part.fields])
        for name, value in zip(part.attributes, told, strict=True):
            made[name] = tuple(sorted({*made[name], *value})) if name in made else value
    words = dict.fromkeys((one.field, one.word) for one in known.problems.since(0) if one.word)
    if not made["name"]:
        return None
    return (Startup if is_startup else Investor)(**made, not_understood=tuple(words), origin=row.origin)
