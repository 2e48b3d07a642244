"""People's words: what they do to relations, how they are kept, and when they are stale."""

import random
from datetime import date

import pytest

from corpus.errors import RuleBaseError, UsageError
from kb.build import build
from kb.force import curated_file
from kb.force.curated import Curated, RelationEntry, strangers
from kb.force.review import Word, decide, review
from tests.force_samples import NEW, OLD, OLD_ID, bundled, graph, graph_of, on
from tests.test_force_inferred import province

FIRST, SECOND = province(300, 2019), province(400, 2021)
CONFIRMED = Word("confirmed", "张三", "2026-11-20", "与财政厅核实")


def presumed(known):
    """The one relation that is only inferred."""
    (relation,) = [r for r in known.relations if r.type == "supersedes"]
    return relation


def decided(word: Word, *texts: str):
    """The graph of the texts with ``word`` on their one inference."""
    known = graph(*texts)
    return graph(*texts, curated=decide(known, presumed(known).id, word))


def test_a_confirmed_inference_is_a_fact() -> None:
    known = decided(CONFIRMED, FIRST, SECOND)
    relation = presumed(known)
    assert relation.asserted_by == "张三"
    found = on(known, relation.target.rule, "2022-01-01")
    assert found.state == "superseded"
    assert any("张三于2026-11-20确认：与财政厅核实" in reason.text for reason in found.reasons)


def test_a_rejected_inference_counts_no_more() -> None:
    known = decided(Word("rejected", "张三", "2026-11-20"), FIRST, SECOND)
    assert not [r for r in known.relations if r.type == "supersedes"]
    target = known.applied.rejected[0].target.rule
    assert on(known, target, "2022-01-01").state == "unknown"


def test_a_person_wins_over_the_text() -> None:
    known = graph(OLD, NEW)
    (repeal,) = [r for r in known.relations if r.ends]
    assert on(known, OLD_ID, "2023-01-01").state == "repealed"
    told = decide(known, repeal.id, Word("rejected", "张三", "2026-11-20", "废止的是另一文件"))
    assert on(graph(OLD, NEW, curated=told), OLD_ID, "2023-01-01").state == "in_force"
    later = Word("corrected", "张三", "2026-11-20", effective="2023-07-01")
    told = decide(known, repeal.id, later)
    assert on(graph(OLD, NEW, curated=told), OLD_ID, "2023-01-01").state == "in_force"
    assert on(graph(OLD, NEW, curated=told), OLD_ID, "2023-07-01").state == "repealed"


def test_a_correction_says_what_is_right() -> None:
    word = Word("corrected", "张三", "2026-11-20", effective="2022-06-01")
    known = decided(word, FIRST, SECOND)
    target = presumed(known).target.rule
    assert on(known, target, "2022-05-31").state == "unknown"
    assert on(known, target, "2022-06-01").state == "superseded"


def test_a_person_asserts_what_no_text_says() -> None:
    entry = {"type": "repeals", "from": "来函", "to": OLD_ID, "effective": "2021-01-01"}
    said = Curated(relations=(RelationEntry.model_validate({**entry, "by": "李四"}),))
    known = graph(OLD, curated=said)
    assert on(known, OLD_ID, "2020-12-31").state == "in_force"
    assert on(known, OLD_ID, "2021-01-01").state == "repealed"


def test_what_is_decided_is_listed_no_more() -> None:
    before = {item.id for item in review(graph(FIRST, SECOND))}
    known = decided(CONFIRMED, FIRST, SECOND)
    assert before - {item.id for item in review(known)} == {presumed(known).id}


def test_the_most_consequential_comes_first() -> None:
    weights = [item.weight for item in review(bundled())]
    assert weights == sorted(weights, reverse=True)
    assert review(bundled())[0].kind == "conflict"


def test_a_conflict_with_a_rule_that_has_ended_is_listed_no_more() -> None:
    same_day = graph(province(300, 2021), province(400, 2021, serial=9))
    (item,) = [i for i in review(same_day) if i.kind == "conflict"]
    ended = {"type": "repeals", "from": "来函", "effective": "2022-01-01", "by": "李四"}
    entry = RelationEntry.model_validate({**ended, "to": "140000-jincaifa-2021-3"})
    told = Curated(relations=(entry,))
    known = graph(province(300, 2021), province(400, 2021, serial=9), curated=told)
    listed = {day: {i.id for i in review(known, date.fromisoformat(day))} for day in DAYS}
    assert [item.id in listed[day] for day in DAYS] == [True, False]


DAYS = ("2021-12-31", "2022-01-01")


def test_a_decision_on_words_that_have_changed_is_flagged_with_both() -> None:
    known = decided(CONFIRMED, FIRST, SECOND)
    edited = graph(FIRST.replace("300", "310"), SECOND, curated=known.curated)
    (stale,) = edited.applied.stale
    (side,) = stale.sides
    assert "300元" in side.old
    assert "310元" in side.new
    assert review(edited)[0].kind == "stale"
    assert presumed(edited).is_presumed


