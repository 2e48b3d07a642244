"""Tells what is done to the documents of a list: 决定废止下列文件：…, 附件2 废止的文件目录.

The words over a list hold for all of its items, in paragraphs and in the rows of tables; a list
that is only planned, or that mixes what ends with what stays, does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.components.relation_words import ends_by
from extractor.masks import blanked
from extractor.models import Table
from extractor.reading import Reading, Sentence
from extractor.widths import fold

_LEADS = re.compile(r"下列|以下|如下")
_LISTS = re.compile(r"(?:目录|清单|名单|一览表|明细表?)(?:[（(][^）)]*[）)])?$")
#: 关于公布废止的文件目录的通知 has its list under any heading
_PUBLISHES = re.compile(
    r"(?:公布|公告|宣布|印发).{0,40}(?:目录|清单|名单|清理结果)的?(?:通知|公告|决定|通告)$"
)
_LABEL = re.compile(r"^\s*+(?:[（(]?[\d一二三四五六七八九十]+[）)]?[.．、]?)?\s*原?$")
_ITEM = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]+[）)]?[.．、]?\s*)?[《\x00]|[^，,]{2,60}[（(]\x00"
)


def listed(reading: Reading) -> dict[int, str]:
    """What the lists in paragraphs do to the documents of their sentences, by sentence start."""
    found: dict[int, str] = {}
    done: str | None = None
    for sentence in reading.sentences:
        words = sentence.text.strip()
        if led := _lead(sentence, words):
            done = None if led == "nothing" else led
        elif (said := _by_heading(reading, sentence)) and _is_item(sentence):
            found[sentence.start] = said
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
    return ends_by(words) or "nothing"


def _is_item(sentence: Sentence) -> bool:
    return bool(_ITEM.match(sentence.plain))


def _by_heading(reading: Reading, sentence: Sentence) -> str | None:
    return _heads(reading, tuple(reading.headings(sentence.clause)))


def _heads(reading: Reading, headings: tuple[str, ...]) -> str | None:
    """What the nearest heading that is a list's title says: 废止的文件目录."""
    for heading in headings:
        if _LISTS.search(heading.strip()):
            return ends_by(heading)
    title = reading.notice.elements.title or ""
    if headings and headings[-1].startswith("附件") and _PUBLISHES.search(title):
        return ends_by(title)
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
        return ends_by(table.caption)
    clause = next((i for i, c in enumerate(reading.notice.clauses) if c.path == table.clause), None)
    said = _heads(reading, tuple(reading.headings(clause)))
    above = reading.notice.text[: table.span.start].rstrip().rsplit("\n", 1)[-1]
    if said is None and _LEADS.search(above) and above.rstrip().endswith(("：", ":")):
        return ends_by(above)
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
