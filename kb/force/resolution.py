"""Finds the document that a citation names, by number, issuer and title, alias or self-reference.

One candidate resolves, several stay open, none is a stub. A title alone never reaches across
issuers, and a number that no document here has is never another number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from corpus import numbering
from extractor.titles import names_paper, squeeze
from kb.force.abbreviations import abbreviates, in_order
from kb.force.models import Evidence, Stub
from kb.force.said import Said, folded, said_in
from kb.force.sentences import evidence_of
from kb.models import KnowledgeBase
from kb.schema import CitationRecord, Record

_SUBJECT = re.compile(r"关于(?P<subject>.+?)的(?:通知|意见|办法|决定|公告|通告|函|批复|规定|措施)$")
_PORTAL_NUMBER = ("文号", "发文字号", "发文文号", "文件编号", "文件字号")
_PORTAL_TITLE = ("标题", "名称", "信息名称", "文件名称", "文件标题")


@dataclass(frozen=True, slots=True)
class Identity:
    """A name that a person, not the text, has given a document."""

    number: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Where a citation leads: to ``target``, or to several ``candidates``; ``how`` says why."""

    target: str | None = None
    candidates: tuple[str, ...] = ()
    how: str = ""

    @property
    def is_indirect(self) -> bool:
        """Whether it was not simply found by its number or as the enclosed text."""
        return bool(self.how) and self.how not in (_SAME_NUMBER, _ENCLOSED)


_SAME_NUMBER, _ENCLOSED = "发文字号相同", "本件所印发"
_CARRYING = ("issues", "forwards", "refers")
#: so long a title does not end like another by chance
_TELLING = 6
Key = tuple[str, int, int]


def key_of(record: Record, citation: CitationRecord) -> Key:
    """A citation is known by its document and place."""
    return record.document.id, *citation.span


def _bare(title: str | None) -> str:
    # 有关问题请示的通知 carries 有关问题的请示
    return folded(title).replace("的", "")


def number_of(text: str | None) -> str | None:
    """A document number in the one form it is compared in, whatever its brackets."""
    parsed = numbering.parse(text or "")
    return str(parsed) if parsed else (folded(text) or None)


