"""Finds what bears on an amount: its sentence, its clause, and who may have it by other clauses.

A clause on who may apply speaks for the amounts beside it, unless it is about another benefit; a
definition for the amounts that use its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.claims.sentences import (
    HEADING,
    Sentence,
    is_heading,
    naming,
    once,
    sentences,
    sentences_within,
)
from kb.claims.vocabulary import words
from kb.force.models import Evidence
from kb.schema import AmountRule, ClauseRecord, Record

#: headings under which a notice says who may have what other clauses grant
_WHO = re.compile(r"(?P<of>.*?)(?:对象|条件|资格|范围|人群)(?=$|[和及与、（(：:])")
#: and those that widen something else: 拓宽抵押质押物范围, 扩大就业见习补贴范围 (国发〔2018〕39号)
_WIDENS = re.compile(r"^(?:扩大|拓宽|拓展|扩展|放宽|调整|提高|降低|优化|延长|完善|规范)")
#: what the heading of a clause on who may apply says of every benefit: 申请条件, 补贴对象
_ANY = re.compile(
    r"适用|申请|申领|申报|享受|领取|补贴|补助|资助|奖励|奖补|扶持|支持|救助|发放|保障|服务|实施|参与|"
    r"参加|认定|基本|具体|主要|人员|政策|项目|明确|的|和|及|与|、"
)
_HOW = re.compile(r"申[报请领]|流程|程序|兑现|拨付|(?:资金|经费)(?:来源|保障|拨付|管理)")
#: 本办法所称适配对象是指…
_DEFINITION = re.compile(r"本[^，。；]{1,6}所[称指]的?(?P<word>[^。；]{1,24}?)[，,]?是?指")
#: sentences that say who may have it, wherever they stand: 申请补贴须符合…
_ELIGIBLE = re.compile(
    r"适用(?:于|对象|范围)|"
    r"(?:申请|申领|享受|领取)[^，。；]{0,20}(?:符合|具备|满足)[^，。；]{0,14}条件|"
    r"(?:补贴|补助|资助|奖励|救助|扶持)(?:的)?对象"
)
#: a word that whoever defines it means the applicants of the whole notice by
_APPLICANTS = re.compile(r"(?:对象|申请人|申领人|申报人|申请者)$")
#: what opens a list of cases that stand in clauses of their own
_DEFINES = re.compile(r"是指?|指|具[有备]|须|符合|适用于|包括")
_COLON = re.compile(r"[：:]$|以下|下列|之一")
_OPENS = re.compile(r"(?:下列|以下|如下|之一|同时符合)|[：:]$")
_MARKS = re.compile(r"[“”\"‘’「」（）()]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What bears on one amount."""

    own: Sentence
    clause: tuple[Sentence, ...]
    #: of clauses above that open a list, of clauses headed 对象, 条件 beside it, and definitions
    #: of those who receive it
    governing: tuple[Sentence, ...]
    #: definitions of others whom it speaks of: 被赡养人是指年满60岁的父母
    defining: tuple[Sentence, ...]
    #: of clauses beside it on how to apply
    applying: tuple[Sentence, ...]
    #: the words of the amount itself
    amount: Evidence

    def quoting(self, wording: str | None) -> Evidence:
        """The place of ``wording`` in the amount's sentence, else of the amount."""
        own = self.own
        at = own.text.find(wording) if wording else -1
        if at < 0 or wording is None:
            return self.amount
        span = (own.start + at, own.start + at + len(wording))
        return Evidence(own.document, own.clause, wording, span)


def surroundings(record: Record, rule: AmountRule) -> Surroundings:
    """The sentences that bear on ``rule``."""
    mine = sentences(record, rule.clause)
    own = next((s for s in mine if s.start <= rule.span[0] < s.span[1]), None)
    if own is None:
        own = Sentence(record.document.id, rule.clause, rule.quote, rule.span[0])
    others = tuple(s for s in mine if s != own)
    scope = _Scope(record, rule, "".join(s.text for s in (own, *others)))
    governing: list[Sentence] = []
    applying: list[Sentence] = []
    for above in _above(rule.clause):
        governing += [s for s in sentences(record, above) if _OPENS.search(s.text)]
    said = [one for one in once(record, _eligibility) if one.clause != rule.clause]
    governing += [s for one in said if scope.receives(one) for s in one.sentences]
    for beside in _beside(record, rule.clause):
        if len(beside.heading) > HEADING:
            continue
        if scope.is_told_under(beside.heading):
            governing += [s for s in sentences_within(record, beside) if not is_heading(record, s)]
        elif _HOW.search(beside.heading):
            applying += [*sentences_within(record, beside)]
    defining = [s for one in said if scope.only_names(one) for s in one.sentences]
    amount = Evidence(record.document.id, rule.clause, rule.quote, rule.span)
    distinct = tuple(dict.fromkeys(governing))
    return Surroundings(own, others, distinct, tuple(defining), tuple(applying), amount)


