"""How good a plan is, in figures."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from dealport.meetings.day.aims import count_meetings
from dealport.meetings.day.days import ANY, Day, Ints, Mask, Timetable
from dealport.meetings.day.plans import Figures, Meeting
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Event, Key
from dealport.meetings.reporting.unmet_wishes import find_asked

TOP = 10  # the tenth of the participants that is asked most, and meets most
SECONDS_AN_HOUR = 3600


def figures_of(
    prepared: Prepared, timetable: Timetable, meetings: Iterable[Meeting], *, free_bound_units: int
) -> Figures:
    """The figures of a timetable and its `meetings`.

    The level "score" holds the bonus for redirected wishes, which is never negative: so its bound holds for the score
    without it too, as does the bound without fairness; the lower of the two is told.
    """
    day = prepared.day
    is_there: Mask = np.any(day.present, axis=1)
    n_meetings, asked = count_meetings(day, timetable.pair), find_asked(prepared, timetable)
    n_asked = np.bincount(asked.asked, minlength=len(is_there))
    has_pair: Mask = np.zeros(len(is_there), bool)
    has_pair[day.pairs.startup] = has_pair[day.pairs.investor] = True
    n_top = -(-int(is_there.sum()) // TOP)
    score_units = int(day.pairs.score_units[timetable.pair].sum())
    bounds = [one.bound for one in timetable.levels if one.name == "score"]
    return Figures(
        n_meetings=len(timetable),
        n_attending=int(is_there.sum()),
        n_served=int((n_meetings > 0).sum()),
        n_with_fewest=int((is_there & (n_meetings >= day.fewest)).sum()),
        n_without_candidate=int((is_there & ~has_pair).sum()),
        gini=gini(n_meetings[is_there]),
        top_wishes_share=_top_share(n_asked, n_top),
        top_meetings_share=_top_share(n_meetings, n_top),
        n_idle_slots=_idle_slots(day, timetable),
        n_table_changes=table_changes(meetings),
        interpreter_hours=_interpreter_hours(prepared.event, day, timetable),
        n_wishes=len(asked.rank),
        n_wishes_met=int(asked.is_met.sum()),
        score_units=score_units,
        fair_bound_units=max(score_units, min([*bounds, free_bound_units])),
        free_bound_units=max(score_units, free_bound_units),
    )


def gini(counts: Ints) -> float:
    """Gini's coefficient: half the mean difference of any two, in means; 0 where all have none."""
    n, total = len(counts), int(counts.sum())
    if not total:
        return 0.0
    ranked = int((np.arange(1, n + 1) * np.sort(counts)).sum())
    return (2 * ranked - (n + 1) * total) / (n * total)


def table_changes(meetings: Iterable[Meeting]) -> int:
    """How often a participant's next meeting is at another table than the last, summed over participants."""
    changes, last = 0, dict[Key, str]()
    for one in sorted(meetings, key=lambda meeting: meeting.slots):
        keys: tuple[Key, Key] = ("startup", one.pair[0]), ("investor", one.pair[1])
        for key in keys:
            changes += last.get(key, one.table) != one.table
            last[key] = one.table
    return changes


def _top_share(counts: Ints, n_top: int) -> float:
    """Of all that is counted, the share of the `n_top` who have most; 0 where there is nothing."""
    total = int(counts.sum())
    return int(np.sort(counts)[::-1][:n_top].sum()) / total if total else 0.0


def _idle_slots(day: Day, timetable: Timetable) -> int:
    """Slots without a meeting, between the first and the last of a participant, in which it is there."""
    is_busy = np.zeros_like(day.present)
    n_slots = day.pairs.n_slots[timetable.pair]
    for later in range(int(n_slots.max(initial=0))):
        which = np.flatnonzero(n_slots > later)
        for side in (day.pairs.startup, day.pairs.investor):
            is_busy[side[timetable.pair[which]], timetable.slot[which] + later] = True
    begun = np.logical_or.accumulate(is_busy, axis=1)
    to_come = np.logical_or.accumulate(is_busy[:, ::-1], axis=1)[:, ::-1]
    return int((begun & to_come & ~is_busy & day.present).sum())


def _interpreter_hours(event: Event, day: Day, timetable: Timetable) -> float:
    """Hours of the slots of all meetings with an interpreter."""
    seconds = [round(one.ends_at.timestamp() - one.starts_at.timestamp()) for one in event.slots]
    served = timetable.route != ANY
    slot, n_slots = timetable.slot[served], day.pairs.n_slots[timetable.pair[served]]
    length = np.array([*seconds, 0], np.int64)
    total = length[slot].sum() + length[slot + 1][n_slots > 1].sum()
    return int(total) / SECONDS_AN_HOUR
