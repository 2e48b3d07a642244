"""What a search can find: documents, measures, departments, rules, clauses, and their facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.models import anchor_of
from kb.schema import AmountRule, GroupRule, Record, Rule
from kb.search.items import NO_LIMIT, fen_of
from site_builder import urls
from site_builder.facts import (
    FRONT,
    Department,
    clause_name,
    full_name,
    standing_rules,
    title_of,
)
from site_builder.holdings import Holdings, end_of_rule, whole
from site_builder.reading.layout import own_text
from site_builder.search.measure_cards import Card, card
from site_builder.search.standing import Changes, Standing
from site_builder.wording.citing import FRONT_MATTER, clause_words, works_of
from site_builder.wording.filters import day
from site_builder.wording.sentences import sentence
from site_builder.wording.words import MARK_NAMES, rule_words

#: what a result is called, in the order in which items are kept
KINDS = {
    "document": "文件",
    "measure": "事项",
    "organ": "部门",
    **{kind: name for kind, name in MARK_NAMES.items() if kind != "citation"},
    "clause": "条款",
}
#: a clause is headed by its first words; a first line may be long (晋人社厅函〔2021〕600号 九)
CLAUSE_LEAD = 24
_YUAN = 100
#: sums of money by the yuan they begin at
SUMS = (0, 100, 1_000, 10_000, 100_000, 1_000_000, 100_000_000)


@dataclass(frozen=True, slots=True)
class Item:
    """Something a search can find.

    ``documents`` count the records it stands in; ``address`` is an anchor in the first one's page,
    or a whole address where there is none. ``lead`` are the words that name it, ``text`` the
    further ones, ``also`` whom an amount is for and on what conditions, where the rest does not say
    it; ``said`` is the sentence that the text stands in, ``work`` and ``place`` are how it is
    cited, ``clause`` the clause of a rule.
    ``sums`` count the ranges of ``SUMS`` that its money falls in.
    """

    kind: str
    documents: tuple[int, ...]
    address: str
    title: str
    where: str
    text: str
    place: str = ""
    page: str = ""
    aliases: str = ""
    card: Card | None = None
    clause: str = ""
    work: str = ""
    said: str = ""
    also: str = ""
    departments: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sums: tuple[int, ...] = ()
    states: Changes = ()

    @property
    def lead(self) -> str:
        """The words that name it; a clause's heading already stands in its text."""
        if self.kind == "clause":
            return ""
        return f"{self.title}\n{self.aliases}" if self.aliases else self.title

    @property
    def words(self) -> str:
        """What is searched."""
        if self.kind == "clause":
            return self.text
        return "\n".join(filter(None, (self.lead, self.text, self.also)))


def clause_texts(record: Record) -> Iterator[tuple[str, str]]:
    """The anchor and the words of every clause that has words of its own, front matter too."""
    return ((anchor, text) for anchor, text in own_text(record).items() if text.strip())


