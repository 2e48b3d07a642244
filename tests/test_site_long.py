"""A notice of 200 clauses stays a page that opens at once: under 190 kB without pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import site_samples as samples
from extractor_samples import source

from extractor.pipeline import extract
from kb.records import record_of
from site_builder.render import render

STYLES = Path(__file__).parent.parent / "site_builder" / "static" / "css"
#: sentences as notices have them, with two rules and more a clause on average
BODIES = (
    "落实培训补贴。对组织企业职工参加岗前培训的企业，按照每人每天150元的标准给予补贴，最高每人1000元，"
    "由省人社厅会同省财政厅落实。",
    "加强监督检查。各市人力资源社会保障局要建立台账，每季度对培训机构检查一次，并于2021年12月31日前"
    "将检查情况报省人社厅。",
    "规范资金管理。专账资金实行专款专用，任何单位和个人不得截留、挤占、挪用；对虚报冒领的，依法追回资金。",
    "明确工作任务。2021年全省完成补贴性职业技能培训30万人次，新增高技能人才5万人，各市按照任务分解表落实。",
    "优化办事流程。申请人提交材料后，经办机构应当在5个工作日内完成审核，材料不全的一次性告知。",
)
DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 to 199 as an article has them: 十二, 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = "一百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


def by_parts() -> str:
    """20 parts 一、 of nine clauses （一） each."""
    lines = [
        "晋政办发〔2021〕9号",
        "山西省人民政府办公厅关于做好职业技能培训工作的通知",
        "各市人民政府：",
    ]
    for part in range(1, 21):
        lines.append(f"{numeral(part)}、做好第{part}方面工作")
        lines += [f"（{numeral(n)}）{BODIES[(part + n) % 5]}" for n in range(1, 10)]
    return "\n".join([*lines, "山西省人民政府办公厅", "2021年3月1日"])


def by_articles() -> str:
    """190 articles in ten chapters."""
    lines = ["山西省人民政府令", "第9号", "山西省职业技能培训管理办法"]
    for article in range(1, 191):
        if article % 19 == 1:
            chapter = numeral(article // 19 + 1)
            lines.append(f"第{chapter}章 培训管理")
        lines.append(f"第{numeral(article)}条 {BODIES[article % 5]}")
    return "\n".join(lines)


@pytest.mark.parametrize("text", [by_parts(), by_articles()], ids=["parts", "articles"])
def test_a_notice_of_200_clauses_stays_under_190_kilobytes(text: str) -> None:
    record = record_of(extract(source(text)), source(text))
    assert len(record.clauses) == 200
    assert len(record.rules) > 400
    pages = samples.made_pages(samples.base(record))
    (html,) = [render(page) for page in pages if page.template == "document.html"]
    assert len(html) < 190_000


def test_dark_by_choice_is_dark_by_the_system() -> None:
    styles = (STYLES / "base.css").read_text("utf-8")
    by_system = styles.split(":root:not([data-theme=light]) {")[1].split("}")[0]
    by_choice = styles.split(":root[data-theme=dark] {")[1].split("}")[0]
    colours = [dict(re.findall(r"(--[\w-]+): ([^;]+);", one)) for one in (by_system, by_choice)]
    assert colours[0] == colours[1]
    assert len(colours[0]) > 15
