"""Made-up files in the exact shape of each known export, with its dirt: header row, order of columns, odd cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dealport.model import Kind
from tests.reading.sheets import Rows, csv_bytes, xlsx_bytes

# ruff: noqa: SIM905 -- a header row reads best as the line it is

OPENVC = (
    "Investor name,Website,Global HQ,Countries of investment,Stage of investment,Investment thesis,Investor type,"
    "First cheque minimum,First cheque maximum"
).split(",")
CRUNCHBASE = (
    "Organization Name,Organization Name URL,Industries,Headquarters Location,Description,CB Rank (Company),"
    "Founded Date,Operating Status,Website,Number of Employees,Total Funding Amount (in USD),Number of Funding Rounds,"
    "Last Funding Type,Full Description"
).split(",")
FUNDING_ROUNDS = (
    "Transaction Name,Transaction Name URL,Organization Name,Organization Industries,Organization Location,"
    "Funding Type,Money Raised (in USD),Announced Date,Investor Names,Lead Investors,Number of Investors"
).split(",")
PITCHBOOK = (
    "Investors,Description,Primary Investor Type,Primary Industry Sector,Primary Industry Group,All Industries,"
    "Verticals,Keywords,Preferred Industry,Preferred Verticals,Preferred Geography,Preferred Investment Types,"
    "Preferred Investment Amount Min,Preferred Investment Amount Max,HQ Location,HQ Country/Territory/Region"
).split(",")
B2MATCH = (
    "Email,First name,Last name,Job description,Organization name,Phone number,Company website,City,Street,Postal code,"
    "Country,Participation type,Organization type,Areas of activities,Organization description,Validated"
).split(",")
AFFINITY = "Affinity Row ID,Organization ID,Name,Domain,Domains,Status,Owner,Country,Industry,Stage".split(",")
KOREAN = "번호,기업명,업종/분야,투자단계,누적투자금액,소재지".split(",")
CHINESE = "公司名称,行业,子行业,地点,轮次,融资金额,投资方".split(",")


def person(email: str, name: str, *about: str) -> list[str]:
    """A row of `B2MATCH`; `about`: country, participation type, organisation type, areas."""
    country, side, kind, areas = about
    return [email, "A", "Kim", "CEO", name, "1", "", "Seoul", "", "", country, side, kind, areas, "", "Yes"]


_OPENVC_ROWS: Rows = [
    OPENVC,
    ["Harbor Ventures", "harbor.example", "CA 94025", "USA, Korea, Republic of", "1. Idea or Patent, 2. Prototype",
     "We back AI, and robotics; no crypto.", "VC firm", "$10000", "$1000000"],
    ["Solo Angel", "", "GB", "", "3. Early Revenue", "Food", "Solo angel", "", "50000"],
    ["Tide", "", "Bengaluru, India", "China", "4. Scaling, 5. Growth, 6. Pre-IPO", "", "", "$5000", ""],
    ["", "x.example", "GB", "", "", "", "", "", ""],
]  # fmt: skip
_LIST_ROWS: Rows = [
    "name,type,hq_country,countries_of_investment,stages,sectors,cheque range,thesis".split(","),
    ["Harbor", "VC", "Singapore", "Global|LatAm", "Pre-seed|Seed|Series A+", "Sector Agnostic", "$250K - $2M", "AI"],
    ["Tide", "CVC", "USA", "Europe", "Seed", "Robotics|AI", "€1-5m", ""],
    ["Cove", "Angel", "GB", "", "", "Fintech", "up to 500k", ""],
]
_CRUNCHBASE_ROWS: Rows = [
    CRUNCHBASE,
    ["Lumen", "https://cb.example/lumen", "Artificial Intelligence (AI), Health Care", "Seoul, Seoul-t'ukpyolsi, "
     "South Korea", "Reads scans.", "1,234", "2015-01-01", "Active", "https://lumen.example", "11-50", "10000000", "3",
     "Series A", "Lumen reads scans."],
    ["Solis", "https://cb.example/solis", "Solar", "Beijing, Beijing, China", "", "9", "2019", "Active", "", "1-10",
     "", "", "", ""],
]  # fmt: skip
_ROUND_ROWS: Rows = [
    FUNDING_ROUNDS,
    ["Series A - Lumen", "u", "Lumen", "AI, Health Care", "Seoul, Korea", "Series A", "5000000", "2024-05-01",
     "Harbor Ventures, Foo, Inc., Bar", "Harbor Ventures", "3"],
    ["Seed - Solis", "u", "Solis", "", "Pune, India", "Seed", "", "2024-05-01", "", "", ""],
]  # fmt: skip
_PITCHBOOK_ROWS: Rows = [
    ["PitchBook"],
    ["Downloaded on:", "01-Jan-2026"],
    [],
    ["Search Criteria: Investors; Location: Asia"],
    ["Created for:", "Kim"],
    [],
    PITCHBOOK,
    ["Harbor", "A fund", "Venture Capital", "Energy", None, None, None, "batteries", "Healthcare, Software", "FinTech",
     "Asia, Europe", "Early Stage VC, Seed Round", 0.5, 20, "Singapore, Singapore", "Singapore"],
    ["Tide", None, None, "Energy", None, None, None, None, None, None, None, None, None, "€5m", "Oslo, Norway", None],
    ["© PitchBook Data, Inc. 2026"],
]  # fmt: skip
_B2MATCH_ROWS: Rows = [
    B2MATCH,
    person("a@l.example", "Lumen  Diagnostics", "South Korea", "Startup", "SME", "AI; Health"),
    person("h@h.example", "Harbor", "Singapore", "Investor", "VC", "AI"),
    person("b@l.example", "ＬＵＭＥＮ diagnostics", "Korea", "Startup / Scale-up", "SME", "AI; Robotics"),
    person("t@t.example", "Tide", "Norway", "", "Business angel", ""),
    person("p@p.example", "Daily", "Korea", "Press", "Media", ""),
]
_AFFINITY_ROWS: Rows = [
    AFFINITY,
    ["1", "7", "Harbor", "", "harbor.example", "New", "Kim", "Singapore", "AI", "Series A"],
    ["2", "8", "Tide", "", "", "New", "Kim", "Norway", "Energy; Robotics", ""],
]
_WIDE_ROWS: Rows = [
    "Company,Country,Sector: AI,Sector: Robotics,Investment Type: Seed,Investment Type: Series A,Biz Type: B2B".split(
        ","
    ),
    ["Harbor", "KR", "Yes", "", "x", "✓", "No"],
    ["Tide", "CN", "No", "1", "no", "TRUE", "Yes"],
    ["Cove", "JP", "", "", "", "", ""],
]
_KOREAN_ROWS: Rows = [
    ["2026 유망 스타트업 100"],
    KOREAN,
    ["1", "주식회사 루멘", "커머스|푸드/농업", "Pre-A", "853억원", "서울 강남구"],
    ["2", "솔리스", "AI/딥테크/블록체인", "시리즈 A", "1,268억", "경기 성남시"],
    ["3", "", "AI", "시드", "", "부산"],
    ["", "※ 출처: 지어낸 자료", "", "", "", ""],
]
_CHINESE_ROWS: Rows = [
    CHINESE,
    ["光明医疗", "医疗健康", "医疗器械", "陕西-西安", "A+轮", "2000万人民币", "红杉中国、高瓴,深创投"],
    ["海星", "企业服务", "企业服务", "香港", "战略投资", "未透露", ""],
    ["远帆", "硬件", "机器人", "台湾", "IPO上市后", "数千万人民币", "深创投"],
]


@dataclass(frozen=True)
class Export:
    """A made-up file.

    Attributes:
        side: What must be told; None where the file tells it.
        n_refused: Its rows are those taken, merged and refused.
    """

    file: str
    data: bytes
    side: Kind | None = None
    n_taken: int = 0
    n_merged: int = 0
    n_refused: int = 0

    @property
    def n_rows(self) -> int:
        return self.n_taken + self.n_merged + self.n_refused


EXPORTS: Mapping[str, Export] = {
    "OpenVC investors": Export("openvc.csv", csv_bytes(_OPENVC_ROWS), n_taken=3, n_refused=1),
    "table": Export("list.csv", csv_bytes(_LIST_ROWS), n_taken=3),
    "Crunchbase organisations": Export("companies.csv", csv_bytes(_CRUNCHBASE_ROWS), n_taken=2),
    "Crunchbase funding rounds": Export("rounds.csv", csv_bytes(_ROUND_ROWS), n_taken=1, n_refused=1),
    "PitchBook investors": Export("list.xlsx", xlsx_bytes({"Data": _PITCHBOOK_ROWS}), n_taken=2, n_refused=1),
    "b2match participants": Export(
        "all.xlsx", xlsx_bytes({"Sheet1": _B2MATCH_ROWS}), n_taken=3, n_merged=1, n_refused=1
    ),
    "Affinity list": Export("affinity.csv", csv_bytes(_AFFINITY_ROWS), "investor", n_taken=2),
    "wide yes/no sheet": Export("answers.csv", csv_bytes(_WIDE_ROWS), "investor", n_taken=3),
    "Korean startups": Export("korea.csv", csv_bytes(_KOREAN_ROWS, encoding="cp949"), n_taken=2, n_refused=2),
    "Chinese startups": Export("china.csv", csv_bytes(_CHINESE_ROWS, encoding="gb18030"), n_taken=3),
}
