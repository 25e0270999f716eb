"""What the house of an event has: its tables, those closed for a time, and its interpreters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import product

from dealport.market.problems import did_you_mean, faults_in_a_line, quoted
from dealport.meetings.event.events import Interpreters
from dealport.meetings.event.slots import slots_covered, slots_touched
from dealport.meetings.event.times import WHOLE_DAY, Span, read_spans
from dealport.meetings.event.typed_tables import EventTable
from dealport.words.languages import resolve_language

MOST_TABLES = 2000
MOST_INTERPRETERS = 2000
_NEAR_TABLE_PERCENT = 50
_LANGUAGE_CURE = 'a code such as "ko", "zh" or "en" always works'


def read_table_names(table: EventTable) -> tuple[str, ...]:
    """Names of the tables, ``1`` and on where only their number is given; () with a fault where there are none."""
    value = table.values.get("tables")
    if value is None:
        table.fault("tables", "no tables", 'write tables = 30, or their names: tables = ["A1", "A2"]')
    if not isinstance(value, list):
        count = table.whole("tables", 1, MOST_TABLES)
        return tuple(str(number) for number in range(1, (count or 0) + 1))
    if not 0 < len(value) <= MOST_TABLES:
        table.fault("tables", f"{len(value):,} tables", f"from 1 to {MOST_TABLES:,} can be planned")
        return ()
    first: dict[str, str] = {}
    for place, one in enumerate(value, start=1):
        key = f"tables[{place}]"
        name = table.text_of(key, one, 'write it as "A1"', or_number=True)
        if isinstance(one, str) and not one.strip():
            table.fault(key, "it is blank", "name it, or leave it out")
        elif name and _folded(name) in first:
            table.fault(key, f"table {quoted(name)} is named twice", "each table has a name of its own")
        elif name:
            first[_folded(name)] = name
    return tuple(first.values())


def find_table(table: EventTable, key: str, name: str, tables: Sequence[str]) -> str:
    """The table of a name, as the event spells it; "" with a fault where there is none."""
    from rapidfuzz import fuzz, process

    by_name = {_folded(one): one for one in tables}
    if _folded(name) in by_name:
        return by_name[_folded(name)]
    if tables:
        near = process.extract(_folded(name), by_name.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_TABLE_PERCENT)
        cure = did_you_mean(by_name[one] for one, _, _ in near) or f"there are {_listed(tables)}"
        table.fault(key, f"there is no table {quoted(name)}", cure)
    return ""


def read_closed(table: EventTable, tables: Sequence[str], slots: Sequence[Span]) -> frozenset[tuple[int, str]]:
    """Slots and names of the tables that are not to be had then; without ``when``, all day."""
    closed: set[tuple[int, str]] = set()
    for one in table.tables("closed"):
        one.refuse_unknown()
        example = '["1", "2"]'
        if "tables" not in one:
            one.fault("tables", "nothing says which tables", f"write tables = {example}")
        spans = read_spans(one, "when")
        when = slots_touched(slots, (WHOLE_DAY,) if spans is None else spans)
        _warn_of_no_slot(one, spans, slots, when)
        for place, value in enumerate(one.listed("tables", example) or [], start=1):
            key = f"tables[{place}]"
            name = one.text_of(key, value, 'write it as "1"', or_number=True)
            if known := name and find_table(one, key, name, tables):
                closed |= set(product(when, (known,)))
    return frozenset(closed)


def read_interpreters(table: EventTable, slots: Sequence[Span]) -> tuple[Interpreters, ...]:
    """Those of each pair of languages, by their codes; tables of one pair add up."""
    counts: dict[tuple[str, str], Counter[int]] = {}
    for one in table.tables("interpreter"):
        one.refuse_unknown()
        count = one.whole("count", 0, MOST_INTERPRETERS)
        spans = read_spans(one, "when")
        when = slots_covered(slots, (WHOLE_DAY,) if spans is None else spans)
        _warn_of_no_slot(one, spans, slots, when)
        if languages := _two_languages(one):
            there = 1 if count is None else count
            counts.setdefault(languages, Counter()).update(dict.fromkeys(when, there))
    return tuple(
        Interpreters(languages, tuple(counts[languages][slot] for slot in range(len(slots))))
        for languages in sorted(counts)
    )


def read_languages(table: EventTable, key: str) -> tuple[str, ...]:
    """Codes of a list of languages, each once, in the order typed; a fault for each word not understood."""
    listed = table.listed(key, '["en"]') or []
    codes = []
    for place, value in enumerate(listed, start=1):
        name = f"{key}[{place}]"
        word = table.text_of(name, value, 'write it as "ko"')
        code = resolve_language(word) if word else ""
        if code:
            codes.append(code)
        elif isinstance(value, str):
            table.fault(name, f"unknown language {quoted(value)}", _LANGUAGE_CURE)
    return tuple(dict.fromkeys(codes))


def _two_languages(table: EventTable) -> tuple[str, str] | None:
    example = 'write languages = ["ko", "zh"]'
    value = table.values.get("languages")
    if not isinstance(value, list) or len(value) != 2:
        told = "no languages" if value is None else f"wants two languages, not {quoted(value)}"
        table.fault("languages", told, example)
        return None
    before = table.problems.mark()
    codes = read_languages(table, "languages")
    if len(codes) == 2:
        low, high = sorted(codes)
        return low, high
    if not faults_in_a_line(table.problems.since(before)):
        table.fault("languages", f"{quoted(value)} are one language", example)
    return None


def _warn_of_no_slot(
    table: EventTable, spans: Sequence[Span] | None, slots: Sequence[Span], when: frozenset[int]
) -> None:
    if spans and slots and not when:
        table.warn("when", "no slot lies in that time: it changes nothing", "see that the time is right")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(one) for one in names[:3])
    return f"{shown} and so on to {quoted(names[-1])}" if len(names) > 3 else shown
