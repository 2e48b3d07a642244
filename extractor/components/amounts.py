"""Finds money that somebody gets, may spend, must spend or is budgeted: one fact a category, a
rate with its ceiling.

Stepped rates become tiers, 由A提高到B keeps A as the former value; eligibility limits are
thresholds. Shares of money are in ``shares.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractor.bases import bases_after, bases_before, bases_named
from extractor.brackets import begin, quoted_from
from extractor.components import categories, increments, payees, terms
from extractor.components.counted import counts
from extractor.components.former_values import Change, changes
from extractor.components.full_names import FullNames
from extractor.components.money_roles import role_of
from extractor.components.rates import Draft, capped, stepped, without_echo
from extractor.components.shares import share
from extractor.components.stacking import Stacking
from extractor.components.table_amounts import table_amounts
from extractor.components.value_lists import labelled, of_one_item
from extractor.group_names import is_group
from extractor.items import is_generic, item_for
from extractor.models import Amount, Quantity
from extractor.reading import Reading, Sentence
from extractor.standards import Standard, standing

_GRANT_NEAR = re.compile(r"给予|补贴|补助|奖励|资助|奖补|发放|扣除|减免|救助|标准|限额|额度|最高")
_NO_AMOUNT_RIGHT = re.compile(
    r"\s*(?:级|规模)(?:[\u4e00-\u9fff]{0,4}(?:企业|产业|集群|园区|强县|"
    r"大县|俱乐部)|$)|\s*级|\s*(?:企业|产业集群|产业园|俱乐部)"
)


def amounts(reading: Reading) -> None:
    """Tag every amount of the notice."""
    names, stacking = FullNames(reading), Stacking(reading)
    for sentence in reading.sentences:
        drafts = [names.given(sentence, draft) for draft in _in_sentence(reading, sentence)]
        for draft in _with_terms(stacking, sentence, drafts):
            reading.tag(sentence, draft.start, draft.end, draft.fact)
    reading.tags += table_amounts(reading)


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    found: list[Draft] = []
    changed = changes(sentence)
    for quantity in sentence.quantities:
        if quantity in changed.old:
            continue
        if quantity.kind == "money":
            draft = _money(reading, sentence, quantity, found)
        elif quantity.kind == "percent":
            read = share(reading, sentence, quantity)
            draft = Draft(quantity, *read[:2], read[2]) if read else None
        else:
            draft = None
        if draft is not None:
            change = changed.new.get(quantity)
            found.append(_changed(draft, change) if change else draft)
    joined = capped(sentence, stepped(sentence, without_echo(sentence, found)))
    yield from of_one_item(sentence, labelled(sentence, list(joined)))


def _changed(draft: Draft, change: Change) -> Draft:
    """A draft with the value it takes the place of, which is a ceiling where it is one."""
    fact, former = draft.fact, change.former
    if fact.role == "cap" and fact.min is None:
        former = replace(former, min=None)
    category = change.label or fact.category
    return replace(draft, fact=replace(fact, former=former, category=category))


_JOINS = re.compile(r"[\s、，,]*[和及与](?!时)")
_GRANTED = ("standard", "cap")


def _money(
    reading: Reading, sentence: Sentence, quantity: Quantity, before: list[Draft]
) -> Draft | None:
    core, text = sentence.local(quantity.core), sentence.plain
    if _names_a_size(text, core) or (before and _INCLUDED.search(text, 0, core[0])):
        return None
    chunk = sentence.chunk(core[0])
    left_from = max(chunk[0], sentence.local(before[-1].quantity.core)[1] if before else 0)
    after, end = bases_after(text, core[1])
    per = bases_before(text[left_from : core[0]]) or after
    quote_from = quoted_from(text, left_from, core[0])
    joined = _JOINS.match(text, quote_from, core[0]) if before else None
    quote_from = joined.end() if joined else quote_from
    left_from = begin(text, left_from, core[0])
    role = _role_in_list(sentence, quantity, chunk, before)
    if set(per) - {"year", "month", "quarter"} and role == "budget":
        role = "standard"
    standard = standing(text, core[0]) if role in _GRANTED else None
    headings = reading.headings(sentence.clause)
    payee = payees.payee(text, core[0], core[1])
    own = increments.without_base(text, left_from, core[0])
    item = standard.name if standard else _item(text, own, chunk, core, headings, role, payee)
    if standard:
        category = _of_standard(text, standard, left_from, core)
    else:
        category = categories.category(own, left_from, core, chunk)
        lead = own[max(left_from, chunk[0]) : core[0]]
        if category is None and not categories.has_own_head(lead):
            category = _category_before(sentence, before, core) or categories.activity_of(headings)
    if category == item or (role == "threshold" and (category or "") in (item or "")):
        category = None
    if not per and before and _continues_list(sentence, before[-1], left_from, core):
        per = before[-1].fact.per
    if not per and role != "budget":
        per = _named_basis(item, category)
    low, high = _values(sentence, quantity, role, core)
    fact = Amount(
        item=item,
        role=role,
        effect=increments.direction(text[chunk[0] : core[0]]) if role in _GRANTED else None,
        min=low,
        max=high,
        exclusive=quantity.exclusive,
        currency=quantity.unit or "CNY",
        per=per,
        category=category,
    )
    end = max(end, sentence.local(quantity.span)[1])
    return Draft(quantity, min(quote_from, core[0]), end, fact)


#: 在1亿元以下（不含1亿元）: the bound said again
_INCLUDED = re.compile(r"[（(][均不]?(?:含|包括|包含)\s*$")


def _names_a_size(text: str, core: tuple[int, int]) -> bool:
    """百亿元级产业, 500万元以上企业: the size of something, unless it is granted."""
    near = text[max(0, core[0] - 8) : core[0]]
    return bool(_NO_AMOUNT_RIGHT.match(text, core[1])) and not _GRANT_NEAR.search(near)


def _role_in_list(
    sentence: Sentence, quantity: Quantity, chunk: tuple[int, int], before: list[Draft]
) -> str:
    """The role of a value; 年产值突破1亿元、5亿元、10亿元的 is a list of conditions."""
    core = sentence.local(quantity.core)
    role = role_of(sentence, quantity, chunk, core)
    if role == "standard" and before and before[-1].fact.role == "threshold":
        gap = sentence.plain[sentence.local(before[-1].quantity.core)[1] : core[0]]
        return "threshold" if gap.strip() in ("、", "和", "及", "或") else role
    return role


def _item(
    text: str,
    own: str,
    chunk: tuple[int, int],
    core: tuple[int, int],
    headings: list[str],
    role: str,
    payee: str | None,
) -> str | None:
    """What a sum is for; ``own`` is ``text`` without what it comes on top of.

    取证补贴 of 在培训补贴标准基础上另加300元取证补贴, and 培训补贴 where nothing else is named.
    """
    named = item_for(own, chunk, core, [], role, payee) if own != text else None
    if named and not is_generic(named):
        return named
    return item_for(text, chunk, core, headings, role, payee)


def _named_basis(item: str | None, category: str | None) -> tuple[str, ...]:
    """月最低工资标准 is per month, 高级工证书800元 per certificate."""
    named = bases_named(item)
    return named or (("certificate",) if re.search(r"证书?$", category or "") else ())


def _of_standard(
    text: str, standard: Standard, left_from: int, core: tuple[int, int]
) -> str | None:
    """小店区 of 农村五保分散供养标准：小店区7000元、…; 一类地区 of 一类地区月最低工资标准."""
    return categories.listed(text[max(left_from, standard.end) : core[0]]) or standard.kind


def _category_before(sentence: Sentence, before: list[Draft], core: tuple[int, int]) -> str | None:
    """A budget or a further value of the sentence is for what the value before it was for; what
    stands behind a semicolon, or behind a condition, is not.
    """
    if not before or before[-1].fact.role == "threshold":
        return None
    between = sentence.plain[sentence.local(before[-1].quantity.core)[1] : core[0]]
    return None if re.search(r"[；;]", between) else before[-1].fact.category


def _continues_list(
    sentence: Sentence, before: Draft, left_from: int, core: tuple[int, int]
) -> bool:
    """分别给予每套3万元、4万元: the basis printed once serves the list."""
    gap = sentence.plain[sentence.local(before.quantity.core)[1] : core[0]]
    listed = re.match(r"\s*(?:[（(][^（）()]*[）)])?[、和或](?!总|合计|累计)", gap)
    return bool(listed) and len(gap) < 16


def _values(
    sentence: Sentence, quantity: Quantity, role: str, core: tuple[int, int]
) -> tuple[Decimal | None, Decimal | None]:
    low, high = quantity.min, quantity.max
    if role == "cap" and high is not None:
        return None, high
    if role == "cap" and low is not None and quantity.bound not in ("lower", "reach"):
        return None, low
    return low, high


def _of_payee(reading: Reading, sentence: Sentence, draft: Draft, shared: terms.Terms) -> Amount:
    """每家 counts what the payee is; a long case without a label is the category."""
    fact, category = draft.fact, draft.fact.category
    stated = sentence.plain[: draft.end]
    told = (shared.payee or shared.group or "", stated, *reading.headings(sentence.clause))
    cap = fact.cap and replace(fact.cap, per=counts(fact.cap.per, stated, told))
    if category is None and shared.group and "的" in shared.group and fact.role != "budget":
        category = shared.group
    return replace(fact, per=counts(fact.per, stated, told), cap=cap, category=category)


def _with_terms(stacking: Stacking, sentence: Sentence, drafts: list[Draft]) -> Iterator[Draft]:
    """Payee, group, payer, limit, stacking, conditions and time of every draft of a sentence."""
    reading = stacking.reading
    for draft in drafts:
        shared = terms.terms(stacking, sentence, draft.start, draft.end)
        fact = _of_payee(reading, sentence, draft, shared)
        if fact.tiers:
            activity = categories.activity_of(reading.headings(sentence.clause))
            fact = replace(fact, category=activity)
        if shared.payee and categories.has_own_head(fact.category or ""):
            shared = replace(shared, payee=fact.category)
        elif fact.category and fact.category in (shared.payee or "") and is_group(fact.category):
            # “老年居民”、“非从业居民”…分别为650元、800元: each value is for its own
            shared = replace(shared, payee=fact.category)
        if fact.payer:
            shared = replace(shared, payee=None, limit=None)
        if fact.role in ("budget", "threshold"):
            shared = replace(shared, payee=None, conditions=(), limit=None)
        yield replace(
            draft,
            fact=replace(
                fact,
                payee=shared.payee,
                group=shared.group,
                payer=fact.payer or shared.payer,
                limit=shared.limit,
                stacking=shared.stacking,
                conditions=shared.conditions,
                from_=shared.from_,
                to=shared.to,
            ),
        )
