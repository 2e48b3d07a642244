"""Which pages the site has, and what each of them shows.

Gathers everything from the rule base; renders and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kb.models import KIND_NAMES, KnowledgeBase
from kb.schema import Record, Rule
from site_builder import urls
from site_builder.contexts import (
    Context,
    DataPage,
    DepartmentLine,
    DepartmentPage,
    DepartmentsPage,
    DocumentLine,
    DocumentsPage,
    Download,
    Entry,
    Field,
    Findings,
    HomePage,
    Kind,
    QualityLine,
    QualityPage,
    RoleSection,
    RuleLine,
    RuleSection,
    RulesPage,
    SearchPage,
    Shell,
    YearSection,
)
from site_builder.document_page import citation_line, document_page, finding_line
from site_builder.facts import (
    ROLES,
    Department,
    clause_name,
    departments,
    standing_rules,
    title_of,
    years,
)
from site_builder.filters import day, size
from site_builder.words import (
    DEPARTMENT_ROLES,
    MARK_LABELS,
    REVIEWS,
    rule_details,
    rule_subject,
    rule_value,
)

_HOME_DEPARTMENTS, _HOME_DOCUMENTS = 12, 8
_ROLE_MEANINGS = {
    "lead": "原文写明牵头，或列在分工名单首位且注明首位为牵头单位。",
    "responsible": "原文把这项工作交给它，没有写明主次。",
    "support": "原文写明会同、协同或配合，或列在牵头单位之后。",
}
_EXAMPLE = """\
import json
from urllib.request import urlopen

site = "file:///path/to/site/"  # 或网站地址
rules = json.load(urlopen(site + "data/rules.json"))["rules"]
for rule in rules:
    if rule["kind"] == "amount" and "取证补贴" in rule.get("item", ""):
        record = json.load(urlopen(site + f"data/documents/{rule['document']}.json"))
        start, end = rule["span"]
        print(rule.get("max"), record["text"][start:end])"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be: where it stands, the template that makes it, and what that is given."""

    path: str
    template: str
    context: Context


@dataclass(frozen=True)
class Edition:
    """What all pages of one build share: the title, the day, and the version of the index."""

    title: str
    built: date
    index: str

    def shell(self, path: str, title: str, section: str = "") -> Shell:
        """The frame of the page at ``path``."""
        built = day(self.built.isoformat())
        return Shell(title, self.title, urls.root_of(path), section, built, self.index)


def pages(base: KnowledgeBase, edition: Edition, data: dict[str, bytes]) -> Iterator[Page]:
    """Every page of the site; ``data`` are the files that the data page offers."""
    organs = departments(base)
    yield Page(urls.HOME, "home.html", _home(base, organs, edition))
    search = edition.shell(urls.SEARCH, "检索", "search")
    yield Page(urls.SEARCH, "search.html", SearchPage(search))
    yield Page(urls.DOCUMENTS, "documents.html", _documents(base, edition))
    yield Page(urls.DEPARTMENTS, "departments.html", _departments(organs, edition))
    yield Page(urls.RULES, "rules.html", _rules(base, edition))
    yield Page(urls.QUALITY, "quality.html", _quality(base, edition))
    yield Page(urls.DATA, "data.html", _data(base, edition, data))
    for record in base.records:
        path = urls.document_page(record.document.id)
        shell = edition.shell(path, title_of(record), "documents")
        yield Page(path, "document.html", document_page(base, record, shell))
    for organ in organs:
        path = urls.department_page(organ.name)
        yield Page(path, "department.html", _department(organ, edition, path))


def _home(base: KnowledgeBase, organs: Sequence[Department], edition: Edition) -> HomePage:
    rules = _by_kind(rule for record in base.records for rule in standing_rules(record))
    clauses = sum(len(record.clauses) for record in base.records)
    recent = [record for _, records in years(base) for record in records]
    return HomePage(
        shell=edition.shell(urls.HOME, edition.title),
        figures=(
            Entry("份文件", urls.DOCUMENTS, str(len(base.records))),
            Entry("个条款", urls.DOCUMENTS, str(clauses)),
            Entry("条规则", urls.RULES, str(rules.total())),
            Entry("个部门", urls.DEPARTMENTS, str(len(organs))),
        ),
        kinds=tuple(
            Entry(name, urls.href(urls.RULES, code), str(rules[code]))
            for code, name in KIND_NAMES.items()
        ),
        years=tuple(
            Entry(_year(year), urls.href(urls.DOCUMENTS, _year_anchor(year)), str(len(records)))
            for year, records in years(base)
        ),
        documents=tuple(map(_document_line, recent[:_HOME_DOCUMENTS])),
        departments=tuple(map(_department_entry, organs[:_HOME_DEPARTMENTS])),
        more_departments=max(0, len(organs) - _HOME_DEPARTMENTS),
    )


def _by_kind(rules: Iterable[Rule]) -> Counter[str]:
    return Counter(rule.kind for rule in rules)


def _year(year: int | None) -> str:
    return f"{year}年" if year else "年份未载"


def _year_anchor(year: int | None) -> str:
    return f"y{year or 0}"


def _department_entry(organ: Department) -> Entry:
    page = urls.href(urls.department_page(organ.name))
    return Entry(organ.name, page, str(len(organ.duties)))


def _document_line(record: Record) -> DocumentLine:
    document = record.document
    kinds = _by_kind(standing_rules(record))
    tally = [f"{MARK_LABELS[kind]} {kinds[kind]}" for kind in KIND_NAMES if kinds[kind]]
    return DocumentLine(
        title=title_of(record),
        href=urls.href(urls.document_page(document.id)),
        number=document.number or "",
        issuers="、".join(document.issuers),
        issued=day(document.issued) if document.issued else "",
        tally=" · ".join(tally),
    )


