"""Knowledge bases for the tests of relations: small notices, the bundled ones, and real ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers.formats import SUFFIXES
from extractor.lexicon import plain
from extractor.pipeline import extract
from kb.building.step import read_record
from kb.force.curated import Curated, end_of
from kb.force.graph import Graph
from kb.force.status import Status, status
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase
from kb.records import record_of
from kb.schema import Record
from tests.extractor_samples import source

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpus" / "real"
VOCABULARY = Vocabulary.of(plain("measures"))
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real notices lie in ../shared")

#: 山西省 pays 300 from 2020 on
OLD = """山西省人民政府办公厅文件
晋政办发〔2020〕5号
山西省人民政府办公厅关于印发山西省技能培训补贴办法的通知
各市人民政府：
现将《山西省技能培训补贴办法》印发给你们。
山西省人民政府办公厅
2020年3月1日
山西省技能培训补贴办法
第一条 对企业职工培训给予每人300元培训补贴。
第二条 取得高级工证书的，给予每人600元取证补贴。
第三条 本办法自2020年4月1日起施行，有效期五年。
"""
#: and 400 from 2022 on, when the first is repealed
NEW = """山西省人民政府办公厅文件
晋政办发〔2022〕9号
山西省人民政府办公厅关于印发山西省职业技能培训补贴实施办法的通知
各市人民政府：
现将《山西省职业技能培训补贴实施办法》印发给你们。
山西省人民政府办公厅
2022年5月20日
山西省职业技能培训补贴实施办法
第一条 对企业职工培训给予每人400元培训补贴。
第二条 本办法自2022年7月1日起施行。\
《山西省人民政府办公厅关于印发山西省技能培训补贴办法的通知》（晋政办发〔2020〕5号）同时废止。
"""
OLD_ID, NEW_ID = "140000-jinzhengbanfa-2020-5", "140000-jinzhengbanfa-2022-9"


@cache
def record(text: str, name: str = "notice.txt") -> Record:
    """The record of a notice with this text."""
    read = source(text, name)
    return record_of(extract(read), read)


def graph(*texts: str, curated: Curated | None = None) -> Graph:
    """The graph of notices with these texts."""
    records = [record(text, f"notice-{number}.txt") for number, text in enumerate(texts)]
    return graph_of(records, curated)


def graph_of(records: Iterable[Record], curated: Curated | None = None) -> Graph:
    """The graph of these records."""
    return Graph(KnowledgeBase.of(records), VOCABULARY, curated or Curated())


@cache
def bundled() -> Graph:
    """The graph of the notices that come with the project."""
    notices = sorted((ROOT / "corpus" / "notices").iterdir())
    return graph_of(read_record(path, root=ROOT) for path in notices)


@cache
def real_records() -> dict[str, Record]:
    """The records of the real notices, by the name of the file, as far as they can be read."""
    found = {}
    for path in sorted(REAL.iterdir()):
        if path.suffix in (".txt", ".html", ".pdf"):
            try:
                found[path.name] = read_record(path, root=REAL)
            except DocumentError:
                # a scan, which only --ocr reads
                continue
    return found


def reads(suffix: str) -> bool:
    """Whether there is a reader for files of that kind."""
    return suffix in SUFFIXES


def on(graph: Graph, name: str, day: str) -> Status:
    """The status of the document, clause or rule called ``name``."""
    return status(graph, end_of(name, graph.base), date.fromisoformat(day))
