"""The tables of an event file, read key by key: whole numbers, texts, lists and tables, a fault for anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from dealport.market.problems import Problems, did_you_mean, quoted
from dealport.model import Origin
from dealport.words.normalising import clean

# What may stand in an event, and in each of its [[tables]].
KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "name", "date", "time_zone", "slots", "start", "end", "minutes", "pause", "breaks", "tables", "fewest", "most",
        "order", "languages", "participant", "closed", "interpreter", "locked", "met", "double",
    ),
    "participant": ("id", "absent", "from", "until", "most", "fewest"),
    "closed": ("tables", "when"),
    "interpreter": ("languages", "count", "when"),
    "locked": ("startup", "investor", "slot", "table"),
    "met": ("startup", "investor"),
    "double": ("startup", "investor"),
}  # fmt: skip
# "timezone" is 94 % of "time_zone", "participants" 96 % of "participant"; below that suggestions look like noise.
NEAR_PERCENT = 70
# A name longer than this is a pasted page: it must fit into a calendar's entry and a sheet's cell.
TEXT_LENGTH_MAX = 200
_EXAMPLES = {"minutes": 20, "pause": 5, "tables": 30, "fewest": 3, "most": 8, "count": 2}


class EventTable:
    """One table of an event, ``participant[2]`` or the event itself; every fault goes to `problems`.

    Attributes:
        name: Of the table in front of its keys; "" for the event itself.
    """

    def __init__(self, values: Mapping[str, object], origin: Origin, problems: Problems, name: str = "") -> None:
        self.values = {key: value for key, value in values.items() if value is not None}
        self.problems = problems
        self.name = name
        self._origin = origin

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def fault(self, key: str, message: str, cure: str = "") -> None:
        """A fault at one of its keys, ``slots[2]`` for the second of a list; "": at the table itself."""
        self.problems.fault(self._origin, self._field(key), message, cure)

    def warn(self, key: str, message: str, cure: str = "") -> None:
        """Likewise a warning."""
        self.problems.warn(self._origin, self._field(key), message, cure)

    def place(self, key: str = "") -> str:
        """Where a key stands, ``event.toml:12``."""
        return self._origin.place(self._field(key))

    def wrong(self, key: str, wants: str, value: object, cure: str) -> None:
        """The fault of a value that is not what is wanted."""
        self.fault(key, f"wants {wants}, not {_typed(value)}", cure)

    def refuse_unknown(self) -> None:
        """A fault for every key that means nothing here: what it says would be passed over."""
        known = KEYS[self.name.partition("[")[0]]
        for key in self.values.keys() - set(known):
            self.fault(quoted(key)[1:-1], f"unknown field {quoted(key)}", self._where_it_belongs(key, known))

    def _where_it_belongs(self, key: str, known: Sequence[str]) -> str:
        from rapidfuzz import fuzz, process

        if self.name and key in KEYS[""]:
            return "it belongs to the event: write it above the first [[...]]"
        if homes := [f"[[{name}]]" for name, keys in KEYS.items() if key in keys]:
            return f"it belongs below {' or '.join(homes)}"
        folded = key.casefold().replace("-", "_").replace(" ", "_")
        near = process.extractOne(folded, known, scorer=fuzz.WRatio, score_cutoff=NEAR_PERCENT)
        return did_you_mean([near[0]]) if near else f"known are {', '.join(known)}"

    def text(self, key: str, example: str, *, or_number: bool = False) -> str:
        """A text, safe to show; "" where there is none, or no text. Whole numbers count where they may be names."""
        value = self.values.get(key, "")
        text = self.text_of(key, value, f"write it as {key} = {example}", or_number=or_number)
        if text == "" and key in self.values and isinstance(value, str):
            self.fault(key, "it is blank", f"write it as {key} = {example}")
        return text

    def text_of(self, key: str, value: object, cure: str, *, or_number: bool = False) -> str:
        """One value as a text, safe to show; "" with a fault where it is none, without where it is blank."""
        if or_number and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.wrong(key, "a text", value, cure)
            return ""
        text = clean(value)
        if len(text) > TEXT_LENGTH_MAX:
            self.fault(key, f"{len(text):,} characters, more than {TEXT_LENGTH_MAX}", "write it shorter")
            return ""
        return text

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds, both included; None where there is none. ``true`` is no number."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            typed = value.strip() if isinstance(value, str) else ""
            is_quoted = len(typed) < 9 and typed.isdecimal()
            cure = f"without quotes: {key} = {int(typed)}" if is_quoted else f"write it as {key} = {_EXAMPLES[key]}"
            self.wrong(key, f"a whole number from {low:,} to {high:,}", value, cure)
            return None
        return value

    def tables(self, key: str) -> list[EventTable]:
        """Its ``[[key]]`` tables; a single ``[key]`` is one of them."""
        value = self.values.get(key, [])
        values = [value] if isinstance(value, Mapping) else value
        if not isinstance(values, list):
            self.wrong(key, "tables", value, f"write it as [[{key}]] on a line of its own, its keys below")
            return []
        tables = []
        for number, one in enumerate(values, start=1):
            name = f"{key}[{number}]"
            if isinstance(one, Mapping):
                tables.append(EventTable(one, self._origin, self.problems, self._field(name)))
            else:
                self.wrong(name, "a table", one, f"write it as [[{key}]] on a line of its own, its keys below")
        return tables

    def listed(self, key: str, example: str) -> list[object] | None:
        """The parts of a list; None where there is none, or no list. A text alone is a list of one."""
        value = self.values.get(key)
        if value is None or isinstance(value, list):
            return value
        if isinstance(value, str):
            return [value]
        self.wrong(key, "a list", value, f"write it as {key} = {example}")
        return None

    def _field(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name and key else self.name or key


def _typed(value: object) -> str:
    """What was typed, as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else quoted(value)