def _documents(base: KnowledgeBase, edition: Edition) -> DocumentsPage:
    return DocumentsPage(
        shell=edition.shell(urls.DOCUMENTS, "文件", "documents"),
        years=tuple(
            YearSection(_year_anchor(year), _year(year), tuple(map(_document_line, records)))
            for year, records in years(base)
        ),
    )


def _rule_line(record: Record, rule: Rule) -> RuleLine:
    page = urls.document_page(record.document.id)
    return RuleLine(
        subject=rule_subject(rule),
        value=rule_value(rule),
        details=tuple(Field(name, (words,)) for name, words in rule_details(rule)),
        quote=rule.quote,
        href=urls.href(page, urls.rule_anchor(rule.id)),
        document=title_of(record),
        clause=clause_name(record, rule.clause),
        review="" if rule.review.status == "extracted" else REVIEWS[rule.review.status],
    )


def _rules(base: KnowledgeBase, edition: Edition) -> RulesPage:
    lines: dict[str, list[RuleLine]] = {kind: [] for kind in KIND_NAMES}
    for record in base.records:
        for rule in standing_rules(record):
            lines[rule.kind].append(_rule_line(record, rule))
    return RulesPage(
        shell=edition.shell(urls.RULES, "规则", "rules"),
        sections=tuple(
            RuleSection(Kind(kind, KIND_NAMES[kind]), tuple(rules)) for kind, rules in lines.items()
        ),
    )


def _departments(organs: Iterable[Department], edition: Edition) -> DepartmentsPage:
    return DepartmentsPage(
        shell=edition.shell(urls.DEPARTMENTS, "部门", "departments"),
        roles=tuple(DEPARTMENT_ROLES[role] for role in ROLES),
        departments=tuple(map(_department_line, organs)),
    )


def _department_line(organ: Department) -> DepartmentLine:
    return DepartmentLine(
        name=organ.name,
        href=urls.href(urls.department_page(organ.name)),
        counts=tuple(len(organ.in_role(role)) for role in ROLES),
        documents=len({duty.record.document.id for duty in organ.duties}),
    )


def _department(organ: Department, edition: Edition, path: str) -> DepartmentPage:
    roles = ((role, organ.in_role(role)) for role in ROLES)
    return DepartmentPage(
        shell=edition.shell(path, organ.name, "departments"),
        name=organ.name,
        remark=_department_remark(organ),
        roles=tuple(
            RoleSection(
                role=role,
                name=DEPARTMENT_ROLES[role],
                meaning=_ROLE_MEANINGS[role],
                duties=tuple(_rule_line(duty.record, duty.rule) for duty in duties),
            )
            for role, duties in roles
            if duties
        ),
        deadlines=tuple(_rule_line(record, rule) for record, rule in organ.deadlines),
        issued=tuple(map(_document_line, organ.issued)),
    )


def _department_remark(organ: Department) -> str:
    if not organ.known:
        return "名称照原文；各文件中同样写法的部门列在一起，不一定是同一个机关。"
    others = [name for name in organ.printed if name != organ.name]
    return f"原文写作：{'、'.join(others)}。" if others else ""


_COLUMNS = ("条款", "表格", *KIND_NAMES.values(), "引用", "未找到的引用", "已人工核对", "待查")


def _quality(base: KnowledgeBase, edition: Edition) -> QualityPage:
    lines = tuple(map(_quality_line, base.records))
    return QualityPage(
        shell=edition.shell(urls.QUALITY, "数据质量", "quality"),
        columns=_COLUMNS,
        lines=lines,
        totals=tuple(sum(line.counts[n] for line in lines) for n in range(len(_COLUMNS))),
        findings=tuple(map(_findings, filter(lambda r: r.findings, base.records))),
        unresolved=tuple(
            citation_line(base, record, citation)
            for record in base.records
            for citation in record.citations
            if not citation.target and not citation.unnamed
        ),
    )


def _quality_line(record: Record) -> QualityLine:
    kinds = _by_kind(standing_rules(record))
    counts = (
        len(record.clauses),
        len(record.tables),
        *(kinds[kind] for kind in KIND_NAMES),
        len(record.citations),
        sum(not c.target and not c.unnamed for c in record.citations),
        sum(rule.review.status != "extracted" for rule in record.rules),
        len(record.findings),
    )
    return QualityLine(title_of(record), urls.href(urls.document_page(record.document.id)), counts)


def _findings(record: Record) -> Findings:
    page = urls.href(urls.document_page(record.document.id))
    return Findings(title_of(record), page, tuple(map(finding_line, record.findings)))


def _data(base: KnowledgeBase, edition: Edition, data: dict[str, bytes]) -> DataPage:
    shared = (
        (urls.RULES_FILE, "全部规则", "每条带文件标识、条款、原文和位置"),
        (urls.DOCUMENTS_FILE, "文件清单", "标识、文号、标题、发文机关、日期，以及记录的位置"),
        (urls.SCHEMA_FILE, "JSON Schema", "记录的格式（2020-12）"),
    )
    return DataPage(
        shell=edition.shell(urls.DATA, "数据接口", "data"),
        files=tuple(_download(path, name, remark, data) for path, name, remark in shared),
        records=tuple(
            _download(
                urls.record_file(record.document.id),
                title_of(record),
                record.document.number or "",
                data,
            )
            for record in base.records
        ),
        example=_EXAMPLE,
    )


def _download(path: str, name: str, remark: str, data: dict[str, bytes]) -> Download:
    return Download(urls.href(path), name, remark, size(len(data[path])))
