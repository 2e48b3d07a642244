import pytest

from extractor import organ_lexicon
from extractor.organs import ORGAN_SUFFIXES, canonical
from extractor.regions import load

REGIONS = load()
SHANXI, WENSHUI, SHUANGLIAO, TIANHE = "140000", "141121", "220382", "440106"
HANGZHOU, BEIJING, GUANGXI, NATION = "330100", "110000", "450000", "00"

FULL = [
    (SHANXI, "省人社厅", "山西省人力资源和社会保障厅"),
    (SHANXI, "省人社", "山西省人力资源和社会保障厅"),
    (SHANXI, "山西省人力资源和社会保障厅", "山西省人力资源和社会保障厅"),
    (SHANXI, "省发展改革委", "山西省发展和改革委员会"),
    (SHANXI, "省工信厅", "山西省工业和信息化厅"),
    (SHANXI, "省住建厅", "山西省住房和城乡建设厅"),
    (SHANXI, "省应急厅", "山西省应急管理厅"),
    (SHANXI, "省市场监管局", "山西省市场监督管理局"),
    (SHANXI, "省小企业局", "山西省小企业发展促进局"),
    (SHANXI, "省国资委", "山西省人民政府国有资产监督管理委员会"),
    (SHANXI, "省扶贫办", "山西省扶贫开发办公室"),
    (SHANXI, "省税务局", "国家税务总局山西省税务局"),
    (SHANXI, "山西银保监局", "中国银行保险监督管理委员会山西监管局"),
    (SHANXI, "省总工会", "山西省总工会"),
    (SHANXI, "省妇联", "山西省妇女联合会"),
    (SHANXI, "省残联", "山西省残疾人联合会"),
    (SHANXI, "团省委", "共青团山西省委员会"),
    (SHANXI, "共青团山西省委", "共青团山西省委员会"),
    (SHANXI, "省委", "中共山西省委员会"),
    (SHANXI, "省委组织部", "中共山西省委组织部"),
    (SHANXI, "中共山西省委组织部", "中共山西省委组织部"),
    (SHANXI, "省政府", "山西省人民政府"),
    (SHANXI, "省政府办公厅", "山西省人民政府办公厅"),
    (SHANXI, "省法院", "山西省高级人民法院"),
    (SHANXI, "教育厅", "山西省教育厅"),
    (SHANXI, "省人社厅职业能力建设处", "山西省人力资源和社会保障厅职业能力建设处"),
    (SHANXI, "省林草局(省林业和草原局)", "山西省林业和草原局"),
    (SHANXI, "太原市人社局", "太原市人力资源和社会保障局"),
    (SHANXI, "财政部", "财政部"),
    (SHANXI, "人力资源社会保障部", "人力资源和社会保障部"),
    (WENSHUI, "县农业农村局", "文水县农业农村局"),
    (WENSHUI, "县发改局", "文水县发展和改革局"),
    (WENSHUI, "县委编办", "中共文水县委机构编制委员会办公室"),
    (WENSHUI, "县政府办", "文水县人民政府办公室"),
    (WENSHUI, "县法院", "文水县人民法院"),
    (WENSHUI, "团县委", "共青团文水县委员会"),
    (WENSHUI, "财政局", "文水县财政局"),
    (WENSHUI, "市人社局", "吕梁市人力资源和社会保障局"),
    (WENSHUI, "省人社厅", "山西省人力资源和社会保障厅"),
    (WENSHUI, "文水县人社局", "文水县人力资源和社会保障局"),
    (WENSHUI, "文水县教育科技局", "文水县教育科技局"),
    (WENSHUI, "文水县果业发展中心", "文水县果业发展中心"),
    (WENSHUI, "文水县行政审批局", "文水县行政审批局"),
    (WENSHUI, "人社局就业服务中心", "文水县人力资源和社会保障局就业服务中心"),
    (SHUANGLIAO, "市住建局", "双辽市住房和城乡建设局"),
    (SHUANGLIAO, "市政府", "双辽市人民政府"),
    (TIANHE, "区人社局", "广州市天河区人力资源和社会保障局"),
    (TIANHE, "天河区财政局", "广州市天河区财政局"),
    (TIANHE, "市人社局", "广州市人力资源和社会保障局"),
    (TIANHE, "省人社厅", "广东省人力资源和社会保障厅"),
    (TIANHE, "天河区科技工业和信息化局", "广州市天河区科技工业和信息化局"),
    (HANGZHOU, "杭州住房公积金管理中心", "杭州住房公积金管理中心"),
    (HANGZHOU, "杭州住房公积金管理委员会", "杭州住房公积金管理委员会"),
    (HANGZHOU, "市市场监管局", "杭州市市场监督管理局"),
    (BEIJING, "市人力社保局", "北京市人力资源和社会保障局"),
    (BEIJING, "市规划自然资源委", "北京市规划和自然资源委员会"),
    (GUANGXI, "自治区工业和信息化厅", "广西壮族自治区工业和信息化厅"),
    (NATION, "国家发展改革委", "国家发展和改革委员会"),
    (NATION, "国家发展改革委办公厅", "国家发展和改革委员会办公厅"),
    (NATION, "国务院扶贫办", "国务院扶贫开发领导小组办公室"),
    (NATION, "全国总工会", "中华全国总工会"),
    (NATION, "医保局", "国家医疗保障局"),
    (NATION, "国资委", "国务院国有资产监督管理委员会"),
    (NATION, "发展改革委", "国家发展和改革委员会"),
    (NATION, "妇联", "中华全国妇女联合会"),
    (NATION, "国家粮食应急工作指挥部办公室", "国家粮食应急工作指挥部办公室"),
    (TIANHE, "广州市政府新闻办", "广州市人民政府新闻办公室"),
    (None, "文水县人社局", "文水县人力资源和社会保障局"),
]

