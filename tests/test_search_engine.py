"""What every search engine promises: one added to ``ENGINES`` is held to it."""

import re
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_samples import (
    BASE,
    COUNTY,
    FUNDS,
    NOTICES,
    PLAN,
    RECORDS,
    SHANXI,
    SPELLINGS,
    TOURISM,
    amount,
    notice,
    real_base,
    sentences,
)

from corpus.errors import PolicyError, UsageError
from kb.models import KnowledgeBase
from kb.schema import Review
from kb.search.analyzer import fold
from kb.search.document_numbers import spelled
from kb.search.engine import KINDS, Query
from kb.search.items import items_of
from kb.search.postgres_engine import PostgresEngine
from kb.search.whoosh_engine import WhooshEngine

ENGINES = ["whoosh", "postgresql"]
PLAN_ID, COUNTY_ID = PLAN.document.id, COUNTY.document.id


@pytest.fixture(scope="module", params=ENGINES)
def make(request):
    """Makes an engine whose index belongs to a folder."""
    if request.param == "whoosh":
        return WhooshEngine
    address = request.getfixturevalue("postgresql")
    return lambda folder: PostgresEngine(address, schema_of(folder), folder)


def schema_of(folder):
    return f"p{sha256(str(folder).encode()).hexdigest()[:16]}"


@pytest.fixture(scope="module")
def engine(make, tmp_path_factory):
    engine = make(tmp_path_factory.mktemp("samples"))
    engine.update(BASE)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def real(make, tmp_path_factory):
    """An engine over every word of the five notices, and the items it ought to hold."""
    base = real_base()
    engine = make(tmp_path_factory.mktemp("real"))
    engine.update(base)
    yield engine, list(chain.from_iterable(map(items_of, base.records)))
    engine.close()


def ids(engine, text="", **narrowed):
    return [hit.id for hit in engine.search(Query(text, limit=1000, **narrowed)).hits]


def clauses(engine, text="", **narrowed):
    hits = engine.search(Query(text, limit=1000, **narrowed)).hits
    return {(hit.document.split("-", 1)[1], hit.clause) for hit in hits}


def test_the_samples_are_in_the_notices():
    printed = "".join(file.read_text("utf-8") for file in NOTICES.iterdir())
    printed = re.sub(r"\s", "", printed)
    found = [re.sub(r"\s", "", sentence) for sentence in sentences()]
    assert found
    assert [sentence for sentence in found if sentence not in printed] == []


# ── finding exactly ──


@pytest.mark.parametrize(
    ("word", "where"),
    [
        (
            "不超过1000元",
            {("jinzhengbanfa-2019-68", "二/(四)"), ("jinwenlvbanfa-2021-123", "三/(二)")},
        ),
        (
            "级工",
            {
                ("jinzhengbanfa-2019-68", "二/(六)"),
                ("jinwenlvbanfa-2021-123", "三/(二)"),
                ("jinrenshetinghan-2021-600", "九/(二)"),
            },
        ),
        ("5个工作日", {("wenrenshezi-2024-20", "五/(三)")}),
        ("0天", {("wenrenshezi-2024-20", "七/(二)")}),
        ("晋政办发〔2019〕68号", {("jinzhengbanfa-2019-68", "")}),
        ("晋政办发【２０１９】６８号", {("jinzhengbanfa-2019-68", "")}),
        ("晉政辦發〔2019〕68號", {("jinzhengbanfa-2019-68", "")}),
        ('"证书 200 元"', {("jinrenshetinghan-2021-600", "九/(二)")}),
        ("领", {("jinrenshetinghan-2021-600", "十")}),
        ("元、之", {("wenrenshezi-2024-20", "七/(二)")}),
        (
            "元、",
            {
                ("jinzhengbanfa-2019-68", "二/(六)"),
                ("wenrenshezi-2024-20", "七/(二)"),
                ("jinrenshetinghan-2021-600", "九/(二)"),
            },
        ),
        ("没有这几个字", set()),
    ],
)
def test_a_word_is_found_in_the_clauses_that_hold_it(engine, word, where):
    assert clauses(engine, word, kinds=("clause",)) == where


