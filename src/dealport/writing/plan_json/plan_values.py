"""What every object of ``plan.json`` has in common: kinds of values, and the way to a record of the day and back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, cast, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictInt,
    StrictStr,
    ValidationInfo,
    model_validator,
)

from dealport.meetings.day.plans import keys_of
from dealport.meetings.event.events import Event, Key
from dealport.scoring.shortlist import UNITS_PER_POINT

MOST_POINTS = 1e9  # of a score: five decimals of a greater number are no longer exact
FIRST_YEAR, LAST_YEAR = 1900, 9000  # of a time: nearer to either end other zones and days around it are out of reach
MOST = 1_000_000  # of anything that is counted


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):  # of a record
        return value
    if not isinstance(value, str):
        raise ValueError("must be a time like 2026-01-07T10:20:00+09:00")  # noqa: TRY004 - pydantic takes ValueError
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("must be a time with its offset, like 2026-01-07T10:20:00+09:00")
    return moment


def _day(value: object) -> date:
    if isinstance(value, date):  # of a record
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError("must be a day like 2026-01-07") from None


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST_POINTS:
        raise ValueError("must be a number")
    return value


_iso = PlainSerializer(lambda value: value.isoformat(), return_type=str)
Moment = Annotated[datetime, BeforeValidator(_moment), _iso]
Day = Annotated[date, BeforeValidator(_day), _iso]
Count = Annotated[StrictInt, Field(ge=0, le=MOST)]
Rank = Annotated[StrictInt, Field(ge=1, le=MOST)]
WholeOrNot = Annotated[int | float, BeforeValidator(_number), Field(ge=-MOST_POINTS, le=MOST_POINTS)]
Number = Annotated[float, BeforeValidator(_number), Field(ge=-MOST_POINTS, le=MOST_POINTS)]
Name = Annotated[StrictStr, Field(min_length=1)]


class NamesAndTimes(Struct, frozen=True):
    """What objects say beyond their own record: names beside ids, and times beside the numbers of slots."""

    event: Event
    names: Mapping[Key, str]


class Shape(BaseModel):
    """An object of the file, with its fields in their order.

    Every field must be there, so that a misspelled one is noticed; further fields are left alone. A field is called as
    in the record. But ``key`` and ``pair`` are written out, ``..._units`` are points without that ending, ``is_`` is
    left away, and sets and mappings are lists in order.

    Attributes:
        makes: The class of the record.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)
    makes: ClassVar[type[Any]]

    @model_validator(mode="before")
    @classmethod
    def _from_record(cls, value: object, info: ValidationInfo) -> object:
        return cls.said(value, info.context) if isinstance(info.context, NamesAndTimes) else value

    @classmethod
    def said(cls, record: Any, around: NamesAndTimes) -> dict[str, object]:
        """What the file says of a record, field by field; whatever is inside is a record yet."""
        said: dict[str, object] = {}
        for name in record.__struct_fields__:
            value = getattr(record, name)
            if name == "key":
                said |= key_said(value, around)
            elif name == "pair":
                said["startup"], said["investor"] = keys_of(value)
            elif name.endswith("_units"):
                said[name.removesuffix("_units")] = value / UNITS_PER_POINT
            else:
                said[name.removeprefix("is_")] = _in_order(value)
        return said

    def record(self, zone: ZoneInfo) -> Any:
        """The record that the object tells of; times are those of a zone."""
        return self.makes(**self.values(zone))

    def values(self, zone: ZoneInfo) -> dict[str, Any]:
        """The fields of the record, but those the file does not hold."""
        values: dict[str, Any] = {}
        for name, kind in _kinds_of_fields(cast("Hashable", self.makes)).items():
            if name == "key":
                values[name] = self._get("side"), self._get("id")
            elif name == "pair":
                values[name] = self._get("startup").id, self._get("investor").id
            elif name.endswith("_units"):
                values[name] = round(self._get(name.removesuffix("_units")) * UNITS_PER_POINT)
            elif (said := name.removeprefix("is_")) in type(self).model_fields:
                value = _without_shapes(self._get(said), zone)
                values[name] = kind(value) if kind in (dict, frozenset) else value
        return values

    def _get(self, name: str) -> Any:
        return getattr(self, name)


def key_said(key: Key, around: NamesAndTimes) -> dict[str, object]:
    """A participant: what counts, and its name for whoever reads."""
    return {"side": key[0], "id": key[1], "name": around.names.get(key, "")}


def startups_first(keys: Iterable[Key]) -> list[Key]:
    """Startups, then investors, each by id."""
    return sorted(keys, key=lambda key: (key[0] != "startup", key[1]))


def _in_order(value: Any) -> Any:
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    if isinstance(value, Mapping):
        return tuple((key, value[key]) for key in startups_first(value))
    return value


@cache
def _kinds_of_fields(record: Hashable) -> dict[str, Any]:
    """For each field of a record, `dict` or `frozenset` where it is held in such."""
    hints = get_type_hints(record)
    kinds = {name: get_origin(hint) for name, hint in hints.items()}
    return {name: dict if kind is get_origin(Mapping[str, str]) else kind for name, kind in kinds.items()}


def _without_shapes(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, Shape):
        return value.record(zone)
    if isinstance(value, tuple):
        return tuple(_without_shapes(one, zone) for one in value)
    return value.astimezone(zone) if isinstance(value, datetime) else value