UNTOLD = [
    (SHANXI, "有关部门", "generic"),
    (SHANXI, "各市", "generic"),
    (SHANXI, "各市人民政府", "generic"),
    (SHANXI, "县级人社部门", "generic"),
    (SHANXI, "各级人力资源社会保障部门", "generic"),
    (WENSHUI, "县农业农村部门", "a 部门 is no organ's name"),
    (SHANXI, "财政", "whose?"),
    (SHANXI, "市财政局", "a province has many cities"),
    (SHANXI, "税务局", "a province's, or those of its cities"),
    (HANGZHOU, "市场监管局", "a city's, or those of its districts"),
    (SHANXI, "省人社局", "a province has a 厅"),
    (BEIJING, "市人社厅", "a municipality has a 局"),
    (WENSHUI, "县人社厅", "a county has a 局"),
    (SHANXI, "省发改", "委员会 or 局"),
    (SHANXI, "省人社厅省财政厅", "two organs"),
    (SHANXI, "省委省政府", "two organs"),
    (NATION, "国家发展改革委及国家粮食局", "two organs"),
    (SHANXI, "发展改革委", "the province's, or those of its cities"),
    (WENSHUI, "文水县果业办", "names its place and is still short"),
    (SHANXI, "省人社厅、财政厅", "two organs"),
    (HANGZHOU, "市公积金中心", "named differently from city to city"),
    (WENSHUI, "县行政审批局", "行政审批服务管理局 in some provinces"),
    (WENSHUI, "县果业中心", "short for something unknown"),
    (WENSHUI, "文水县", "a place is no organ"),
    (WENSHUI, "我局", "whose?"),
    (WENSHUI, "市局", "which?"),
    (None, "省人社厅", "of which province?"),
    (SHANXI, "非遗处", "of which 厅?"),
    (NATION, "法院", "a court is no section of the State Council"),
    (SHANXI, "企业", "no organ"),
    (SHANXI, "", "nothing"),
]