def holders(items, word):
    return {item.id for item in items if spelled(fold(word)) in fold(item.text)}


@st.composite
def stretches(draw, items):
    """A stretch of a real clause, perhaps written in another width or case."""
    text = draw(st.sampled_from(items)).text
    start = draw(st.integers(0, len(text) - 1))
    stretch = text[start : start + draw(st.integers(1, 14))]
    word = max(re.split(r"[\s\"“”„‟\uff02]", stretch), key=len) or "的"
    return draw(st.sampled_from([word, word.upper(), _wide(word), word[::-1]]))


def _wide(word):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word)


FIND = settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))


@FIND
@given(data=st.data())
def test_a_word_finds_exactly_what_holds_it(real, data):
    engine, items = real
    word = data.draw(stretches(items))
    assert set(ids(engine, word)) == holders(items, word)


@FIND
@given(data=st.data())
def test_several_words_find_what_holds_them_all(real, data):
    engine, items = real
    words = [data.draw(stretches(items)) for _ in range(data.draw(st.integers(2, 3)))]
    expected = set.intersection(*(holders(items, word) for word in words))
    assert set(ids(engine, " ".join(words))) == expected


@FIND
@given(data=st.data())
def test_a_quoted_stretch_keeps_its_spaces(real, data):
    engine, items = real
    text = data.draw(st.sampled_from(items)).text
    start = data.draw(st.integers(0, len(text) - 1))
    phrase = re.sub(r"[\"“”„‟\uff02\n]", "", text[start : start + 20]).strip() or "的"
    assert set(ids(engine, f'"{phrase}"')) == holders(items, phrase)


@given(text=st.text(max_size=40))
@settings(FIND, max_examples=100)
def test_whatever_is_typed_is_answered(real, text):
    engine, _ = real
    results = engine.search(Query(text))
    assert results.total == sum(results.counts.values())


def test_half_a_character_of_a_command_line_is_found_nowhere(engine):
    assert ids(engine, "\udce4\udcb8") == []


# ── rules ──


def test_a_rule_is_found_by_its_quote_and_its_values(engine):
    quoted = engine.search(Query("初级工每人300元", kinds=("amount",))).hits
    assert [hit.clause for hit in quoted] == ["二/(六)"]
    (by_value,) = engine.search(Query("山西省教育厅", kinds=("department",))).hits
    assert by_value.document == PLAN_ID
    assert (by_value.excerpt, by_value.marks) == ("省教育厅", ())  # the document's words alone


def test_a_rule_is_not_found_by_the_heading_above_it(engine):
    assert "落实取证补贴" in PLAN.clauses[2].heading
    assert ids(engine, "落实取证补贴", kinds=("amount", "department")) == []


def test_two_values_do_not_make_a_word(engine):
    assert ids(engine, "取证补贴初级工") == []


def test_a_rejected_rule_is_not_found(make, tmp_path):
    rejected = PLAN.rules[0].model_copy(update={"review": Review(status="rejected")})
    record = PLAN.model_copy(update={"rules": (rejected, *PLAN.rules[1:])})
    engine = make(tmp_path)
    engine.update(KnowledgeBase.of([record]))
    assert rejected.id not in ids(engine)
    assert {rule.id for rule in PLAN.rules[1:]} <= set(ids(engine))
    engine.close()


# ── documents named ──


@pytest.mark.parametrize(
    "name",
    [
        "晋政办发[2019]68号",
        PLAN.document.title,
        "《山西省推进职业技能提升培训实施方案》",
        "山西省推进职业技能提升培训实施方案",
    ],
)
def test_the_front_of_a_document_named_comes_first(engine, name):
    results = engine.search(Query(name))
    assert results.documents == (PLAN_ID,)
    first = results.hits[0]
    assert (first.document, first.anchor, first.kind) == (PLAN_ID, "front", "clause")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_is_found_in_every_spelling(engine, spelling):
    usual = engine.search(Query(SPELLINGS[0], limit=100))
    found = engine.search(Query(spelling, limit=100))
    assert found == usual
    assert found.documents == (PLAN_ID,)
    beside = Query(f"取证补贴 {spelling}", limit=100)
    assert engine.search(beside) == engine.search(Query(f"取证补贴 {SPELLINGS[0]}", limit=100))


