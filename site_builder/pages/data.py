"""For programs: which files there are, what their keys hold, and how to read them.

Keys come from the shapes that the schemas are made of. The examples are run by tests.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from kb.models import KIND_NAMES
from kb.schema import (
    AmountRule,
    CitationRecord,
    ClauseRecord,
    DeadlineRule,
    DepartmentRule,
    DocumentRecord,
    GroupRule,
    TargetRule,
)
from site_builder import urls
from site_builder.contexts import Shell
from site_builder.downloads import shapes
from site_builder.downloads.files import SHAPES
from site_builder.downloads.guide import FILES
from site_builder.downloads.keys import meaning
from site_builder.facts import title_of
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates
from site_builder.wording.filters import size

#: where policykb serve shows the site
_LOCAL = "http://127.0.0.1:8000/"
_PYTHON = """\
import json
from urllib.request import urlopen

site, day = "SITE", "2021-12-01"
with urlopen(site + "data/rules.json") as file:
    rules = json.load(file)["rules"]
for rule in rules:
    if rule.get("role") == "standard" and ITEM in rule.get("item", ""):
        state = next(s["state"] for s in rule["status"] if (s["to"] or "9999") >= day)
        print(rule["document"], rule["clause"], rule.get("max"), state, rule["quote"])"""
_JAVASCRIPT = """\
const site = "SITE", day = "2021-12-01";
const answer = await fetch(site + "data/measures.json");
const { measures } = await answer.json();
for (const { name, entries } of measures) {
  for (const { number, clause, value, status } of entries) {
    const { state } = status.find((s) => (s.to ?? "9999") >= day);
    console.log(name, number, clause, value, state);
  }
}"""
#: files that hold what another shape says, a line or a file each
_SHAPED = dict.fromkeys((urls.RECORDS_FILE, urls.PACKED_RECORDS_FILE), urls.record_file("document"))
_WITH_SCHEMA = {*SHAPES, *_SHAPED}
_RULES: tuple[type[BaseModel], ...] = (
    *(AmountRule, DeadlineRule, DepartmentRule),
    *(TargetRule, GroupRule),
)
#: what is told key by key, and what it is called
_TOLD: tuple[tuple[str, type[BaseModel]], ...] = (
    ("一份文件", shapes.DocumentFile),
    ("文件的身份（document）", DocumentRecord),
    ("条款（clauses）", ClauseRecord),
    *((f"规则：{KIND_NAMES[r.model_fields['kind'].default]}", r) for r in _RULES),
    ("引用（citations）", CitationRecord),
    ("时段（status）", shapes.ToldStretch),
    ("关系（relations）", shapes.Relation),
    ("事项（measures）", shapes.Measure),
    ("事项中的一处规定（entries）", shapes.Step),
    ("文件清单（documents）", shapes.Summary),
)


@dataclass(frozen=True, slots=True)
class Download:
    """A file for programs; ``schema`` is the address of what describes it."""

    href: str
    name: str
    remark: str
    size: str
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a thing, each with what it holds."""

    name: str
    held: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    """data.html"""

    shell: Shell
    files: tuple[Download, ...]
    others: tuple[Download, ...]
    keys: tuple[Keys, ...]
    item: str
    python: str
    javascript: str


def _data(holdings: Holdings, edition: Edition, sizes: Mapping[str, int]) -> DataPage:
    item = _commonest(holdings)
    site = f"{edition.url.rstrip('/')}/" if edition.url else _LOCAL
    return DataPage(
        shell=edition.shell(urls.DATA, "数据接口", "data"),
        files=tuple(_files(holdings, sizes)),
        others=tuple(_others(edition)),
        keys=tuple(Keys(name, tuple(_keys(shape))) for name, shape in _TOLD),
        item=item,
        python=_PYTHON.replace("SITE", site).replace("ITEM", json.dumps(item, ensure_ascii=False)),
        javascript=_JAVASCRIPT.replace("SITE", site),
    )


def _commonest(holdings: Holdings) -> str:
    """The item that most standards are for."""
    standards = (
        rule.item
        for _, rule in holdings.base.rules()
        if isinstance(rule, AmountRule) and rule.role == "standard" and rule.item
    )
    items = Counter(standards).most_common(1)
    return items[0][0] if items else "补贴"


def _files(holdings: Holdings, sizes: Mapping[str, int]) -> Iterator[Download]:
    for path, name, remark in FILES:
        schema = urls.schema_file(_SHAPED.get(path, path)) if path in _WITH_SCHEMA else ""
        yield Download(urls.href(path), name, remark, size(sizes[path]), schema)
    if holdings.base.records:
        record = holdings.base.records[0]
        path = urls.record_file(record.document.id)
        remark = f"每份文件一个，如{title_of(record)}；地址见文件清单的 record"
        schema = urls.schema_file(urls.record_file("document"))
        yield Download(urls.href(path), "一份文件的全部数据", remark, size(sizes[path]), schema)


def _others(edition: Edition) -> Iterator[Download]:
    yield Download(urls.LLMS, "给语言模型的说明", "站点内容和数据地址，Markdown", "")
    if edition.url:
        yield Download(urls.FEED, "变动订阅", "Atom：发文、施行、到期、废止、替代", "")
        yield Download(urls.SITEMAP, "网页清单", "sitemaps.org 格式", "")


def _keys(shape: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for name, field in shape.model_fields.items():
        key = field.alias or name
        yield key, field.description or meaning(shape.__name__, key)


TEMPLATES: Templates = {"data.html": DataPage}


def pages(holdings: Holdings, edition: Edition, sizes: Mapping[str, int]) -> Iterator[Page]:
    """The page for developers; ``sizes`` are the files made so far with their bytes."""
    yield Page(urls.DATA, "data.html", _data(holdings, edition, sizes))
