"""What a command is asked to read and to rank: records that its options fill.

Light on purpose: a help page is printed from these fields, and nothing heavy is imported for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dealport.model import Kind


class Sources(Struct, frozen=True):
    """What is read beside the profiles, and how.

    Attributes:
        weights: A file; None: weights.toml beside the profiles, else the weights to begin with.
        deals: A file of past deals, read beside any deals.csv.
        with_deal_investors: Investors known only from deals are proposed too.
        only_stated_countries: Pairs outside the countries an investor names are left out, not kept as a last resort.
        as_of: Day of exchange rates and activity; None: the newest date in the files.
        strict: Faults in input end the command.
        side: What the rows of tables are, where nothing nearer tells.
        country: Code of the country of rows of tables that name none.
    """

    weights: Path | None = None
    deals: Path | None = None
    with_deal_investors: bool = False
    only_stated_countries: bool = False
    as_of: date | None = None
    strict: bool = False
    side: Kind | None = None
    country: str = ""


AS_FOUND = Sources()  # the files alone, as they say it


class Request(Sources, frozen=True):
    """What a ranking is asked for, in the user's words.

    Attributes:
        by: Whose lists, of both sides in one table; `for_name` decides where it is given.
        k: Pairs a participant, at most.
        for_name: One participant of either side, in any spelling.
        from_country, to_country: The startup's and the investor's country.
        sector: Only startups in this sector or a kind of it.
        min_score: 0 to 100.
    """

    by: Kind | Literal["both"] = "startup"
    k: int = 10
    for_name: str = ""
    from_country: str = ""
    to_country: str = ""
    sector: str = ""
    min_score: float = 0.0
