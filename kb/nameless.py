"""What to call a notice that prints neither number nor title: its issuer and day, else its words.

A page is often saved without its heading (咸宁购房补贴细则), and nobody knows a notice by an id.
"""

from __future__ import annotations

import re

from kb.schema import DocumentRecord, Record

#: characters by which a notice is told from another one
_OPENING = 24
_SENTENCE = re.compile("[，,。；;]")
#: marks of writing direction; in a pasted citation they would turn the words around it
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def nameless(record: Record) -> str:
    """杭州住房公积金管理委员会2022年6月通知; 载有《…》的文件; 未载标题的文件（“为贯彻落实…”）."""
    document = record.document
    made = f"{'、'.join(map(plain, document.issuers))}{_day(document)}"
    if document.issuers and document.issued:
        return f"{made}{document.kind or '文件'}"
    if document.enclosed:
        return f"{made}载有《{plain(document.enclosed.title)}》的文件"
    begins = _opening(record.text)
    told = f"{made}未载标题的{document.kind or '文件'}"
    return f"{told}（“{begins}”）" if begins else document.id


def plain(words: str) -> str:
    """``words`` on one line, in one direction."""
    return re.sub(r"\s+", " ", _DIRECTION.sub("", words)).strip()


def _day(document: DocumentRecord) -> str:
    parts = zip((document.issued or "").split("-"), "年月日", strict=False)
    return "".join(f"{int(part)}{unit}" for part, unit in parts if part)


def _opening(text: str) -> str:
    """How its first sentence begins; a masthead is none, nor is whom it is addressed to."""
    lines = (plain(line) for line in re.split(r"\n|\u3000{2,}", text))
    first = next((n for n in lines if _SENTENCE.search(n) and n[-1] not in "：:"), "")
    return first if len(first) <= _OPENING else f"{first[:_OPENING]}…"
