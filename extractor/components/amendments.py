"""Reads what a decision changes in the document it amends, clause by clause: 将第五条修改为：…,
删去第七条.

The document is the one last said to be amended (对《…》作如下修改), or that of the notice's title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.models import Citation
from extractor.reading import Reading, Sentence

_COUNTED = r"[一二三四五六七八九十百\d]+"
_ARTICLE = (
    rf"第{_COUNTED}条(?:之{_COUNTED})?(?:第{_COUNTED}[款项])?(?:第?[（(]?{_COUNTED}[）)]?项)?"
)
_MANY = rf"{_ARTICLE}(?:[、，和及]{_ARTICLE})*"
_OPEN = r"(?:^|[，,；;：:、\x00]|\s)(?:并|同时)?"
#: 第八条改为第七条 only renumbers
_CHANGED = re.compile(
    rf"{_OPEN}(?:将|把)?(?:原)?(?P<clause>{_MANY})(?:中的?)?[^。；，《》]{{0,60}}?(?:修改|修订|改|调整)"
    rf"为(?!第)"
)
_TAKEN_OUT = re.compile(
    rf"{_OPEN}(?:删去|删除|废止|取消)(?:原)?(?P<clause>{_MANY})(?P<rest>中|的|里)?"
)
_TITLE = re.compile(
    r"关于(?:修改|修订|修正)《(?P<title>.+)》(?:部分|有关|个别)?(?:条款|内容|条文)?的"
)
_AMENDS = re.compile(r"[作做]出?了?(?:如下|以下|相应|部分)?(?:修改|修订|修正)")
#: 《…》第二条修改为：“…。”废止第三条。: the first of several changes
_FIRST = re.compile(r"[》）)号]第[^，。；《]{1,30}(?:修改|修订|改)为[：:]?“")
_QUOTED = re.compile(r"“[^”]*”?")


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that a sentence changes or takes out, with its place in the sentence."""

    start: int
    end: int
    fact: Citation


def of_title(reading: Reading) -> Citation | None:
    """The document that 关于修改《…》的决定 amends, if it is one."""
    match = _TITLE.search(reading.notice.elements.title or "")
    return Citation("amends", title=match["title"]) if match else None


def introduced(sentence: Sentence, cited: list[Citation], *, listed: str | None) -> Citation | None:
    """The document that the sentence, or the list it stands in, says is amended as follows."""
    amended = [c for c in cited if c.relation == "amends"]
    if amended and _FIRST.search(sentence.text):
        return amended[-1]
    if not amended or not (listed == "amends" or _AMENDS.search(sentence.plain)):
        return None
    return amended[-1]


def reach(sentence: Sentence) -> str | None:
    """The path of the clause beyond which nothing more is changed of the document; None for all."""
    return sentence.path if _FIRST.search(sentence.text) else None


def changes(sentence: Sentence, amended: Citation) -> Iterator[Changed]:
    """The clauses of ``amended`` that ``sentence`` changes."""
    words = _QUOTED.sub(lambda m: "\x00" * len(m[0]), sentence.text)
    for match in _CHANGED.finditer(words):
        yield _changed(match, replace(amended, relation="amends"))
    for match in _TAKEN_OUT.finditer(words):
        # 删去第七条中的“每年” takes words out of it
        relation = "amends" if match["rest"] else "repeals_part"
        yield _changed(match, replace(amended, relation=relation))


def _changed(match: re.Match[str], fact: Citation) -> Changed:
    return Changed(
        match.start(), match.end(), replace(fact, target_clause=match["clause"], effective=None)
    )
