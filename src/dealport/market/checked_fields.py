"""The fields of profiles and deals as models of pydantic: what is wrong with a value, and their JSON Schema."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, TypeAdapter, create_model

from dealport.market.declaring import Fields
from dealport.market.profile_fields import (
    as_amount,
    as_day,
    as_rough_day,
    as_yes_or_no,
    id_as_text,
    split_words,
)

# By the names of the annotations in `profile_fields`.
_TYPES: dict[str, Any] = {
    "str": str,
    "Id": Annotated[str, BeforeValidator(id_as_text, json_schema_input_type=str | int)],
    "Words": Annotated[tuple[str, ...], BeforeValidator(split_words, json_schema_input_type=str | list[str])],
    "Amount": Annotated[str | float, PlainValidator(as_amount, json_schema_input_type=str | float)],
    "YesOrNo": Annotated[bool | str, PlainValidator(as_yes_or_no, json_schema_input_type=bool | str)],
    "RoughDay": Annotated[date | str, PlainValidator(as_rough_day, json_schema_input_type=str | int)],
    "Day": Annotated[date | str, PlainValidator(as_day, json_schema_input_type=str)],
}


class _Checked(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


@cache
def checked_model(fields: type[Fields]) -> type[BaseModel]:
    """The model of some fields: of the same names, types, limits and words for people."""
    declared: dict[str, Any] = {}
    for name, one in fields.declared.items():
        default = ... if one.is_required else one.default
        about = Field(default, description=one.description, examples=one.examples, max_length=one.max_length)
        declared[name] = (_TYPES[one.type], about)
    return create_model(fields.__name__, __base__=_Checked, __doc__=fields.__doc__, **declared)


@cache
def checked_values(fields: type[Fields], name: str) -> TypeAdapter[list[Any]]:
    """Many values of one field at once."""
    annotation: Any = checked_model(fields).model_fields[name].rebuild_annotation()
    return TypeAdapter(list[annotation], config=ConfigDict(strict=True))
