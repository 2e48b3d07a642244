"""The words by which clauses are cited: one row a shape of path, and whole citations."""

from __future__ import annotations

import pytest
import site_samples as samples

from kb.models import anchor_of
from kb.schema import ClauseRecord, Record
from site_builder import urls
from site_builder.facts import standing_rules, title_of
from site_builder.holdings import Holdings
from site_builder.pages import document, rule
from site_builder.search.numbering import items
from site_builder.wording.citing import (
    carried_at,
    carried_clauses,
    citation,
    cited_work,
    clause_words,
)
from tests.force_samples import bundled

CARRYING = """山西省人民政府办公厅
关于印发山西省职业技能提升行动
实施方案的通知
一、请认真贯彻。
山西省职业技能提升行动
实施方案
一、落实培训补贴
（一）对取得证书的，给予补贴。
附件1
任务表
一、高级工"""


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", ""),
        # 公文: 一、（一）1.（1）① (GB/T 9704-2012, 7.3.3)
        ("二", "第二部分"),
        ("十二", "第十二部分"),
        ("二/(三)", "第二部分（三）"),
        ("二/(三)/1", "第二部分（三）第1点"),
        ("二/(三)/1/(2)", "第二部分（三）第1点（2）"),
        ("二/(三)/1/(2)/①", "第二部分（三）第1点（2）①"),
        ("二/(三)/2)", "第二部分（三）2）"),
        ("三/(1)", "第三部分（1）"),
        ("六/1", "第六部分第1点"),
        ("(三)", "第（三）项"),
        ("(三)/1", "第（三）项第1点"),
        ("1", "第1点"),
        ("1/(2)", "第1点（2）"),
        ("(2)", "第（2）项"),
        ("①", "第①项"),
        # articles count through parts, chapters and sections, which are left out above them
        ("第二章", "第二章"),
        ("第二章/第一节", "第二章第一节"),
        ("第三条", "第三条"),
        ("第二章/第三条", "第三条"),
        ("第一编/第二章/第一节/第十三条", "第十三条"),
        ("第二章/第三条/(一)", "第三条第（一）项"),
        ("第三条/(一)/1", "第三条第（一）项第1目"),
        ("第三条/(一)/1/(2)", "第三条第（一）项第1目（2）"),
        ("第三条/1", "第三条第1项"),
        ("第三条/一", "第三条第一项"),
        ("一/第2条", "第2条"),
        ("一/第2条/(一)", "第2条第（一）项"),
        ("第二章/一", "第二章第一部分"),
        ("第二章/(一)", "第二章第（一）项"),
        # annexes have numbers of their own
        ("附件", "附件"),
        ("附件1", "附件1"),
        ("附表2", "附表2"),
        ("附录一", "附录一"),
        ("附件1/一", "附件1第一部分"),
        ("附件1/一/(二)", "附件1第一部分（二）"),
        ("附件1/(一)", "附件1第（一）项"),
        ("附件2/3", "附件2第3点"),
        ("附件1/第二章/第三条/(一)", "附件1第三条第（一）项"),
        # decimals say all that stands above them
        ("1.2", "第1.2点"),
        ("1/1.2/1.2.1", "第1.2.1点"),
        ("2.1/2.1.1/(1)", "第2.1.1点（1）"),
    ],
)
def test_every_path_has_words(path: str, words: str) -> None:
    assert clause_words(path) == words


def cited(record: Record, path: str, **facts: object) -> str:
    document = record.document.model_copy(update=facts)
    clause = next((c for c in record.clauses if c.path == path), None)
    return citation(record.model_copy(update={"document": document}), clause)


