"""What holds of status for any day and any set of documents."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.force.curated import Curated, RelationEntry
from kb.force.endings import State
from kb.force.models import End
from kb.force.status import STATES, status
from kb.schema import Record
from tests.force_samples import NEW, OLD, bundled, graph_of, record
from tests.store_samples import TEXT, small_record

# most days between those of the documents, where something changes
DAYS = st.dates(date(2018, 1, 1), date(2032, 1, 1)) | st.dates(date(1900, 1, 1), date(2200, 1, 1))
ANY_DAY = st.dates()
IDS = [f"141121-wencaizi-2021-{n}" for n in range(1, 3)]
DATED = st.one_of(
    st.none(), st.dates(date(2015, 1, 1), date(2030, 1, 1)).map(date.isoformat), st.just("2021")
)
OVER: tuple[State, ...] = ("expired", "superseded", "repealed")


def at(text: str, issued: str | None, document: str, statement: dict[str, str] | None) -> Record:
    """A small record of another id, day of issue and statement of validity."""
    plain = small_record(text, document).model_dump(by_alias=True)
    plain["document"] |= {"issued": issued, "issued_year": int(issued[:4]) if issued else None}
    plain["document"]["number"] = f"文财字〔2021〕{document.rsplit('-', 1)[1]}号"
    if statement:
        quote = {"clause": "一/(二)", "quote": "在2021年12月31日前完成拨付", "span": (0, 0)}
        start = text.index(quote["quote"])
        place = {**quote, "span": (start, start + len(quote["quote"]))}
        plain["validity"] = {"statements": [{**statement, **place}]}
    return Record.model_validate(plain)


STATEMENTS = st.one_of(
    st.none(),
    st.just({"effective_from": "2021-04-01"}),
    st.just({"event": "印发之日", "delay": "P30D", "term": "P5Y"}),
    st.just({"effective_to": "2023-12-31"}),
    st.just({"effective_from": "2021-04-01", "effective_to": "2022-12-31"}),
)
RECORDS = st.tuples(*(st.builds(at, st.just(TEXT), DATED, st.just(i), STATEMENTS) for i in IDS))
PLACES = st.sampled_from(
    [*IDS, *(f"{i}#s1-1" for i in IDS), *(f"{i}#s1-1.amount.a1b2" for i in IDS)]
)
TYPES = st.sampled_from(
    ["repeals", "stops", "replaces", "repeals_part", "amends", "supersedes", "extends", "refers"]
)


def entry(type_: str, source: str, target: str, effective: str | None) -> RelationEntry:
    given_ = {"type": type_, "from": source, "to": target, "effective": effective, "by": "张三"}
    return RelationEntry.model_validate(given_)


WHEN = st.dates(date(2019, 1, 1), date(2026, 1, 1)).map(date.isoformat) | DATED
RELATIONS = st.lists(st.builds(entry, TYPES, PLACES, PLACES, WHEN), max_size=8).map(tuple)


def subjects(records) -> list[End]:
    """Every document, clause and rule there is."""
    found = [End(r.document.id) for r in records]
    found += [End(r.document.id, c.path) for r in records for c in r.clauses]
    return found + [End(r.document.id, x.clause, x.id) for r in records for x in r.rules]


@given(RECORDS, RELATIONS, ANY_DAY)
@settings(max_examples=150, deadline=None)
def test_there_is_one_answer_for_every_day(records, relations, day) -> None:
    known = graph_of(records, Curated(relations=relations))
    for subject in subjects(records):
        found = status(known, subject, day)
        assert found.state in STATES
        assert found.reasons
        assert found == status(known, subject, day)
        assert found.is_presumed == found.label.startswith("推定")


@given(RECORDS, RELATIONS, DAYS, DAYS)
@settings(max_examples=150, deadline=None)
def test_what_has_ended_does_not_come_back(records, relations, one, other) -> None:
    known = graph_of(records, Curated(relations=[r for r in relations if r.type != "extends"]))
    earlier, later = sorted((one, other))
    for subject in subjects(records):
        if status(known, subject, earlier).state in OVER:
            assert status(known, subject, later).state == status(known, subject, earlier).state


@given(RECORDS, RELATIONS, DAYS)
@settings(max_examples=100, deadline=None)
def test_what_ends_a_document_ends_all_of_it(records, relations, day) -> None:
    known = graph_of(records, Curated(relations=relations))
    for item in records:
        whole = status(known, End(item.document.id), day)
        if whole.state == "repealed":
            parts = [s for s in subjects([item]) if s.clause]
            assert all(status(known, s, day).state in (*OVER, "not_yet", "unknown") for s in parts)


@given(RECORDS, RELATIONS, DAYS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_loading_changes_nothing(records, relations, day, chance) -> None:
    mixed, said = list(records), list(relations)
    chance.shuffle(mixed)
    chance.shuffle(said)
    one = graph_of(records, Curated(relations=relations))
    other = graph_of(mixed, Curated(relations=tuple(said)))
    assert one.relations == other.relations
    for subject in subjects(records):
        assert status(one, subject, day) == status(other, subject, day)


@given(DAYS)
@settings(max_examples=60, deadline=None)
def test_an_unrelated_document_changes_no_status(day) -> None:
    records = bundled().base.records
    stranger = at(TEXT, "2021-03-01", "141121-wencaizi-2021-77", None)
    more = graph_of([*records, stranger, record(OLD), record(NEW)])
    unrelated = graph_of([*records, stranger])
    for subject in subjects(records):
        assert status(unrelated, subject, day) == status(bundled(), subject, day)
    # the two of the same province and measure do change something, or this would prove nothing
    assert more.relations != unrelated.relations


@given(DAYS)
@settings(max_examples=40, deadline=None)
def test_the_bundled_notices_have_an_answer_for_every_day(day) -> None:
    for subject in subjects(bundled().base.records):
        assert status(bundled(), subject, day).state in STATES
