"""``plan.json`` back to a plan: whoever edited it by hand hears where it no longer fits together, and the cure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dealport.market.problems import quoted
from dealport.meetings.day.days import Level
from dealport.meetings.day.plans import Attendee, Blocked, Change, Figures, Meeting, Plan, Short, Unmet, WhatIf
from dealport.meetings.event.events import Event, IdPair, Interpreters, Key, Lock, Slot
from dealport.model import InputError, Problem, UsageError
from dealport.reading.formats.json_files import read_json_object
from dealport.reading.tables.contents import UnreadableError
from dealport.reading.tables.limits import TEXT_BYTES_MAX
from dealport.reading.tables.opening import read_bytes, shown
from dealport.scoring.shortlist import UNITS_PER_POINT
from dealport.writing.plan_json.plan_objects import KIND, VERSION

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from dealport.writing.plan_json import plan_shapes as shapes

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
    return _plan(shape)


def _check_kind(fields: Mapping[str, object], path: str) -> None:
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


def _plan(shape: shapes.PlanShape) -> Plan:
    event = _event(shape.event)
    return Plan(
        event=event,
        attendees=tuple(
            Attendee(_key(one), one.name, one.country, one.languages, one.fewest, one.most, frozenset(one.absent))
            for one in shape.attendees
        ),
        meetings=_meetings(shape.meetings, event),
        levels=tuple(map(_level, shape.levels)),
        figures=_figures(shape.figures),
        short=tuple(
            Short(_key(one), one.n_meetings, one.fewest, tuple(map(_blocked, one.causes))) for one in shape.short
        ),
        unmet=tuple(Unmet(_key(one.asking), _key(one.asked), one.rank, one.cause, one.gate) for one in shape.unmet),
        stamped_at=shape.stamped_at.astimezone(ZoneInfo(event.time_zone)),
        dropped=_meetings(shape.dropped, event),
        changes=tuple(
            Change(one.kind, *(_meeting(side, event) if side else None for side in (one.before, one.after)))
            for one in shape.changes
        ),
        what_ifs=tuple(
            WhatIf(one.more, one.n_meetings, one.n_with_fewest, tuple(map(_level, one.levels)))
            for one in shape.what_ifs
        ),
    )


def _event(shape: shapes.EventShape) -> Event:
    zone = ZoneInfo(shape.time_zone)
    return Event(
        name=shape.name,
        day=shape.day,
        time_zone=shape.time_zone,
        slots=tuple(Slot(one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in shape.slots),
        tables=shape.tables,
        closed=frozenset((one.slot, one.table) for one in shape.closed),
        fewest=shape.fewest,
        most=shape.most,
        own_fewest={_key(one): one.meetings for one in shape.own_fewest},
        own_most={_key(one): one.meetings for one in shape.own_most},
        absent={_key(one): frozenset(one.slots) for one in shape.absent},
        interpreters=tuple(Interpreters(one.languages, one.counts) for one in shape.interpreters),
        locked=tuple(Lock(_pair(one), one.slot, one.table) for one in shape.locked),
        met=frozenset(map(_pair, shape.met)),
        doubles=frozenset(map(_pair, shape.doubles)),
        order=shape.order,
        languages=shape.languages,
    )


def _meetings(those: Iterable[shapes.MeetingShape], event: Event) -> tuple[Meeting, ...]:
    return tuple(_meeting(one, event) for one in those)


def _meeting(shape: shapes.MeetingShape, event: Event) -> Meeting:
    zone = ZoneInfo(event.time_zone)
    return Meeting(
        uid=shape.uid,
        pair=_pair(shape),
        slots=shape.slots,
        table=shape.table,
        interpreter=shape.interpreter,
        score_units=int(shape.score),
        asked_by=shape.asked_by,
        is_locked=shape.locked,
        sequence=shape.sequence,
        old_time=None if shape.slots else Slot(shape.starts_at.astimezone(zone), shape.ends_at.astimezone(zone)),
    )


def _level(shape: shapes.LevelShape) -> Level:
    scale = UNITS_PER_POINT if shape.name == "score" else 1
    return Level(shape.name, round(shape.value * scale), round(shape.bound * scale))


def _figures(shape: shapes.FiguresShape) -> Figures:
    fields = shape.model_dump()
    units = {f"{name}_units": int(fields.pop(name)) for name in ("score", "fair_bound", "free_bound")}
    return Figures(**fields, **units)


def _blocked(shape: shapes.BlockedShape) -> Blocked:
    return Blocked(shape.cause, shape.n_partners, shape.slots, shape.names)


def _key(shape: shapes.KeyShape) -> Key:
    return shape.side, shape.id


def _pair(shape: shapes.PairShape) -> IdPair:
    return shape.startup.id, shape.investor.id
