"""What a later value is compared with: as little as the rule book says, and it does not explode."""

import random
from datetime import date

from kb.force.days import Interval
from kb.force.entries import Entry
from kb.force.models import Evidence
from kb.force.predecessors import Before
from kb.force.region_chain import meet
from kb.schema import AmountRule

REGIONS = ("00", "140000", "141100", "141121", "141122", "140100")


def value(n: int, region: str, *, sector: str | None = None, sum_: int = 100) -> Entry:
    """The ``n``th notice of a region sets an amount; the day goes with the number."""
    day = date.fromordinal(date(2015, 1, 1).toordinal() + n)
    rule = AmountRule(id=f"d{n}#i1", clause="1", quote="元", span=(0, 1), min=sum_, max=sum_)
    said = Interval(day, day)
    evidence = Evidence(f"d{n:05}", "1", "元", (0, 1))
    return Entry(f"d{n:05}", "1", region, sector, said, said, None, evidence, rule=rule)


def met(entries: list[Entry]) -> list[tuple[str, str]]:
    """Every pair that is compared, the later one first."""
    before, pairs = Before(), []
    for later in entries:
        pairs += [(later.document, earlier.document) for earlier in before.met_by(later)]
        before.add([later])
    return pairs


def told_slowly(entries: list[Entry]) -> list[tuple[str, str]]:
    """The same, by looking at all there is: the last of its scope, of others the last since."""
    pairs = []
    for n, later in enumerate(entries):
        own = [e for e in entries[:n] if e.scope == later.scope]
        pairs += [(later.document, e.document) for e in own[-1:]]
        last = {e.scope: e for e in entries[:n] if e.scope != later.scope}
        pairs += [
            (later.document, e.document)
            for e in last.values()
            if meet(e.region, later.region)
            and (not own or e.order > own[-1].order)
            and (e.sector is None or later.sector is None or e.sector == later.sector)
        ]
    return pairs


def test_what_is_met_is_what_looking_at_everything_finds():
    chance = random.Random(2019)
    for _ in range(50):
        entries = [
            value(
                n, chance.choice(REGIONS), sector=chance.choice((None, "文化", "教育")), sum_=n + 1
            )
            for n in range(25)
        ]
        assert sorted(met(entries)) == sorted(told_slowly(entries))


def test_pairs_grow_with_the_values_and_no_faster():
    def pairs(count: int) -> int:
        # each county sets its own; the province sets one after every tenth
        regions = [f"14{n % 99:02}{n % 89 + 1:02}" if n % 10 else "140000" for n in range(count)]
        return len(met([value(n, region, sum_=n + 1) for n, region in enumerate(regions)]))

    assert pairs(2000) < 2.5 * pairs(1000)
    assert pairs(2000) < 5 * 2000
