"""A small rule base of real sentences for the tests of the site; spans are found, not counted."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from extractor.lexicon import plain
from kb.force.curated import Curated
from kb.force.graph import Graph
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase
from kb.schema import Record, RegionRecord
from site_builder.building.contents import pages
from site_builder.downloads.files import in_memory
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page

DAY = date(2025, 3, 1)
EDITION = Edition("知识库", DAY, "abcd1234")

HEAD = """山西省文化和旅游厅办公室文件
晋文旅办发〔2021〕123号
山西省文化和旅游厅办公室关于开展“文化和旅游从业人员技能提升”培训的通知
各有关处室、各有关单位：
根据《山西省新发展阶段“人人持证 技能社会”建设提质增效工作方案》（晋办发〔2021〕6号）\
相关要求，现将有关事项通知如下："""
GOAL = """一、目标任务
培训任务总人数 5000 名，新增高技能人才 500 人。"""
FUNDS = "三、培训经费及补贴标准"
SOURCE = """（一）经费来源
培训补贴和取证补贴资金由省人社厅统一拨付至省文化和旅游厅。"""
RATES = """（二）培训、取证补贴标准
普惠式培训计划培训5000人，培训补贴每人每天150元，每人最高不超过1000元，预算总金额为500万元。
按照参训人员新增高技能人才500人，职业技能登记证书高级工每人800元，预算总金额为40万元。"""
WORK = """四、工作要求
（一）组织实施。各培训机构于2021年11月30日前完成培训，由省财政厅会同省人社厅按职责分工负责。
任务分配如下：
序号\t单位\t任务数（个）
1\t太原铁路机械学校\t1300
2\t山西省特殊教育中等专业学校\t100
以上任务须按时完成。
本通知自2021年7月1日起施行。"""
TEXT = "\n".join((HEAD, GOAL, FUNDS, SOURCE, RATES, WORK))

CARRIER = """山西省人民政府办公厅
晋政办发〔2019〕68号
关于印发山西省职业技能提升行动实施方案的通知
一、落实培训补贴
（一）对取得证书的，按照专项职业能力证书 200 元、初级工证书400元、中级工证书 600 元、\
高级工证书 800 元的标准，给予评价机构取证补贴。"""


def quoted(text: str, quote: str, nth: int = 0) -> dict[str, Any]:
    """``quote`` with the place of its nth occurrence in ``text``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return {"quote": quote, "span": (start, start + len(quote))}


def span(text: str, words: str) -> tuple[int, int]:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return start, start + len(words)


def rule(text: str, document: str, anchor: str, kind: str, clause: str, quote: str, **facts: Any):
    """A rule as the record spells it; the hash in its id covers the quote and the facts."""
    nth = facts.pop("nth", 0)
    digest = hashlib.sha256(f"{quote}{facts}".encode()).hexdigest()[:4]
    name = f"{document}#{anchor}.{kind}.{digest}"
    return {"id": name, "kind": kind, "clause": clause, **quoted(text, quote, nth), **facts}


