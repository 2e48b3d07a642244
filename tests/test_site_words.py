"""Rules, citations and validity in one phrase, a row each."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from kb.models import KIND_NAMES
from kb.schema import AmountRule, CitationRecord, DepartmentRule, Rule, ValidityStatement
from site_builder.wording import words

QUOTED: dict[str, Any] = {"clause": "一", "quote": "原文", "span": (0, 2)}
RULE: TypeAdapter[Any] = TypeAdapter(Rule)


def phrase(**facts: Any) -> str:
    return words.rule_words(RULE.validate_python({"id": "d#s1.x.0", **QUOTED, **facts}))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {
                "item": "取证补贴",
                "category": "高级工",
                "min": 800,
                "max": 800,
                "per": ["certificate"],
            },
            "取证补贴（高级工）：每证800元",
        ),
        (
            {
                "item": "培训补贴",
                "min": 150,
                "max": 150,
                "per": ["person", "day"],
                "cap": {"max": 1000, "per": ["person"]},
            },
            "培训补贴：每人每天150元，最高每人1000元",
        ),
        ({"role": "cap", "max": 8000, "per": ["person"]}, "上限：每人不超过8000元"),
        (
            {
                "item": "培训补贴",
                "per": ["person", "day"],
                "tiers": [{"upto": 10, "unit": "day", "rate": 150}, {"rate": 100}],
            },
            "培训补贴：前10天每人每天150元，之后每人每天100元",
        ),
        (
            {
                "item": "购房补贴",
                "effect": "raise_by",
                "min": 20000,
                "max": 20000,
                "per": ["house"],
            },
            "购房补贴：每套另加2万元",
        ),
        (
            {"item": "检验收费", "effect": "reduce_by", "min": 10, "max": 10, "per": ["time"]},
            "检验收费：每次减少10元",
        ),
        ({"role": "share", "percent_min": 20}, "比例：不低于20%"),
        ({"role": "share", "percent_max": 8, "of": "工资薪金总额"}, "比例：不超过工资薪金总额的8%"),
        (
            {"role": "share", "effect": "raise_by", "percent_min": 20, "percent_max": 20},
            "比例：上浮20%",
        ),
        (
            {"role": "share", "effect": "multiply", "percent_min": 150, "percent_max": 150},
            "比例：1.5倍",
        ),
        (
            {"role": "share", "percent_min": 0.5, "percent_max": 0.5, "unit": "pp"},
            "比例：0.5个百分点",
        ),
        (
            {"item": "最高额度", "max": 1300000, "former": {"max": 1000000}},
            "最高额度：不超过130万元，原为不超过100万元",
        ),
    ],
)
def test_amounts(facts: dict[str, Any], said: str) -> None:
    assert phrase(kind="amount", **facts) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"type": "date", "bound": "by", "date": "2021-11-30", "action": "完成培训"},
            "完成培训：2021年11月30日前",
        ),
        ({"type": "date", "bound": "from", "date": "2019-07-01"}, "自2019年7月1日起"),
        ({"type": "date", "from": "2024-10-09"}, "自2024年10月9日起"),
        (
            {"type": "period", "from": "2019-01-01", "to": "2021-12-31"},
            "2019年1月1日至2021年12月31日",
        ),
        (
            {"type": "duration", "bound": "within", "duration": "P2M", "after": "收到申请后"},
            "收到申请后2个月内",
        ),
        (
            {"type": "duration", "bound": "within", "duration": "P8M", "after": "踏勘通过之日"},
            "踏勘通过之日起8个月内",
        ),
        (
            {"type": "duration", "bound": "within", "duration": "P1Y", "after": "印发之日起"},
            "印发之日起1年内",
        ),
        (
            {"type": "duration", "bound": "at_least", "duration": "P5D", "workdays": True},
            "不少于5个工作日",
        ),
        ({"type": "duration", "duration": "P3M", "duration_max": "P6M"}, "3个月至6个月"),
        ({"type": "recurrence", "rrule": "FREQ=QUARTERLY", "freq": "每季度"}, "每季度"),
    ],
)
def test_deadlines(facts: dict[str, Any], said: str) -> None:
    assert phrase(kind="deadline", **facts) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"kind": "department", "name": "省财政厅", "canonical": "山西省财政厅", "role": "lead"},
            "山西省财政厅：牵头",
        ),
        (
            {"kind": "target", "metric": "培训任务", "min": 5000, "max": 5000, "unit": "人"},
            "培训任务：5000人",
        ),
        (
            {
                "kind": "target",
                "min": 500,
                "unit": "个",
                "subject": "运城市",
                "period": "2019-2021",
            },
            "目标任务（运城市）：不低于500个（2019—2021年）",
        ),
        ({"kind": "group", "name": "企业职工"}, "企业职工"),
    ],
)
def test_other_rules(facts: dict[str, Any], said: str) -> None:
    assert phrase(**facts) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"effective_from": "2024-10-09"}, "自2024年10月9日起施行"),
        (
            {"event": "印发之日", "delay": "P30D", "term": "P5Y"},
            "自印发之日起30天后施行，有效期5年",
        ),
        ({"event": "印发之日", "delay": "P0D"}, "自印发之日起施行"),
        (
            {"effective_from": "2019-01-01", "event": "公布之日", "delay": "P0D"},
            "自2019年1月1日起施行",
        ),
        ({"effective_to": "2021-12-31"}, "有效期至2021年12月31日"),
        ({}, "见原文"),
    ],
)
def test_validity(facts: dict[str, Any], said: str) -> None:
    assert words.validity_words(ValidityStatement(**QUOTED, **facts)) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"effective_from": "2026-01-01", "effective_to": "2026-12-31"},
            "2026年1月1日至2026年12月31日执行",
        ),
        ({"effective_from": "2021-07-01"}, "自2021年7月1日起执行"),
        ({"effective_to": "2021-12-31"}, "执行至2021年12月31日"),
    ],
)
def test_the_time_of_a_policy_does_not_put_the_notice_in_force(
    facts: dict[str, Any], said: str
) -> None:
    assert words.policy_words(ValidityStatement(**QUOTED, **facts)) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"title": "方案", "number": "晋办发〔2021〕6号"}, "《方案》（晋办发〔2021〕6号）"),
        ({"title": "方案"}, "《方案》"),
        ({"number": "晋办发〔2021〕6号"}, "晋办发〔2021〕6号"),
        ({"unnamed": True}, "原文"),
    ],
)
def test_citations(facts: dict[str, Any], said: str) -> None:
    assert words.citation_name(CitationRecord(relation="refers", **QUOTED, **facts)) == said


def test_details_come_in_a_fixed_order_and_only_where_the_record_has_them() -> None:
    rule = AmountRule(
        id="d#s1.amount.0",
        **QUOTED,
        conditions=("就业率达到80%", "取得证书"),
        payee="评价机构",
        limit={"times": 1, "per": "certificate"},
    )
    assert words.rule_details(rule) == (
        ("补给", "评价机构"),
        ("次数", "每证1次"),
        ("条件", "就业率达到80%；取得证书"),
    )


def test_every_kind_of_rule_and_every_role_has_a_name() -> None:
    assert set(words.MARK_LABELS) == set(words.MARK_NAMES) >= set(KIND_NAMES)
    roles = DepartmentRule.model_json_schema()["properties"]["role"]["enum"]
    assert set(words.DEPARTMENT_ROLES) == set(roles)
    assert set(words.AMOUNT_ROLES) == set(
        AmountRule.model_json_schema()["properties"]["role"]["enum"]
    )


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        ("sum-proven", "500 × 800 = 400000 (“高级工每人800元”)", "核算相符：500 × 800 = 400000。"),
        (
            "sum-mismatch",
            "60% + 30% is not 100 as printed (“x”); ask the issuer which is meant",
            "核算不符：60% + 30% ≠ 100，与文中所印不一致，请向发文机关核实。",
        ),
        ("unheard-of", "something {odd}", "something {odd}"),
    ],
)
def test_a_finding_is_said_in_the_readers_language(code, message, said):
    assert words.finding_words(code, message) == said