@pytest.mark.parametrize("number", ["商服贸函2026年第322号", "商服贸函〔2026〕第322 号"])
def test_a_number_is_found_however_it_is_printed(make, tmp_path, number):
    title, told = "关于有关事项的通知", f"一、按照{number}执行。"
    bearing = notice("140000-a-2026-322", number, title, SHANXI, 2026, number, [])
    citing = notice("140000-b-2026-1", None, title, SHANXI, 2026, "略", [("一", "s1", 1, told, "")])
    engine = make(tmp_path)
    engine.update(KnowledgeBase.of([bearing, citing]))
    for typed in (number, "商服贸函〔2026〕322号", "商服贸函2026 322", "贸函2026年322号"):
        results = engine.search(Query(typed))
        by_id = {hit.id: hit for hit in results.hits}
        assert set(by_id) == {"140000-a-2026-322#front", "140000-b-2026-1#s1"}, typed
        is_whole = typed.startswith("商服")
        assert results.documents == (("140000-a-2026-322",) if is_whole else ())
        cited = by_id["140000-b-2026-1#s1"]
        [(start, end)] = cited.marks
        assert cited.excerpt[start:end] == number.removeprefix("" if is_whole else "商服"), typed
    engine.close()


def test_a_number_beside_other_words_says_where_to_look(engine):
    results = engine.search(Query("取证补贴 晋政办发〔2019〕68号", limit=100))
    assert {hit.document for hit in results.hits} == {PLAN_ID}
    assert {hit.kind for hit in results.hits} == {"clause", "amount"}
    assert set(ids(engine, "取证补贴", document=PLAN_ID)) == {hit.id for hit in results.hits}


def test_a_document_that_cites_a_number_is_found_behind_the_one_that_bears_it(make, tmp_path):
    citing = notice(
        "140000-a-2020-1",
        "测办发〔2020〕1号",
        "关于废止晋政办发〔2019〕68号的通知",
        SHANXI,
        2020,
        "测办发〔2020〕1号",
        [("一", "s1", 1, "一、晋政办发〔2019〕68号同时废止。", "")],
    )
    engine = make(tmp_path)
    engine.update(KnowledgeBase.of([citing, PLAN]))
    found = ids(engine, "晋政办发〔2019〕68号")
    assert found[0] == f"{PLAN_ID}#front"
    assert set(found[1:]) == {"140000-a-2020-1#front", "140000-a-2020-1#s1"}
    engine.close()


def test_a_title_with_spaces_is_named_without_quotes(make, tmp_path):
    spaced = notice(
        "140000-b-2020-2", None, "关于“人人持证 技能社会”的通知", SHANXI, 2020, "略", []
    )
    engine = make(tmp_path)
    engine.update(KnowledgeBase.of([spaced]))
    results = engine.search(Query("关于“人人持证 技能社会”的通知"))
    assert results.documents == ("140000-b-2020-2",)
    assert [hit.anchor for hit in results.hits] == ["front"]
    engine.close()


# ── narrowing ──


def test_without_words_everything_is_there(engine):
    everything = {item.id for record in RECORDS for item in items_of(record)}
    found = ids(engine)
    assert set(found) == everything
    assert len(found) == len(everything)


@pytest.mark.parametrize("kind", KINDS)
def test_by_kind(engine, kind):
    hits = engine.search(Query(kinds=(kind,), limit=1000)).hits
    assert hits
    assert {hit.kind for hit in hits} == {kind}
    assert len(hits) == engine.search(Query()).counts[kind]


def test_counts_are_those_of_all_kinds(engine):
    narrowed = engine.search(Query("取证补贴", kinds=("amount",)))
    assert narrowed.counts == engine.search(Query("取证补贴")).counts
    assert narrowed.total == narrowed.counts["amount"] < sum(narrowed.counts.values())


