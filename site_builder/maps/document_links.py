"""What documents do to each other, one link for all relations of a kind between two of them.

What a document says of itself is no link. Documents that are not here count where they are ended
or changed, or where several documents here name them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kb.force.graph import Graph
from kb.force.models import NAMES, Relation

#: relations by what they do, the most consequential first: for lines of the map and their legend
MANNERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ends": ("使失效", ("repeals", "replaces", "supersedes", "stops", "repeals_part")),
    "changes": ("变更", ("amends", "suspends", "resumes", "overrides", "extends", "renews")),
    "compares": ("比较", ("conflicts_with", "specialises", "restates")),
    "carries": ("印发、转发、答复", ("issues", "forwards", "replies_to")),
    "rests": ("依据、贯彻", ("based_on", "implements")),
    "names": ("提及", ("refers",)),
}
_MANNER_OF = {type_: code for code, (_, types) in MANNERS.items() for type_ in types}
_RANK = {code: rank for rank, code in enumerate(MANNERS)}
#: those of a document that a reader must know of to rely on another
STRONG = ("ends", "changes")


@dataclass(frozen=True, slots=True)
class Link:
    """``source`` does something to ``target``: all relations of one type, said or presumed."""

    source: str
    target: str
    type: str
    presumed: bool
    relations: tuple[Relation, ...]

    @property
    def manner(self) -> str:
        """One of ``MANNERS``; a citation of a kind that is not known only names."""
        return _MANNER_OF.get(self.type, "names")

    @property
    def words(self) -> str:
        """``替代``, ``推定替代``."""
        name = NAMES.get(self.type, NAMES["refers"])[0]
        return f"推定{name}" if self.presumed else name

    @property
    def rank(self) -> tuple[int, bool, str]:
        """The most consequential first, what is said before what is presumed."""
        return _RANK[self.manner], self.presumed, self.type


def document_links(graph: Graph) -> tuple[Link, ...]:
    """All links that count, by their documents."""
    links = _links(graph)
    named_by = _named_by(graph, links)
    return tuple(link for link in links if _counts(graph, link, named_by))


def links_left_out(graph: Graph) -> int:
    """How many links do not count: most lead to a document that is not here and once named."""
    return len(_links(graph)) - len(document_links(graph))


def _links(graph: Graph) -> list[Link]:
    held: dict[tuple[str, str, str, bool], list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        source, target = relation.source.document, relation.target.document
        if source != target:
            held[source, target, relation.type, relation.is_presumed].append(relation)
    return [Link(*key, tuple(relations)) for key, relations in sorted(held.items())]


def _named_by(graph: Graph, links: list[Link]) -> dict[str, int]:
    """How many documents here name each document that is not here."""
    naming = {(link.target, link.source) for link in links if link.target not in graph.base.by_id}
    found: dict[str, int] = defaultdict(int)
    for target, _ in naming:
        found[target] += 1
    return found


def _counts(graph: Graph, link: Link, named_by: dict[str, int]) -> bool:
    here = graph.base.by_id
    if link.source in here and link.target in here:
        return True
    # （此前规定）, （原标准50万元）: the text names no document
    if link.target.startswith("（"):
        return False
    return link.manner in STRONG or named_by.get(link.target, 0) > 1