@dataclass(frozen=True)
class Resolution:
    """What every citation of ``base`` leads to.

    ``identities`` are names that people have given documents, ``decided`` the target that a person
    has given a citation (None: a document that is not here). ``said`` is what texts say, for
    documents whose record comes without.
    """

    base: KnowledgeBase
    identities: Mapping[str, Identity] = field(default_factory=dict)
    decided: Mapping[Key, str | None] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)

    @cached_property
    def found(self) -> dict[Key, Found]:
        """Every named citation with where it leads."""
        return {
            key_of(record, citation): self.find(record, citation)
            for record in self.base.records
            for citation in record.citations
            if citation.number or citation.title
        }

    @cached_property
    def stubs(self) -> dict[str, Stub]:
        """The documents that are cited and not here, by name."""
        citing: dict[str, list[tuple[CitationRecord, Evidence]]] = defaultdict(list)
        for record in self.base.records:
            for citation in record.citations:
                found = self.found.get(key_of(record, citation))
                # nobody can collect a certificate, or a form that is to be filled in
                paper = citation.number is None and names_paper(citation.title)
                if found and not found.target and not found.candidates and not paper:
                    named = (citation, evidence_of(record, citation))
                    citing[self.name_of(record, citation)].append(named)
        return {name: _stub(name, citing[name]) for name in sorted(citing)}

    def find(self, record: Record, citation: CitationRecord) -> Found:
        """Where ``citation`` of ``record`` leads; nothing is guessed."""
        key = key_of(record, citation)
        if key in self.decided:
            target = self.decided[key]
            return Found(target if target in self.base.by_id else None, how="经人工核定")
        if self._carries(record, citation):
            return Found(record.document.id, how=_ENCLOSED)
        if citation.number:
            return self._by_number(record, citation)
        meant = self._aliases[record.document.id].get(folded(citation.title))
        if meant is not None and meant.span != citation.span:
            found = self.find(record, meant)
            return Found(found.target, found.candidates, "本件中的简称")
        return self._by_title(record, citation)

    def name_of(self, record: Record, citation: CitationRecord) -> str:
        """What to call a document that is not here: its number, else its title."""
        meant = self._aliases[record.document.id].get(folded(citation.title))
        if meant is not None and not citation.number:
            citation = meant
        return number_of(citation.number) or f"《{squeeze(citation.title or '')}》"

    @staticmethod
    def _carries(record: Record, citation: CitationRecord) -> bool:
        """Whether the citation names the text that the notice itself carries."""
        enclosed = record.document.enclosed
        if enclosed is None or citation.number or citation.relation not in _CARRYING:
            return False
        named, carried = _bare(citation.title), _bare(enclosed.title)
        # 转发生态环境部等部门《…行动方案》: the title of the notice has the authors, too
        said_first = not citation.clause and len(named) > _TELLING and carried.endswith(named)
        return named == carried or said_first

    def _by_number(self, record: Record, citation: CitationRecord) -> Found:
        named = self._numbers.get(number_of(citation.number) or "", ())
        if len(named) == 1:
            return Found(named[0], how=_SAME_NUMBER)
        if named:
            return Found(None, named, "多份文件同一发文字号")
        if (shortened := self._shortened(record, citation)) is not None:
            return Found(shortened, how="文号、标题均相符，发文机关为简称")
        return self._without_number(record, citation)

    def _shortened(self, record: Record, citation: CitationRecord) -> str | None:
        """市政府令第181号 is 宁波市人民政府令第181号 where all else is the same, the title too."""
        cited = numbering.parse(citation.number or "")
        if cited is None or not cited.names_issuer or not citation.title:
            return None
        fits = [
            document
            for document, code in self._orders.get((cited.year, cited.serial), ())
            if document != record.document.id
            and in_order(cited.code, code)
            and self._says_title(self.base.by_id[document], citation)
        ]
        return fits[0] if len(fits) == 1 else None

    def _without_number(self, record: Record, citation: CitationRecord) -> Found:
        """A document that prints no number, told by all else that the citation says of it."""
        cited = numbering.parse(citation.number or "")
        if cited is None:
            return Found()
        said = {folded(citation.title), _subject(citation.title)}
        near = [self._unnumbered.get((cited.year, words), ()) for words in said]
        fits = sorted(
            other.document.id
            for other in {r.document.id: r for found in near for r in found}.values()
            if other is not record
            and abbreviates(cited.code, other)
            and self._says_title(other, citation)
        )
        how = "年份、机关代字、标题均相符，该件未印发文字号"
        return Found(fits[0], how=how) if len(fits) == 1 else Found(None, tuple(fits))

    def _says_title(self, other: Record, citation: CitationRecord) -> bool:
        cited = folded(citation.title)
        if not cited:
            return False
        titled = any(cited == folded(title) for title in self._titles(other))
        subject = "" if other.document.title else _subject(citation.title)
        return titled or (bool(subject) and subject == self._openings[other.document.id])

    def _by_title(self, record: Record, citation: CitationRecord) -> Found:
        title = folded(citation.title)
        named = tuple(d for d in self._titled.get(title, ()) if d != record.document.id)
        sure = tuple(d for d in named if self._same_issuer(title, record, self.base.by_id[d]))
        if len(sure) == 1:
            return Found(sure[0], how="发文机关和标题相同")
        return Found(None, sure or named, "标题相同，发文机关不明" if named else "")

    @staticmethod
    def _same_issuer(title: str, citing: Record, cited: Record) -> bool:
        issuers = _issuers(cited)
        by_name = any(title.startswith(folded(issuer)) for issuer in issuers)
        return by_name or bool(issuers & _issuers(citing))

    def _titles(self, record: Record) -> Iterable[str]:
        document, given = record.document, self._names[record.document.id]
        own = (given.title, document.title, document.enclosed and document.enclosed.title)
        titles = [title for title in own if title]
        # 某市财政局关于…的通知 is cited as 《关于…的通知》 by whom it concerns
        heads = {title.partition("关于")[0] for title in titles} & set(document.issuers)
        # 武汉市人民政府 above 武汉市职工医疗管理规定 is the issuer, and no part of the title
        heads |= {i for i in document.issuers for t in titles if len(t) > len(i) + 2 * _TELLING}
        return titles + [t.removeprefix(h) for t in titles for h in heads if t.startswith(h) and h]

    @cached_property
    def _names(self) -> dict[str, Identity]:
        """Number and title of each document: as printed, else as its portal or a person says."""
        return {r.document.id: self._name(r) for r in self.base.records}

    def _name(self, record: Record) -> Identity:
        document, given = record.document, self.identities.get(record.document.id, Identity())
        portal = document.portal
        number = document.number or given.number or _first(portal, _PORTAL_NUMBER)
        title = document.title or given.title or _first(portal, _PORTAL_TITLE)
        return Identity(number_of(number), title)

    @cached_property
    def _numbers(self) -> dict[str, tuple[str, ...]]:
        numbered: dict[str, list[str]] = defaultdict(list)
        for document, name in self._names.items():
            if name.number:
                numbered[name.number].append(document)
        return {number: tuple(sorted(ids)) for number, ids in numbered.items()}

    @cached_property
    def _orders(self) -> Mapping[tuple[int | None, int], list[tuple[str, str]]]:
        """Documents whose number names its issuer, with that name, by year and serial."""
        found = defaultdict(list)
        for document, name in self._names.items():
            if (number := numbering.parse(name.number or "")) and number.names_issuer:
                found[number.year, number.serial].append((document, number.code))
        return found

    @cached_property
    def _unnumbered(self) -> Mapping[tuple[int | None, str], list[Record]]:
        """Documents without a number by year and each title, or the subject they open with."""
        found = defaultdict(list)
        for record in self.base.records:
            document = record.document
            if not self._names[document.id].number:
                for words in {*map(folded, self._titles(record)), self._openings[document.id]}:
                    found[document.issued_year, words].append(record)
        return found

    @cached_property
    def _openings(self) -> Mapping[str, str]:
        """What each document says it is on, 现就…通知如下; empty where it does not."""
        return {document: said.opening for document, said in self._said.items()}

    @cached_property
    def _said(self) -> Mapping[str, Said]:
        records = self.base.records
        return {r.document.id: self.said.get(r.document.id) or said_in(r) for r in records}

    @cached_property
    def _titled(self) -> dict[str, tuple[str, ...]]:
        titled: dict[str, set[str]] = defaultdict(set)
        for record in self.base.records:
            for title in self._titles(record):
                titled[folded(title)].add(record.document.id)
        return {title: tuple(sorted(ids)) for title, ids in titled.items()}

    @cached_property
    def _aliases(self) -> Mapping[str, Mapping[str, CitationRecord]]:
        return {document: said.aliases for document, said in self._said.items()}

    @cached_property
    def _cited_as(self) -> dict[str, tuple[str, ...]]:
        """Documents by the numbers others give them: one may print none (杭房公委〔2022〕9号)."""
        cited: dict[str, set[str]] = defaultdict(set)
        for record in self.base.records:
            for citation in record.citations:
                found = self.found.get(key_of(record, citation))
                if found and found.target and citation.number:
                    cited[number_of(citation.number) or ""].add(found.target)
        return {number: tuple(sorted(ids)) for number, ids in cited.items()}

    @cached_property
    def known_as(self) -> dict[str, str]:
        """The number of each document: as printed, else as its portal, a person or another says."""
        cited = {d: number for number, ids in self._cited_as.items() for d in ids}
        own = {d: name.number for d, name in self._names.items() if name.number}
        return cited | own

    def documents_called(self, name: str) -> tuple[str, ...]:
        """Ids of the documents with that id, number or title, or cited by that number."""
        if name in self.base.by_id:
            return (name,)
        number = number_of(name) or ""
        own = self._numbers.get(number, ()) or self._titled.get(folded(name), ())
        return own or self._cited_as.get(number, ())


def _issuers(record: Record) -> set[str]:
    """Who issued a document; an order says so in its number, and may say so nowhere else."""
    number = numbering.parse(record.document.number or "")
    named = number.code if number and number.names_issuer else ""
    return {*record.document.issuers, re.sub(r"(?:令|公告|通告)$", "", named)} - {""}


def _subject(title: str | None) -> str:
    """What a title is on, folded; empty where it says so in no usual way."""
    found = _SUBJECT.search(squeeze(title or ""))
    return folded(found["subject"]) if found else ""


def _first(portal: Mapping[str, str], keys: Iterable[str]) -> str | None:
    return next((portal[key] for key in keys if portal.get(key)), None)


def _stub(name: str, citing: list[tuple[CitationRecord, Evidence]]) -> Stub:
    numbers = [number_of(c.number) for c, _ in citing if c.number]
    titles = sorted({c.title for c, _ in citing if c.title}, key=lambda t: (-len(t), t))
    places = sorted({e for _, e in citing}, key=lambda e: (e.document, e.span or (0, 0)))
    return Stub(name, numbers[0] if numbers else None, titles[0] if titles else None, tuple(places))