@pytest.mark.parametrize(
    ("facts", "path", "words"),
    [
        ({"title": "关于开展培训的通知"}, "", "《关于开展培训的通知》（晋文旅办发〔2021〕123号）"),
        (
            {"title": "关于开展培训的通知"},
            "三/(二)",
            "《关于开展培训的通知》（晋文旅办发〔2021〕123号）第三部分（二）",
        ),
        (
            {"title": "关于印发《方案》的通知", "number": None},
            "三",
            "《关于印发〈方案〉的通知》第三部分",
        ),
        ({"title": None}, "三", "晋文旅办发〔2021〕123号第三部分"),
        (
            {"title": None, "number": None},
            "三",
            "山西省文化和旅游厅办公室2021年7月5日通知第三部分",
        ),
        (
            {"title": None, "number": None, "issued": None, "id": "x-1"},
            "三",
            "山西省文化和旅游厅办公室未载标题的通知"
            "（“培训任务总人数 5000 名，新增高技能人才 5…”）第三部分",
        ),
        # what turns the direction of writing would turn the page it is pasted into
        ({"title": "甲\u202e乙\n 丙", "number": None}, "", "《甲乙 丙》"),
    ],
)
def test_a_citation_says_what_the_notice_prints(facts: dict, path: str, words: str) -> None:
    assert cited(samples.training(), path, **facts) == words


def carrying() -> Record:
    places = {
        ("一", "s1"): "一、请",
        ("一", "s1x2"): "一、落实",
        ("一/(一)", "s1-1"): "（一）对",
        ("附件1", "annex1"): "附件1",
        ("附件1/一", "annex1-s1"): "一、高级工",
    }
    clauses = [
        samples.clause(path, anchor, 1, "", CARRYING.index(words), len(CARRYING))
        for (path, anchor), words in places.items()
    ]
    facts = {
        "title": "关于印发山西省职业技能提升行动实施方案的通知",
        "number": "晋政办发〔2019〕68号",
        "enclosed": {"title": "山西省职业技能提升行动实施方案", "kind": "方案"},
    }
    document = samples.document("carrying", CARRYING, **facts)
    return Record.model_validate({"document": document, "text": CARRYING, "clauses": clauses})


def test_a_carried_text_is_a_work_of_its_own_under_the_number_of_its_notice() -> None:
    record = carrying()
    by_anchor: dict[str, ClauseRecord] = {clause.anchor: clause for clause in record.clauses}
    start = carried_at(record)
    assert start is not None
    assert CARRYING[start:].startswith("山西省职业技能提升行动\n实施方案\n一、落实")
    plan = "《山西省职业技能提升行动实施方案》（晋政办发〔2019〕68号）"
    notice = "《关于印发山西省职业技能提升行动实施方案的通知》（晋政办发〔2019〕68号）"
    assert [citation(record, by_anchor[a]) for a in ("s1", "s1x2", "s1-1", "annex1-s1")] == [
        f"{notice}第一部分",
        f"{plan}第一部分",
        f"{plan}第一部分（一）",
        f"{notice}附件1第一部分",
    ]
    assert citation(record) == notice
    assert carried_clauses(record) == {"s1x2", "s1-1"}
    assert carried_clauses(samples.training()) == frozenset()


def test_a_notice_that_carries_nothing_has_no_carried_text() -> None:
    assert carried_at(samples.training()) is None
    gone = carrying().model_copy(update={"text": CARRYING.replace("\n山西省职业", "\n省职业")})
    assert carried_at(gone) is None


def test_a_carried_text_in_marks_is_cited_without_its_authors() -> None:
    enclosed = {"title": "生态环境部等部门《水体保护治理行动方案》", "kind": "方案"}
    document = samples.document("x", "甲", enclosed=enclosed, number=None)
    record = Record.model_validate({"document": document, "text": "甲"})
    assert cited_work(record, carried=True) == "《水体保护治理行动方案》"


