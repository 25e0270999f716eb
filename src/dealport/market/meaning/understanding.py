"""What the words of one row mean, with a problem for each that is not understood. Sectors: see `mentions`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from dealport.market.meaning.market_words import MarketWords
from dealport.market.problems import Problems, did_you_mean, quoted
from dealport.model import Origin, Reach
from dealport.words.funding.backward_ranges import turned_round
from dealport.words.funding.money import MoneyError, home_currency
from dealport.words.funding.stages import earliest_stage, last_stage, next_stage

# Nobody raises or invests less: "$250-500" is thousands to who typed it.
LEAST_USD = 1_000


class Understanding(Struct, frozen=True):
    """The vocabulary, and where to complain about one row."""

    vocabulary: MarketWords
    problems: Problems
    origin: Origin

    @property
    def quiet(self) -> Understanding:
        """The same without complaints."""
        return replace(self, problems=Problems())

    def home(self, word: str) -> str:
        """Code of the country a profile is in; "" when it is not understood, which `country` tells."""
        word = self.vocabulary.clean(word)
        return self.vocabulary.country(word) if word else ""

    def text(self, field: str, value: str) -> str:
        """Text without control characters; a warning when it had any but white space."""
        safe = self.vocabulary.clean(value)
        if safe != value and any(unicodedata.category(mark) == "Cc" and not mark.isspace() for mark in value):
            message = f"control characters were removed from {quoted(value)}"
            self.problems.warn(self.origin, field, message, "type it anew, do not paste it")
        return safe

    def texts(self, values: Iterable[str]) -> tuple[str, ...]:
        """Texts without control characters, each once, in the order typed."""
        return tuple(dict.fromkeys(filter(None, map(self.vocabulary.clean, values))))

    def texts_of(self, field: str, values: Iterable[str]) -> tuple[str, ...]:  # noqa: ARG002 -- as every list
        """`texts` of a field."""
        return self.texts(values)

    def country(self, field: str, word: str, *, required: bool = False) -> str:
        """Code of a country; "" when there is none, and with a problem when not understood: a fault if `required`."""
        word = self.vocabulary.clean(word)
        if not word:
            return ""
        code = self.vocabulary.country(word)
        if not code:
            cure = did_you_mean(self.vocabulary.near_countries(word)) or 'a code such as "KR" always works'
            complain = self.problems.fault if required else self.problems.warn
            complain(self.origin, field, f"unknown country {quoted(word)}", cure, word=word)
        return code

    def capabilities(self, field: str, words: Sequence[str]) -> frozenset[str]:
        """Ids of capabilities; a warning for each word not understood."""
        near = self.vocabulary.near_capabilities
        return frozenset(self._known(field, words, self.vocabulary.capability, "capability", near))

    def languages(self, field: str, words: Sequence[str]) -> tuple[str, ...]:
        """Codes of languages, each once, in the order typed; a warning for each word not understood."""
        return tuple(dict.fromkeys(self._known(field, words, self.vocabulary.language, "language", lambda _: ())))

    def reach(
        self, field: str, words: Sequence[str], *, home: str = "", exclusive: bool = False
    ) -> tuple[Reach | None, list[str]]:
        """Countries and regions (None when not a word is understood) and the words not understood.

        `home` is what "domestic" means.

        Where the field is `exclusive` (it rules pairs out), a word not understood is a fault.
        """
        if not words:
            return None, []
        cleaned = [self.vocabulary.clean(word) for word in words]
        reach, unknown = self.vocabulary.reach(cleaned, home)
        complain = self.problems.fault if exclusive else self.problems.warn
        for place, word in enumerate(cleaned, start=1):
            for name in (name for name in unknown if name == word or (name not in cleaned and name in word)):
                cure = did_you_mean(self.vocabulary.near_countries(name))
                message = f"unknown country or region {quoted(name)}"
                complain(self.origin, f"{field}[{place}]", message, cure, word=name)
        return reach or None, sorted(set(unknown))

    def stages(self, field: str, words: Sequence[str], *, of_investor: bool = False) -> frozenset[str]:
        """Stage ids of all words together; a warning for each word not understood, also within a list in one cell."""
        found: set[str] = set()
        for place, word in enumerate(words, start=1):
            read = self.vocabulary.stages(self.vocabulary.clean(word), of_investor=of_investor)
            found |= read.stages
            for unknown in read.unknown:
                cure = did_you_mean(self.vocabulary.near_stages(unknown)) or 'write it as "Seed" or "Series A"'
                name = f"{field}[{place}]" if len(words) > 1 else field
                message = f"unknown stage {quoted(unknown)}"
                self.problems.warn(self.origin, name, message, cure, word=unknown)
        return frozenset(found)

    def rounds(self, stage: str, last_round: str) -> tuple[str, str]:
        """The round being raised and the last one closed, each "" when unknown.

        The former is the earliest that `stage` may mean; where that is blank, the one after the last.
        """
        named = self.stages("stage", [stage] if stage else [])
        is_known = bool(self.stages("last_round", [last_round] if last_round else []))
        last = last_stage(self.vocabulary.clean(last_round)) if is_known else ""
        return earliest_stage(named) if named or stage else next_stage(last), last

    def usd(
        self, field: str, value: str | float, country: str, *, is_at_home: bool = False
    ) -> tuple[float, float] | None:
        """A range in US dollars; None when it says nothing, with a warning when it is not understood.

        Where the amount `is_at_home` and names no currency, it is in that of the country.
        """
        if value == "":
            return None
        try:
            amount = self.vocabulary.usd(value, country, home_currency(country) if is_at_home else "USD")
        except MoneyError:
            turned = turned_round(str(value), country=country)
            cure = f"write {turned}" if turned else 'write it as "USD 20M", "300억원" or "€1-5m"'
            message = f"{quoted(value)} runs backwards" if turned else f"unknown amount {quoted(value)}"
            self.problems.warn(self.origin, field, message, cure, word=self.vocabulary.clean(str(value)))
            return None
        if amount is not None and amount[1] < LEAST_USD and field in ("ticket", "raising"):
            told = f"{quoted(value)} is read as less than USD {LEAST_USD:,.0f}"
            self.problems.warn(self.origin, field, told, 'give its unit, as in "USD 250k"')
        return amount

    def lead(self, value: bool | str) -> bool | None:
        """Whether it leads; None when unknown, with a warning when the word is not understood."""
        answer, understood = self.vocabulary.yes_or_no(value)
        if not understood:
            message, word = f"neither yes nor no: {quoted(value)}", self.vocabulary.clean(str(value))
            self.problems.warn(self.origin, "lead", message, "write true or false", word=word)
        return answer

    def day(self, field: str, value: date | str) -> date | None:
        """A day; None when blank, with a warning when not understood."""
        if isinstance(value, date):
            return value
        if value:
            message, word = f"unknown date {quoted(value)}", self.vocabulary.clean(value)
            self.problems.warn(self.origin, field, message, "write it as 2026-01-07", word=word)
        return None

    def _known(
        self,
        field: str,
        words: Sequence[str],
        meaning: Callable[[str], str],
        what: str,
        near: Callable[[str], tuple[str, ...]],
    ) -> list[str]:
        found = []
        for place, word in enumerate(words, start=1):
            cleaned = self.vocabulary.clean(word)
            if known := meaning(cleaned):
                found.append(known)
            elif cleaned:
                cure = did_you_mean(near(cleaned))
                message = f"unknown {what} {quoted(cleaned)}"
                self.problems.warn(self.origin, f"{field}[{place}]", message, cure, word=cleaned)
        return found
