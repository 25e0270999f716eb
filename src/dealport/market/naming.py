"""Who is meant by a name: the profiles of one side by id, by name and by alias."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dealport.words import names as words

if TYPE_CHECKING:
    from dealport.model import Profile


class NameIndex:
    """Names of one side.

    Attributes:
        countries: Id to the country's code.
        keys: Id to the distinct keys of its name and aliases, that of the name first.
    """

    def __init__(self, profiles: Iterable[Profile], also: Mapping[str, str] | None = None) -> None:
        """`also`: ids of rows that were joined, each with the id of their profile."""
        profiles = tuple(profiles)
        self._also = also or {}
        self._key = cache(words.name_key)
        self.countries: Mapping[str, str] = {one.id: one.country for one in profiles}
        self._names: dict[str, tuple[str, ...]] = {one.id: (one.name, *one.aliases) for one in profiles}
        self.keys: Mapping[str, tuple[str, ...]] = {
            one: tuple(dict.fromkeys(filter(None, map(self._key, names)))) for one, names in self._names.items()
        }
        by_key: dict[str, set[str]] = {}
        for one, keys in self.keys.items():
            for key in keys:
                by_key.setdefault(key, set()).add(one)
        self._by_key = {key: tuple(sorted(ids)) for key, ids in by_key.items()}
        self._near = cache(self._find_near)

    def exactly(self, word: str) -> tuple[str, ...]:
        """The profile of this id, else all whose name or alias is this one but for legal form and spelling."""
        if word in self._names:
            return (word,)
        if word in self._also:
            return (self._also[word],)
        return self._by_key.get(self._key(word), ())

    def nearly(self, word: str) -> tuple[str, ...]:
        """Those whose name `word` may be with a slip of the pen, best first. Takes a look at every name."""
        return self._near(word)

    def key(self, name: str) -> str:
        """What two spellings of one name have in common; the name where nothing is left of it."""
        return self._key(name) or name

    def name(self, id: str) -> str:  # noqa: A002 - an id is called id throughout
        """The name of a profile."""
        return self._names[id][0]

    @cached_property
    def _index(self) -> words.NameIndex:
        return words.NameIndex(self._names)

    def _find_near(self, word: str) -> tuple[str, ...]:
        return self._index.find(word)