@pytest.mark.parametrize(
    ("enclosed", "text", "starts"),
    [
        # 穗天科工信规字〔2023〕1号: no title over the articles
        (
            "支持港澳青年实施办法",
            "关于印发支持港澳青年实施办法的通知\n现印发实施。\n区人社局\n2023年8月9日\n第一条 甲",
            "第一条",
        ),
        ("实施意见", "现印发给你们。\n某局\n二〇二三年八月九日\n（此件公开发布）\n一、甲", "一、"),
        # the notice's own clauses, signed behind them, and nothing carried
        ("实施意见", "请认真贯彻。\n一、甲\n二、乙。\n某局\n2023年8月9日", None),
        # a day under the title says when a page was published
        ("实施意见", "关于印发实施意见的通知\n2023年8月9日\n请认真贯彻。\n一、甲", None),
        ("实施意见", "现印发给你们。\n某局\n2023年8月9日\n二、甲", None),
        # 国办发〔1996〕32号: who wrote it is no part of the title, nor is every 的 in the notice's
        (
            "国家教委关于内地西藏班扩大规模有关问题请示",
            "已经批准。\n国务院办公厅\n一九九六年七月十七日\n关于内地西藏班\n扩大规模有关问题的请示\n国务院：\n一、甲",
            "关于内地西藏班",
        ),
        # 国办函〔2026〕65号
        (
            "生态环境部等部门《水体保护治理行动方案》",
            "现转发。\n国务院办公厅\n2026年7月9日\n（本文有删减）\n水体保护治理行动方案\n生态环境部\n一、甲",
            "水体",
        ),
    ],
)
def test_a_carried_text_begins_at_its_title_or_behind_the_signature(
    enclosed: str, text: str, starts: str | None
) -> None:
    clauses = [
        samples.clause(words[:-1], f"s{at}", 1, "", at, len(text))
        for words in ("第一条 ", "一、", "二、")
        if (at := text.find(words)) >= 0
    ]
    facts = {"enclosed": {"title": enclosed, "kind": None}, "title": "通知"}
    document = samples.document("x", text, **facts)
    record = Record.model_validate({"document": document, "text": text, "clauses": clauses})
    at = carried_at(record)
    assert (None if at is None else text[at : at + len(starts or "")]) == starts


# ── one citation wherever it is copied ──

SMALL = Holdings(samples.graph(samples.base(samples.training(), carrying())), samples.DAY)
ALL = Holdings(bundled(), samples.DAY)


def of_pages(held: Holdings) -> dict[str, str]:
    """What static/copy.js copies of each clause: the work as the card cites it, and the clause."""
    told: dict[str, str] = {}
    for page in document.pages(held, samples.EDITION):
        works = {work.code: work.name for work in page.context.card.works}
        for one in page.context.sections:
            work = works["carried" if one.carried else "notice"]
            words = one.citation or work + one.name
            told[f"{page.path}#{one.anchor}"] = words
    return told


@pytest.mark.parametrize("held", [SMALL, ALL], ids=["carried", "bundled"])
def test_pages_and_search_cite_a_clause_by_the_same_words(held: Holdings) -> None:
    """The page of a document, those of its rules, what a search finds, the card of a measure."""
    told, records = of_pages(held), held.base.records
    cited = {
        rule.id: told[f"{urls.document_page(record.document.id)}#{anchor_of(record, rule.clause)}"]
        for record in records
        for rule in standing_rules(record)
    }
    by_anchor = {
        (n, urls.rule_anchor(r.id)): r.id for n, one in enumerate(records) for r in one.rules
    }
    found = items(held)
    searched = {
        by_anchor[item.documents[0], item.address]: item.work + item.place
        for item in found
        if item.documents and (item.documents[0], item.address) in by_anchor
    }
    assert searched == cited
    pages = {
        p.context.identifier: p.context.quotation.rpartition("：“")[0]
        for p in rule.pages(held, samples.EDITION)
    }
    assert pages == {identifier: cited[identifier] for identifier in pages}
    values = [value for item in found if item.card for value in item.card.values]
    sentences = {
        f"{urls.document_page(record.document.id)}#{urls.rule_anchor(r.id)}": cited[r.id]
        for record in records
        for r in standing_rules(record)
    }
    assert all(v.citation == sentences.get(v.sentence, v.citation) for v in values)
    for item in found:
        if item.kind == "clause":
            page = urls.document_page(records[item.documents[0]].document.id)
            assert item.work + item.place == told[f"{page}#{item.address}"]


def test_no_page_calls_a_notice_by_its_id() -> None:
    """A page may be saved without its heading, its number and the hand that signed it."""
    record = samples.training()
    bare = {"title": None, "number": None, "issued": None, "issuers": (), "id": "x-1"}
    bare |= {"enclosed": None, "kind": None}
    known = record.model_copy(update={"document": record.document.model_copy(update=bare)})
    graph = samples.graph(samples.base(known))
    expected = "未载标题的文件（“培训任务总人数 5000 名，新增高技能人才 5…”）"
    assert title_of(known) == graph.name("x-1") == expected
