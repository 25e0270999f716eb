"""``plan.json`` back to a plan: whoever edited it by hand hears where it no longer fits together, and the cure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.market.problems import quoted
from dealport.meetings.day.plans import Plan
from dealport.model import InputError, Problem, UsageError
from dealport.reading.formats.json_files import read_json_object
from dealport.reading.tables.contents import UnreadableError
from dealport.reading.tables.limits import TEXT_BYTES_MAX
from dealport.reading.tables.opening import read_bytes, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


NO_PLAN = ("is no plan", "give the plan.json that `dealport plan` wrote")
AGAIN = "mend it, or write the plan again with `dealport plan`"
# Of pydantic's kinds of faults, those that say more in our words; the rest are told in its own.
WORDS = {
    "missing": "is missing",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "tuple_type": "must be a list",
    "string_type": "must be a text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "string_too_short": "is empty",
}


def read_plan(path: Path) -> Plan:
    """The plan of a file; contacts are "".

    Raises:
        UsageError: There is no such file.
        InputError: It can't be read, is no plan, of a newer version, or no longer fits together: every fault, with
            its place and cure.
    """
    label = shown(path)
    try:
        fields = read_json_object(read_bytes(path, limit=TEXT_BYTES_MAX))
    except UnreadableError as error:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{label}: no such file") from error
        raise InputError(f"{label}: this plan can't be used", [error.problem(label)]) from error
    return plan_of_json(fields, label)


def plan_of_json(fields: Mapping[str, object], path: str = "plan.json") -> Plan:
    """The plan that `plan_json` gives; raises InputError as `read_plan` does, with `path` as place."""
    from pydantic import ValidationError

    from dealport.writing.plan_json.plan_checks import plan_faults
    from dealport.writing.plan_json.plan_shapes import PlanShape

    _check_kind(fields, path)
    try:
        shape = PlanShape.model_validate(fields)
    except ValidationError as error:
        raise _unusable(path, [_problem(one, path) for one in error.errors(include_url=False)]) from error
    if problems := plan_faults(shape, path):
        raise _unusable(path, problems)
    return shape.plan()


def _check_kind(fields: Mapping[str, object], path: str) -> None:
    from dealport.writing.plan_json.plan_shapes import KIND, VERSION

    if fields.get("kind") != KIND:
        raise _unusable(path, [Problem(path, "", *NO_PLAN)])
    version = fields.get("version")
    if type(version) is int and version > VERSION:
        message = f"version {quoted(version)} is newer than this Dealport reads ({VERSION})"
        raise _unusable(path, [Problem(path, "version", message, "update Dealport, or write the plan again with it")])


def _unusable(path: str, problems: Sequence[Problem]) -> InputError:
    return InputError(f"{path}: this plan can't be used", problems)


def _problem(error: ErrorDetails, path: str) -> Problem:
    """A fault of one field, ``meetings[3].slots[1]`` counted from 1, with what stands there."""
    where = ""
    for part in error["loc"]:
        where += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if where else part
    kind, told = error["type"], error["msg"]
    message = WORDS.get(kind) or told.removeprefix("Value error, ").replace("Input should be", "must be")
    if kind not in ("missing", "string_too_short"):
        message = f"{message}, not {_shown(error['input'])}"
    return Problem(path, where, message, AGAIN)


def _shown(value: object) -> str:
    """What stands there, as it may be quoted: a whole list or object is not."""
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, dict) else quoted(value)
