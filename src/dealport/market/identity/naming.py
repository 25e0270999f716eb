"""Who is meant by a name: the profiles of one side by id, by name and by alias."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dealport.words import names as words

if TYPE_CHECKING:
    from dealport.model import Profile


class SideNames:
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
        self.keys: Mapping[str, tuple[str, ...]] = {one: _distinct_keys(names) for one, names in self._names.items()}
        self._near: dict[str, tuple[str, ...]] = {}  # no cache of a method: it would hold its owner

    def exactly(self, word: str) -> tuple[str, ...]:
        """The profile of this id, else all whose name or alias is this one but for legal form and spelling."""
        if word in self._names:
            return (word,)
        if word in self._also:
            return (self._also[word],)
        return self._by_key.get(self._key(word), ())

    def nearly(self, word: str) -> tuple[str, ...]:
        """Those whose name `word` may be with a slip of the pen, best first. Takes a look at every name."""
        if word not in self._near:
            self._near[word] = self._index.find(word)
        return self._near[word]

    def key(self, name: str) -> str:
        """What two spellings of one name have in common; the name where nothing is left of it."""
        return self._key(name) or name

    def name(self, id: str) -> str:  # noqa: A002 - an id is called id throughout
        """The name of a profile."""
        return self._names[id][0]

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[str, ...]]:
        by_key: dict[str, list[str]] = {}
        for one, keys in self.keys.items():
            for key in keys:
                by_key.setdefault(key, []).append(one)
        return {key: tuple(sorted(ids)) for key, ids in by_key.items()}

    @cached_property
    def _index(self) -> words.NameIndex:
        return words.NameIndex(self._names)


def _distinct_keys(names: Sequence[str]) -> tuple[str, ...]:
    if len(names) == 1:  # nearly all
        key = words.name_key(names[0])
        return (key,) if key else ()
    return tuple(dict.fromkeys(filter(None, map(words.name_key, names))))
