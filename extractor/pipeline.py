"""The spaCy pipeline: one component a kind of fact over the characters of a notice, and the two
doors to it.

``extract`` reads a document, ``tag`` free text; both are pure. A component finds the shared
``Reading`` of the notice in ``doc._.reading``, adds its tags there and leaves its spans in
``doc.spans`` under its own name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from corpus.models import SourceText, TextSpan
from extractor import regions
from extractor.audit import audit
from extractor.components.amounts import amounts
from extractor.components.citations import citations
from extractor.components.deadlines import deadlines
from extractor.components.departments import departments
from extractor.components.groups import groups
from extractor.components.targets import targets
from extractor.components.validity import validity
from extractor.models import Elements, Extraction, Notice, Quantity
from extractor.normalize import NormalText, normalize, normalize_text
from extractor.parse import parse
from extractor.reading import Reading


@dataclass(frozen=True, slots=True)
class Tagger:
    """A component: its name, the function that tags, and the spans it needs from others."""

    name: str
    run: Callable[[Reading], None]
    requires: tuple[str, ...] = ()


#: in the order they run; amounts come before targets because a share of money is no target
TAGGERS = (
    Tagger("citations", citations),
    Tagger("validity", validity, ("citations",)),
    Tagger("amounts", amounts, ("validity",)),
    Tagger("targets", targets, ("amounts",)),
    Tagger("deadlines", deadlines, ("validity", "targets")),
    Tagger("departments", departments),
    Tagger("groups", groups, ("amounts", "departments")),
)


def _component(tagger: Tagger) -> Callable[[Doc], Doc]:
    def run(doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        before = len(reading.tags)
        tagger.run(reading)
        doc.spans[tagger.name] = [
            Span(doc, t.span.start, t.span.end, tagger.name) for t in reading.tags[before:]
        ]
        return doc

    return run


def _register() -> None:
    if not Doc.has_extension("reading"):
        Doc.set_extension("reading", default=None)
    for tagger in TAGGERS:
        Language.component(
            f"policykb_{tagger.name}",
            func=_component(tagger),
            requires=["doc._.reading"],
            assigns=["doc.spans"],
        )


class _Numbers(dict[str, int]):
    """spaCy's number of each character, asked for once."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._strings = vocab.strings

    def __missing__(self, character: str) -> int:
        self[character] = number = self._strings.add(character)
        return number


class CharacterTokenizer:
    """A token a character, blanks too: a token's index is its offset.

    spaCy's own aligns words and blanks with the text and then hashes each word again: five times
    the work.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab, self._numbers = vocab, _Numbers(vocab)

    def __call__(self, text: str) -> Doc:
        """``text`` as a ``Doc``."""
        words = list(map(self._numbers.__getitem__, text))
        spaces = [False] * len(words)
        # the stub knows only str, the documentation of Doc hash values too
        return Doc(self._vocab, words=words, spaces=spaces)  # type: ignore[arg-type]


@cache
def pipeline() -> Language:
    """The pipeline over single characters: on words 64 of 82 department names are found, on
    characters all.
    """
    _register()
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    for tagger in TAGGERS:
        nlp.add_pipe(f"policykb_{tagger.name}")
    return nlp


def _tagged(reading: Reading) -> Reading:
    nlp = pipeline()
    nlp.max_length = max(nlp.max_length, len(reading.notice.text) + 1)
    doc = nlp.make_doc(reading.notice.text)
    doc._.reading = reading
    for _, component in nlp.pipeline:
        doc = component(doc)
    return reading


@dataclass(frozen=True)
class Extracted:
    """What was read from a document, with the map back to its source."""

    extraction: Extraction
    normal: NormalText


def extract(source: SourceText, *, on: date | None = None) -> Extracted:
    """Everything in ``source``: structure, elements, tags, quantities, findings."""
    normal = normalize(source)
    notice = parse(normal.text, regions.load())
    reading = _tagged(Reading(notice, notice.elements.issued_year, on))
    return Extracted(_extraction(reading), normal)


def tag(text: str, *, on: date | None = None) -> Extracted:
    """The tags and quantities of free ``text``, as if it were the body of a notice of the year of
    ``on``.
    """
    normal = normalize_text(text)
    pieces, start = [], 0
    for line in normal.text.split("\n"):
        pieces.append((TextSpan(start, start + len(line)), None))
        start += len(line) + 1
    notice = Notice(normal.text, Elements(), (), pieces=tuple(pieces))
    reading = _tagged(Reading(notice, on.year if on else None, on))
    return Extracted(_extraction(reading), normal)


def _extraction(reading: Reading) -> Extraction:
    ordered = tuple(sorted(reading.tags, key=lambda t: (t.span.start, t.span.end)))
    read: tuple[Quantity, ...] = reading.quantities
    findings = reading.notice.findings + audit(reading.notice, ordered)
    return Extraction(reading.notice, ordered, read, findings)
