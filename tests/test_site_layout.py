"""The laid-out text holds every word of the record once, in order, in the right clause."""

from __future__ import annotations

import re
from typing import Any

import pytest
import site_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from kb.schema import Record
from site_builder.reading.layout import Block, Part, blocks, own_text, segments
from site_builder.reading.marks import Run


def words(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def part_words(part: Part) -> str:
    if not part.rows:
        return words(part.runs)
    return "\n".join("\t".join(words(cell.runs) for cell in row.cells) for row in part.rows)


def block_words(block: Block) -> str:
    return words(block.heading) + "\n".join(part_words(part) for part in block.parts)


def unbroken(text: str) -> str:
    return re.sub(r"[\n\t]", "", text)


@st.composite
def nested_records(draw: st.DrawFn) -> Record:
    """A text with clauses nested at random, headings found or not, a table anywhere."""
    text = draw(st.text(alphabet="一、培训补贴800元。\n\t", max_size=60))
    places = st.integers(0, len(text))
    clauses: list[dict[str, Any]] = []

    def nest(start: int, end: int, level: int) -> None:
        if level > 3 or start >= end:
            return
        cuts = sorted(draw(st.lists(st.integers(start, end), max_size=4)))
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            name = f"s{len(clauses)}"
            heading = text[left : left + draw(st.integers(0, 6))]
            clauses.append(samples.clause(name, name, level, heading, left, right))
            nest(left, right, level + 1)

    nest(0, len(text), 1)
    table = sorted((draw(places), draw(places)))
    tables = [{"clause": "", "header": (), "rows": (), "span": tuple(table)}]
    return samples.training().model_copy(
        update=dict(
            Record.model_validate(
                {
                    "document": samples.document("x", text),
                    "text": text,
                    "clauses": clauses,
                    "tables": tables,
                }
            )
        )
    )


@given(nested_records())
def test_segments_put_together_are_the_text(record: Record) -> None:
    assert "".join(s.span.of(record.text) for s in segments(record)) == record.text


@given(nested_records())
def test_every_clause_opens_once(record: Record) -> None:
    opened = [s.clause.anchor if s.clause else "front" for s in segments(record) if s.opening]
    assert sorted(opened) == sorted(["front", *(c.anchor for c in record.clauses)])


@given(nested_records())
def test_blocks_hold_every_word_of_the_text(record: Record) -> None:
    shown = "".join(unbroken(block_words(block)) for block in blocks(record, ()))
    assert shown == unbroken(record.text)


def test_the_samples_lose_nothing() -> None:
    for record in (samples.training(), samples.carrier()):
        shown = "".join(unbroken(block_words(block)) for block in blocks(record, ()))
        assert shown == unbroken(record.text)


def opening(record: Record, anchor: str) -> Block:
    return next(
        block
        for block in blocks(record, ())
        if block.segment.opening and block.segment.clause and block.segment.clause.anchor == anchor
    )


def test_a_heading_on_its_own_line_stands_apart() -> None:
    block = opening(samples.training(), "s3-1")
    assert words(block.heading) == "（一）经费来源"
    assert not block.run_in
    assert [part_words(part) for part in block.parts] == [
        "培训补贴和取证补贴资金由省人社厅统一拨付至省文化和旅游厅。"
    ]


def test_a_heading_that_opens_a_sentence_runs_in() -> None:
    block = opening(samples.training(), "s4-1")
    assert words(block.heading) == "（一）组织实施。"
    assert block.run_in
    assert part_words(block.parts[0]).startswith("各培训机构于")


def test_depth_counts_the_clauses_around() -> None:
    depths = {
        s.clause.anchor: s.depth for s in segments(samples.training()) if s.clause and s.opening
    }
    assert depths == {"s1": 1, "s3": 1, "s3-1": 2, "s3-2": 2, "s4": 1, "s4-1": 2}


def test_a_line_after_a_list_belongs_to_the_clause_around() -> None:
    own = own_text(samples.training())
    assert own["s4"].endswith("以上任务须按时完成。")
    assert own["front"].endswith("本通知自2021年7月1日起施行。")
    assert "以上任务" not in own["s4-1"]


def test_own_text_leaves_out_the_children() -> None:
    own = own_text(samples.training())
    assert own["s3"] == "三、培训经费及补贴标准"
    assert own["s3-2"].startswith("（二）培训、取证补贴标准")


def test_a_table_stands_in_place_of_its_lines() -> None:
    table = opening(samples.training(), "s4-1").parts[-1]
    assert [tuple(words(cell.runs) for cell in row.cells) for row in table.rows] == [
        ("序号", "单位", "任务数（个）"),
        ("1", "太原铁路机械学校", "1300"),
        ("2", "山西省特殊教育中等专业学校", "100"),
    ]
    assert [row.head for row in table.rows] == [True, False, False]


def test_a_short_row_fills_the_table() -> None:
    text = "一、表\n甲\t乙\t丙\n省属学校\n1\t2\t3"
    record = Record.model_validate(
        {
            "document": samples.document("x", text),
            "text": text,
            "tables": [{"clause": "", "header": (), "rows": (), "span": (4, len(text))}],
        }
    )
    (block,) = blocks(record, ())
    assert [[cell.width for cell in row.cells] for row in block.parts[-1].rows] == [
        [1, 1, 1],
        [3],
        [1, 1, 1],
    ]


def test_the_lines_of_the_head_are_told_apart() -> None:
    front = blocks(samples.training(), ())[0]
    assert [part.look for part in front.parts][:4] == ["issuer", "number", "title", ""]


@pytest.mark.parametrize(
    ("line", "heading", "shown"),
    [
        ("（一）组织实施。各培训机构应当按时完成。", "组织实施", "（一）组织实施。"),
        ("一、目标任务", "目标任务", "一、目标任务"),
        ("第五条 子女教育", "子女教育", "第五条 子女教育"),
        ("第五条 纳税人的支出，定额扣除。", "纳税人的支出，定额扣除", "第五条 "),
        (
            "（二）各行业部门根据行业特色，按照资金补贴标准规定开展项目制职业技能培训。其他照旧。",
            "各行业部门根据行业特色，按照资金补贴标准规定开展项目制职业技能培训",
            "（二）",
        ),
    ],
)
def test_a_heading_is_a_name_and_not_the_first_sentence(
    line: str, heading: str, shown: str
) -> None:
    record = Record.model_validate(
        {
            "document": samples.document("x", line),
            "text": line,
            "clauses": [samples.clause("一", "s1", 1, heading, 0, len(line))],
        }
    )
    opened = next(block for block in blocks(record, ()) if block.segment.clause)
    assert words(opened.heading) == shown
    assert block_words(opened) == line


#: 国办发〔1996〕32号, shortened: a carried title of two lines that says more than the notice's
FORWARDED = """国务院办公厅转发国家教委
关于内地西藏班有关问题请示的通知
国办发〔1996〕32号
北京、天津人民政府：
国家教委的请示已经国务院批准，现转发给你们。
国务院办公厅
一九九六年七月十七日
关于内地西藏班
有关问题的请示
国务院：
为贯彻落实意见，提出如下意见。"""


@pytest.mark.parametrize(
    ("text", "issuers", "facts", "looks"),
    [
        (
            FORWARDED,
            ("国务院办公厅",),
            {
                "number": "国办发〔1996〕32号",
                "title": "国务院办公厅转发国家教委关于内地西藏班有关问题请示的通知",
                "enclosed": {"title": "国家教委关于内地西藏班有关问题请示", "kind": "请示"},
            },
            "title title number - - signature signature title title - -",
        ),
        (
            "甲市人民政府文件\n甲市人民政府\n关于补贴的通知\n各单位：\n现通知如下。\n甲市人民政府\n2023年8月9日",
            ("甲市人民政府",),
            {"title": "甲市人民政府关于补贴的通知"},
            "issuer title title - - signature signature",
        ),
        (
            "甲局 乙局\n甲〔2023〕1号\n甲局 乙局\n关于补贴的通知\n现通知如下。\n甲局 乙局",
            ("甲局", "乙局"),
            {"title": "甲局 乙局关于补贴的通知", "number": "甲〔2023〕1号"},
            "issuer number title title - signature",
        ),
    ],
)
def test_head_and_signature_are_told_from_prose(
    text: str, issuers: tuple[str, ...], facts: dict[str, Any], looks: str
) -> None:
    document = samples.document("x", text, issuers=issuers, **facts)
    record = Record.model_validate({"document": document, "text": text})
    (front,) = blocks(record, ())
    assert [part.look or "-" for part in front.parts] == looks.split()
