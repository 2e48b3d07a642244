"""Records for the tests of the rule base: one small real one, and any that the schema allows."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from kb.schema import Record

TEXT = """文水县财政局文件
文财字〔2021〕7号
文水县财政局关于发放培训补贴的通知
各乡镇人民政府：
一、补贴标准
（一）对企业职工给予每人300元补贴。
（二）县财政局要在2021年12月31日前完成拨付。
文水县财政局
2021年3月1日"""


def small_record(
    text: str = TEXT, document: str = "141121-wencaizi-2021-7", **source: Any
) -> Record:
    """A record of ``text`` with one amount and one citation; ``source`` changes its source."""
    return Record.model_validate(
        {
            "document": {
                **dict.fromkeys(("enclosed", "printed", "publicity")),
                **dict.fromkeys(("copied_to", "attachments", "contacts"), ()),
                "id": document,
                "number": "文财字〔2021〕7号",
                "title": "文水县财政局关于发放培训补贴的通知",
                "kind": "通知",
                "issuers": ["文水县财政局"],
                "addressees": ["各乡镇人民政府"],
                "issued": "2021-03-01",
                "issued_year": 2021,
                "region": {"code": "141121", "name": "文水县", "level": "county"},
                "portal": {},
                "source": {
                    "path": "documents/a.txt",
                    "sha256": "0" * 64,
                    "media_type": "text/plain",
                    "reader": "text",
                    "characters": len(text),
                    "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
                    **source,
                },
            },
            "text": text,
            "clauses": [
                clause("一", "s1", 1, "补贴标准", text, "一、", "\n文水县财政局\n"),
                clause("一/(一)", "s1-1", 2, "对企业职工", text, "（一）", "\n（二）"),
                clause("一/(二)", "s1-2", 2, "县财政局", text, "（二）", "\n文水县财政局\n"),
            ],
            "rules": [
                {
                    "id": f"{document}#s1-1.amount.a1b2",
                    "kind": "amount",
                    "clause": "一/(一)",
                    "item": "补贴",
                    "min": 300,
                    "max": 300,
                    "currency": "CNY",
                    "per": ["person"],
                    **quoted(text, "每人300元补贴"),
                },
                {
                    "id": f"{document}#s1-2.deadline.c3d4",
                    "kind": "deadline",
                    "clause": "一/(二)",
                    "type": "date",
                    "bound": "by",
                    "date": "2021-12-31",
                    **quoted(text, "在2021年12月31日前完成拨付"),
                },
            ],
            "citations": [
                {"clause": "", "relation": "refers", "title": "通知", **quoted(text, "通知")}
            ],
        }
    )


def clause(
    path: str, anchor: str, level: int, heading: str, text: str, start: str, end: str
) -> dict[str, Any]:
    span = text.index(start), text.index(end)
    return {"path": path, "anchor": anchor, "level": level, "heading": heading, "span": span}


def quoted(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"quote": quote, "span": (start, start + len(quote))}


#: what YAML readers like to take for something else, and what editors like to break
ODD_TEXTS = (
    *("yes", "No", "on", "y", "null", "~", "", " ", "true", "1e3", "1E3", "0x1f", "0o17", "017"),
    *("2021-01-01", "12:30:45", "1_000", ".5", "+1", "-", "?", ":", ": ", " #", "# x", "a: b"),
    *("- a", "[a", "{a", "*a", "&a", "!a", "|", ">", "%", "@", "`", "'", '"', "\\", "<<", "="),
    *("前\n后", "\n", " 前", "后 ", "a\tb", "\t", "…", "〔2019〕", "\u3000", "\u2028", "\x85"),
    *("\ufeff", "\U00020000", "é", "\u200b", "---", "...", "a # b", "a:b", "，", "：", "。"),
)
texts = st.sampled_from(ODD_TEXTS) | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40
)
numbers = st.decimals(min_value=-(10**9), max_value=10**12, places=2) | st.integers(
    min_value=0, max_value=10**15
).map(Decimal)


def like(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a field of the schema."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return like(inner[0])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is dict:
        return st.dictionaries(texts, texts, max_size=3)
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(like(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(like, inner))
    if inner:
        return st.one_of(*map(like, inner))
    return _plain(annotation)


def _plain(kind: Any) -> st.SearchStrategy[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return models(kind)
    known = {
        str: texts,
        int: st.integers(min_value=0, max_value=10**9),
        bool: st.booleans(),
        Decimal: numbers,
        NoneType: st.none(),
    }
    return known[kind]


def models(kind: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Values of a model of the schema."""
    fields = kind.model_fields.items()
    # any other version is one that cannot be read
    given = {name: like(field.annotation) for name, field in fields if name != "schema_version"}
    return st.builds(kind, **given)


records = models(Record)