def test_a_stale_decision_that_is_given_up_is_settled() -> None:
    known = decided(CONFIRMED, FIRST, SECOND)
    edited = graph(FIRST.replace("300", "310"), SECOND, curated=known.curated)
    told = decide(
        edited, edited.applied.stale[0].decision.id, Word("rejected", "李四", "2026-12-01")
    )
    settled = graph(FIRST.replace("300", "310"), SECOND, curated=told)
    assert settled.applied.stale == ()


def test_a_decision_outlives_a_rule_that_is_found_no_more() -> None:
    known = decided(CONFIRMED, FIRST, SECOND)
    records = [r.model_copy(update={"rules": ()}) for r in known.base.records]
    blind = graph_of(records, known.curated)
    (relation,) = [r for r in blind.relations if r.type == "supersedes"]
    assert relation.asserted_by == "张三"
    assert relation.evidence and "400元" in relation.evidence.quote


def test_a_confirmed_decision_survives_a_hundred_edits_and_rebuilds(tmp_path) -> None:
    chance = random.Random(5)
    known = decided(CONFIRMED, FIRST, SECOND)
    wanted = presumed(known).id
    curated_file.save(tmp_path, known.curated)
    for turn in range(100):
        texts = [edited(FIRST, chance), edited(SECOND, chance)]
        broken = turn % 10 == 9
        if broken:
            texts[0] = texts[0].replace("300元", f"{310 + turn}元")
        known = graph(*texts, curated=curated_file.load(tmp_path))
        held = {r.id: r for r in known.relations}
        if broken:
            assert [s.decision.id for s in known.applied.stale] == [wanted]
        else:
            assert held[wanted].asserted_by == "张三"
            assert known.applied.stale == ()
        # another decision on the way, and the file written again
        other = Word("confirmed", f"第{turn}人", "2026-11-21")
        for item in review(known)[:1]:
            if item.kind != "stale":
                curated_file.save(tmp_path, decide(known, item.id, other))
        assert wanted in {d.id for d in curated_file.load(tmp_path).decisions}


def test_words_survive_a_hundred_builds_of_a_workspace_that_changes(space) -> None:
    """Documents are edited, added, taken away and renamed; the rule base is built from disk."""
    chance, wanted = random.Random(11), ""
    for turn in range(100):
        gone = turn > 1 and turn % 9 == 8
        texts = {"a": edited(FIRST, chance), "b": edited(SECOND, chance)}
        texts |= {f"c{chance.randint(0, 3)}": province(chance.randint(1, 9) * 100, 2018)}
        for path in space.documents.iterdir():
            path.unlink()
        for name, text in texts.items():
            changed = text.replace("400元", f"{410 + turn}元") if gone and name == "b" else text
            (space.documents / f"{name}{chance.randint(0, 5)}.txt").write_text(changed, "utf-8")
        base = build(space, lambda *_: None).base
        known = graph_of(base.records, curated_file.load(space.rule_base))
        if not wanted:
            wanted = next(r.id for r in known.relations if str(r.source) in rules_of(base, "400元"))
            curated_file.save(space.rule_base, decide(known, wanted, CONFIRMED))
        elif gone:
            assert [s.decision.id for s in known.applied.stale] == [wanted]
        else:
            held = {r.id: r for r in known.relations}
            assert (held[wanted].asserted_by, held[wanted].verdict.note) == ("张三", CONFIRMED.note)
            assert held[wanted].target.rule in rules_of(base, "300元")


def rules_of(base, words: str) -> set[str]:
    """The rules that say so."""
    return {rule.id for _, rule in base.rules() if words in rule.quote}


def edited(text: str, chance: random.Random) -> str:
    """``text`` with clauses before and after the one that was decided on."""
    before = [
        f"{'一二三四五'[n]}、第{chance.randint(1, 999)}项工作要抓紧。\n"
        for n in range(chance.randint(0, 4))
    ]
    number = "一二三四五六"[len(before)]
    return text.replace("一、对企业", "".join(before) + f"{number}、对企业")


