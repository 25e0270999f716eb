"""Made-up markets of any size, from a seed: Zipf sectors on the real graph, 60 countries, silent fields.

python tests/bench/markets.py 5000 2000 FOLDER [--parquet | --toml] writes startups.csv and investors.csv, the same as
.parquet, or a file a profile.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dealport.words.sectors.graph import load_graph

_CODES = (
    "KR CN JP SG HK TW VN US GB DE FR IN ID MY TH PH AE SA IL NL "
    "SE FI DK NO CH AT BE ES PT IT PL CZ RO GR TR EG NG KE ZA BR "
    "MX AR CL CO PE CA AU NZ KZ UZ MN BD PK LK QA KW IE EE LT LV "
)
COUNTRIES = tuple(_CODES.split())
STAGES = ("Pre-seed", "시드", "Seed", "Pre-A", "A轮", "Series A", "시리즈 B", "Series C", "growth")
KINDS = ("VC", "VC", "VC", "Solo angel", "CVC", "Family office", "PE fund", "Accelerator")
ABILITIES = ("scale", "data", "deployment speed", "manufacturing", "distribution", "precision", "R&D", "talent")
CURRENCIES = ("USD {}", "{}억원", "{}万人民币", "€{}", "{}万円")
LANGUAGES = ("en", "ko", "zh", "ja")


def make_rows(n: int, *, investors: bool, seed: int) -> list[dict[str, str]]:
    """`n` profiles as table rows; about one field in seven is silent."""
    generator = np.random.default_rng(seed)
    graph = load_graph()
    sectors = sorted(name for name in graph.sectors if graph.information(name))
    order = generator.permutation(len(sectors))
    zipf = 1 / np.arange(1, len(sectors) + 1)
    weights = (zipf / zipf.sum())[np.argsort(order)]
    country_weights = 1 / np.arange(1, len(COUNTRIES) + 1) ** 0.8
    countries = generator.choice(COUNTRIES, size=n, p=country_weights / country_weights.sum())

    def some(values: Sequence[str], most: int) -> str:
        picked = generator.choice(
            len(values), size=min(int(generator.integers(0, most + 1)), len(values)), replace=False
        )
        return "; ".join(values[place] for place in picked)

    rows = []
    for index in range(n):
        words = [
            graph.label(sectors[place], LANGUAGES[int(generator.integers(len(LANGUAGES)))])
            for place in generator.choice(
                len(sectors), size=int(generator.integers(1, 5 if investors else 4)), p=weights
            )
        ]
        low = float(np.round(10 ** generator.uniform(4.5, 7.5), -3))
        row = {
            "id": f"{'i' if investors else 's'}{index:06}",
            "name": f"{'Investor' if investors else 'Startup'} {index} {'투자' if index % 3 else '资本'}",
            "country": str(countries[index]),
            "sectors": "; ".join(words),
            "seeks": some(ABILITIES, 3),
            "offers": some(ABILITIES, 4),
            "languages": some(LANGUAGES, 2),
        }
        if investors:
            row |= {
                "stages": some(STAGES, 3),
                "ticket": f"USD {low:.0f}-{low * 10:.0f}",
                "type": str(generator.choice(KINDS)),
                "lead": str(generator.choice(["true", "false", ""])),
                "invests_in": some(("Asia", "global", "Southeast Asia", "KR", "CN", "US", "Europe", ""), 3),
            }
        else:
            row |= {
                "stage": str(generator.choice(STAGES)),
                "raising": f"USD {low * 3:.0f}",
                "markets": some(("CN", "KR", "US", "Southeast Asia", "global"), 2),
            }
        for name in row.keys() - {"id", "name", "country"}:
            if generator.random() < 1 / 7:
                row[name] = ""
        rows.append(row)
    return rows


def write_market(folder: Path, n_startups: int, n_investors: int, *, seed: int = 7) -> None:
    """Two CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, n, investors in (("startups", n_startups, False), ("investors", n_investors, True)):
        rows = make_rows(n, investors=investors, seed=seed + investors)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def write_parquet_market(folder: Path, n_startups: int, n_investors: int, *, seed: int = 7) -> tuple[Path, Path]:
    """Two Parquet files, startups first."""
    import polars

    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "startups.parquet", folder / "investors.parquet"
    polars.DataFrame(make_rows(n_startups, investors=False, seed=seed)).write_parquet(files[0])
    polars.DataFrame(make_rows(n_investors, investors=True, seed=seed + 1)).write_parquet(files[1])
    return files


def write_toml_market(folder: Path, n_startups: int, n_investors: int, *, seed: int = 7) -> None:
    """One TOML file a profile."""
    lists = {"sectors", "seeks", "offers", "languages", "stages", "invests_in", "markets"}
    for name, n, investors in (("startups", n_startups, False), ("investors", n_investors, True)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for row in make_rows(n, investors=investors, seed=seed + investors):
            lines = []
            for key, text in row.items():
                quoted = ", ".join(f'"{word}"' for word in text.split("; ") if word) if key in lists else ""
                lines.append(f"{key} = [{quoted}]" if key in lists else f'{key} = "{text}"')
            (folder / name / f"{row['id']}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    toml, parquet = "--toml" in sys.argv, "--parquet" in sys.argv
    write = write_toml_market if toml else write_parquet_market if parquet else write_market
    write(Path(sys.argv[3]), int(sys.argv[1]), int(sys.argv[2]))
