"""Pages stay light: none of a notice of 200 clauses with two rules each takes over 200 kB."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import site_samples as samples

from kb.schema import Record
from site_builder.building.write import build_site

LIMIT = 200_000
CLAUSES = 200


def long_notice() -> Record:
    """Sentences of 晋政办发〔2019〕68号, two hundred times."""
    name, text = "140000-jinzhengbanfa-2019-200", "关于印发职业技能提升行动实施方案的通知"
    clauses, rules = [], []
    for number in range(1, CLAUSES + 1):
        amount = f"对取得初级工证书的按照每人{number}元的标准给予取证补贴"
        duty = "省财政厅"
        body = f"第{number}条　落实补贴。{amount}，由{duty}会同有关部门按职责分工负责，并按月公示。"
        start = len(text) + 1
        text = f"{text}\n{body}"
        path, anchor = f"第{number}条", f"art{number}"
        clauses.append(samples.clause(path, anchor, 1, "落实补贴", start, len(text)))
        spans = {
            quote: (start + body.index(quote), start + body.index(quote) + len(quote))
            for quote in (amount, duty)
        }
        shared = {"clause": path}
        rules += [
            {
                **shared,
                "id": f"{name}#{anchor}.amount.0001",
                "kind": "amount",
                "quote": amount,
                "span": spans[amount],
                "item": "取证补贴",
                "category": "初级工",
                "min": number,
                "max": number,
                "per": ("person",),
            },
            {
                **shared,
                "id": f"{name}#{anchor}.department.0002",
                "kind": "department",
                "quote": duty,
                "span": spans[duty],
                "name": duty,
                "canonical": "山西省财政厅",
                "role": "lead",
            },
        ]
    title = "关于印发职业技能提升行动实施方案的通知"
    return Record.model_validate(
        {
            "document": samples.document(name, text, title=title, issued="2019-08-22"),
            "text": text,
            "clauses": clauses,
            "rules": rules,
        }
    )


def test_no_page_of_a_long_notice_is_heavy(tmp_path: Path) -> None:
    site = tmp_path / "site"
    report = build_site(
        samples.graph(samples.base(long_notice())), site, title="知识库", built=date(2025, 3, 1)
    )
    assert report.dead_links == ()
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    sizes = {name: path.stat().st_size for name, path in pages.items()}
    assert max(sizes.values()) > 100_000, "the sample is not as long as it should be"
    assert {name: size for name, size in sizes.items() if size > LIMIT} == {}