def on_item(record: Record, rule: AmountRule, own: Sentence) -> Iterator[Sentence]:
    """Sentences of the document, beside the amount's own, that name what it is for."""
    item = rule.item or ""
    # 补贴 alone is every amount
    for sentence in naming(record, item) if len(item) > 2 else ():
        if sentence.span != own.span:
            yield sentence


@dataclass(frozen=True, slots=True)
class _Eligibility:
    """Sentences on who may have something; ``word`` is what they define, if they define one."""

    clause: str
    word: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The words that an amount is told in: ``said`` are those of its clause."""

    record: Record
    rule: AmountRule
    said: str

    def receives(self, told: _Eligibility) -> bool:
        """Whether ``told`` is about whoever receives the amount."""
        if not told.word:
            return True
        rule = self.rule
        # 赡养老人的职工 are no 老人
        if any(name and name.endswith(told.word) for name in (rule.payee, rule.group)):
            return True
        if told.word in self._titles:
            # 港澳青年 of 支持港澳青年…实施办法, and no 辅助器具 of 辅助器具补贴办法
            return bool(words().applicant(told.word).kinds)
        return bool(_APPLICANTS.search(told.word)) and self._speaks_of(told.word)

    def only_names(self, told: _Eligibility) -> bool:
        """Whether ``told`` defines somebody else whom the amount's clause speaks of."""
        return bool(told.word) and not self.receives(told) and told.word in self.said

    def is_told_under(self, heading: str) -> bool:
        """Whether a clause of that ``heading`` beside the amount's says who may have it."""
        found = _WHO.search(heading)
        if found is None or _WIDENS.search(heading):
            return False
        of = _ANY.sub("", found["of"])
        item = _ANY.sub("", f"{self.rule.item or ''}")
        return not of or of in self._headed or bool(item and item in of)

    @property
    def _headed(self) -> str:
        """What the amount is for, and the headings that it stands under."""
        rule, path = self.rule, self.rule.clause
        above = {path, *_above(path)}
        headings = (c.heading for c in self.record.clauses if c.path in above)
        fields = (rule.item, rule.category, rule.payee, rule.group)
        return "\n".join((*headings, *filter(None, fields)))

    @property
    def _titles(self) -> str:
        document = self.record.document
        return f"{document.title}\n{document.enclosed.title if document.enclosed else ''}"

    def _speaks_of(self, word: str) -> bool:
        # whoever a notice calls 对象 without a name is meant by all of it
        nameless = _ANY.sub("", word) in ("", "对象")
        return nameless or any(word in where for where in (self.said, self._headed))


def _eligibility(record: Record) -> tuple[_Eligibility, ...]:
    """Sentences on who is meant, with the cases that stand in clauses under them."""
    found = []
    for clause in record.clauses:
        for sentence in sentences(record, clause.path):
            defined = _DEFINITION.search(sentence.text)
            if not defined and not _ELIGIBLE.search(sentence.text):
                continue
            if not _DEFINES.search(sentence.text) and is_heading(record, sentence):
                continue
            told = [sentence]
            if _COLON.search(sentence.text):
                under = (c for c in record.clauses if c.path.startswith(f"{clause.path}/"))
                told += [s for other in under for s in sentences(record, other.path)]
            word = _MARKS.sub("", defined["word"]) if defined else ""
            found.append(_Eligibility(clause.path, word, tuple(told)))
    return tuple(found)


def _above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _beside(record: Record, path: str) -> Iterator[ClauseRecord]:
    """The clauses that share a parent with the clause or with one above it."""
    at = path
    while at:
        parent = at.rpartition("/")[0]
        for clause in record.clauses:
            if clause.path != at and clause.path.rpartition("/")[0] == parent:
                yield clause
        at = parent