@dataclass(frozen=True)
class DocumentItems:
    """A document, which has that number, with what can be found in it."""

    holdings: Holdings
    standing: Standing
    number: int
    record: Record

    def all(self) -> Iterator[Item]:
        """The document, its rules and its clauses, each kind in the order of the text."""
        works = works_of(self.record)
        yield self._whole(works[FRONT_MATTER])
        rules = standing_rules(self.record)
        departments, groups = _by_clause(rules)
        for rule in rules:
            work = works[anchor_of(self.record, rule.clause)]
            yield self._rule(rule, work, departments, groups)
        clauses = {clause.anchor: clause for clause in self.record.clauses}
        for anchor, text in clause_texts(self.record):
            clause = clauses.get(anchor)
            path, heading = (clause.path, clause.heading) if clause else ("", FRONT)
            yield Item(
                *("clause", (self.number,), anchor, heading, path, text, clause_words(path)),
                clause=anchor,
                work=works[anchor],
                departments=departments.get(path, ()),
                groups=groups.get(path, ()),
                states=self.standing.of_clause(self.record, path),
            )

    def _whole(self, work: str) -> Item:
        document = self.record.document
        enclosed = document.enclosed.title if document.enclosed else ""
        region = document.region.name if document.region else ""
        words = filter(None, (document.number, *document.issuers, enclosed, region))
        title, issued = title_of(self.record), day(document.issued or "")
        return Item(
            *("document", (self.number,), "front", title, issued, "\n".join(words)),
            work=work,
            departments=document.issuers,
            states=self.standing.of(whole(self.record)),
        )

    def _rule(
        self,
        rule: Rule,
        work: str,
        departments: Mapping[str, tuple[str, ...]],
        groups: Mapping[str, tuple[str, ...]],
    ) -> Item:
        anchor = urls.rule_anchor(rule.id)
        where = clause_name(self.record, rule.clause)
        address = self.holdings.address(self.record, rule)
        return Item(
            *(rule.kind, (self.number,), anchor, rule_words(rule), where, rule.quote),
            place=clause_words(rule.clause),
            page="" if address.endswith(f"#{anchor}") else address,
            clause=anchor.partition(".")[0],
            work=work,
            said=sentence(self.record.text, *rule.span),
            also="；".join(_served(rule, rule_words(rule), rule.quote)),
            departments=(full_name(rule),)
            if rule.kind == "department"
            else departments.get(rule.clause, ()),
            groups=_groups(rule) or groups.get(rule.clause, ()),
            sums=sums_of(rule),
            states=self.standing.of_rule(self.record, rule, end_of_rule(self.record, rule)),
        )


def _by_clause(
    rules: Iterable[Rule],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Departments and groups that each clause names."""
    departments: dict[str, dict[str, None]] = defaultdict(dict)
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for rule in rules:
        if rule.kind == "department":
            departments[rule.clause][full_name(rule)] = None
        groups[rule.clause] |= dict.fromkeys(_groups(rule))
    return _tuples(departments), _tuples(groups)


def _tuples(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {clause: tuple(names) for clause, names in found.items()}


def _groups(rule: Rule) -> tuple[str, ...]:
    if isinstance(rule, GroupRule):
        return (rule.name,)
    return (rule.group,) if isinstance(rule, AmountRule) and rule.group else ()


def _served(rule: Rule, *told: str) -> Iterator[str]:
    """Payee, group and conditions of an amount, each once and only where nothing else says it:
    who asks 多孩家庭 购房补贴 asks for 4万元 of a sentence before it.
    """
    if not isinstance(rule, AmountRule):
        return
    said = list(told)
    words = (*(rule.conditions or ()), rule.payee, rule.group)
    for one in sorted(filter(None, words), key=len, reverse=True):
        if not any(one in other for other in said):
            said.append(one)
            yield one


def sums_of(rule: Rule) -> tuple[int, ...]:
    """The range of money that a rule's amount falls in: its most, else its least."""
    fen = fen_of(rule) if isinstance(rule, AmountRule) else None
    if fen is None:
        return ()
    yuan = (fen[1] if fen[1] < NO_LIMIT else fen[0]) / _YUAN
    return (max(n for n, start in enumerate(SUMS) if start <= yuan),)


def measure_items(holdings: Holdings, standing: Standing) -> Iterator[Item]:
    """Every measure."""
    positions = {r.document.id: n for n, r in enumerate(holdings.base.records)}
    for timeline in holdings.timelines:
        made = card(holdings, standing, timeline)
        rules = [entry.rule for entry in timeline.measure.entries if entry.rule]
        numbers = (positions[entry.document] for entry in timeline.measure.entries)
        page = urls.href(urls.measure_page(str(timeline.measure.key)))
        yield Item(
            *("measure", tuple(sorted(set(numbers))), page, timeline.measure.name, ""),
            text="\n".join(dict.fromkeys(value.words for value in made.values)),
            aliases="\n".join(made.names),
            also="；".join(
                dict.fromkeys(w for r in rules for w in _served(r, timeline.measure.name))
            ),
            card=made,
            sums=tuple(sorted({n for rule in rules for n in sums_of(rule)})),
            states=made.states,
        )


def organ_item(department: Department) -> Item:
    """A department."""
    page = urls.href(urls.department_page(department.name))
    others = [name for name in department.printed if name != department.name]
    where = f"{len(department.duties)} 项职责"
    return Item(
        *("organ", (), page, department.name, where, "\n".join(others)),
        departments=(department.name,),
    )
