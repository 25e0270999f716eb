"""A plan as the text of ``plan.json``, which ``--previous`` reads."""

from __future__ import annotations

import re
from typing import Any

from dealport.meetings.day.plans import Plan
from dealport.writing.json_text import json_text

# Signs that hide or turn around what stands beside them, and halves of signs, which no file can hold.
_HIDDEN = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")

Json = dict[str, Any]


def plan_json(plan: Plan) -> Json:
    """What ``plan.json`` holds: a `plan_shapes.PlanShape`.

    Ids and names are as they were typed: whoever shows them makes them harmless.
    """
    from dealport.writing.plan_json.plan_shapes import PlanShape
    from dealport.writing.plan_json.plan_values import NamesAndTimes

    around = NamesAndTimes(plan.event, {one.key: one.name for one in plan.attendees})
    return PlanShape.model_validate(plan, context=around).model_dump(mode="json")


def plan_schema() -> Json:
    """The JSON Schema of ``plan.json``, without the titles that only repeat names."""
    from pydantic.json_schema import GenerateJsonSchema

    from dealport.writing.plan_json.plan_shapes import PlanShape

    class Untitled(GenerateJsonSchema):
        def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
            return False

    schema = PlanShape.model_json_schema(schema_generator=Untitled)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema, "title": "Dealport plan"}


def plan_text(plan: Plan) -> str:
    """The file: indented, names in their own script, signs that nobody sees written by their number."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", json_text(plan_json(plan)))
