"""For programs: which files there are, what they hold, and how to read them.

The example is run by a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.models import KnowledgeBase
from site_builder import urls
from site_builder.contexts import Shell
from site_builder.facts import title_of
from site_builder.filters import size
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates

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
class Download:
    """A file for programs."""

    href: str
    name: str
    remark: str
    size: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """data.html"""

    shell: Shell
    files: tuple[Download, ...]
    records: tuple[Download, ...]
    example: str


def _data(base: KnowledgeBase, edition: Edition, data: Mapping[str, bytes]) -> DataPage:
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


def _download(path: str, name: str, remark: str, data: Mapping[str, bytes]) -> Download:
    return Download(urls.href(path), name, remark, size(len(data[path])))


TEMPLATES: Templates = {"data.html": DataPage}


def pages(holdings: Holdings, edition: Edition, files: Mapping[str, bytes]) -> Iterator[Page]:
    """The page for developers."""
    yield Page(urls.DATA, "data.html", _data(holdings.base, edition, files))
