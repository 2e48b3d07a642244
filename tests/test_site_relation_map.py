"""The map of relations: nothing overlaps, all is inside, and it is the same every time."""

from __future__ import annotations

import re
from itertools import combinations

import force_samples
import site_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from kb.force.graph import Graph
from site_builder.holdings import Holdings
from site_builder.maps.document_links import Link, document_links
from site_builder.maps.relation_map import Dot, Line, Node, RelationMap, fit, relation_map
from site_builder.pages import relations
from site_builder.pages.relations import RelationsPage, drawn
from site_builder.render import render

CITING = """关于开展培训的通知
晋人社发〔2023〕7号
根据《关于加强培训的意见》（晋政发〔2019〕3号）和《关于补贴的办法》（晋财社〔2020〕4号），现通知如下。
"""
LANES = ("国家", "省级", "市级")


@st.composite
def maps(draw: st.DrawFn) -> RelationMap:
    count = draw(st.integers(1, 14))
    years = draw(
        st.lists(st.sampled_from([None, 1996, 2019, 2021, 2022]), min_size=count, max_size=count)
    )
    lanes = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    dots = [
        Dot(f"n{place}", lane, year, (f"号{place}", "题"), "题", "a.html", stub=False)
        for place, (lane, year) in enumerate(zip(lanes, years, strict=True))
    ]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    pairs = {pair for pair in draw(st.lists(ends, max_size=20)) if pair[0] != pair[1]}
    lines = [Line(f"n{a}", f"n{b}", "ends", False, "替代", "题") for a, b in sorted(pairs)]
    return relation_map(dots, lines, LANES)


def apart(one: Node, other: Node) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return beside or above


@given(maps())
def test_boxes_do_not_overlap_and_all_is_inside(made: RelationMap) -> None:
    assert all(apart(one, other) for one, other in combinations(made.nodes, 2))
    for node in made.nodes:
        assert 0 <= node.x <= made.width - node.width
        assert 0 <= node.y <= made.height - node.height
        (lane,) = [lane for lane in made.lanes if lane.y <= node.y < lane.y + lane.height]
        assert node.y + node.height <= lane.y + lane.height
    for arrow in made.arrows:
        numbers = [float(number) for number in re.findall(r"-?\d+", arrow.path)]
        assert min(numbers) >= 0
        assert max(numbers) <= max(made.width, made.height)
        assert 0 <= arrow.x <= made.width
        assert 0 <= arrow.y <= made.height


@given(maps())
def test_no_two_lines_have_their_words_in_one_place(made: RelationMap) -> None:
    places = [(arrow.x, arrow.anchor, arrow.y) for arrow in made.arrows]
    assert len(set(places)) == len(places)
    for (x, side, y), (x2, side2, y2) in combinations(places, 2):
        assert (x, side) != (x2, side2) or abs(y - y2) >= 12


@given(st.text(max_size=40))
def test_words_are_cut_to_their_box(text: str) -> None:
    cut = fit(text)
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


def test_the_later_document_points_left_to_the_one_it_ends() -> None:
    links = document_links(force_samples.graph(force_samples.OLD, force_samples.NEW))
    (link,) = [link for link in links if link.manner == "ends"]
    assert (link.source, link.words, link.target) == (
        force_samples.NEW_ID,
        "废止",
        force_samples.OLD_ID,
    )


def page_of(graph: Graph) -> RelationsPage:
    edition = samples.EDITION
    made = samples.pages_of(Holdings(graph, samples.DAY), edition)
    page = next(page.context for page in made if page.path == "relations.html")
    assert isinstance(page, RelationsPage)
    return page


def test_what_is_drawn_stands_in_the_table_too() -> None:
    page = page_of(force_samples.bundled())
    assert page.map is not None
    rows = {(link.source.name, link.target.name) for link in page.links}
    for arrow in page.map.arrows:
        source, said, target = arrow.title.partition(" ")[0], arrow.title, arrow.title
        assert any(source == s and target.endswith(f" {t}") for s, t in rows), said
    assert page.left_out == 0
    assert (page.here, page.absent) == (5, 2)


def test_a_map_of_many_documents_keeps_those_that_end_or_change_others() -> None:
    graph = force_samples.graph(force_samples.OLD, force_samples.NEW)
    ending = document_links(graph)
    naming = [
        Link(f"d{n}", "国发〔2019〕1号", "refers", False, ending[0].relations) for n in range(50)
    ]
    few = drawn(graph, [*ending, *naming], most=1, stubs=3)
    assert few.here in ((force_samples.OLD_ID,), (force_samples.NEW_ID,))
    assert few.absent == ()
    assert few.links == ()


def test_the_page_says_how_many_links_its_table_leaves_out() -> None:
    held = Holdings(force_samples.graph(CITING), samples.DAY)
    (made,) = relations.pages(held, samples.EDITION)
    assert (made.context.total, made.context.unlisted) == (0, 2)
    page = render(made).decode()
    assert "另有 2 条" in page
    assert 'href="quality/absent.html"' in page
    both = Holdings(force_samples.graph(force_samples.OLD, force_samples.NEW), samples.DAY)
    (whole,) = relations.pages(both, samples.EDITION)
    assert whole.context.unlisted == 0


def test_without_relations_there_is_no_map_and_the_page_says_so() -> None:
    page = page_of(samples.graph(samples.base(samples.carrier())))
    assert page.map is None
    assert page.links == ()
