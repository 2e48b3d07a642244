"""Runs put together are the text, and each shows the mark a reader would look for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.models import TextSpan
from site_builder.reading.marks import Mark, runs, visible

KINDS = ("amount", "deadline", "group")


def mark(start: int, end: int, kind: str = "amount", name: str = "") -> Mark:
    return Mark(TextSpan(start, end), kind, kind, f"{start}-{end}", name)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, TextSpan, list[Mark]]:
    text = draw(st.text(alphabet="培训补贴800元\n\t<&", max_size=40))
    places = st.integers(0, len(text))
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        marks.append(mark(start, end, draw(st.sampled_from(KINDS)), f"m{number}"))
    piece = TextSpan(*sorted((draw(places), draw(places))))
    return text, piece, marks


@given(marked_texts())
def test_runs_put_together_are_the_text(case: tuple[str, TextSpan, list[Mark]]) -> None:
    text, piece, marks = case
    assert "".join(run.text for run in runs(text, piece, marks)) == piece.of(text)


@given(marked_texts())
def test_a_run_is_covered_by_exactly_the_marks_it_names(
    case: tuple[str, TextSpan, list[Mark]],
) -> None:
    text, piece, marks = case
    at = piece.start
    for run in runs(text, piece, marks):
        covering = {
            m.name for m in marks if m.span.start <= at and at + len(run.text) <= m.span.end
        }
        assert set(run.names) == covering
        assert bool(run.kind) == bool(covering)
        at += len(run.text)


@given(marked_texts())
def test_every_mark_starts_once(case: tuple[str, TextSpan, list[Mark]]) -> None:
    text, _, marks = case
    started = [name for run in runs(text, TextSpan(0, len(text)), marks) for name in run.starts]
    assert sorted(started) == sorted(m.name for m in marks if m.span.start < m.span.end)


def test_the_shortest_mark_is_shown_where_marks_overlap() -> None:
    text = "按照高级工每人800元的标准给予补贴"
    outer, inner = mark(2, 13, "group"), mark(5, 11, "amount")
    shown = [(run.text, run.kind) for run in runs(text, TextSpan(0, len(text)), (outer, inner))]
    assert shown == [
        ("按照", ""),
        ("高级工", "group"),
        ("每人800元", "amount"),
        ("的标", "group"),
        ("准给予补贴", ""),
    ]


def test_marks_on_the_same_words_are_all_named_and_labelled() -> None:
    one, other = mark(0, 2, "amount", "a"), mark(0, 2, "deadline", "b")
    (run,) = runs("每年", TextSpan(0, 2), (one, other))
    assert (run.starts, run.names, run.label) == (("a", "b"), ("a", "b"), "amount·deadline")


def test_crossing_marks_are_cut_where_they_cross() -> None:
    pieces = runs("一二三四五", TextSpan(0, 5), (mark(0, 3, name="a"), mark(2, 5, name="b")))
    assert [(run.text, run.names) for run in pieces] == [
        ("一二", ("a",)),
        ("三", ("a", "b")),
        ("四五", ("b",)),
    ]


def test_a_mark_begins_where_its_first_shown_character_is() -> None:
    assert visible(mark(0, 4), "\n\t补贴").span == TextSpan(2, 4)
    assert visible(mark(0, 2), "\n\t补贴").span == TextSpan(0, 2)
