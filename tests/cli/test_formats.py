"""Each known export, unaltered, through check, convert and match."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dealport.reading.paths import read_paths
from tests.cli.conftest import Run
from tests.reading.exports import EXPORTS

OTHER_SIDE = """name,kind,country,sectors,stages,stage,invests_in
Kestrel,investor,DE,AI; energy; food,Series A,,global
Quay,startup,BR,AI; energy; food,,Series A,
Lumen,startup,KR,AI,,,
Harbor Ventures,investor,SG,AI,,,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with some participants of both sides in ``others.csv``."""
    monkeypatch.chdir(tmp_path)
    Path("others.csv").write_text(OTHER_SIDE, encoding="utf-8")
    return tmp_path


def ranking(run: Run, *paths: str, side: str | None) -> object:
    ran = run("match", *paths, "others.csv", "--json", *(["--as", side] if side else []))
    return json.loads(ran.out)["participants"]


@pytest.mark.parametrize("out", ["clean.csv", "clean.xlsx", "clean"])
@pytest.mark.parametrize("name", EXPORTS)
def test_a_known_export_goes_in_as_it_is_and_comes_out_the_same_market(
    folder: Path, run: Run, name: str, out: str
) -> None:
    export = EXPORTS[name]
    Path(export.file).write_bytes(export.data)
    told = ["--as", export.side] if export.side else []

    columns, checked = run("check", "--columns", export.file, *told), run("check", export.file, *told)
    converted = run("convert", export.file, "--out", out, *told)

    (table,) = read_paths([Path(export.file)], side=export.side).tables
    assert table.format == name
    assert (table.n_taken, table.n_merged, table.n_rows) == (export.n_taken, export.n_merged, export.n_rows)
    assert f"{table.n_rows} rows: {table.n_taken} taken" in " ".join(columns.out.split())
    n_profiles = sum(map(int, re.findall(r"(\d+) (?:startup|investor)", checked.out.splitlines()[-1])))
    assert n_profiles == (0 if table.kind == "deal" else table.n_taken)
    assert converted.code == 0, converted.err
    written = sorted(str(path) for path in Path().glob("clean*") if "errors" not in path.name)
    assert ranking(run, *written, side=None) == ranking(run, export.file, side=export.side)
