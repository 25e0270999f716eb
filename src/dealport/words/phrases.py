"""Sentences, headings and labels shown to people, in five languages: the words are in ``data/phrases.json``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from dealport.words.shipped import read_data

Phrases = Mapping[str, Mapping[str, str]]


@cache
def load_phrases() -> Phrases:
    """Key to language to text with ``{placeholders}``; every key has every language of `model.LANGUAGES`."""
    import json

    return MappingProxyType(json.loads(read_data("phrases.json", folder="")))


def phrase(key: str, language: str = "en", **arguments: str) -> str:
    """The phrase in a language, its placeholders filled in; English where the language is not one of ours.

    Arguments stand as they are: braces in them are not read. Raises KeyError for an unknown key or a missing argument.
    """
    texts = load_phrases()[key]
    return texts.get(language, texts["en"]).format_map(arguments)


def criterion_label(name: str, language: str = "en") -> str:
    """``Needs met`` for ``complement``; a criterion without a phrase gives its name in words."""
    key = f"criterion.{name}"
    return phrase(key, language) if key in load_phrases() else name.replace("_", " ").capitalize()


def column_heading(name: str, language: str = "en") -> str:
    """Heading of a column of the shortlist, ``points_<criterion>`` too."""
    if name.startswith("points_"):
        return phrase("heading.points", language, criterion=criterion_label(name.removeprefix("points_"), language))
    return phrase(f"heading.{name}", language)