HOME = [
    (WENSHUI, "市局", "文水县人力资源和社会保障局", "吕梁市人力资源和社会保障局"),
    (WENSHUI, "省厅", "文水县人力资源和社会保障局", "山西省人力资源和社会保障厅"),
    (WENSHUI, "县局", "文水县人力资源和社会保障局", "文水县人力资源和社会保障局"),
    (WENSHUI, "我局", "文水县人力资源和社会保障局", "文水县人力资源和社会保障局"),
    (WENSHUI, "局办公室", "文水县人社局", "文水县人力资源和社会保障局办公室"),
    (WENSHUI, "市局", "人力资源和社会保障", "吕梁市人力资源和社会保障局"),
    (WENSHUI, "我局", "人社", "文水县人力资源和社会保障局"),
    (WENSHUI, "市局", "文水县果业发展中心", None),
    (WENSHUI, "我厅", "文水县人力资源和社会保障局", None),
    (SHANXI, "我厅", "山西省文化和旅游厅办公室", "山西省文化和旅游厅"),
    (SHANXI, "厅财务处", "山西省文化和旅游厅办公室", "山西省文化和旅游厅财务处"),
    (SHANXI, "市局", "山西省文化和旅游厅办公室", None),
    (SHANXI, "非遗处", "山西省文化和旅游厅办公室", None),
    (SHANXI, "我委", "山西省发展改革委", "山西省发展和改革委员会"),
    (SHANXI, "有关部门", "山西省发展改革委", None),
]


@pytest.mark.parametrize(("code", "name", "full"), FULL)
def test_gives_the_full_name(code: str | None, name: str, full: str) -> None:
    assert canonical(name, REGIONS.by_code(code or ""), REGIONS) == full


@pytest.mark.parametrize(("code", "name", "why"), UNTOLD)
def test_does_not_guess(code: str | None, name: str, why: str) -> None:
    assert canonical(name, REGIONS.by_code(code or ""), REGIONS) is None, why


@pytest.mark.parametrize(("code", "name", "home", "full"), HOME)
def test_reads_names_that_look_from_the_issuer(
    code: str, name: str, home: str, full: str | None
) -> None:
    assert canonical(name, REGIONS.by_code(code), REGIONS, home=home) == full


@pytest.mark.parametrize(
    ("year", "full"),
    [(2013, None), (2019, "国家税务总局山西省税务局"), (None, "国家税务总局山西省税务局")],
)
def test_a_name_of_the_year_before_its_organ_is_not_told(year, full) -> None:
    shanxi = REGIONS.by_code(SHANXI)
    assert canonical("省税务局", shanxi, REGIONS, year=year) == full
    # a name that has always been its own is told of any year
    assert canonical("省气象局", shanxi, REGIONS, year=1999) == "山西省气象局"


def test_a_full_name_of_a_known_function_is_its_own_full_name() -> None:
    shanxi = REGIONS.by_code(SHANXI)
    for printed in organ_lexicon.known_organs():
        full = canonical(f"山西省{printed}", shanxi, REGIONS)
        assert full is None or canonical(full, shanxi, REGIONS) == full


def test_every_central_organ_is_its_own_full_name() -> None:
    for printed in organ_lexicon.known_central_organs():
        full = canonical(printed, None, REGIONS)
        assert full is not None
        assert canonical(full, None, REGIONS) == full


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (
            organ_lexicon.known_functions,
            {"人社", "人力资源社会保障", "财政", "国土资源", "劳动保障"},
        ),
        (organ_lexicon.known_organs, {"人社厅", "发改委", "总工会", "税务局", "公积金中心"}),
        (organ_lexicon.known_central_organs, {"财政部", "国家发展改革委", "人力资源社会保障部"}),
    ],
)
def test_matchers_find_the_vocabulary(words, printed) -> None:  # type: ignore[no-untyped-def]  # rows
    assert printed <= set(words())


def test_the_longest_suffix_comes_first() -> None:
    lengths = [len(suffix) for suffix in ORGAN_SUFFIXES]
    assert lengths == sorted(lengths, reverse=True)


def test_two_rows_may_not_claim_one_name() -> None:
    with pytest.raises(ValueError, match=r"departments\.yaml: 规划局 .* keep one, or list it"):
        organ_lexicon._unique([("规划局", "规划"), ("规划局", "城乡规划")])
