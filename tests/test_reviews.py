"""What a person has said about a rule outlives every build."""

from decimal import Decimal

from store_samples import small_record

from kb.reviews import inherit, is_reviewed, orphans_of
from kb.schema import Review

NEW = small_record()
AMOUNT, DEADLINE = NEW.rules
CONFIRMED = Review(status="confirmed", by="张三", at="2024-10-09")
CORRECTED = Review(status="corrected", by="李四", note="每人每年")


def reviewed(rule, review, **changes):
    return rule.model_copy(update={"review": review, **changes})


def test_a_rule_as_extracted_is_not_reviewed():
    assert not is_reviewed(AMOUNT)
    assert is_reviewed(reviewed(AMOUNT, Review(status="rejected")))
    assert is_reviewed(reviewed(AMOUNT, Review(note="看一下")))


def test_a_review_stays_with_its_rule_whose_other_values_are_new():
    earlier = reviewed(AMOUNT, CONFIRMED, item="旧名", span=(0, 2))
    merged = inherit(NEW, [earlier])
    assert merged.record.rules == (reviewed(AMOUNT, CONFIRMED), DEADLINE)
    assert merged.orphans == ()


def test_a_rejection_stays():
    merged = inherit(NEW, [reviewed(DEADLINE, Review(status="rejected"))])
    assert merged.record.rules[1].review.status == "rejected"


def test_a_correction_keeps_its_values_at_the_new_place():
    earlier = reviewed(
        AMOUNT, CORRECTED, min=Decimal(250), per=("person", "year"), span=(3, 11), clause="二"
    )
    kept = inherit(NEW, [earlier]).record.rules[0]
    assert (kept.min, kept.per, kept.review) == (Decimal(250), ("person", "year"), CORRECTED)
    assert (kept.span, kept.clause) == (AMOUNT.span, AMOUNT.clause)


def test_a_corrected_quote_is_kept_while_it_stands_in_the_text():
    start, end = AMOUNT.span
    shorter = reviewed(AMOUNT, CORRECTED, quote=AMOUNT.quote[:-2], span=(start, end - 2))
    merged = inherit(NEW, [shorter])
    assert merged.record.rules[0] == shorter
    assert merged.orphans == ()


def test_a_corrected_quote_that_has_gone_is_set_aside():
    gone = reviewed(AMOUNT, CORRECTED, quote="每人500元", span=(1, 7))
    merged = inherit(NEW, [gone])
    assert merged.record.rules == NEW.rules
    assert [orphan.rule for orphan in merged.orphans] == [gone]


def test_a_review_whose_rule_has_gone_is_set_aside():
    gone = reviewed(AMOUNT, CONFIRMED, id="141121-wencaizi-2021-7#s1-1.amount.ffff")
    merged = inherit(NEW, [gone, DEADLINE])
    assert merged.record == NEW
    assert [(o.document, o.rule) for o in merged.orphans] == [(NEW.document.id, gone)]


def test_a_record_given_up_leaves_its_reviews_behind():
    record = NEW.model_copy(update={"rules": (reviewed(AMOUNT, CONFIRMED), DEADLINE)})
    assert [orphan.rule.id for orphan in orphans_of(record)] == [AMOUNT.id]
