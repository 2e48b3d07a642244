"""Finds the element of a page that holds the notice, by the density of long paragraphs.

Names of elements are hints only: the words decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.html.kinds import OWN, Kind, hans, is_furniture, is_text, kind
from corpus.readers.html.lines import Element, Line

#: an inner element is the text if it holds this share of what the outer one does
_MOST = 0.9
#: rows of a table weigh less than paragraphs: calendars and lists of services are tables too
_ROW_WEIGHT = 0.3
#: what a title or a date weighs, for a page without a sentence
_FORMAL_WEIGHT = 2.0
#: how many links may stand between the parts of a notice
_FEW_LINKS = 3


@dataclass(slots=True)
class _Held:
    """What an element holds: how much of a notice, and from which line to which."""

    first: int
    last: int
    weight: float = 0.0

    def take(self, other: _Held) -> None:
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.weight += other.weight


_Elements = dict[Element, _Held]


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page, each with its kind, and those among which the notice stands."""

    lines: Sequence[Line]
    kinds: tuple[Kind, ...]
    text: range


def lay_out(lines: Sequence[Line], taken: frozenset[int]) -> Layout:
    """Where the notice stands in ``lines``; those at ``taken`` are known to be none of it."""
    own = tuple(Kind.VAIN if at in taken else kind(line) for at, line in enumerate(lines))
    kinds = _without_furniture(lines, own)
    if not any(k in (Kind.VAIN, Kind.LINK) for k in kinds):
        # a piece of a page, with nothing around the notice
        return Layout(lines, kinds, range(len(lines)))
    elements = _elements(lines, kinds)
    root = min(elements, key=lambda element: element.depth)
    text = _climbed(_densest(root, elements), elements, kinds)
    found = range(elements[text].first, elements[text].last + 1)
    if text.tag in ("", "html", "body"):
        found = _trimmed(found, kinds)
    return Layout(lines, kinds, found)


def _without_furniture(lines: Sequence[Line], kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """``kinds`` with whatever stands in menus, footers and toolbars as vain."""
    elements = _elements(lines, kinds)
    most = max((held.weight for held in elements.values()), default=0.0) / 2
    # a page may call all of itself "print"
    named = {e for e, held in elements.items() if is_furniture(e) and held.weight <= most}
    inside: dict[Element, bool] = {}
    for element in sorted(elements, key=lambda e: e.depth):
        above = element.parent is not None and inside.get(element.parent, False)
        inside[element] = above or element in named
    return tuple(
        Kind.VAIN if inside[line.within] else k for line, k in zip(lines, kinds, strict=True)
    )


def _elements(lines: Sequence[Line], kinds: Sequence[Kind]) -> _Elements:
    """All elements that hold a line, with what they hold."""
    held: _Elements = {}
    levels: defaultdict[int, list[Element]] = defaultdict(list)

    def take(element: Element, what: _Held) -> None:
        if element in held:
            held[element].take(what)
        else:
            held[element] = what
            levels[element.depth].append(element)

    for at, (line, k) in enumerate(zip(lines, kinds, strict=True)):
        take(line.within, _Held(at, at, _weight(line, k)))
    for depth in range(max(levels, default=0), 0, -1):
        for element in levels[depth]:
            if element.parent is not None:
                own = held[element]
                take(element.parent, _Held(own.first, own.last, own.weight))
    return held


def _weight(line: Line, of: Kind) -> float:
    if of is Kind.PROSE:
        return hans(line.text)
    if of is Kind.ROW:
        return _ROW_WEIGHT * hans(line.text)
    return _FORMAL_WEIGHT if of is Kind.FORMAL else 0.0


def _densest(root: Element, elements: _Elements) -> Element:
    """The innermost element that holds most of what the page has; a named one, if there is."""
    heaviest: dict[Element, Element] = {}
    for element, held in elements.items():
        best = heaviest.get(element.parent) if element.parent else None
        if element.parent and (best is None or held.weight > elements[best].weight):
            heaviest[element.parent] = element
    node, named = root, None
    while inner := heaviest.get(node):
        if elements[inner].weight < _MOST * max(elements[node].weight, 1.0):
            break
        node = inner
        named = node if is_text(node) else named
    return named or node


def _climbed(node: Element, elements: _Elements, kinds: Sequence[Kind]) -> Element:
    """The outermost element that adds to ``node`` nothing but what belongs to a notice."""
    text, outer = node, node
    while outer.parent is not None:
        outer = outer.parent
        own, whole = elements[node], elements[outer]
        added = [*kinds[whole.first : own.first], *kinds[own.last + 1 : whole.last + 1]]
        good = sum(k in OWN for k in added)
        if Kind.OTHER in added or added.count(Kind.LINK) > min(good, _FEW_LINKS):
            break
        text = outer if good else text
    return text


def _trimmed(found: range, kinds: Sequence[Kind]) -> range:
    own = [at for at in found if kinds[at] in OWN]
    return range(own[0], own[-1] + 1) if own else range(0)
