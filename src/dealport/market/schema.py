"""The JSON Schema of profile files, for editors to complete and check them while they are written."""

from __future__ import annotations

from typing import Any

from dealport.market.checked_fields import checked_model
from dealport.market.profile_fields import InvestorFields, ProfileFields, StartupFields

# The dialect that TOML editors (Even Better TOML, taplo) understand.
_DIALECT = "http://json-schema.org/draft-07/schema#"


def profile_schema() -> dict[str, Any]:
    """The schema of one file: a startup, an investor, or lists of both as ``[[startup]]`` and ``[[investor]]``."""
    many = {
        "title": "Several profiles",
        "type": "object",
        "properties": {
            side: {"type": "array", "items": {"$ref": f"#/definitions/{side}"}} for side in ("startup", "investor")
        },
        "additionalProperties": False,
        "anyOf": [{"required": ["startup"]}, {"required": ["investor"]}],
    }
    return {
        "$schema": _DIALECT,
        "title": "Dealport profiles",
        "anyOf": [{"$ref": "#/definitions/startup"}, {"$ref": "#/definitions/investor"}, many],
        "definitions": {
            "startup": _side_schema("startup", StartupFields),
            "investor": _side_schema("investor", InvestorFields),
        },
    }


def _side_schema(kind: str, model: type[ProfileFields]) -> dict[str, Any]:
    """One side's fields: a name and a country are required, misspelt fields are told, blank defaults are left out."""
    schema = checked_model(model).model_json_schema()
    properties = schema["properties"]
    for one in properties.values():
        del one["title"]
        one.pop("default", None)
    kind_field = {"const": kind, "description": f"Left out in a folder {kind}s/."}
    return {
        "title": kind.capitalize(),
        "description": schema["description"],
        "type": "object",
        "properties": {"kind": kind_field, **properties},
        "required": ["name", "country"],
        "additionalProperties": False,
    }
