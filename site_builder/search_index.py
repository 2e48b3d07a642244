"""The browser's search index: what can be found, and for every two characters where they stand.

Written as scripts, because a page opened from a disk may load nothing else. A query loads the
shards of its own characters and the items they point to; the shard of a pair goes by its first
character, so that one shard also answers a query of one character.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from kb.models import KnowledgeBase
from kb.schema import Record
from site_builder import urls
from site_builder.facts import FRONT, Department, clause_name, departments, standing_rules, title_of
from site_builder.layout import own_text
from site_builder.words import MARK_NAMES, rule_words

#: what a result is called, in the order of equal results
KINDS = {
    "document": "文件",
    "organ": "部门",
    **{kind: name for kind, name in MARK_NAMES.items() if kind != "citation"},
    "clause": "条款",
}

_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ALIKE = {
    **dict.fromkeys("〔［[【(（﹝〈", "("),
    **dict.fromkeys("〕］]】)）﹞〉", ")"),
    **dict.fromkeys("“”„‟「」『』", '"'),
    **dict.fromkeys("\u2018\u2019", "'"),
    **dict.fromkeys("—–－−‐‑―", "-"),
    **dict.fromkeys("～〜", "~"),
}
#: characters that are one and the same to a reader who searches
FOLD = {wide: plain.lower() for wide, plain in _WIDE.items()} | _ALIKE
FOLD |= {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
#: dropped, because 5000 名 and 5000名 are the same words
SPACES = " \r\v\f\u00a0\u00ad\u2002\u2003\u2009\u200b\u3000\ufeff"
#: no words run across these
BREAKS = "\n\t"

_TABLE = str.maketrans({**FOLD, **dict.fromkeys(SPACES, ""), **dict.fromkeys(BREAKS, "\n")})
_BLOCK_BYTES = 32_000
_SHARD_BYTES = 24_000
_FEWEST_SHARDS, _MOST_SHARDS = 16, 512


@dataclass(frozen=True, slots=True)
class Item:
    """Something a search can find.

    ``document`` counts the rule base's records and is -1 for a department; ``address`` is an anchor
    in the document's page, or a department's whole address.
    """

    kind: str
    document: int
    address: str
    title: str
    where: str
    text: str

    @property
    def words(self) -> str:
        """What is searched; a clause's heading already stands in its text."""
        return self.text if self.kind == "clause" else f"{self.title}\n{self.text}"


def index_files(base: KnowledgeBase) -> dict[str, bytes]:
    """The scripts of the index by their paths in the site."""
    found = items(base)
    shards = _shards(found)
    blocks = _blocks(found)
    scripts: dict[str, object] = {f"shard-{n}": shard for n, shard in enumerate(shards)}
    scripts |= {f"items-{n}": block for n, (_, block) in enumerate(blocks)}
    scripts["manifest"] = _manifest(base, found, len(shards), [start for start, _ in blocks])
    return {f"search/{name}.js": _script(name, value) for name, value in scripts.items()}


def version(files: dict[str, bytes]) -> str:
    """Eight hex digits that change with the index, so that no browser mixes two of them."""
    digest = sha256()
    for path, content in sorted(files.items()):
        digest.update(path.encode() + content)
    return digest.hexdigest()[:8]


def items(base: KnowledgeBase) -> tuple[Item, ...]:
    """Everything that can be found: documents, departments, all rules, all clauses."""
    numbered = tuple(enumerate(base.records))
    return (
        *(_document(n, record) for n, record in numbered),
        *(_organ(department) for department in departments(base)),
        *(item for n, record in numbered for item in _rules(n, record)),
        *(item for n, record in numbered for item in _clauses(n, record)),
    )


def fold(text: str) -> str:
    """``text`` as it is compared: half width, lower case, one kind of bracket, without spaces."""
    return text.translate(_TABLE)


def grams(text: str) -> set[str]:
    """Every two neighbouring characters of the folded text, and every last character of a line."""
    lines = fold(text).split("\n")
    pairs = {a + b for line in lines for a, b in pairwise(line)}
    return pairs | {line[-1] for line in lines if line}