@pytest.mark.parametrize("name", ["省人社厅", "山西省人力资源和社会保障厅"])
def test_by_department_as_printed_and_in_full(engine, name):
    assert clauses(engine, department=name) == {("jinzhengbanfa-2019-68", "二/(四)")}
    kinds = {hit.kind for hit in engine.search(Query(department=name)).hits}
    assert kinds == {"amount", "clause", "department"}  # what it answers for, not its neighbours
    assert len(ids(engine, department=name, kinds=("department",))) == 1


def test_by_the_actor_of_a_deadline(engine):
    (found,) = engine.search(Query(department="县人社局")).hits
    assert (found.kind, found.clause) == ("deadline", "五/(三)")
    assert ids(engine, department="人社局") == []


def test_by_document_and_year(engine):
    assert {d for d, _ in clauses(engine, document=COUNTY_ID)} == {"wenrenshezi-2024-20"}
    assert {d for d, _ in clauses(engine, year=2019)} == {"jinzhengbanfa-2019-68"}
    assert ids(engine, year=1999) == ids(engine, document="nowhere") == []


@pytest.mark.parametrize(
    ("region", "documents"),
    [
        ("140000", {r.document.id for r in RECORDS}),
        ("14", {r.document.id for r in RECORDS}),
        ("000000", {r.document.id for r in RECORDS}),
        ("141100", {COUNTY_ID}),
        ("1411", {COUNTY_ID}),
        ("141121", {COUNTY_ID}),
        ("141000", set()),
        ("110000", set()),
    ],
)
def test_by_region_and_all_that_lies_in_it(engine, region, documents):
    hits = engine.search(Query(region=region, limit=1000)).hits
    assert {hit.document for hit in hits} == documents


def test_a_document_of_no_region_lies_nowhere(make, tmp_path):
    engine = make(tmp_path)
    engine.update(KnowledgeBase.of([notice("xx-c", None, None, None, None, "略", [])]))
    assert ids(engine) == ["xx-c#front"]
    assert ids(engine, region="000000") == []
    engine.close()


@pytest.mark.parametrize(
    ("low", "high", "quotes"),
    [
        (300, 300, ["初级工每人300元", "培训补贴标准每人不超过1000元"]),
        (Decimal("300.01"), Decimal("599.99"), ["培训补贴标准每人不超过1000元"]),
        (1000, None, ["培训补贴标准每人不超过1000元", "预算总金额为500万元"]),
        (Decimal("1000.01"), None, ["预算总金额为500万元"]),
        (5_000_000, 5_000_000, ["预算总金额为500万元"]),
        (5_000_001, None, []),
        (None, 99, ["培训补贴标准每人不超过1000元"]),
        (120, 130, ["培训补贴标准每人不超过1000元", COUNTY.rules[0].quote]),
    ],
)
def test_by_amount(engine, low, high, quotes):
    hits = engine.search(Query(amount_min=low, amount_max=high, limit=100)).hits
    assert {hit.excerpt for hit in hits} == set(quotes)
    assert {hit.kind for hit in hits} <= {"amount"}


