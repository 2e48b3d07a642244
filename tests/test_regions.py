import pytest

from extractor.models import Region
from extractor.regions import NATIONAL, id_prefix, load, short_name

REGIONS = load()

ISSUERS = {
    "山西省人民政府办公厅": "140000",
    "文水县人力资源和社会保障局": "141121",
    "杭州住房公积金管理委员会": "330100",
    "杭州市余杭区人民政府": "330110",
    "五华区住房和城乡建设局": "530102",
    "昆明市五华区住房和城乡建设局": "530102",
    "广州市天河区科技工业和信息化局": "440106",
    "咸宁市住房和城市更新局": "421200",
    "义乌市人民政府": "330782",
    "双辽市人民政府办公室": "220382",
    "北京市人民政府行政审批制度改革办公室": "110000",
    "北京市朝阳区财政局": "110105",
    "长春朝阳区财政局": "220104",
    "重庆市渝北区人民政府": "500112",
    "仙桃市教育局": "429004",
    "唐县人民政府": "130627",
    "广西壮族自治区人民政府办公厅": "450000",
    "广西自治区财政厅": "450000",
    "内蒙古自治区呼和浩特市人民政府": "150100",
    "鄂伦春自治旗人民政府": "150723",
    "鄂温克旗财政局": "150724",
    "锡林郭勒盟行政公署": "152500",
    "大兴安岭地区行政公署": "232700",
    "恩施土家族苗族自治州人民政府": "422800",
    "恩施州财政局": "422800",
    "恩施市财政局": "422801",
    "黔东南州教育局": "522600",
    "巴州人民政府": "652800",
    "巴州区人民政府": "511902",
    "海南州教育局": "632500",
    "海南省教育厅": "460000",
    "峨边县人民政府": "511132",
    "吉林市财政局": "220200",
    "吉林省财政厅": "220000",
    "朝阳市财政局": "211300",
    "香港特别行政区政府": "810000",
    "新疆生产建设兵团办公厅": "650000",
    "国务院办公厅": "00",
    "国务院台湾事务办公室": "00",
    "中共中央办公厅": "00",
    "国家发展改革委": "00",
    "人力资源社会保障部": "00",
    "商务部等9部门": "00",
    "公安部": "00",
    "国家税务总局": "00",
    "国家税务总局山西省税务局": "140000",
    "国家税务总局文水县税务局": "141121",
    "财政部山西监管局": "140000",
    "财政部驻山西专员办": "140000",
    "中国人民银行太原中心支行": "140100",
    "中华人民共和国太原海关": "140100",
    "山西省人民政府驻北京办事处": "140000",
    "共青团山西省委": "140000",
    "团山西省委": "140000",
    "中共文水县委": "141121",
    "山西省教育厅山西省人力资源和社会保障厅": "140000",
    "文水县人力资源和社会保障局、文水县财政局": "141121",
    "襄樊市教育局": "420600",
    "西藏昌都地区行署": "540300",
    "双流县财政局": "510116",
    "顺德市人民政府": "440606",
    "太 原 市 财 政 局": "140100",
}

UNTOLD = {
    "茂林镇党政办公室": "towns are not in the table",
    "城关区人民政府": "兰州 and 拉萨 have one",
    "朝阳区财政局": "北京 and 长春 have one, and 朝阳 is a city",
    "东乡县人民政府": "once in 江西, and short for 东乡族自治县",
    "城区人民政府": "a word",
    "西区管委会": "a word",
    "省人社厅": "no place",
    "财政部门": "no organ",
    "公安局": "公安县 is said with 县",
    "合作社": "合作市 is said with 市",
    "": "nothing",
}


@pytest.mark.parametrize(("issuer", "code"), ISSUERS.items())
def test_reads_the_place_an_organ_belongs_to(issuer: str, code: str) -> None:
    region = REGIONS.region_of(issuer)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("issuer", UNTOLD, ids=UNTOLD.values())
def test_does_not_guess(issuer: str) -> None:
    assert REGIONS.region_of(issuer) is None


@pytest.mark.parametrize(
    ("issuer", "within", "code"),
    [
        ("城关区人民政府", "620100", "620102"),
        ("城关区人民政府", "540000", "540102"),
        ("朝阳区财政局", "110105", "110105"),
        ("城区财政局", "140500", "140502"),
        ("城区财政局", "140000", None),
        ("太原市财政局", "330100", "140100"),
    ],
)
def test_within_chooses_among_places_of_one_name(
    issuer: str, within: str, code: str | None
) -> None:
    region = REGIONS.region_of(issuer, within=REGIONS.by_code(within))
    assert (region.code if region else None) == code


def test_every_place_is_found_under_the_names_of_its_lineage() -> None:
    for place in REGIONS.places:
        chain = [r.name for r in REGIONS.lineage(place) if r != NATIONAL]
        assert REGIONS.split("".join(reversed(chain)) + "财政局") == (place, "财政局")


def test_every_former_name_leads_to_a_place_of_today() -> None:
    for name, code in REGIONS.former:
        assert REGIONS.region_of(f"{name}人民政府") == REGIONS.by_code(code)


def test_the_table_is_whole() -> None:
    levels = [place.level for place in REGIONS.places]
    assert levels.count("province") == 34
    assert levels.count("city") == 333
    assert levels.count("county") > 2840
    assert len({place.code for place in REGIONS.places}) == len(levels)
    assert not any("直辖" in p.name or p.name in ("市辖区", "县") for p in REGIONS.places)


def test_a_joint_issue_belongs_to_the_first_that_tells() -> None:
    issuers = ("党政办公室", "文水县财政局", "山西省财政厅")
    assert REGIONS.region_of_all(issuers) == Region("141121", "文水县", "county")
    assert REGIONS.region_of_all(()) is None


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("440106", "440100"),
        ("110105", "110000"),
        ("429004", "420000"),
        ("330100", "330000"),
        ("140000", "00"),
        ("00", None),
        ("999999", None),
    ],
)
def test_parent(code: str, above: str | None) -> None:
    parent = REGIONS.parent(code)
    assert (parent.code if parent else None) == above


@pytest.mark.parametrize(
    ("code", "province"),
    [
        ("晋政办发", "山西省"),
        ("津政发", "天津市"),
        ("内政办发", "内蒙古自治区"),
        ("粤府", "广东省"),
        ("国办发", None),
        ("人社部发", None),
        ("青政发", None),
        ("", None),
    ],
)
def test_province_of_code(code: str, province: str | None) -> None:
    region = REGIONS.province_of_code(code)
    assert (region.name if region else None) == province


def test_every_province_has_an_abbreviation_but_those_shared() -> None:
    known = {code for _, code in REGIONS.abbreviations}
    provinces = {p.code for p in REGIONS.places if p.level == "province"}
    assert provinces - known == {"630000", "640000", "650000", "710000"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("山西省", "山西"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("香港特别行政区", "香港"),
        ("杭州市", "杭州"),
        ("文水县", "文水"),
        ("唐县", "唐县"),
        ("东区", "东区"),
        ("大兴安岭地区", "大兴安岭"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


def test_id_prefix() -> None:
    assert id_prefix(REGIONS.by_code("140000")) == "140000"
    assert id_prefix(NATIONAL) == "00"
    assert id_prefix(None) == "xx"
