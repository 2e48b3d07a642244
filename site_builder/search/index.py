"""The browser's search index as files: a manifest, shards of keys, facts and texts in blocks.

Written as scripts, because a page opened from a disk may load nothing else. A query loads the
shards of its own characters, the facts of what it finds, and the texts of what it shows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256

from kb.force.vocabulary import Vocabulary
from kb.quantity_words import yuan
from kb.schema import AmountRule, Record
from site_builder import urls
from site_builder.facts import title_of
from site_builder.holdings import Holdings
from site_builder.search.fact_blocks import BLOCK, STEP, facet_lists, fact_blocks
from site_builder.search.folding import BREAKS, FOLD, SPACES, fold
from site_builder.search.items import CLAUSE_LEAD, KINDS, SUMS, Item, items
from site_builder.search.packing import pack_rising
from site_builder.search.postings import FREQUENT, KEYS_A_PAGE, Owners, Shards, shards
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
    found, records = items(holdings), holdings.base.records
    sizes, keys = _keys(found, records)
    parts: dict[str, Iterable[object]] = {
        "shard": keys,
        "keys": _key_pages(keys),
        "facts": fact_blocks(found, sizes, records),
        "texts": _texts(found, records),
    }
    for kind, values in parts.items():
        yield from ((f"{kind}-{number}", value) for number, value in enumerate(values))
    yield "names", _names(holdings)
    yield "manifest", _manifest(holdings.graph.vocabulary, found, sizes, keys)


def _keys(found: Sequence[Item], records: Sequence[Record]) -> tuple[list[int], Shards]:
    """How many characters each item takes, and the shards of all keys."""
    folded = [padded(fold(item.words)) for item in found]
    sizes = [len(words) for words in folded]
    text = "".join(folded)
    # a long rule base has hundreds of megabytes of them
    del folded
    return sizes, shards(text, Owners.of(found, sizes), facet_lists(found, records))


def padded(words: str) -> str:
    """``words`` with at least one end of line, so many that a whole number of steps is full."""
    return words + "\n" * (STEP - len(words) % STEP)


def version(files: Iterable[tuple[str, bytes]]) -> str:
    """Eight hex digits that change with the index, so that no browser mixes two of them."""
    digest = sha256()
    for path, content in files:
        digest.update(path.encode() + content)
    return digest.hexdigest()[:8]


def _key_pages(keys: Shards) -> list[list[str]]:
    firsts = [next(iter(shard)) for shard in keys]
    return [firsts[at : at + KEYS_A_PAGE] for at in range(0, len(firsts), KEYS_A_PAGE)]


def _texts(found: Sequence[Item], records: Sequence[Record]) -> Iterator[dict[str, object]]:
    for at in range(0, len(found), TEXTS):
        yield _text_block(found[at : at + TEXTS], records)


def _text_block(found: Sequence[Item], records: Sequence[Record]) -> dict[str, object]:
    numbers = sorted({item.documents[0] for item in found if item.documents})
    works = list(dict.fromkeys(item.work for item in found if item.work))
    rows = [_row(item, numbers, works) for item in found]
    about = [_about(records[number]) for number in numbers]
    return {"documents": about, "works": works, "rows": rows}


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
    vocabulary: Vocabulary, found: Sequence[Item], sizes: Sequence[int], keys: Shards
) -> dict[str, object]:
    starts = [sum(sizes[:at]) for at in range(0, len(found), BLOCK)]
    return {
        "kinds": [[code, name, _first(found, code)] for code, name in KINDS.items()],
        "total": len(found),
        "fold": ["".join(FOLD), "".join(FOLD.values())],
        "spaces": SPACES,
        "breaks": BREAKS,
        "lead": CLAUSE_LEAD,
        "step": STEP,
        "block": BLOCK,
        "texts": TEXTS,
        "blocks": pack_rising(starts),
        "pages": [page[0] for page in _key_pages(keys)],
        "page": KEYS_A_PAGE,
        "frequent": [key[1:] for shard in keys for key in shard if key[0] == FREQUENT],
        "states": {state: LABELS[state] for state in BEST},
        "sums": [[start, _range(n)] for n, start in enumerate(SUMS)],
        "items": [list(words) for words in vocabulary.items.values()],
        "levels": [[name, *words] for name, words in vocabulary.levels.items()],
        "endings": [[ending, common] for ending, common in vocabulary.endings.items()],
    }


def _first(found: Sequence[Item], kind: str) -> int:
    """Where the items of ``kind``, or of those after it, begin."""
    later = list(KINDS)[list(KINDS).index(kind) :]
    return next((n for n, item in enumerate(found) if item.kind in later), len(found))


def _range(number: int) -> str:
    if number == 0:
        return f"不足{_money(SUMS[1])}"
    if number + 1 == len(SUMS):
        return f"{_money(SUMS[number])}以上"
    return f"{_money(SUMS[number])}至{_money(SUMS[number + 1])}"


def _money(amount: int) -> str:
    return yuan(Decimal(amount))