def test_filters_go_together(engine):
    assert clauses(engine, "取证补贴", kinds=("amount",), year=2019, amount_min=1000) == set()
    found = clauses(engine, "取证补贴", kinds=("amount",), year=2019, amount_min=500, region="14")
    assert found == {("jinzhengbanfa-2019-68", "二/(六)")}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kinds": ("amout",)}, "unknown kind 'amout'.*amount, deadline"),
        ({"region": "山西"}, "no region code.*140000"),
        ({"region": "1"}, "no region code"),
        ({"amount_min": 2, "amount_max": 1}, "backwards"),
        ({"amount_min": Decimal("NaN")}, "no amount"),
        ({"amount_max": "tausend"}, "no amount"),
        ({"limit": 0}, "limit"),
        ({"offset": -1}, "offset"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(wrong, words):
    with pytest.raises(UsageError, match=words):
        Query("补贴", **wrong)


# ── order ──


def test_the_phrase_comes_before_its_words_apart(make, tmp_path):
    rows = [
        "补贴用于技能人才的培训，高级工优先。" * 3,
        "给予高级工补贴。" + "其他事项另行通知。" * 20,
    ]
    assert _order(make, tmp_path, rows, "高级工 补贴") == ["s1", "s0"]


def test_a_whole_number_comes_before_one_cut_in_two(make, tmp_path):
    rows = [
        "第5批5人公示15天。",
        "公示期间由各单位自行确定，一般情况下不应少于5天。",
        "持续0.5天",
    ]
    assert _order(make, tmp_path, rows, "5天")[0] == "s1"
    assert set(_order(make, tmp_path / "again", rows, "5天")) == {"s0", "s1", "s2"}


def test_a_word_comes_before_the_same_characters_of_two_words(make, tmp_path):
    rows = ["今年新招职工人数较上年有所增加。", "建筑工人参加技能提升培训。"]
    assert _order(make, tmp_path, rows, "工人") == ["s1", "s0"]


def test_a_rule_found_by_its_quote_comes_before_those_found_by_their_values(make, tmp_path):
    record = notice(
        "140000-f-2020-4",
        None,
        None,
        SHANXI,
        2020,
        "略",
        [("一", "s1", 1, "一、初级工每人300元，高级技能人才每人600元，高级工证书每人800元。", "")],
        [
            amount("一", "初级工每人300元", item="取证补贴", min=300, max=300),
            amount("一", "每人600元", item="高级工", min=600, max=600),
            amount("一", "高级工证书每人800元", min=800, max=800, conditions=["另行通知" * 9]),
        ],
    )
    engine = make(tmp_path)
    engine.update(KnowledgeBase.of([record]))
    hits = engine.search(Query("高级工")).hits
    assert [bool(hit.marks) for hit in hits] == [True, True, False]
    both = engine.search(Query("取证补贴 初级工")).hits
    assert [hit.kind for hit in both] == ["amount"]
    engine.close()


def test_a_clause_headed_so_comes_before_one_that_mentions_it(make, tmp_path):
    rows = [
        ("其他事项", "取证补贴另行发放，由企业申领。"),
        ("取证补贴", "其他事项由企业申领，另行发放。"),
    ]
    assert _order(make, tmp_path, rows, "取证补贴") == ["s1", "s0"]


def _order(make, folder, rows, text):
    heads = [(row, "") if isinstance(row, str) else row for row in rows]
    clauses = [(str(n), f"s{n}", 1, *head) for n, head in enumerate(heads)]
    record = notice("140000-d-2020-3", None, None, SHANXI, 2020, "略", clauses)
    engine = make(folder)
    engine.update(KnowledgeBase.of([record]))
    found = [hit.anchor for hit in engine.search(Query(text)).hits]
    engine.close()
    return found


def test_rules_come_before_clauses_of_equal_weight_and_ids_decide_the_rest(engine):
    hits = engine.search(Query(limit=1000)).hits  # no words, no weights
    keys = [(hit.score, hit.kind == "clause", hit.id) for hit in hits]
    assert keys == sorted(keys)


def test_weight_goes_before_kind(engine):
    hits = [hit for hit in engine.search(Query("培训补贴", limit=100)).hits if hit.marks]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    first_clause = [hit.kind for hit in hits].index("clause")
    assert {hit.kind for hit in hits[first_clause:]} > {"clause"}


def test_pages_make_up_the_whole(engine):
    whole = ids(engine, "补贴")
    pages = [ids_of_page(engine, offset) for offset in range(0, len(whole) + 3, 3)]
    assert list(chain.from_iterable(pages)) == whole
    assert pages[-1] == []


def ids_of_page(engine, offset):
    return [hit.id for hit in engine.search(Query("补贴", limit=3, offset=offset)).hits]


# ── showing ──


def test_a_hit_says_where_it_stands(engine):
    (hit,) = engine.search(Query("公示时间", kinds=("clause",))).hits
    assert hit.id == f"{COUNTY_ID}#s5-3"
    assert (hit.document, hit.clause, hit.anchor) == (COUNTY_ID, "五/(三)", "s5-3")
    assert hit.title == COUNTY.document.title
    assert hit.heading == "（三）及时安全拨付资金。"
    assert hit.excerpt == "（三）及时安全拨付资金。 公示时间不少于5个工作日。"
    assert [hit.excerpt[start:end] for start, end in hit.marks] == ["公示时间"]


def test_marks_cover_what_was_typed_in_the_words_of_the_document(real):
    engine, items = real
    for word in ("取证补贴", "（２０２１）", "级工", "1000"):
        for hit in engine.search(Query(word, limit=1000)).hits:
            assert hit.marks
            marked = {fold(hit.excerpt[start:end]) for start, end in hit.marks}
            assert all(set(mark.split(fold(word))) == {""} for mark in marked), (word, marked)
    texts = {item.id: re.sub(r"\s", " ", item.text) for item in items}
    for hit in engine.search(Query("培训", limit=1000)).hits:
        assert hit.excerpt.strip("…") in texts[hit.id]


# ── keeping in step ──


def report_of(engine, *records):
    report = engine.update(KnowledgeBase.of(records))
    return report.added, report.updated, report.removed, report.unchanged


def test_only_what_changed_is_updated(make, tmp_path):
    engine = make(tmp_path)
    assert report_of(engine, PLAN, COUNTY) == (2, 0, 0, 0)
    assert report_of(engine, PLAN, COUNTY) == (0, 0, 0, 2)
    shorter = PLAN.model_copy(update={"rules": PLAN.rules[:1]})
    assert report_of(engine, shorter, COUNTY) == (0, 1, 0, 1)
    assert report_of(engine, shorter, TOURISM) == (1, 0, 1, 1)
    expected = {item.id for record in (shorter, TOURISM) for item in items_of(record)}
    assert set(ids(engine)) == expected
    assert ids(engine, "公示时间") == []
    engine.close()


def test_an_update_leaves_the_same_answers_as_an_index_made_anew(make, tmp_path, engine):
    grown = make(tmp_path)
    for count in range(1, len(RECORDS) + 1):
        grown.update(KnowledgeBase.of(reversed(RECORDS[:count])))
    for text in ("补贴", "级工", "培训 元", "省人社厅", "5", ""):
        assert ids(grown, text) == ids(engine, text)
    grown.close()


def test_an_empty_base_has_no_answers(make, tmp_path):
    engine = make(tmp_path)
    assert report_of(engine) == (0, 0, 0, 0)
    assert [ids(engine, text) for text in ("补贴", "补", "补贴 5天", "")] == [[], [], [], []]
    assert report_of(engine, PLAN) == (1, 0, 0, 0)
    assert report_of(engine) == (0, 0, 1, 0)
    assert ids(engine) == []
    engine.close()


def test_an_index_is_found_again(make, tmp_path):
    first = make(tmp_path)
    first.update(BASE)
    expected = ids(first, "补贴")
    first.close()
    second = make(tmp_path)
    assert ids(second, "补贴") == expected
    assert report_of(second, *RECORDS) == (0, 0, 0, len(RECORDS))
    second.close()
    assert ids(second, "补贴") == expected  # opened again after it was closed
    second.close()


def test_searching_without_an_index_says_what_to_do(make, tmp_path):
    with (
        closing(make(tmp_path / "nothing")) as engine,
        pytest.raises(PolicyError, match="policykb build"),
    ):
        engine.search(Query("补贴"))


def test_a_document_without_clauses_or_number_is_front_matter(make, tmp_path):
    bare = notice("xx-e", None, None, None, None, "只有一段话的通知，补贴照旧。", [])
    engine = make(tmp_path)
    engine.update(KnowledgeBase.of([bare]))
    (hit,) = engine.search(Query("照旧")).hits
    assert (hit.anchor, hit.clause, hit.title) == ("front", "", "xx-e")
    engine.close()


def test_funds_are_only_a_group(engine):
    assert clauses(engine, kinds=("group",)) == {("jinrenshetinghan-2021-600", "九/(二)")}
    assert FUNDS.rules[0].id in ids(engine, "评价机构")
    assert amount("", "")["kind"] == "amount"
