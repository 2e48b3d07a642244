"""Which words of targets, duties and deadlines are one, and which tell nothing."""

import pytest

from tests.force_samples import VOCABULARY

METRICS, DUTIES, ACTIONS = VOCABULARY.metrics, VOCABULARY.duties, VOCABULARY.actions


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("各类补贴性职业技能培训", "补贴性职业技能培训人次"),
        ("全年计划新增高技能人才", "新增高技能人才人数"),
        ("技能劳动者占就业人员总量的比例", "技能劳动者占就业人员比重"),
        ("打造“双师型”教师培养培训基地", "双师型教师培养培训基地数量"),
    ],
)
def test_metrics_that_are_one(one, other) -> None:
    assert METRICS.told(one) == METRICS.told(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新增高技能人才", "高技能人才总量"),
        ("参加培训学员就业率", "参加培训学员(不含企业在岗职工)就业率"),
        ("创业培训", "企业职工培训"),
        ("城镇登记失业率", "城镇调查失业率"),
    ],
)
def test_metrics_that_are_two(one, other) -> None:
    assert METRICS.told(one) != METRICS.told(other)


@pytest.mark.parametrize(
    "words", ["培训", "完成培训任务", "规模", "每年安排", "各类培训人数", "", None]
)
def test_metrics_that_tell_nothing(words) -> None:
    assert METRICS.told(words) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "负责医护、养老、母婴护理人员等职业技能培训",
            "要积极承担医护、养老、母婴护理人员等技能培训工作",
        ),
        (
            "牵头负责企业新型学徒制培训的组织实施，省财政厅配合",
            "企业新型学徒制培训的组织实施，省教育厅、省国资委协助",
        ),
    ],
)
def test_duties_that_are_one(one, other) -> None:
    assert DUTIES.told(one) == DUTIES.told(other) is not None


@pytest.mark.parametrize(
    "words",
    [
        "要加强组织领导，落实主体责任",
        "要按照职责分工，密切配合，共同做好相关工作",
        "拟订，报市人民政府批准后向社会公布",
        "负责职业农民培训",
        "配合",
        None,
    ],
)
def test_duties_that_any_notice_gives(words) -> None:
    assert DUTIES.told(words) is None


@pytest.mark.parametrize(
    "words",
    ["完成审核", "作出是否准予许可的决定", "报送相关材料", "一次性告知申请人需要补正的材料"],
)
def test_actions_of_any_procedure(words) -> None:
    assert ACTIONS.told(words) is None


def test_actions_of_one_procedure_are_one() -> None:
    assert ACTIONS.told("核发技能等级证书") == ACTIONS.told("应当及时核发技能等级证书")


def test_words_without_end_are_folded_in_no_time() -> None:
    assert METRICS.folded("任务数" * 20_000 + "甲") == "任务数" * 20_000 + "甲"
    assert METRICS.folded("公厕" + "任务数" * 20_000) == "公厕"


def test_numbers_keep_their_point() -> None:
    assert METRICS.folded("亩产1.5吨粮田") != METRICS.folded("亩产15吨粮田")
