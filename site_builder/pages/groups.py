"""Whom the notices serve (适用对象): groups with their clauses and amounts.

A group of few clauses is told in the list; one of many has pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.force.models import End
from site_builder import urls
from site_builder.contexts import Pager, Shell, StateMark
from site_builder.facts import clause_name, title_of
from site_builder.holdings import Holdings
from site_builder.lists.paging import Leaf, leaves, page_of
from site_builder.page import Edition, Page, Templates
from site_builder.served import Group, Place
from site_builder.wording.words import rule_words

#: so many clauses are told in the list; and so many amounts of a clause
_TOLD, _AMOUNTS = 3, 6


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A clause that serves a group. ``more`` counts amounts that are not told."""

    document: str
    clause: str
    href: str
    amounts: tuple[str, ...]
    beside: tuple[str, ...]
    more: int
    state: StateMark


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list; ``page`` is its own page, empty where ``places`` are all there is."""

    anchor: str
    name: str
    page: str
    clauses: int
    documents: int
    amounts: int
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """groups.html"""

    shell: Shell
    total: int
    groups: tuple[GroupLine, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """group.html"""

    shell: Shell
    group: GroupLine
    pager: Pager | None


def group_places(found: tuple[Group, ...]) -> dict[str, str]:
    """Where each group is told: on its own page, else in the list."""
    return {group.name: _place_of(group, place) for place, group in enumerate(found)}


def _place_of(group: Group, place: int) -> str:
    if len(group.places) > _TOLD:
        return urls.href(urls.group_page(group.name))
    return urls.href(page_of(urls.GROUPS, place), urls.name_anchor(group.name))


def _groups(holdings: Holdings, edition: Edition, leaf: Leaf[Group]) -> GroupsPage:
    return GroupsPage(
        shell=edition.shell(leaf.path, leaf.title("对象"), "groups"),
        total=len(holdings.groups),
        groups=tuple(_line(holdings, group, group.places[:_TOLD]) for group in leaf.items),
        pager=leaf.pager,
    )


def _group(holdings: Holdings, edition: Edition, group: Group, leaf: Leaf[Place]) -> GroupPage:
    return GroupPage(
        shell=edition.shell(leaf.path, leaf.title(group.name), "groups"),
        group=_line(holdings, group, leaf.items),
        pager=leaf.pager,
    )


def _line(holdings: Holdings, group: Group, places: tuple[Place, ...]) -> GroupLine:
    has_page = len(group.places) > _TOLD
    return GroupLine(
        anchor=urls.name_anchor(group.name),
        name=group.name,
        page=urls.href(urls.group_page(group.name)) if has_page else "",
        clauses=len(group.places),
        documents=group.documents,
        amounts=group.amounts,
        places=tuple(_place_line(holdings, place) for place in places),
    )


def _place_line(holdings: Holdings, place: Place) -> PlaceLine:
    document, clause = place.record.document, place.rule.clause
    told = place.amounts[:_AMOUNTS]
    beside = place.beside[: _AMOUNTS - len(told)]
    return PlaceLine(
        document=document.number or title_of(place.record),
        clause=clause_name(place.record, clause),
        href=urls.href(urls.document_page(document.id), urls.rule_anchor(place.rule.id)),
        amounts=tuple(map(rule_words, told)),
        beside=tuple(map(rule_words, beside)),
        more=len(place.amounts) + len(place.beside) - len(told) - len(beside),
        state=holdings.state_of_place(End(document.id, clause)),
    )


TEMPLATES: Templates = {"groups.html": GroupsPage, "group.html": GroupPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The list of groups, and pages for those of many clauses."""
    for listed in leaves(urls.GROUPS, holdings.groups):
        yield Page(listed.path, "groups.html", _groups(holdings, edition, listed))
    for group in holdings.groups:
        if len(group.places) > _TOLD:
            for leaf in leaves(urls.group_page(group.name), group.places):
                yield Page(leaf.path, "group.html", _group(holdings, edition, group, leaf))
