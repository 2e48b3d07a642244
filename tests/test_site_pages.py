"""What the pages say: identities, rules beside clauses, duties, counts."""

from __future__ import annotations

from typing import Any

import site_samples as samples

from kb.models import KnowledgeBase
from kb.schema import Record
from site_builder.contexts import Field
from site_builder.downloads.files import in_memory
from site_builder.holdings import Holdings
from site_builder.pages.department import DepartmentPage
from site_builder.pages.departments import DepartmentsPage
from site_builder.pages.document import DocumentPage
from site_builder.pages.documents import DocumentsPage
from site_builder.pages.home import HomePage
from site_builder.pages.quality import AbsentPage, CountedPage

TRAINING = "documents/140000-jinwenlvbanfa-2021-123.html"


def contexts(base: KnowledgeBase) -> dict[str, Any]:
    return {page.path: page.context for page in samples.made_pages(base)}


def training_page(base: KnowledgeBase | None = None) -> DocumentPage:
    page = contexts(base or samples.base())[TRAINING]
    assert isinstance(page, DocumentPage)
    return page


def all_fields(page: DocumentPage) -> list[Field]:
    return [*page.card.identity, *page.card.printed]


def test_the_identity_card_says_what_is_printed_and_what_is_not() -> None:
    fields = {field.name: field.values for field in all_fields(training_page())}
    assert fields["发文字号"] == ("晋文旅办发〔2021〕123号",)
    assert fields["主送机关"] == ("各有关处室", "各有关单位")
    assert fields["成文日期"] == ("2021年7月5日",)
    assert "抄送机关" not in fields
    unnumbered = samples.hostile()
    bare = unnumbered.model_copy(
        update={"document": unnumbered.document.model_copy(update={"number": None})}
    )
    page = next(c for c in contexts(samples.base(bare)).values() if isinstance(c, DocumentPage))
    assert page.card.identity[0].values == ()


def test_validity_citations_findings_source_and_contacts_are_told() -> None:
    page = training_page()
    (statement,) = page.card.statements
    assert (statement.words, statement.anchor) == ("自2021年7月1日起施行", "#front")
    (citation,) = page.card.citations
    assert (citation.relation, citation.href) == ("依据", "")
    assert [finding.line.label for finding in page.card.findings] == ["注意"]
    assert ("0351-0000000",) in [field.values for field in page.card.contacts]
    assert samples.training().document.source.sha256 in [f.values[0] for f in page.card.source]


def test_a_citation_of_a_notice_in_the_rule_base_leads_to_it() -> None:
    record = samples.training()
    target = samples.carrier().document.id
    resolved = record.citations[0].model_copy(update={"target": target})
    base = samples.base(record.model_copy(update={"citations": (resolved,)}), samples.carrier())
    page = training_page(base)
    assert page.card.citations[0].href == f"documents/{target}.html"
    runs = [run for s in page.sections for part in s.parts for run in part.runs if run.href]
    cited = {run.href for run in runs if run.kind == "citation"}
    assert cited == {f"documents/{target}.html"}
    alone = training_page(samples.base(record.model_copy(update={"citations": (resolved,)})))
    assert alone.card.citations[0].href == ""


def test_every_standing_rule_is_marked_and_told_of_once() -> None:
    for record in samples.base().records:
        page = contexts(samples.base())[f"documents/{record.document.id}.html"]
        assert isinstance(page, DocumentPage)
        standing = sorted(
            rule.id.partition("#")[2] for rule in record.rules if rule.review.status != "rejected"
        )
        noted = [n.mark for s in page.sections for group in s.beside.groups for n in group.notes]
        marked = [
            name
            for section in page.sections
            for runs in (
                section.heading,
                *(part.runs for part in section.parts),
                *(cell.runs for part in section.parts for row in part.rows for cell in row.cells),
            )
            for run in runs
            for name in run.starts
        ]
        tabled = sum(group.in_tables for s in page.sections for group in s.beside.groups)
        assert sorted(marked) == standing
        assert set(noted) <= set(standing)
        # 企业职工 as 对象 and 省财政厅 as 配合 are told by the mark itself
        named = [r for r in record.rules if r.kind in ("group", "department")]
        assert len(noted) + tabled + len(named) == len(standing)


def test_what_a_table_shows_is_counted_beside_it_and_not_repeated() -> None:
    groups = [
        g for s in training_page().sections for g in s.beside.groups if g.kind.code == "target"
    ]
    assert [(len(group.notes), group.in_tables) for group in groups] == [(1, 0), (0, 1)]


def test_the_outline_names_every_clause() -> None:
    entries = [(e.numeral, e.heading, e.depth) for e in training_page().outline]
    assert ("(二)", "培训、取证补贴标准", 2) in entries
    assert len(entries) == len(samples.training().clauses)


