"""What a page tells of standing and relations: reasons of every day, ties as a reader says them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import site_samples as samples

from extractor.lexicon import plain
from kb import store
from kb.force.curated import Curated, RelationEntry
from kb.force.graph import Graph
from kb.force.measures import Vocabulary
from kb.force.models import NAMES, End
from kb.models import KnowledgeBase
from kb.schema import Record
from site_builder.contexts import Kind
from site_builder.facts import standing_rules
from site_builder.holdings import Holdings, whole
from site_builder.reading.notes import Beside, Note, NoteGroup, notes, parted
from site_builder.reading.relating import _verb, done_by, done_to, named_by, ties_by_clause
from site_builder.reading.standing import history, stretches

BUNDLED = Path(__file__).parent.parent / "kb"
EARLIER, LATER = "140000-jinzhengbanfa-2019-68", "140000-jinrenshetinghan-2021-600"


@pytest.fixture(scope="module")
def held() -> Holdings:
    """The notices that come with the project: a later one sets other amounts than an earlier."""
    return Holdings(samples.graph(store.load(BUNDLED)), date(2026, 1, 1))


def record(held: Holdings, identifier: str) -> Record:
    return held.base.by_id[identifier]


def test_one_stretch_of_days_is_shown_and_all_days_are_told(held: Holdings) -> None:
    for one in held.base.records:
        found = stretches(held, whole(one))
        assert found[0].first == "0001-01-01"
        assert [s.first for s in found] == sorted(s.first for s in found)
        assert sum(s.shown for s in found) == 1
        assert all(s.reasons for s in found)


def test_a_sentence_that_rests_on_several_quotes_is_told_once(held: Holdings) -> None:
    (shown,) = [s for s in stretches(held, End(EARLIER)) if s.shown]
    texts = [reason.text for reason in shown.reasons]
    assert len(texts) == len(set(texts))
    quotes = [quote for reason in shown.reasons for quote in reason.quotes]
    assert len(quotes) > len(texts)
    assert f"documents/{LATER}.html#s9-2" in [quote.href for quote in quotes]


def test_the_history_names_days_from_the_first_to_the_open_end(held: Holdings) -> None:
    turns = history(held, End(EARLIER))
    assert [(turn.days, turn.label) for turn in turns] == [
        ("2019年8月21日及以前", "尚未施行"),
        ("2019年8月22日至2021年12月31日", "无法判断"),
        ("2022年1月1日起", "推定已到期"),
    ]


@pytest.mark.parametrize(
    ("type_", "out", "back"),
    [
        ("supersedes", ("替代", ""), ("被", "替代")),
        ("repeals", ("废止", ""), ("被", "废止")),
        ("overrides", ("优先于", ""), ("让位于", "")),
        ("issues", ("印发", ""), ("由", "印发")),
        ("conflicts_with", ("与", "冲突"), ("与", "冲突")),
    ],
)
def test_a_relation_reads_from_both_sides(
    type_: str, out: tuple[str, str], back: tuple[str, str]
) -> None:
    assert (_verb(type_, incoming=False), _verb(type_, incoming=True)) == (out, back)


def test_every_type_of_relation_says_something() -> None:
    assert all(any(_verb(type_, incoming=side)) for type_ in NAMES for side in (True, False))


def test_a_clause_shows_what_other_documents_do_to_it_and_who_says_so(held: Holdings) -> None:
    (tie,) = [t for t in ties_by_clause(held.graph, record(held, EARLIER))["s2-6"] if t.before]
    assert (tie.before, tie.after, tie.said) == ("被", "替代", "推定")
    assert (tie.name, tie.place) == ("晋人社厅函〔2021〕600号", "第九部分（二）")
    assert tie.href == f"documents/{LATER}.html#s9-2"
    ties = ties_by_clause(held.graph, record(held, LATER))["s9-2"]
    assert [(t.before, t.name) for t in ties if t.before == "替代"] == [
        ("替代", "晋政办发〔2019〕68号")
    ]


def test_what_acts_and_what_only_names_are_told_apart(held: Holdings) -> None:
    earlier, later = record(held, EARLIER), record(held, LATER)
    assert {line.tie.after for line in done_to(held.graph, earlier)} >= {"替代"}
    for line in done_by(held.graph, later):
        assert line.quotes
        assert line.reasons or line.tie.said == "原文写明"
    naming = [line.tie for r in held.base.records for line in named_by(held.graph, r)]
    assert all(tie.said == "原文写明" for tie in naming)


def test_a_person_is_named_with_what_they_said() -> None:
    entry = RelationEntry.model_validate(
        {
            "type": "repeals",
            "from": samples.training().document.id,
            "to": samples.carrier().document.id,
            "effective": "2022-07-01",
            "by": "张三",
            "note": "来函确认",
        }
    )
    graph = Graph(samples.base(), Vocabulary.of(plain("measures")), Curated(relations=(entry,)))
    (line,) = [x for x in done_to(graph, samples.carrier()) if x.tie.after == "废止"]
    assert (line.tie.said, line.note, line.when) == ("张三认定", "来函确认", "自2022年7月1日起")


def test_a_note_tells_the_state_of_its_rule_only_where_it_is_another(held: Holdings) -> None:
    one = record(held, EARLIER)
    found = notes(held, one, standing_rules(one))
    states = {
        anchor: {note.state.label for group in beside.groups for note in group.notes if note.state}
        for anchor, beside in found.items()
    }
    assert states.pop("s2-6") == {"推定已被替代"}
    document = held.state(whole(one))
    for anchor, beside in found.items():
        for note in (note for group in beside.groups for note in group.notes if note.state):
            assert note.state != document, anchor


def test_amounts_lead_to_their_own_pages(held: Holdings) -> None:
    one = record(held, EARLIER)
    beside = notes(held, one, standing_rules(one))["s2-6"]
    amounts = [note for group in beside.groups for note in group.notes if ".amount." in note.mark]
    assert amounts
    for note in amounts:
        assert note.page == f"rules/{EARLIER}/{note.mark}.html"


def test_a_document_that_is_not_here_is_named_and_leads_nowhere() -> None:
    gone = samples.training().citations[0].model_copy(update={"relation": "repeals"})
    base = KnowledgeBase.of((samples.training().model_copy(update={"citations": (gone,)}),))
    (line,) = done_by(samples.graph(base), base.records[0])
    assert (line.tie.before, line.tie.href) == ("废止", "")
    assert "晋办发〔2021〕6号" in line.tie.name


@pytest.mark.parametrize(
    ("sizes", "room", "shown", "folded"),
    [
        ([2], 500, [2], []),
        # one stands open whatever room there is, and a fold of one line saves none
        ([5], 0, [1], [4]),
        ([2], 0, [2], []),
        ([5], 130, [3], [2]),
        ([5], 500, [5], []),
        ([1, 1, 4], 190, [1, 1, 1], [3]),
        ([2, 9, 1], 160, [2, 1], [8, 1]),
    ],
)
def test_beside_a_clause_so_many_notes_stand_open_as_fit(
    sizes: list[int], room: int, shown: list[int], folded: list[int]
) -> None:
    note = Note("m", "补贴", "1元", (), "", "", None)
    kinds = [Kind(code, code) for code in ("amount", "deadline", "target")]
    groups = [NoteGroup(kind, (note,) * size, 0) for kind, size in zip(kinds, sizes, strict=False)]
    beside = Beside(*parted(groups, room))
    assert [len(group.notes) for group in beside.open] == shown
    assert [len(group.notes) for group in beside.folded] == folded
    assert beside.more == sum(folded)
    assert beside.size == sum(sizes)


def test_a_long_clause_has_more_room_than_a_short_one() -> None:
    note = Note("m", "补贴", "1元", (), "", "", None)
    many = [NoteGroup(Kind("amount", "金额"), (note,) * 9, 0)]
    shown = [Beside(*parted(many, room)).open[0].notes for room in (60, 120, 180)]
    assert [len(of) for of in shown] == [1, 3, 5]


def test_what_tables_hold_is_counted_once() -> None:
    note = Note("m", "补贴", "1元", (), "", "", None)
    beside = Beside(*parted([NoteGroup(Kind("amount", "金额"), (note,) * 5, 7)], 0))
    assert [group.in_tables for group in (*beside.open, *beside.folded)] == [0, 7]
    assert beside.more == 11
