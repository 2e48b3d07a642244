"""Tells what is done to the documents of a list: 决定废止下列文件：…, 附件2 废止的文件目录.

The words over a list hold for all of its items, in paragraphs and in the rows of tables; a list
that is only planned, or that mixes what ends with what stays, does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.components.relation_words import DOUBT
from extractor.masks import blanked
from extractor.models import Table
from extractor.reading import Reading, Sentence
from extractor.widths import fold

_LEADS = re.compile(r"下列|以下|如下")
_ANNOUNCED = re.compile(
    r"(?:(?:下列|以下|如下)[^，。；《]{0,8}(?:文件|规章)(?:予以|一律|现|全部|同时|宣布|决定)*"
    r"(?:失效|废止|停止执行|继续有效)"
    r"|(?:废止|宣布失效)(?:下列|以下|如下)[^，。；《]{0,8}(?:文件|规章))。$"
)
_LISTS = re.compile(r"(?:目录|清单|名单|一览表|明细表?)(?:[（(][^）)]*[）)])?$")
#: 关于公布废止的文件目录的通知 has its list under any heading
_PUBLISHES = re.compile(
    r"(?:公布|公告|宣布|印发).{0,40}(?:目录|清单|名单|清理结果)的?(?:通知|公告|决定|通告)$"
)
_LABEL = re.compile(r"^\s*+(?:[（(]?[\d一二三四五六七八九十]+[）)]?[.．、]?)?\s*原?$")
_ITEM = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]+[）)]?[.．、]?\s*)?[《\x00]|[^，,]{2,60}[（(]\x00"
)

#: what is done to all items of a list; where two are said, nobody knows which to which
_OVER_LISTS = (
    ("repeals", re.compile(r"废止|失效|作废")),
    ("stops", re.compile(r"(?<!失效)(?:停止|终止)(?:执行|施行|使用)")),
    ("renews", re.compile(r"继续有效|(?:予以|继续)保留|继续(?:执行|施行)")),
    ("amends", re.compile(r"修改|修订|修正")),
)
_NOT_YET = re.compile(r"拟|草案|征求|建议|申请|需要?(?:废止|修改)")


def listed(reading: Reading) -> dict[int, str]:
    """What the lists in paragraphs do to the documents of their sentences, by sentence start."""
    found: dict[int, str] = {}
    done: str | None = None
    ahead: str | None = None
    for sentence in reading.sentences:
        words = sentence.text.strip()
        if led := _lead(sentence, words):
            done = None if led == "nothing" else led
        elif (said := _by_heading(reading, sentence)) and _is_item(sentence):
            found[sentence.start] = said
        elif ahead and sentence.opens and sentence.clause is not None and not _is_item(sentence):
            # 一、…宣布失效。二、…: the list is elsewhere
            ahead, done = None, None
        elif said := _announced(words):
            done, ahead = None, said
        elif ahead and _is_item(sentence):
            found[sentence.start] = done = ahead
            ahead = None
        elif done and _is_item(sentence):
            found[sentence.start] = done
        elif done != "amends":
            # what is changed in each item stands below it
            done = None
    return found


def _lead(sentence: Sentence, words: str) -> str | None:
    """What the words that open a list say; "nothing" for one that does nothing."""
    opens = words.endswith(("：", ":")) or (sentence.heading and "\x00" not in sentence.plain)
    if not opens or not _LEADS.search(words):
        return None
    return _ends_by(words) or "nothing"


def _announced(words: str) -> str | None:
    """对下列3件文件宣布失效。凡宣布失效的…: the list comes after what else is said of it."""
    return _ends_by(words) if words.endswith("。") and _ANNOUNCED.search(words) else None


def _is_item(sentence: Sentence) -> bool:
    return bool(_ITEM.match(sentence.plain))


def _by_heading(reading: Reading, sentence: Sentence) -> str | None:
    return _heads(reading, tuple(reading.headings(sentence.clause)))


def _heads(reading: Reading, headings: tuple[str, ...]) -> str | None:
    """What the nearest heading that is a list's title says: 废止的文件目录."""
    for heading in headings:
        if _LISTS.search(heading.strip()):
            return _ends_by(heading)
    title = reading.notice.elements.title or ""
    if headings and headings[-1].startswith("附件") and _PUBLISHES.search(title):
        return _ends_by(title)
    return None


def rows(reading: Reading) -> Iterator[tuple[Sentence, str]]:
    """The rows of tables that list documents, each as a sentence, with what is done to them."""
    for table in reading.notice.tables:
        done = _of_table(reading, table)
        if done is None:
            continue
        for span in table.row_spans:
            words = fold(span.of(reading.notice.text))
            yield (
                Sentence(span.start, span.end, words, blanked(words), table.clause, None, False),
                done,
            )


def _of_table(reading: Reading, table: Table) -> str | None:
    if table.caption and _LISTS.search(table.caption.strip()):
        return _ends_by(table.caption)
    clause = next((i for i, c in enumerate(reading.notice.clauses) if c.path == table.clause), None)
    said = _heads(reading, tuple(reading.headings(clause)))
    above = reading.notice.text[: table.span.start].rstrip().rsplit("\n", 1)[-1]
    if said is None and _LEADS.search(above) and above.rstrip().endswith(("：", ":")):
        return _ends_by(above)
    return said


def is_item(sentence: Sentence, start: int, end: int, *, titled: bool) -> bool:
    """Whether a document is what the item lists, no part of another's title that has no marks:
    关于转发《…》的通知.

    A title opens the item or its cell, or follows another; a number stands in brackets or alone.
    """
    before, after = sentence.text[:start].rstrip(" \u3000"), sentence.text[end:].lstrip(" \u3000")
    if titled:
        return not _LABEL.sub("", before) or before[-1] in "\t|\n、，,和及与；;）)"
    in_brackets = before[-1:] in "（(、，," and after[:1] in "）)、，,"
    opens = not before or before[-1] in "\t|\n"
    return (in_brackets or opens) and (in_brackets or not after or after[0] in "\t|\n")


def _ends_by(words: str) -> str | None:
    """What the words over a list do to all that it names; None where they only speak of it."""
    plain = blanked(words)
    found = [relation for relation, pattern in _OVER_LISTS if pattern.search(plain)]
    if len(found) != 1 or _NOT_YET.search(plain):
        return None
    verb = next(pattern for relation, pattern in _OVER_LISTS if relation == found[0]).search(plain)
    left = re.split(r"[，,；;。]", plain[: verb.start() if verb else 0])[-1]
    return None if DOUBT.search(left) else found[0]
