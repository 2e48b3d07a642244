"""What a notice's tables add up to, proven or doubted."""

import pytest
from extractor_samples import source

from extractor.pipeline import extract


def sums(table: str) -> list[tuple[str, str]]:
    """Code and first words of the findings on a table's sums."""
    text = "一、2024年任务分解\n" + table
    found = extract(source(text)).extraction.findings
    return [(f.code, f.message) for f in found if f.code.startswith("sum-")]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        # 合计 below its parts
        (
            "县区\t任务（户）\n甲县\t120\n乙县\t80\n合计\t200",
            [("sum-proven", "任务（户）: 120 + 80 = 200")],
        ),
        # 全国 above them, spaced by letter
        (
            "省份\t面积（万亩）\n全 国\t1030\n天津市\t80\n河北省\t950",
            [("sum-proven", "面积（万亩）: 80 + 950 = 1030")],
        ),
        # 小计 counts from the last one on, 合计 leaves it out
        (
            "市\t县\t任务（户）\n甲\t东\t120\n\t西\t80\n小计\t\t200\n乙\t南\t50\n"
            "\t北\t30\n小计\t\t80\n合计\t\t280",
            [
                ("sum-proven", "任务（户）: 120 + 80 = 200"),
                ("sum-proven", "任务（户）: 50 + 30 = 80"),
                ("sum-proven", "任务（户）: 120 + 80 + 50 + 30 = 280"),
            ],
        ),
        # rates have no sum
        ("县区\t补贴标准（元）\n甲县\t120\n乙县\t80\n合计\t200", []),
    ],
)
def test_sums_of_tables(table, found):
    assert sums(table) == found


def test_a_sum_that_does_not_come_out_is_doubted():
    ((code, message),) = sums("县区\t金额（万元）\n甲县\t120\n乙县\t80\n合计\t210")
    assert code == "sum-mismatch"
    assert message.startswith("金额（万元）: 120 + 80 is not 210 as printed")
