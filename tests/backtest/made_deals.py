"""Made-up deals, the same ones every time: investors of five countries that go abroad by habit."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import numpy as np

COUNTRIES = ("KR", "CN", "US", "GB", "SG")
SECTORS = ("AI", "robotics", "batteries", "fintech", "biotech", "semiconductors")
CITIES = {"KR": "Seoul", "CN": "Shanghai", "US": "Boston", "GB": "London", "SG": "Singapore"}
COLUMNS = (
    "date", "startup_id", "startup", "startup_country", "startup_city", "startup_founded", "startup_sectors",
    "investor_id", "investor", "investor_country", "round", "amount",
)  # fmt: skip
FIRST = date(2019, 1, 1)


def made_rows(n_startups: int = 220, n_investors: int = 30, *, seed: int = 5) -> list[dict[str, str]]:
    """Rows of a deals file, 2019 to 2024, in the order of their days."""
    generator = np.random.default_rng(seed)
    homes = [COUNTRIES[place % 5] for place in range(n_investors)]
    goes_to = [COUNTRIES[(place * 3 + 1) % 5] for place in range(n_investors)]
    likes = [SECTORS[place % 6] for place in range(n_investors)]
    rows = []
    for startup in range(n_startups):
        country = COUNTRIES[int(generator.integers(5))]
        sector = SECTORS[int(generator.integers(6))]
        day = FIRST + timedelta(days=int(generator.integers(0, 2100)))
        founded = day - timedelta(days=int(generator.integers(100, 3000)))
        chances = np.array(
            [
                1.0 + 6 * (goes_to[one] == country) + 4 * (likes[one] == sector) + 2 * (homes[one] == country)
                for one in range(n_investors)
            ]
        )
        for turn in range(int(generator.integers(1, 4))):
            made_on = day + timedelta(days=200 * turn)
            if made_on > date(2024, 12, 31):
                break
            investor = int(generator.choice(n_investors, p=chances / chances.sum()))
            rows.append(
                {
                    "date": str(made_on),
                    "startup_id": f"s{startup:03}",
                    "startup": f"Startup {startup}",
                    "startup_country": country,
                    "startup_city": CITIES[country],
                    "startup_founded": str(founded),
                    "startup_sectors": sector,
                    "investor_id": f"i{investor:02}",
                    "investor": f"Investor {investor}",
                    "investor_country": homes[investor],
                    "round": ("seed", "series a", "series b")[turn],
                    "amount": f"USD {int(10 ** generator.uniform(5, 7))}",
                }
            )
    return sorted(rows, key=lambda row: (row["date"], row["startup_id"], row["investor_id"]))


def deals_csv(rows: list[dict[str, str]] | None = None) -> str:
    """The text of a deals file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(made_rows() if rows is None else rows)
    return text.getvalue()
