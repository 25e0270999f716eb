"""A user's own sectors.toml, checked: what it adds to the sector graph, or changes in it.

```toml
[sectors.agri-robots]
parents = ["agtech", "robotics"]
facet = "technology"
labels = { en = "Farm robots", ko = "농업 로봇" }
words = { exact = ["agribots"], narrower = ["weeding robots"] }
```
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from dealport.model import LANGUAGES, InputError

# The strongest first: where two words of one spelling disagree, it holds.
RELATIONS = ("exact", "narrower", "compound", "ambiguous", "generic")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXTS = ("facet", "layer", "isic4")
_LISTS = ("parents", "neighbours", "members", "uses")
_KEYS = (*_LISTS, *_TEXTS, "reference_count", "labels", "words")


class OwnSector(Struct, frozen=True):
    """One table of a sectors.toml; None (or no key) leaves what the package says.

    Attributes:
        words: As (word, this sector's id, relation).
    """

    id: str
    lists: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]
    reference_count: int | None
    labels: Mapping[str, str]
    words: tuple[tuple[str, str, str], ...]


class Overrides(Struct, frozen=True):
    """All tables of a sectors.toml, in its order."""

    sectors: tuple[OwnSector, ...]


def read_overrides(parsed: Mapping[str, object]) -> Overrides:
    """Check a parsed sectors.toml.

    Raises:
        InputError: Something is misspelt or of a wrong type; the message names the key.
    """
    for key in parsed:
        if key != "sectors":
            raise InputError(f"{key}: unknown key in sectors.toml (tables are written [sectors.my-id])")
    tables = _table(parsed.get("sectors", {}), "sectors")
    return Overrides(tuple(_own_sector(name, _table(table, f"sectors.{name}")) for name, table in tables.items()))


def _own_sector(name: str, table: Mapping[str, object]) -> OwnSector:
    key = f"sectors.{name}"
    if not _ID.fullmatch(name):
        raise InputError(f"{key}: an id is lower-case letters, digits and hyphens, as in 'farm-robots'")
    for unknown in table:
        if unknown not in _KEYS:
            raise InputError(f"{key}.{unknown}: unknown key (known: {', '.join(_KEYS)})")
    count = table.get("reference_count")
    if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 0):
        raise InputError(f"{key}.reference_count: must be a whole number of 0 or more")
    return OwnSector(
        id=name,
        lists={field: _texts(table[field], f"{key}.{field}") for field in _LISTS if field in table},
        texts={field: _text(table[field], f"{key}.{field}") for field in _TEXTS if field in table},
        reference_count=count,
        labels=_labels(table.get("labels", {}), f"{key}.labels"),
        words=_words(table.get("words", {}), name),
    )


def _labels(value: object, key: str) -> dict[str, str]:
    labels = {}
    for language, label in _table(value, key).items():
        if language not in LANGUAGES:
            raise InputError(f"{key}.{language}: unknown language (known: {', '.join(LANGUAGES)})")
        labels[language] = _text(label, f"{key}.{language}")
    return labels


def _words(value: object, name: str) -> tuple[tuple[str, str, str], ...]:
    key = f"sectors.{name}.words"
    words = []
    for relation, listed in _table(value, key).items():
        if relation not in RELATIONS:
            raise InputError(f"{key}.{relation}: unknown relation (known: {', '.join(RELATIONS)})")
        words += [(word, name, relation) for word in _texts(listed, f"{key}.{relation}")]
    return tuple(words)


def _table(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise InputError(f"{key}: must be a table")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise InputError(f"{key}: must be a list of texts")
    return tuple(_text(text, f"{key}[{n}]") for n, text in enumerate(value, 1))


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{key}: must be a text")
    return value