def document(identifier: str, text: str, **facts: Any) -> dict[str, Any]:
    """The identity of a notice; what ``facts`` leave out is not printed."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    empty: dict[str, Any] = dict.fromkeys(
        ("number", "title", "kind", "enclosed", "issued", "issued_year", "printed", "publicity")
    )
    source = {
        "path": f"corpus/notices/{identifier}.md",
        "sha256": digest,
        "media_type": "text/markdown",
        "reader": "markdown",
        "characters": len(text),
        "text_sha256": digest,
        "page_furniture": 3,
    }
    lists = dict.fromkeys(("issuers", "addressees", "copied_to", "attachments", "contacts"), ())
    region = RegionRecord(code="140000", name="山西省", level="province")
    return {
        "id": identifier,
        **empty,
        **lists,
        "region": region,
        "portal": {},
        "source": source,
    } | facts


def training() -> Record:
    """晋文旅办发〔2021〕123号, shortened: all kinds of rule, a table, a line after a list."""
    identifier, t = "140000-jinwenlvbanfa-2021-123", TEXT
    rates, work = "三/(二)", "四/(一)"
    funds_end, work_at = t.index("\n四、"), t.index("四、工作要求")
    table = span(t, t[t.index("序号\t") : t.index("\n以上任务")])
    closing = t.index("\n本通知自")
    return Record.model_validate(
        {
            "document": document(
                identifier,
                t,
                number="晋文旅办发〔2021〕123号",
                title="山西省文化和旅游厅办公室关于开展“文化和旅游从业人员技能提升”培训的通知",
                kind="通知",
                issuers=("山西省文化和旅游厅办公室",),
                addressees=("各有关处室", "各有关单位"),
                issued="2021-07-05",
                issued_year=2021,
                contacts=({"department": "省文旅厅人事处", "phone": "0351-0000000"},),
            ),
            "text": t,
            "validity": {
                "statements": [
                    {
                        "clause": "",
                        **quoted(t, "本通知自2021年7月1日起施行"),
                        "effective_from": "2021-07-01",
                    }
                ]
            },
            "clauses": [
                clause("一", "s1", 1, "目标任务", t.index("一、目标"), t.index("\n三、")),
                clause("三", "s3", 1, "培训经费及补贴标准", t.index("三、"), funds_end),
                clause(
                    "三/(一)", "s3-1", 2, "经费来源", t.index("（一）经费"), t.index("\n（二）")
                ),
                clause(rates, "s3-2", 2, "培训、取证补贴标准", t.index("（二）"), funds_end),
                clause("四", "s4", 1, "工作要求", work_at, closing),
                clause(work, "s4-1", 2, "组织实施", t.index("（一）组织"), t.index("\n以上任务")),
            ],
            "tables": [
                {
                    "clause": work,
                    "header": ("序号", "单位", "任务数（个）"),
                    "rows": (
                        ("1", "太原铁路机械学校", "1300"),
                        ("2", "山西省特殊教育中等专业学校", "100"),
                    ),
                    "span": table,
                }
            ],
            "rules": [
                rule(
                    t,
                    identifier,
                    "s1",
                    "target",
                    "一",
                    "培训任务总人数 5000 名",
                    metric="培训任务",
                    min=5000,
                    max=5000,
                    unit="人",
                ),
                rule(t, identifier, "s1", "group", "一", "高技能人才", name="高技能人才"),
                rule(
                    t,
                    identifier,
                    "s3-2",
                    "amount",
                    rates,
                    "培训补贴每人每天150元，每人最高不超过1000元",
                    item="培训补贴",
                    min=150,
                    max=150,
                    per=("person", "day"),
                    cap={"max": 1000, "per": ("person",)},
                    currency="CNY",
                ),
                rule(
                    t,
                    identifier,
                    "s3-2",
                    "amount",
                    rates,
                    "预算总金额为500万元",
                    item="培训补贴",
                    role="budget",
                    min=5000000,
                    max=5000000,
                ),
                rule(
                    t,
                    identifier,
                    "s3-2",
                    "amount",
                    rates,
                    "职业技能登记证书高级工每人800元",
                    item="取证补贴",
                    category="高级工",
                    min=800,
                    max=800,
                    per=("person",),
                ),
                rule(
                    t,
                    identifier,
                    "s4-1",
                    "deadline",
                    work,
                    "2021年11月30日前",
                    type="date",
                    bound="by",
                    date="2021-11-30",
                    action="完成培训",
                ),
                rule(
                    t,
                    identifier,
                    "s4-1",
                    "department",
                    work,
                    "省财政厅",
                    name="省财政厅",
                    canonical="山西省财政厅",
                    role="lead",
                ),
                rule(
                    t,
                    identifier,
                    "s4-1",
                    "department",
                    work,
                    "省人社厅",
                    nth=1,
                    name="省人社厅",
                    canonical="山西省人力资源和社会保障厅",
                    role="support",
                ),
                rule(
                    t,
                    identifier,
                    "s4-1",
                    "target",
                    work,
                    "1300",
                    metric="任务数",
                    min=1300,
                    max=1300,
                    unit="个",
                    subject="太原铁路机械学校",
                ),
                rule(
                    t,
                    identifier,
                    "s4-1",
                    "deadline",
                    work,
                    "完成培训，由省财政厅",
                    type="date",
                    date="2020-01-01",
                    review={"status": "rejected", "by": "审核人"},
                ),
            ],
            "citations": [
                {
                    "clause": "",
                    **quoted(
                        t,
                        t[t.index("《山西省新发展") : t.index("相关要求")],
                    ),
                    "relation": "based_on",
                    "number": "晋办发〔2021〕6号",
                    "title": "山西省新发展阶段“人人持证 技能社会”建设提质增效工作方案",
                }
            ],
            "findings": [{"severity": "warning", "code": "unknown-date", "message": "找不到版记"}],
        }
    )


def carrier() -> Record:
    """晋政办发〔2019〕68号, shortened to the sentence with four amounts on one quote."""
    identifier, t = "140000-jinzhengbanfa-2019-68", CARRIER
    quote = t[t.index("专项职业能力证书") : t.index("的标准")]
    rates = (("专项职业能力证书", 200), ("初级工", 400), ("中级工", 600), ("高级工", 800))
    return Record.model_validate(
        {
            "document": document(
                identifier,
                t,
                number="晋政办发〔2019〕68号",
                title="关于印发山西省职业技能提升行动实施方案的通知",
                kind="通知",
                enclosed={"title": "山西省职业技能提升行动实施方案", "kind": "方案"},
                issuers=("山西省人民政府办公厅",),
                issued="2019-08-22",
                issued_year=2019,
            ),
            "text": t,
            "clauses": [
                clause("一", "s1", 1, "落实培训补贴", t.index("一、"), len(t)),
                clause("一/(一)", "s1-1", 2, "对取得证书的", t.index("（一）"), len(t)),
            ],
            "rules": [
                rule(
                    t,
                    identifier,
                    "s1-1",
                    "amount",
                    "一/(一)",
                    quote,
                    item="取证补贴",
                    category=category,
                    min=value,
                    max=value,
                    per=("certificate",),
                    payee="评价机构",
                )
                for category, value in rates
            ],
        }
    )


SERVED = """关于做好企业职工培训的通知
一、培训企业职工，每人补贴300元。
二、组织企业职工参加评价。
三、为企业职工建立档案。
四、向企业职工公布目录。
五、对企业职工回访。
六、各市每季度报送企业职工培训情况，每月12日、26日报送进度。
七、2023年9月底前完成，到2025年全面总结。"""


def served() -> Record:
    """A notice that serves one group in six clauses, with deadlines of every kind."""
    identifier, t = "140000-jinrenshe-2023-7", SERVED
    lines = t.split("\n")[1:]
    numerals = "一二三四五六七"
    starts = [t.index(line) for line in lines]
    every = {
        "type": "recurrence",
        "bound": "every",
        "action": "报送企业职工培训情况",
        "actor": "各市",
    }
    day = {"type": "date", "bound": "by"}
    held = [
        rule(t, identifier, f"s{n}", "group", numerals[n - 1], "企业职工", nth=n, name="企业职工")
        for n in range(1, 7)
    ]
    held += [
        rule(
            t,
            identifier,
            "s1",
            "amount",
            "一",
            "每人补贴300元",
            item="培训补贴",
            group="企业职工",
            min=300,
            max=300,
            per=("person",),
        ),
        rule(t, identifier, "s6", "department", "六", "各市", name="各市", role="responsible"),
        rule(
            t,
            identifier,
            "s6",
            "deadline",
            "六",
            "每季度",
            rrule="FREQ=MONTHLY;INTERVAL=3",
            freq="每季度",
            **every,
        ),
        rule(
            t,
            identifier,
            "s6",
            "deadline",
            "六",
            "每月12日、26日",
            rrule="FREQ=MONTHLY;BYMONTHDAY=12,26",
            freq="每月12日、26日",
            **every,
        ),
        rule(t, identifier, "s7", "deadline", "七", "2023年9月底前", date="2023-09-30", **day),
        rule(
            t,
            identifier,
            "s7",
            "deadline",
            "七",
            "到2025年",
            date="2025-12-31",
            precision="year",
            **day,
        ),
    ]
    return Record.model_validate(
        {
            "document": document(
                identifier,
                t,
                number="晋人社〔2023〕7号",
                title="关于做好企业职工培训的通知",
                kind="通知",
                issuers=("山西省人力资源和社会保障厅",),
                issued="2023-05-10",
                issued_year=2023,
            ),
            "text": t,
            "clauses": [
                clause(numeral, f"s{n}", 1, line[2:].rstrip("。"), start, start + len(line))
                for n, (numeral, line, start) in enumerate(
                    zip(numerals, lines, starts, strict=True), start=1
                )
            ],
            "rules": held,
        }
    )


def clause(
    path: str, anchor: str, level: int, heading: str, start: int, end: int
) -> dict[str, Any]:
    """A clause as the record spells it."""
    return {
        "path": path,
        "anchor": anchor,
        "level": level,
        "heading": heading,
        "span": (start, end),
    }


def base(*records: Record) -> KnowledgeBase:
    """A rule base of ``records``, of the two samples if none are given."""
    return KnowledgeBase.of(records or (training(), carrier()))


def hostile() -> Record:
    """A notice whose every word tries to break out of its page."""
    attack = "<script>alert('x')</script>\"'&amp;</title><img src=x onerror=alert(1)>"
    text = f"{attack}\n一、{attack}\n{attack}"
    start = text.index("一、")
    name = "x\" onclick='alert(1)#"
    return Record.model_validate(
        {
            "document": document(
                f"../../{attack}",
                text,
                number=attack,
                title=attack,
                issuers=(attack,),
                portal={attack: attack},
            ),
            "text": text,
            "clauses": [clause("一", "s1", 1, attack, start, len(text))],
            "rules": [
                rule(text, name, "s1", "department", "一", attack, nth=1, name=attack, duty=attack),
                rule(
                    text,
                    name,
                    "s1",
                    "amount",
                    "一",
                    attack,
                    nth=2,
                    item=attack,
                    min=1,
                    conditions=(attack,),
                ),
            ],
            "citations": [
                {"clause": "一", **quoted(text, attack), "relation": attack, "title": attack}
            ],
            "findings": [{"severity": "error", "code": "x", "message": attack, "quote": attack}],
        }
    )


def graph(known: KnowledgeBase | None = None) -> Graph:
    """A rule base with its relations, of the two samples if none is given."""
    return Graph(base() if known is None else known, Vocabulary.of(plain("measures")), Curated())


def made_pages(known: KnowledgeBase | None = None) -> list[Page]:
    """Every page of the site of a rule base."""
    return pages_of(Holdings(graph(known), DAY))


def pages_of(held: Holdings, edition: Edition = EDITION) -> list[Page]:
    """Every page of the site of ``held``."""
    sizes = {path: len(content) for path, content in in_memory(held).items()}
    return list(pages(held, edition, sizes))