def test_the_file_says_the_same_when_read_again(tmp_path) -> None:
    known = decided(CONFIRMED, FIRST, SECOND)
    curated_file.save(tmp_path, known.curated)
    assert curated_file.load(tmp_path) == known.curated
    assert curated_file.load(tmp_path / "none") == Curated()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("relations:\n- {type: repeals, to: b, by: 张三}\n", '"from" is missing'),
        ("relations:\n- {type: kills, from: a, to: b, by: 张三}\n", 'unknown type "kills"'),
        (
            "relations:\n- {type: repeals, from: a, to: b, by: 张三, effective: 明天}\n",
            "is no date",
        ),
        ("relation: []\n", '"relation" is unknown here'),
        ("- a\n", "there must be identities, relations or decisions"),
        ("relations: [\n", "this is not YAML"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(text, told) -> None:
    with pytest.raises(RuleBaseError, match=r"curated\.yaml:\d") as error:
        curated_file.parse(text.encode(), shown="kb/relations/curated.yaml")
    assert told in str(error.value)
    assert "docs/relations.md" in str(error.value) or "YAML" in str(error.value)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (Word("confirmed", "  ", "2026-11-20"), "needs the name of a person"),
        (Word("corrected", "张三", "2026-11-20"), "must say what is right"),
        (Word("corrected", "张三", "2026-11-20", type="kills"), 'no relation "kills"'),
        (Word("corrected", "张三", "2026-11-20", effective="明天"), "is no date"),
        (Word("corrected", "张三", "2026-11-20", target="x"), 'no document "x"'),
    ],
)
def test_nonsense_is_refused(word, told) -> None:
    known = graph(FIRST, SECOND)
    with pytest.raises(UsageError, match=told):
        decide(known, presumed(known).id, word)


def test_what_is_not_there_cannot_be_decided() -> None:
    known = graph(FIRST, SECOND)
    with pytest.raises(UsageError, match="did you mean"):
        decide(known, presumed(known).id[:-1] + "x", CONFIRMED)
    with pytest.raises(UsageError, match="policykb review lists"):
        decide(known, "nothing", CONFIRMED)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (Word("corrected", "张三", "2026-11-20", type="repeals"), "cannot be corrected"),
    ],
)
def test_a_finding_is_right_or_wrong(word, told) -> None:
    (item,) = [i for i in review(bundled()) if i.kind == "warning"]
    with pytest.raises(UsageError, match=told):
        decide(bundled(), item.id, word)


def test_to_confirm_a_citation_is_to_confirm_its_one_candidate() -> None:
    title = "山西省技能培训补贴办法"
    citing = province(300, 2023).replace("一、", f"一、根据《{title}》，")
    known = graph(OLD, citing)
    (item,) = [i for i in review(known) if i.kind == "citation"]
    assert decide(known, item.id, CONFIRMED).decisions[0].target == OLD_ID
    named = Word("corrected", "张三", "2026-11-20", target="晋政办发[2020]5号")
    assert decide(known, item.id, named).decisions[0].target == OLD_ID
    two = graph(OLD, OLD.replace("晋政办发〔2020〕5号", "晋政办发〔2021〕5号"), citing)
    with pytest.raises(UsageError, match=r"several documents.*--target"):
        decide(two, item.id, CONFIRMED)
    with pytest.raises(UsageError, match="no --type"):
        decide(known, item.id, Word("corrected", "张三", "2026-11-20", type="repeals"))


def test_a_relation_written_by_hand_names_documents_by_number() -> None:
    entry = {
        "type": "repeals",
        "from": "来函",
        "to": "晋政办发[2020]5号",
        "effective": "2021-01-01",
    }
    said = Curated(relations=(RelationEntry.model_validate({**entry, "by": "李四"}),))
    known = graph(OLD, curated=said)
    assert on(known, OLD_ID, "2021-01-01").state == "repealed"
    assert strangers(said, known.base) == ()
    other = said.model_copy(
        update={"relations": (said.relations[0].model_copy(update={"to": "甲"}),)}
    )
    (told,) = strangers(other, known.base)
    assert 'no document "甲"' in told


def test_a_correction_may_name_another_document() -> None:
    known = graph(OLD, NEW, FIRST)
    (repeal,) = [r for r in known.relations if r.type == "repeals"]
    other = Word("corrected", "张三", "2026-11-20", target="晋财发〔2019〕3号")
    told = graph(OLD, NEW, FIRST, curated=decide(known, repeal.id, other))
    assert on(told, OLD_ID, "2022-07-01").state == "in_force"
    assert on(told, "140000-jincaifa-2019-3", "2022-07-01").state == "repealed"


def test_an_ambiguous_citation_is_listed_and_answered() -> None:
    title = "山西省技能培训补贴办法"
    citing = province(300, 2023).replace("一、", f"一、根据《{title}》，")
    known = graph(OLD, citing)
    (item,) = [i for i in review(known) if i.kind == "citation"]
    told = decide(known, item.id, Word("corrected", "张三", "2026-11-20", target=OLD_ID))
    answered = graph(OLD, citing, curated=told)
    assert OLD_ID in {f.target for f in answered.resolution.found.values() if f.how == "经人工核定"}
    assert not [i for i in review(answered) if i.kind == "citation"]


def test_a_finding_is_listed_once_and_answered() -> None:
    known = bundled()
    (item,) = [i for i in review(known) if i.kind == "warning"]
    told = decide(known, item.id, CONFIRMED)
    assert told.decisions[0].seen.what == "finding"
    again = graph_of(known.base.records, told)
    assert item.id not in {i.id for i in review(again)}
