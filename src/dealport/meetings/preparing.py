"""A day ready to be planned, with what its numbers stand for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dealport.meetings.days import Day
from dealport.meetings.events import Event, Wishes
from dealport.meetings.plans import Attendee


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A day ready to be planned, with what its numbers stand for."""

    event: Event
    wishes: Wishes
    attendees: tuple[Attendee, ...]  # startups, then investors, each by id: the participants' numbers in `day`
    day: Day
    score_units: NDArray[np.int64]  # (s, i)
    first_gate: NDArray[np.uint8]  # (s, i) 0 open, else 1 + index in scoring.gates.GATES
