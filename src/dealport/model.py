"""The records every floor shares: profiles, deals, where a fact was typed, faults, errors and exit codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import Literal

from msgspec import Struct, field

Kind = Literal["startup", "investor"]
Severity = Literal["fault", "warning"]
How = Literal["stated", "umbrella", "listed", "inferred", "derived", "dealt", "with"]
HowExcluded = Literal["stated", "rule", "preference"]

LANGUAGES = ("en", "ko", "zh", "zh-Hant", "ja")


class ExitCode(IntEnum):
    """What a command tells the shell."""

    DONE = 0
    CANNOT = 1
    USAGE = 2
    FAULTS = 3


class DealportError(Exception):
    """A fault the user can mend: one clear line with its cure, and the exit code the command ends with."""

    exit_code = ExitCode.CANNOT


class RequestError(DealportError):
    """The request can't be met: nothing to match, an unclear name, a file that exists, a full disk."""


class UsageError(DealportError):
    """The command line is wrong: a missing path, a bad option."""

    exit_code = ExitCode.USAGE


class InputError(DealportError):
    """Faults in input files, all of them at once: `problems`, in the order of the files."""

    exit_code = ExitCode.FAULTS

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class Origin(Struct, frozen=True, eq=False):
    """Where something was typed. Equal where path, line and sheet are.

    Attributes:
        path: The file, as the user named it; `sheet`: that of a workbook, else ""; line: 1-based; 0: the whole file.
        columns: Field name to column letter in a workbook; shared by all rows of a sheet.
        lines: Field name (``participant[2].absent`` too) to 1-based line in a TOML or JSON file.
    """

    path: str
    line: int = 0
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    _place = property(attrgetter("path", "line", "sheet"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    def place(self, name: str = "") -> str:
        """``lumen.toml:12``, or ``market.xlsx:Sheet1!C7`` in a workbook; `name` is a field (``sectors[2]`` too)."""
        if self.sheet:
            column = self.columns.get(name.partition("[")[0].partition(".")[0], "A")
            return f"{self.path}:{self.sheet}!{column}{self.line}" if self.line else f"{self.path}:{self.sheet}"
        while name not in self.lines and (end := max(name.rfind("["), name.rfind("."))) > 0:
            name = name[:end]
        line = self.lines.get(name, self.line)
        return f"{self.path}:{line}" if line else self.path


class Problem(Struct, frozen=True):
    """One fault or warning, with its place and its cure.

    Attributes:
        place: What `Origin.place` gives.
        field: The field, ``sectors[2]`` for the second word of a list (1-based); "" for the whole profile or file.
        message: What is wrong, with what was typed.
        cure: How to mend it; "" when the message says it.
        severity: A fault makes `check` exit 3; a warning never does.
        word: What was typed, where it leads to nothing; "" where it is understood, if doubtfully.
    """

    place: str
    field: str
    message: str
    cure: str = ""
    severity: Severity = "fault"
    word: str = ""

    def __str__(self) -> str:
        head = f"{self.place}: {self.field}: " if self.field else f"{self.place}: "
        return f"{head}{self.message} ({self.cure})" if self.cure else head + self.message


class Row(Struct, frozen=True):
    """One profile, deal or event as it lies on disk, before any word of it is understood.

    Attributes:
        kind: ``startup`` or ``investor`` where the file says so, else "".
        stem: The id a file's own name gives when the file holds just this row, else "".
        fields: Field name to the raw value: text, number, bool, date, list, table or None.
    """

    kind: str
    stem: str
    fields: Mapping[str, object]
    origin: Origin


class SectorMention(Struct, frozen=True):
    """One sector of a profile and the word that gave it.

    Attributes:
        word: What was typed or found.
        how: ``stated`` in the sector field; ``umbrella``: a member of a stated umbrella word; ``listed``: in free
            text, as what is wanted or done or in a list of that; ``inferred``: a lone word of free text; ``derived``
            from its portfolio; ``dealt`` from its deals; ``with``: the technology of an investor's field, never shared.
        is_means: Whether a startup is this only as a compound's technology: nothing is missing where none wants it.
    """

    sector: str
    word: str
    how: How = "stated"
    is_means: bool = False


class Exclusion(Struct, frozen=True):
    """One sector that an investor rules out, and the word that did.

    Attributes:
        how: ``stated`` in `excludes`; ``rule`` or ``preference`` ("we rarely") in its description.
    """

    sector: str
    word: str
    how: HowExcluded = "stated"


class Reach(Struct, frozen=True, eq=False):
    """The countries a side names, directly or by a region.

    Attributes:
        countries: Codes named one by one; `regional`: those that only a named region holds; `everywhere`: "global".
        only: No others. regions: Words that named a region, as typed; not compared: 아세안 is ASEAN.
    """

    countries: frozenset[str] = frozenset()
    regional: frozenset[str] = frozenset()
    everywhere: bool = False
    only: bool = False
    regions: tuple[str, ...] = ()
    _said = property(attrgetter("countries", "regional", "everywhere", "only"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reach) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    def __contains__(self, country: object) -> bool:
        return self.everywhere or country in self.countries or country in self.regional

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.countries or self.regional)


class Profile(Struct, frozen=True):
    """What startups and investors have in common.

    Attributes:
        id: Unique on its side.
        country: ISO 3166-1 alpha-2 code; "" when unknown.
        sectors: Every sector mentioned, strongest how first, a sector once.
        agnostic: True when the profile says it takes any sector.
        excluded_sectors: Sectors it must not be paired with (one stands for its descendants too); countries likewise.
        exclusions: The words behind `excluded_sectors`, the surest first.
        seeks: Capability ids it wants besides money; `offers`: those it brings.
        wants: Ids of those of the other side it asks to meet, best first; `avoids`: of those it must not meet.
        misread: Words of `excludes`, `avoids` or `invests_in` not understood; its pairs carry a flag.
        not_understood: Field and word of each word that leads to nothing: ``("sectors[2]", "qwert")``.
    """

    id: str
    name: str
    country: str = ""
    aliases: tuple[str, ...] = ()
    sectors: tuple[SectorMention, ...] = ()
    agnostic: bool = False
    excluded_sectors: frozenset[str] = frozenset()
    excluded_countries: frozenset[str] = frozenset()
    exclusions: tuple[Exclusion, ...] = ()
    seeks: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    avoids: frozenset[str] = frozenset()
    misread: tuple[str, ...] = ()
    not_understood: tuple[tuple[str, str], ...] = ()
    contact: str = ""
    description: str = ""
    website: str = ""
    sources: tuple[str, ...] = ()
    as_of: date | None = None
    origin: Origin = Origin("")


class Startup(Profile, frozen=True):
    """One that raises money.

    Attributes:
        stage: Id on the ladder of `stage_words` of the round being raised; `last_round`: that of the last closed;
            both "" when unknown, as the city (as typed) is.
        raising_usd: Smallest and largest ask in US dollars, both ends included; `total_raised_usd`: all it has raised
            so far, likewise; None: not stated.
        markets: Where it wants to go; None: not stated, as with `founded_on`.
        backed_by: Ids of present investors that already back it (its backers, their portfolios, deals).
        backers: Names of its backers as typed; `backer_keys`: keys of the same as `Deal.investor_key`.
    """

    stage: str = ""
    last_round: str = ""
    raising_usd: tuple[float, float] | None = None
    total_raised_usd: tuple[float, float] | None = None
    markets: Reach | None = None
    backed_by: frozenset[str] = frozenset()
    backers: tuple[str, ...] = ()
    backer_keys: tuple[str, ...] = ()
    city: str = ""
    founded_on: date | None = None


class Investor(Profile, frozen=True):
    """A source of money.

    Attributes:
        stages: Ids on the ladder; empty: not stated.
        ticket_usd: Smallest and largest cheque in US dollars, both ends included; None: not stated.
        lead: Whether it leads rounds; None: unknown.
        type: Kind of investor as typed (VC, corporate, angel, family office ...).
        invests_in: Where it invests; `must_invest_in`: where its mandate obliges it to; None: not stated.
        portfolio: Names of startups it backs, as typed.
    """

    stages: frozenset[str] = frozenset()
    ticket_usd: tuple[float, float] | None = None
    lead: bool | None = None
    type: str = ""
    invests_in: Reach | None = None
    must_invest_in: Reach | None = None
    portfolio: tuple[str, ...] = ()


class Deal(Struct, frozen=True, kw_only=True):
    """One investor in one funding round of one startup.

    Attributes:
        startup: Name as typed; `startup_id` is the profile it was joined to, else "".
        investor: Name as typed; `investor_id` is the profile it was joined to, else "".
        startup_key: What tells it from every other: the profile's id, else the id in the deals file, else a key of the
            name; `investor_key` likewise.
        startup_country: ISO 3166-1 alpha-2 code; "" when unknown, as city (as typed) and stage (id on the ladder) are.
        startup_sectors: Ids, as the deals file states them; `sector_words` gave them, as typed.
        founded_on: When the startup was founded; None: unknown.
        amount_usd: Size of the whole round; None: unknown.
    """

    made_on: date
    startup: str
    investor: str
    startup_id: str = ""
    investor_id: str = ""
    startup_key: str = ""
    investor_key: str = ""
    startup_country: str = ""
    investor_country: str = ""
    startup_city: str = ""
    startup_sectors: tuple[str, ...] = ()
    sector_words: tuple[str, ...] = ()
    founded_on: date | None = None
    stage: str = ""
    amount_usd: float | None = None
    origin: Origin = Origin("")
