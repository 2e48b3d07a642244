"""The browser's search index as files: a manifest, shards of keys, facts and texts in blocks.

Written as scripts, because a page opened from a disk may load nothing else. A query loads the
shards of its own characters, the facts of what it finds, and the texts of what it shows.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import accumulate

from kb.force.vocabulary import Vocabulary
from kb.quantity_words import yuan
from kb.schema import AmountRule, Record
from site_builder import urls
from site_builder.facts import title_of
from site_builder.holdings import Holdings
from site_builder.search.fact_blocks import BLOCK, STEP, FacetLists, Fact, fact_block
from site_builder.search.folding import BREAKS, FOLD, SPACES, fold, needs_script
from site_builder.search.items import CLAUSE_LEAD, KINDS, SUMS, Item
from site_builder.search.numbering import Blocks, Numbering, numbered
from site_builder.search.packing import pack_rising
from site_builder.search.postings import FREQUENT, KEYS_A_PAGE, Owners, Terms, Text, shards
from site_builder.search.standing import BEST, LABELS

#: items a file of texts: few enough that a page of results loads little more than it shows
TEXTS = 6
#: names offered where nothing is found
_NAMES = 3_000


def index_files(holdings: Holdings) -> Iterator[tuple[str, bytes]]:
    """The scripts of the index with their paths in the site; one at a time, for they are many."""
    for name, value in _values(holdings):
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield f"search/{name}.js", f'PolicyIndex.accept("{name}",{data});\n'.encode()


def _values(holdings: Holdings) -> Iterator[tuple[str, object]]:
    """Items come one document after the other, and only their words and numbers are kept."""
    records, numbering = holdings.base.records, Numbering.of(holdings)
    words, facets = _Words(numbering), FacetLists()
    texts, facts = Blocks[Item](TEXTS, numbering.total), Blocks[Fact](BLOCK, numbering.total)
    for one in numbered(holdings, numbering):
        number, item = one.number, one.item
        facets.put(number, item, records)
        fact = Fact(item, *words.put(number, item), one.backing)
        for block, several in texts.put(number, item):
            yield f"texts-{block}", _text_block(several, records)
        for block, told in facts.put(number, fact):
            yield f"facts-{block}", fact_block(told, records)
    firsts, frequent = list[str](), list[str]()
    owners = Owners.of(words.sizes, words.named)
    keys = shards(words.text(), owners, words.terms, facets.all())
    for number, shard in enumerate(keys):
        yield f"shard-{number}", shard
        firsts.append(next(iter(shard)))
        frequent += (key[1:] for key in shard if key[0] == FREQUENT)
    pages = [firsts[at : at + KEYS_A_PAGE] for at in range(0, len(firsts), KEYS_A_PAGE)]
    yield from ((f"keys-{number}", page) for number, page in enumerate(pages))
    yield "names", _names(holdings)
    told_of_keys = {"pages": [page[0] for page in pages], "frequent": frequent}
    vocabulary = holdings.graph.vocabulary
    yield "manifest", {**_manifest(vocabulary, numbering, words.sizes), **told_of_keys}


class _Words:
    """The folded words of all items: those of a kind are put in in the order of their numbers.

    ``sizes`` are the characters that each takes, ``named`` how many of them name it.
    """

    def __init__(self, numbering: Numbering) -> None:
        self.terms = Terms()
        self.sizes, self.named = (array("i", bytes(4 * numbering.total)) for _ in range(2))
        self._folded: dict[str, list[str]] = {kind: [] for kind in KINDS}

    def put(self, number: int, item: Item) -> tuple[int, int]:
        """The characters that ``item`` takes, and those of its name."""
        folded, lead = padded(fold(item.words)), len(fold(item.lead))
        self._folded[item.kind].append(folded)
        self.terms.put(number, folded)
        self.sizes[number] = len(folded)
        self.named[number] = lead if item.lead else CLAUSE_LEAD
        return len(folded), lead

    def text(self) -> Text:
        """The words of all items, one after the other; they are kept no longer."""
        folded, self._folded = self._folded, {}
        return Text.of([words for kind in KINDS for words in folded.pop(kind)])


def padded(words: str) -> str:
    """``words`` with at least one end of line, so many that a whole number of steps is full."""
    return words + "\n" * (STEP - len(words) % STEP)


def version(files: Iterable[tuple[str, bytes]]) -> str:
    """Eight hex digits that change with the index, so that no browser mixes two of them."""
    digest = sha256()
    for path, content in files:
        digest.update(path.encode() + content)
    return digest.hexdigest()[:8]


def _text_block(found: Sequence[Item], records: Sequence[Record]) -> dict[str, object]:
    numbers = sorted({item.documents[0] for item in found if item.documents})
    works = list(dict.fromkeys(item.work for item in found if item.work))
    rows = [_row(item, numbers, works) for item in found]
    about = [_about(records[number]) for number in numbers]
    block: dict[str, object] = {"documents": about, "works": works, "rows": rows}
    # only with the script can what is found be lit up in these
    if traditional := [n for n, i in enumerate(found) if needs_script(i.words + i.said)]:
        block["traditional"] = traditional
    return block


def _about(record: Record) -> list[str]:
    page = urls.href(urls.document_page(record.document.id))
    return [title_of(record), record.document.number or "", page]


def _row(item: Item, numbers: Sequence[int], works: Sequence[str]) -> list[object]:
    inside = bool(item.documents) and item.card is None
    document = numbers.index(item.documents[0]) if inside else -1
    words = item.title, item.where, item.text, item.place, item.page
    card = [value.row for value in item.card.values] if item.card else 0
    work = works.index(item.work) if item.work else -1
    said = item.said if item.said != item.text else ""
    more = [said, item.also] if item.also else [said] if said else []
    return [document, item.address, *words, card, work, *more]


def _names(holdings: Holdings) -> list[str]:
    """What rules are about, the most frequent first: what somebody may have meant."""
    counted: Counter[str] = Counter(department.name for department in holdings.departments)
    for record in holdings.base.records:
        for rule in record.rules:
            if isinstance(rule, AmountRule) and rule.item:
                counted[rule.item] += 1
            elif rule.kind == "group":
                counted[rule.name] += 1
    for timeline in holdings.timelines:
        key = timeline.measure.key
        counted.update(filter(None, (key.item, key.category)))
    return [name for name, _ in counted.most_common(_NAMES) if len(name) > 1]


def _manifest(
    vocabulary: Vocabulary, numbering: Numbering, sizes: Iterable[int]
) -> dict[str, object]:
    starts = list(accumulate(sizes, initial=0))[: numbering.total : BLOCK]
    return {
        "kinds": [[code, name, numbering.firsts[code]] for code, name in KINDS.items()],
        "total": numbering.total,
        "fold": ["".join(FOLD), "".join(FOLD.values())],
        "spaces": SPACES,
        "breaks": BREAKS,
        "lead": CLAUSE_LEAD,
        "step": STEP,
        "block": BLOCK,
        "texts": TEXTS,
        "blocks": pack_rising(starts),
        "page": KEYS_A_PAGE,
        "states": {state: LABELS[state] for state in BEST},
        "sums": [[start, _range(n)] for n, start in enumerate(SUMS)],
        "items": [list(words) for words in vocabulary.items.values()],
        "levels": [[name, *words] for name, words in vocabulary.levels.items()],
        "endings": [[ending, common] for ending, common in vocabulary.endings.items()],
    }


def _range(number: int) -> str:
    if number == 0:
        return f"不足{_money(SUMS[1])}"
    if number + 1 == len(SUMS):
        return f"{_money(SUMS[number])}以上"
    return f"{_money(SUMS[number])}至{_money(SUMS[number + 1])}"


def _money(amount: int) -> str:
    return yuan(Decimal(amount))