def _document(position: int, record: Record) -> Item:
    document = record.document
    enclosed = document.enclosed.title if document.enclosed else ""
    text = "\n".join(filter(None, (document.number, *document.issuers, enclosed)))
    return Item("document", position, "front", title_of(record), document.issued or "", text)


def _organ(department: Department) -> Item:
    page = urls.href(urls.department_page(department.name))
    others = [name for name in department.printed if name != department.name]
    where = f"{len(department.duties)} 项职责"
    return Item("organ", -1, page, department.name, where, "\n".join(others))


def _rules(position: int, record: Record) -> Iterable[Item]:
    for rule in standing_rules(record):
        place, anchor = clause_name(record, rule.clause), urls.rule_anchor(rule.id)
        yield Item(rule.kind, position, anchor, rule_words(rule), place, rule.quote)


def _clauses(position: int, record: Record) -> Iterable[Item]:
    paths = {clause.anchor: clause for clause in record.clauses}
    for anchor, text in own_text(record).items():
        clause = paths.get(anchor)
        if text.strip():
            title, where = (clause.heading, clause.path) if clause else (FRONT, "")
            yield Item("clause", position, anchor, title, where, text)


def _shards(found: Sequence[Item]) -> list[dict[str, list[int]]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(found):
        for gram in grams(item.words):
            postings[gram].append(number)
    count = _shard_count(postings.values())
    shards: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for gram in sorted(postings):
        shards[ord(gram[0]) % count][gram] = _steps(postings[gram])
    return shards


def _shard_count(postings: Iterable[Sequence[int]]) -> int:
    wanted = sum(10 + 3 * len(numbers) for numbers in postings) // _SHARD_BYTES
    count = _FEWEST_SHARDS
    while count < min(wanted, _MOST_SHARDS):
        count *= 2
    return count


def _steps(numbers: Sequence[int]) -> list[int]:
    return [numbers[0], *(later - earlier for earlier, later in pairwise(numbers))]


def _blocks(found: Sequence[Item]) -> list[tuple[int, list[list[object]]]]:
    blocks: list[tuple[int, list[list[object]]]] = [(0, [])]
    size, kinds = 0, list(KINDS)
    for number, item in enumerate(found):
        if size >= _BLOCK_BYTES:
            blocks.append((number, []))
            size = 0
        place = kinds.index(item.kind), item.document, item.address
        blocks[-1][1].append([*place, item.title, item.where, item.text])
        size += len(json.dumps(item.words, ensure_ascii=False).encode())
    return blocks


def _manifest(
    base: KnowledgeBase, found: Sequence[Item], shards: int, starts: list[int]
) -> dict[str, object]:
    ranges, none = _ranges(found), (0, 0)
    return {
        "kinds": list(KINDS.items()),
        "fold": ["".join(FOLD), "".join(FOLD.values())],
        "spaces": SPACES,
        "breaks": BREAKS,
        "shards": shards,
        "starts": starts,
        "total": len(found),
        "documents": [
            _about(record, ranges.get((n, False), none), ranges.get((n, True), none))
            for n, record in enumerate(base.records)
        ],
    }


def _about(record: Record, rules: Sequence[int], clauses: Sequence[int]) -> list[object]:
    """Title, number, page, further words that name the document, and where its items stand."""
    document = record.document
    region = document.region.name if document.region else ""
    names = "\n".join(filter(None, (*document.issuers, region)))
    page = urls.href(urls.document_page(document.id))
    return [title_of(record), document.number or "", page, names, [*rules], [*clauses]]


def _ranges(found: Sequence[Item]) -> dict[tuple[int, bool], tuple[int, int]]:
    """From where to where a document's rules (False) and clauses (True), which are neighbours."""
    ranges: dict[tuple[int, bool], tuple[int, int]] = {}
    for number, item in enumerate(found):
        if item.kind != "document":
            key = item.document, item.kind == "clause"
            ranges[key] = (ranges.get(key, (number,))[0], number + 1)
    return ranges


def _script(name: str, value: object) -> bytes:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'PolicyIndex.accept("{name}",{data});\n'.encode()
