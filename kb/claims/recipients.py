"""Says who may receive an amount: the payee, whom it is by nature for, or who is to apply for it.

Where the text lets others apply as well they are told apart; a body that trains or assesses has
to be on a list or to have been chosen where the document says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.claims.models import Condition
from kb.claims.sentences import all_sentences
from kb.claims.surroundings import Surroundings, on_item
from kb.claims.vocabulary import PERSON, Named, Words
from kb.force.models import Evidence
from kb.schema import AmountRule, GroupRule, Record

#: who applies, by the words of a sentence that is not the amount's: 各培训机构、评价机构…申领
_APPLIES = re.compile(
    r"^(?:各|由|有关|相关)?(?P<who>[^，。；：]{2,24}?)(?:应|可|要|须|需|按|向|在|根据)"
)
_APPLICATION = re.compile(r"申[领请报](?!评价|参加)")
#: somebody else may apply too: 也可…由培训主体…申领, 可由个人委托评价机构代为申领, 逐步实现直补个人
_ALSO = re.compile(r"(?:也可|可由|代为|直补)")
_CLAIMS = re.compile(r"申[领请]|直补")
_CHOSEN = re.compile(
    r"(?:列入|纳入|进入|公布)[^。；]{0,24}目录(?!外)|机构目录|具备资质|向[^，。；]{2,14}备案|"
    r"经[^，。；]{2,12}备案|招投?标|竞争性|两目录|"
    r"(?:确定|遴选|选定|认定)[^，。；]{0,14}(?:机构|院校|学校)"
)
_BOTH = ("培训机构", "评价机构")
_ASSESSES = re.compile("取证|证书|评价|鉴定|认定")
_TRAINS = re.compile("培训|取证|证书|评价|鉴定")
#: what pays nobody, and why
_PAYS_NOBODY = {
    "budget": "预算，不向谁支付",
    "threshold": "门槛，不是支付标准",
    "share": "比例，不是向谁支付的标准",
}
#: somebody else does it for them, and may be who is paid: 每招用1名失业人员
_FOR_OTHERS = re.compile(
    r"招[用聘录收]|吸纳|录用|接收|聘[用请]|引进|雇|安置|培训|组织|单位|园区|载体"
)
#: 由市级财政负担60%
_BORNE = re.compile("负担|分担")


def no_claim(rule: AmountRule) -> str | None:
    """Why ``rule`` pays nobody; None where it may be claimed."""
    if rule.role == "share" and _BORNE.search(rule.quote):
        return "财政分担比例，不是向谁支付的标准"
    if rule.role == "share" and rule.effect not in (None, "rate"):
        return None
    return _PAYS_NOBODY.get(rule.role)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who may receive ``rule``."""

    record: Record
    rule: AmountRule
    around: Surroundings
    words: Words

    def conditions(self) -> Iterator[Condition]:
        """The kinds of applicant, what narrows them, and the list they have to be on."""
        said, evidence = self._receiver()
        if said is None or not said.kinds:
            wording = self.rule.payee or self.rule.group
            what = f"由谁申领：{wording}" if wording else "原文没有写明由谁申领"
            yield Condition("person", what, self.around.quoting(wording))
            return
        kinds = self._by_turns(said.kinds)
        also = {kind: evidence for kind in said.kinds if kind not in kinds}
        also |= {kind: words for kind, words in self._others() if kind not in said.kinds}
        says = f"申领主体：{'、'.join(kinds)}"
        yield Condition(
            "applicant",
            says,
            evidence,
            kinds,
            also=tuple(also),
            also_evidence=next(iter(also.values()), None),
        )
        if said.rest:
            yield Condition("person", f"申领主体限于“{evidence.quote}”", evidence)
        yield from self._on_a_list(said.kinds)

    def _by_turns(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """各培训机构、评价机构…申领: each for what it does, training or assessing."""
        if not set(_BOTH) <= set(kinds) or self.rule.payee:
            return kinds
        said = f"{self.rule.item}{self.rule.category}{self.rule.quote}"
        other = _BOTH[0] if _ASSESSES.search(said) else _BOTH[1]
        return tuple(kind for kind in kinds if kind != other)

    def _receiver(self) -> tuple[Named | None, Evidence]:
        """Who receives it: the payee, else whom it is by nature for, else who applies."""
        rule, own = self.rule, self.around.own
        about = f"{rule.item or ''}{self.record.document.title or ''}"
        if any(matter in about for matter in self.words.personal_matters):
            return Named((PERSON,)), own.evidence
        if any(item in (rule.item or "") for item in self.words.personal_items):
            return Named((PERSON,)), own.evidence
        for name in (rule.payee, rule.group):
            if name and (said := self.words.applicant(name)).kinds:
                return said, self.around.quoting(name)
        applying = self._applying_body()
        return applying if applying[0] else self._people_of_sentence()

    def _people_of_sentence(self) -> tuple[Named | None, Evidence]:
        """People, where the sentence names nobody else: 应届毕业生可申领求职补贴."""
        own = self.around.own
        names = [
            rule.name
            for rule in self.record.rules
            if isinstance(rule, GroupRule) and own.start <= rule.span[0] < own.span[1]
        ]
        kinds = {kind for name in names for kind in self.words.applicant(name).kinds}
        bodies = (ending for endings in self.words.applicants.values() for ending in endings)
        others = _FOR_OTHERS.search(own.text) or any(body in own.text for body in bodies)
        if kinds != {PERSON} or others:
            return None, own.evidence
        return Named((PERSON,)), self.around.quoting(names[0])

    def _applying_body(self) -> tuple[Named | None, Evidence]:
        for sentence in (*self.around.clause, *self.around.applying):
            for part in sentence.parts():
                who = _APPLIES.search(part.text)
                said = self.words.applicant(who["who"]) if who else None
                if said and said.kinds and not said.rest and _APPLICATION.search(sentence.text):
                    return said, sentence.evidence
        return None, self.around.own.evidence

    def _others(self) -> Iterator[tuple[str, Evidence]]:
        """Kinds of applicant that a sentence on the item lets apply as well."""
        for sentence in on_item(self.record, self.rule, self.around.own):
            if _ALSO.search(sentence.text) and _CLAIMS.search(sentence.text):
                for kind in self.words.kinds:
                    endings = self.words.applicants.get(kind, (PERSON,))
                    if any(ending in sentence.text for ending in endings):
                        yield kind, sentence.evidence

    def _on_a_list(self, kinds: tuple[str, ...]) -> Iterator[Condition]:
        rule = self.rule
        if not _TRAINS.search(f"{rule.item}{rule.category}{rule.quote}"):
            return
        endings = {e for kind in kinds for e in self.words.applicants.get(kind, ())}
        for sentence in all_sentences(self.record) if endings else ():
            if _CHOSEN.search(sentence.text) and any(e in sentence.text for e in endings):
                says = "须已列入目录、备案或者由主管部门确定"
                yield Condition("qualification", says, sentence.evidence)
                return
