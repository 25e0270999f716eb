"""A plan as JSON: what ``plan.json`` holds and ``--previous`` reads. A change of shape raises VERSION.

Names stand beside ids, and times beside the numbers of slots, for whoever reads the file; what ids and numbers say
counts. A participant's contact is never in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dealport.meetings.day.days import Level
from dealport.meetings.day.plans import (
    Attendee,
    Blocked,
    Change,
    Figures,
    Meeting,
    Plan,
    Short,
    Unmet,
    ends_at,
    keys_of,
    starts_at,
)
from dealport.meetings.event.events import Event, IdPair, Key
from dealport.scoring.shortlist import UNITS_PER_POINT
from dealport.writing.json_text import json_text

VERSION = 1
KIND = "plan"
# Signs that hide or turn around what stands beside them, and halves of signs, which no file can hold.
_HIDDEN = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")

Json = dict[str, Any]
Names = Mapping[Key, str]


def plan_json(plan: Plan) -> Json:
    """What ``plan.json`` holds.

    ``{"version": 1, "kind": "plan", "stamped_at", "event": {}, "attendees": [], "meetings": [], "dropped": [],
    "levels": [], "figures": {}, "short": [], "unmet": [], "changes": [], "what_ifs": []}``. Slots count from 0 in the
    order of ``event.slots``; a meeting that was dropped or changed has none where its time is no slot any more; times
    are ISO 8601 with their offset; scores are points with five decimals. Ids and names are as they were typed: whoever
    shows them makes them harmless.
    """
    names = {one.key: one.name for one in plan.attendees}
    event = plan.event
    return {
        "version": VERSION,
        "kind": KIND,
        "stamped_at": plan.stamped_at.isoformat(),
        "event": _event_json(event, names),
        "attendees": [_attendee_json(one) for one in plan.attendees],
        "meetings": [_meeting_json(one, event, names) for one in plan.meetings],
        "dropped": [_meeting_json(one, event, names) for one in plan.dropped],
        "levels": _levels_json(plan.levels),
        "figures": _figures_json(plan.figures),
        "short": [_short_json(one, names) for one in plan.short],
        "unmet": [_unmet_json(one, names) for one in plan.unmet],
        "changes": [_change_json(one, event, names) for one in plan.changes],
        "what_ifs": [
            {
                "more": one.more,
                "n_meetings": one.n_meetings,
                "n_with_fewest": one.n_with_fewest,
                "levels": _levels_json(one.levels),
            }
            for one in plan.what_ifs
        ],
    }


def plan_text(plan: Plan) -> str:
    """The file: indented, names in their own script, signs that nobody sees written by their number."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", json_text(plan_json(plan)))


def _event_json(event: Event, names: Names) -> Json:
    return {
        "name": event.name,
        "day": event.day.isoformat(),
        "time_zone": event.time_zone,
        "order": event.order,
        "slots": [
            {"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()} for slot in event.slots
        ],
        "tables": list(event.tables),
        "closed": [{"slot": slot, "table": table} for slot, table in sorted(event.closed)],
        "fewest": event.fewest,
        "most": event.most,
        "own_fewest": _own_json(event.own_fewest, names),
        "own_most": _own_json(event.own_most, names),
        "absent": [{**_key_json(key, names), "slots": sorted(event.absent[key])} for key in _ordered(event.absent)],
        "interpreters": [{"languages": list(one.languages), "counts": list(one.counts)} for one in event.interpreters],
        "locked": [{**_pair_json(one.pair, names), "slot": one.slot, "table": one.table} for one in event.locked],
        "met": [_pair_json(pair, names) for pair in sorted(event.met)],
        "doubles": [_pair_json(pair, names) for pair in sorted(event.doubles)],
        "languages": list(event.languages),
    }


def _attendee_json(attendee: Attendee) -> Json:
    return {
        **_key_json(attendee.key, {attendee.key: attendee.name}),
        "country": attendee.country,
        "languages": list(attendee.languages),
        "fewest": attendee.fewest,
        "most": attendee.most,
        "absent": sorted(attendee.absent),
    }


def _meeting_json(meeting: Meeting, event: Event, names: Names) -> Json:
    return {
        "uid": meeting.uid,
        **_pair_json(meeting.pair, names),
        "slots": list(meeting.slots),
        "starts_at": starts_at(event, meeting).isoformat(),
        "ends_at": ends_at(event, meeting).isoformat(),
        "table": meeting.table,
        "interpreter": meeting.interpreter,
        "score": _points(meeting.score_units),
        "asked_by": meeting.asked_by,
        "locked": meeting.is_locked,
        "sequence": meeting.sequence,
    }


def _levels_json(levels: Iterable[Level]) -> list[Json]:
    """Aims; those of the score in points."""
    return [
        {
            "name": one.name,
            "value": _points(one.value) if one.name == "score" else one.value,
            "bound": _points(one.bound) if one.name == "score" else one.bound,
        }
        for one in levels
    ]


def _figures_json(figures: Figures) -> Json:
    return {
        "n_meetings": figures.n_meetings,
        "n_attending": figures.n_attending,
        "n_served": figures.n_served,
        "n_with_fewest": figures.n_with_fewest,
        "n_without_candidate": figures.n_without_candidate,
        "gini": figures.gini,
        "top_wishes_share": figures.top_wishes_share,
        "top_meetings_share": figures.top_meetings_share,
        "n_idle_slots": figures.n_idle_slots,
        "n_table_changes": figures.n_table_changes,
        "interpreter_hours": figures.interpreter_hours,
        "n_wishes": figures.n_wishes,
        "n_wishes_met": figures.n_wishes_met,
        "score": _points(figures.score_units),
        "fair_bound": _points(figures.fair_bound_units),
        "free_bound": _points(figures.free_bound_units),
    }


def _short_json(short: Short, names: Names) -> Json:
    return {
        **_key_json(short.key, names),
        "n_meetings": short.n_meetings,
        "fewest": short.fewest,
        "causes": [_blocked_json(one) for one in short.causes],
    }


def _blocked_json(blocked: Blocked) -> Json:
    return {
        "cause": blocked.cause,
        "n_partners": blocked.n_partners,
        "slots": list(blocked.slots),
        "names": list(blocked.names),
    }


def _unmet_json(wish: Unmet, names: Names) -> Json:
    return {
        "asking": _key_json(wish.asking, names),
        "asked": _key_json(wish.asked, names),
        "rank": wish.rank,
        "cause": wish.cause,
        "gate": wish.gate,
    }


def _change_json(change: Change, event: Event, names: Names) -> Json:
    return {
        "kind": change.kind,
        "before": None if change.before is None else _meeting_json(change.before, event, names),
        "after": None if change.after is None else _meeting_json(change.after, event, names),
    }


def _own_json(own: Mapping[Key, int], names: Names) -> list[Json]:
    """Numbers of participants' own."""
    return [{**_key_json(key, names), "meetings": own[key]} for key in _ordered(own)]


def _ordered(keys: Iterable[Key]) -> list[Key]:
    """Startups, then investors, each by id."""
    return sorted(keys, key=lambda key: (key[0] != "startup", key[1]))


def _key_json(key: Key, names: Names) -> Json:
    return {"side": key[0], "id": key[1], "name": names.get(key, "")}


def _pair_json(pair: IdPair, names: Names) -> Json:
    startup, investor = keys_of(pair)
    return {
        "startup": {"id": startup[1], "name": names.get(startup, "")},
        "investor": {"id": investor[1], "name": names.get(investor, "")},
    }


def _points(units: int) -> float:
    return units / UNITS_PER_POINT
