"""Whole outputs on the sample market: the same files in give the same words, figures and columns out.

After a change that is wanted, `python -m tests.cli.test_whole_outputs` writes what the commands say now; look at the
difference before it is kept.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import openpyxl
import pytest

from dealport.cli.main import main
from dealport.scoring.criteria.weights import ALL_WEIGHTS
from tests.cli.conftest import FILES

SAMPLE = Path(__file__).parents[2] / "profiles"
OUTPUTS = Path(__file__).parents[1] / "cases" / "outputs"
WIDTH = "100"
LIST = (
    "Company Name,HQ Country,Vertical,Zodiac,Raising (USD m),Founded,Kind,Contact Email\n"
    "Lumen,Korea,AI; robotics,x,2.5,2019,Startup,a@lumen.kr\n"
    "Harbor,Atlantis 9,zzzz,,lots,soon,VC,b@harbor.cn\n"
    "Paper,JP,AI,,1,2020,Press,\n"
)
SETTINGS: Mapping[str, str] = {
    "zero.toml": "[weights]\n" + "".join(f"{name} = 0\n" for name in ALL_WEIGHTS),
    "faulty.toml": '[weights]\nsectrs = 3\nzzz = 1\nstage = -1\nticket = true\ngeography = "x"\n[other]\na = 1\n',
    "flat.toml": "weights = 3\n",
    "half.toml": "[weights]\nsectors = 0\nstage = 7.5\n",
    "own/sectors.toml": '[sectors.farm-robots]\nlabels = {en = "Farm robots"}\n'
    'parents = ["robotics"]\nwords = {exact = ["agribots"]}\n',
    "own/startups.csv": "name,country,sectors\nA,KR,agribots\n",
    "unknown/sectors.toml": '[sectors.farm-robots]\nlabel = "Farm robots"\n',
    "circle/sectors.toml": '[sectors.a]\nparents = ["b"]\n[sectors.b]\nparents = ["a"]\n',
    "many/1 startups.csv": "name,country,sectors\nA,KR,AI\n,KR,AI\nC,KR,AI,too,many\n",
    "many/2 investors.csv": "name,country,sectors\n,CN,AI\n"
    "Long Name Of An Investor Whose Words Go On And On And On,CN,AI\n",
    "many/3 startups.csv": "name,country,sectors\n-,JP,AI\nB,JP,AI\n",
    "many/4 all.csv": "name,kind,country\nD,bank,KR\nE,startup,KR\nA,startup,KR\na,startup,KR\n",
    "told/columns.toml": 'as = "bank"\ncountry = 3\n[columns]\nZodiac = "sector"\n',
    "told/startups.csv": "name,country,Zodiac\nA,KR,AI\n",
    "meant/columns.toml": '["list.csv"]\nas = "investor"\ncountry = "SG"\n["list.csv".columns]\nZodiac = "sectors"\n',
    "meant/list.csv": "name,Zodiac\nA,AI\n",
}
COMMANDS: Mapping[str, str] = {
    **{f"match-{language}": f"match market --for lunit --language {language}" for language in ("en", "ko", "zh", "ja")},
    "match-weak": "match market --for harbor --weak --top 2 --language zh-Hant",
    "match-json": "match market --for lunit --top 2 --json",
    **{
        f"explain-{language}": f"explain lunit cmb-international market --language {language}"
        for language in ("en", "ko", "zh", "zh-Hant", "ja")
    },
    "explain-json": "explain lunit cmb-international market --json",
    "shortlist": "shortlist market --for lunit --top 3 --out s.csv --out s.xlsx --out s.html --out s.md --out s.jsonl",
    "shortlist-ko": "shortlist market --for harbor --top 2 --language ko --out s.xlsx --out s.md",
    "plan": "plan small --event event.toml --out plan",
    "plan-zh": "plan small --event event.toml --out plan.xlsx --out plan.csv --language zh",
    "plan-ja": "plan small --event event.toml --language ja --what-if",
    "check": "check market",
    "check-list": "check list.csv",
    "check-columns": "check list.csv --columns",
    "check-json": "check list.csv --json",
    "check-many": "check many --out check.xlsx",
    "check-many-json": "check many --json",
    "convert-many": "convert many --out many.csv",
    "show-many": "show many",
    "check-file": "check list.csv --out check.xlsx",
    "show": "show market --for lunit",
    "show-json": "show market --for harbor --json",
    "backtest": "backtest market --since 2024-06-01",
    "backtest-out": "backtest market --since 2024-06-01 --out b.html --rankings b.csv",
    **{f"weights-{name}": f"match small --weights {name}.toml" for name in ("zero", "faulty", "flat", "half")},
    **{f"settings-{name}": f"check {name}" for name in ("own", "unknown", "circle", "told", "meant")},
    "settings-in-the-way": "match circle",
    "sectors": "sectors AI반도체 battery 机器人 fintch",
    "sectors-json": "sectors AI반도체 battery --json",
    "convert": "convert small --out c.csv --out c.xlsx --out c.json",
    "convert-toml": "convert small --out folder",
    "new": "new event Baz .",
}


def said(command: str, folder: Path) -> Iterator[str]:
    """The exit code, what is printed, and every file that is written, as text."""
    before = {path for path in folder.rglob("*") if path.is_file()}
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(command.split())
    yield f"$ dealport {command}\n== exit {code}\n{out.getvalue()}"
    yield f"== stderr\n{err.getvalue()}"
    for path in sorted({path for path in folder.rglob("*") if path.is_file()} - before):
        yield f"== {path.relative_to(folder).as_posix()}\n{_text_of(path)}"


def _text_of(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_bytes().decode().replace("\r\n", "\n")
    lines = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know the newer data bars
        book = openpyxl.load_workbook(path)
    for sheet in book:
        widths = [f"{letter} {column.width:.0f}" for letter, column in sorted(sheet.column_dimensions.items())]
        lines.append(f"-- {sheet.title}, {sheet.dimensions}, {sheet.freeze_panes}, {', '.join(widths)}")
        for row in sheet.iter_rows():
            lines += [
                f"{cell.coordinate} {cell.number_format}: {cell.value!r}" for cell in row if cell.value is not None
            ]
    return "\n".join(lines) + "\n"


@contextlib.contextmanager
def sample() -> Iterator[Path]:
    """A folder with the sample market in it, to work in, on a screen of a known width."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", WIDTH)
        shutil.copytree(SAMPLE, Path(folder) / "market")
        Path("list.csv").write_text(LIST, encoding="utf-8")
        for name, text in (*FILES.items(), *SETTINGS.items()):
            path = Path(name.replace("profiles/", "small/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        yield Path(folder)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_and_writes_what_it_did(name: str) -> None:
    with sample() as folder:
        now = "\n".join(said(COMMANDS[name], folder))

    assert now.split("\n") == (OUTPUTS / f"{name}.txt").read_text(encoding="utf-8").split("\n")


def write_all() -> None:
    """Keep what the commands say now."""
    OUTPUTS.mkdir(exist_ok=True)
    for name, command in COMMANDS.items():
        with sample() as folder:
            now = "\n".join(said(command, folder))
        (OUTPUTS / f"{name}.txt").write_bytes(now.encode())


if __name__ == "__main__":
    write_all()
