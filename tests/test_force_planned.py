"""Until which year a notice plans, by its title or its targets."""

import pytest

from kb.force.planned import planned_until
from tests.force_samples import OLD, bundled, record

PLAN = """山西省教育厅文件
晋教发〔2024〕7号
山西省教育厅关于做好职业培训工作的通知
各市教育局：
一、{first}
二、{second}
山西省教育厅
2024年3月9日
"""


def test_a_title_or_the_targets_say_until_when_it_plans() -> None:
    planned = {
        r.document.number: planned_until(r, spoken_of=False)[0] for r in bundled().base.records
    }
    assert str(planned["文人社字〔2024〕20号"]) == "2024"
    assert str(planned["晋政办发〔2019〕68号"]) == "2021"
    assert planned["晋人社厅函〔2021〕600号"] is None
    assert planned_until(record(OLD), spoken_of=False) == (None, None)


@pytest.mark.parametrize(
    ("first", "second", "year", "words"),
    [
        ("2024年完成培训500人。", "各市要抓紧落实。", "2024", "完成培训500人"),
        # what is planned without a number counts too
        (
            "2024年完成培训500人。",
            "到2027年，职业培训体系基本建成。到2030年，培训质量明显提升。",
            "2030",
            "到2030年，培训质量明显提升",
        ),
        # 国发〔2019〕4号
        (
            "2024年完成培训500人。",
            "经过5—10年左右时间，培训体系基本建成。",
            "2034",
            "经过5—10年左右时间，培训体系基本建成",
        ),
        ("2024年完成培训500人。", "用五年时间建成体系。", "2029", "用五年时间建成体系"),
        # it has a beginning, and no end
        ("自2024年起，每年培训不少于500人。", "各市要抓紧落实。", None, None),
    ],
)
def test_the_last_year_of_all_that_is_planned_counts(first, second, year, words) -> None:
    until, said = planned_until(record(PLAN.format(first=first, second=second)), spoken_of=False)
    assert (str(until) if until else None) == year
    assert (said.evidence.quote if said and said.evidence else None) == words