def test_a_rejected_rule_is_shown_nowhere_but_stays_in_the_data() -> None:
    base = samples.base()
    rejected = next(r for r in samples.training().rules if r.review.status == "rejected")
    assert all(rejected.id.partition("#")[2] not in repr(c) for c in contexts(base).values())
    files = in_memory(Holdings(samples.graph(base), samples.DAY))
    assert rejected.id in files["data/rules.json"].decode()


def test_a_department_has_its_duties_by_role_and_the_deadlines_of_their_clauses() -> None:
    page = next(
        c
        for c in contexts(samples.base()).values()
        if isinstance(c, DepartmentPage) and c.name == "山西省财政厅"
    )
    told = [(s.name, [(task.words, task.value) for task in s.tasks]) for s in page.sections]
    assert told == [("牵头", [("组织实施", "")]), ("期限", [("完成培训", "2021年11月30日前")])]
    assert page.sections[0].tasks[0].others == ("山西省人力资源和社会保障厅（配合）",)
    assert page.sections[0].tasks[0].place == "晋文旅办发〔2021〕123号 四/(一)"
    assert page.calendar.startswith("calendar/shan-xi-sheng-cai-zheng-ting-")
    assert page.remark == "原文写作：省财政厅。"


def test_departments_are_listed_with_counts_by_role() -> None:
    page = contexts(samples.base())["departments.html"]
    assert isinstance(page, DepartmentsPage)
    assert page.roles == ("牵头", "负责", "配合")
    (section,) = page.sections
    assert (section.anchor, section.name) == ("full", "机关")
    assert {line.name: line.counts for line in section.departments} == {
        "山西省财政厅": (1, 0, 0),
        "山西省人力资源和社会保障厅": (0, 0, 1),
    }


def test_home_counts_what_there_is() -> None:
    page = contexts(samples.base())["index.html"]
    assert isinstance(page, HomePage)
    assert [(f.remark, f.name) for f in page.figures if f.name != "个事项"] == [
        ("2", "份文件"),
        ("8", "个条款"),
        ("13", "条规则"),
        ("2", "个部门"),
    ]
    assert [(year.name, year.remark) for year in page.years] == [("2021年", "1"), ("2019年", "1")]


def test_documents_stand_by_year_the_latest_first() -> None:
    page = contexts(samples.base(samples.training(), samples.carrier(), samples.hostile()))[
        "documents.html"
    ]
    assert isinstance(page, DocumentsPage)
    assert [year.name for year in page.years] == ["2021年", "2019年", "年份未载"]


def test_quality_adds_up() -> None:
    found = contexts(samples.base())
    page, absent = found["quality/documents.html"], found["quality/absent.html"]
    assert isinstance(page, CountedPage)
    counts = dict(zip(page.columns, page.totals, strict=True))
    told = (counts["条款"], counts["金额"], counts["未收录的引用"], counts["待查"])
    assert told == (8, 7, 1, 1)
    assert counts["已人工核对"] == 1
    assert isinstance(absent, AbsentPage)
    (line,) = absent.lines
    assert (line.name, line.times) == ("晋办发〔2021〕6号", 1)


def test_an_empty_rule_base_has_pages_that_say_so() -> None:
    found = contexts(samples.KnowledgeBase.of(()))
    assert set(found) == {
        "index.html",
        "search.html",
        "apply.html",
        "documents.html",
        "measures.html",
        "departments.html",
        "groups.html",
        "calendar.html",
        "relations.html",
        "quality.html",
        "quality/awaiting.html",
        "quality/documents.html",
        "quality/absent.html",
        "data.html",
    }


def test_a_notice_without_a_title_is_called_by_its_number() -> None:
    record = samples.training()
    document = record.document.model_copy(update={"title": None})
    page = contexts(samples.base(record.model_copy(update={"document": document})))[TRAINING]
    assert isinstance(page, DocumentPage)
    assert page.title == "晋文旅办发〔2021〕123号"


def reviewed(status: str) -> Record:
    record = samples.carrier()
    first = record.rules[0].model_copy(
        update={"review": record.rules[0].review.model_copy(update={"status": status})}
    )
    return record.model_copy(update={"rules": (first, *record.rules[1:])})


def test_a_review_by_a_person_is_told() -> None:
    page = contexts(samples.base(reviewed("confirmed")))[
        "documents/140000-jinzhengbanfa-2019-68.html"
    ]
    assert isinstance(page, DocumentPage)
    assert page.card.reviewed == "4 条规则中，1 条经人工核对，3 条由程序提取；以原文为准。"
    notes = [note for s in page.sections for group in s.beside.groups for note in group.notes]
    assert [note.review for note in notes].count("已经人工核对") == 1
