"""Finds the documents a text names and the relation its wording gives: 根据《…》（…号）,
同时废止, 以本通知为准.

Number and title of one document are one citation; the document's own number, its title line and
本通知 are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.components import amendments, document_lists
from extractor.components.antecedents import Before, Named, stretches
from extractor.components.mentions import Mention, aliases, mentions, short_forms
from extractor.components.relation_words import ACTING, Act, act
from extractor.models import Citation
from extractor.reading import Reading, Sentence
from extractor.titles import names_paper, squeeze

_COUNTED = r"[一二三四五六七八九十百\d]+"
#: 第三条第二款第四项, 第（十八）条
_ARTICLE = (
    rf"第[（(]?{_COUNTED}[）)]?条(?:之{_COUNTED})?"
    rf"(?:第{_COUNTED}[款项目])?(?:第?[（(]?{_COUNTED}[）)]?[项目])?"
)
_CLAUSE = re.compile(
    r"^\s*+(?:[（(][^（）()]*[）)])?\s*+(?:文件?)?(?:的|"
    rf"中)?(附件\d{{1,2}}|{_ARTICLE}(?:[、，和及至]\s*(?:{_ARTICLE}|{_COUNTED}条))*)"
)
_REFERRED_KINDS = re.compile(r"(?:目录|清单|标准|名录|名单|规范|大纲|手册|台账)$")
_RESTED_ON = ("based_on", "implements")
_LEANING = ("based_on", "implements", "issues", "forwards")
_OVERRIDES = re.compile(
    r"(?:此前|以前|之前|原有|原|过去|以往|现行|已有|先前|"
    r"今后)?[^，。；]{0,24}(?:与本(?:通知|办法|意见|细则|规定|措施|方案|文件|实施细则|政策)"
    r"[^，。；]{0,8}不(?:一致|符|同)|(?:与|同)本[^，。；]{1,8}(?:相抵触|有抵触|"
    r"冲突))的?[，,]?\s*(?:均|一律|应|概)?(?:以|按照?)本[^，。；]{1,8}(?:为准|执行|"
    r"规定执行|规定为准)"
)
_MAY_OVERRIDE = re.compile(r"与本|同本")
_ENDED = (
    r"(?:同时|一律|一并|即行|相应|自动|均|予以|现予|自行){0,2}"
    r"(?:(?P<repeals>废止|失效)|停止(?:执行|施行|实施)|不再(?:执行|施行|有效))(?=[。；;，,]|$)"
)
#: 以前出台的相关奖励政策同时废止, 凡与本通知不一致的规定，一律停止执行: documents that nobody
#: names
_UNNAMED_END = re.compile(
    r"(?:(?:以前|此前|之前|以往|过去|先前|原先|原有|原来?(?=[^，。；]{0,12}(?:出台|印发|"
    r"发布|下发|制定|"
    r"公布)))[^，。；《》〔]{1,40}(?:政策|规定|文件|办法|通知|意见|措施|标准|制度|细则)"
    r"|凡?[^，。；《》〔〕（）()]{0,24}(?:与|同)本[^，。；《》〔]{1,10}(?:不一致|不符|相?抵触|有冲突)"
    r"的?[^，。；《》〔]{0,16})[，,]?\s*" + _ENDED
)
_NAMED_ONE = re.compile(r"[》〕].{0,20}[与同]本")
_NAME_ENDS = tuple("）)》〕号")
_MAY_END = re.compile(r"废止|失效|停止|不再")


def citations(reading: Reading) -> None:
    """Tag every citation of the notice."""
    listed, of_title = document_lists.listed(reading), amendments.of_title(reading)
    amended, only_in = of_title, None
    told, before = _Told(_own(reading)), Before()
    for sentence in reading.sentences:
        done = listed.get(sentence.start)
        cited = []
        for mention in told.new_in(sentence):
            if (fact := _tag(reading, sentence, mention, done)) is not None:
                told.is_new(sentence, mention, fact)
                cited.append(fact)
        if done is None:
            cited += _repeated(reading, sentence, told)
            before.add(sentence, told.named_in(reading, sentence, cited))
            cited += _again(reading, sentence, before, cited)
        if amended and only_in not in (None, sentence.path):
            amended = of_title
        if introduced := amendments.introduced(sentence, cited, listed=done):
            amended, only_in = introduced, amendments.reach(sentence)
        if amended and not cited:
            for change in amendments.changes(sentence, amended):
                reading.tag(sentence, change.start, change.end, change.fact)
        _unnamed(reading, sentence)
    for row, done in document_lists.rows(reading):
        for mention in told.new_in(row):
            _tag(reading, row, mention, done)


def _repeated(reading: Reading, sentence: Sentence, told: _Told) -> list[Citation]:
    """What is done to documents that the clause has named before: …号已到期。…号同时废止."""
    found = []
    for mention in told.repeated:
        fact = _fact(reading, sentence, mention, None)
        if fact is not None and fact.relation in ACTING and told.is_new(sentence, mention, fact):
            reading.tag(sentence, mention.start, mention.end, fact)
            found.append(fact)
    return found


def _again(
    reading: Reading, sentence: Sentence, before: Before, cited: list[Citation]
) -> list[Citation]:
    """What is done to documents that the sentence comes back to: 上述两个文件同时停止执行."""
    found: list[Citation] = []
    done_to = {(c.relation, c.number or squeeze(c.title or "")) for c in cited}
    for mention, meant in before.come_back_to(sentence):
        clause = _CLAUSE.match(sentence.text[mention.end :])
        done = act(sentence, mention.start, mention.end, clause[1] if clause else None)
        if done.relation not in ACTING:
            continue
        part = clause[1] if clause else done.part
        for named, (start, end) in zip(meant, stretches(mention, len(meant)), strict=True):
            if (done.relation, named.number or squeeze(named.title or "")) in done_to:
                continue
            fact = Citation(
                done.relation,
                number=named.number,
                title=named.title,
                target_clause=part,
                effective=done.effective,
            )
            reading.tag(sentence, start, end, fact)
            found.append(fact)
    return found


@dataclass
class _Told:
    """What has been cited so far: a document is cited once a clause."""

    own: set[str]
    seen: set[tuple[str, str]] = field(default_factory=set)
    aliases: set[tuple[str, str]] = field(default_factory=set)
    short: dict[str, str] = field(default_factory=dict)
    repeated: list[Mention] = field(default_factory=list)
    _done: set[tuple[str, str, str]] = field(default_factory=set)

    def is_new(self, sentence: Sentence, mention: Mention, fact: Citation) -> bool:
        """Whether the clause has not said that of the document before; from now on it has."""
        said = (sentence.path, _name(mention), fact.relation)
        new = said not in self._done
        self._done.add(said)
        return new

    def new_in(self, sentence: Sentence) -> Iterator[Mention]:
        """The documents that ``sentence`` names and its clause has not named before."""
        self.repeated = []
        for mention in mentions(sentence.text, self.short):
            title = squeeze(mention.title or "")
            # an alias is no document of its own where it is given, and stands for one elsewhere
            if (sentence.path, title) in self.aliases or _is_self(mention, self.own):
                continue
            self.aliases |= {(sentence.path, a) for a in aliases(sentence.text, mention)}
            self.short |= short_forms(sentence.text, mention)
            key = (sentence.path, mention.number or title)
            if key not in self.seen:
                self.seen.add(key)
                yield mention
            else:
                self.repeated.append(mention)

    def named_in(
        self, reading: Reading, sentence: Sentence, cited: list[Citation]
    ) -> Iterator[tuple[int, Named]]:
        """Every document that ``sentence`` names, but those it only rests on."""
        leant = {c.number or squeeze(c.title or "") for c in cited if c.relation in _RESTED_ON}
        for mention in mentions(sentence.text, self.short):
            # 除《…》外，上述文件均停止执行
            apart = sentence.text[: mention.start].endswith(("除", "除了"))
            if _name(mention) not in leant and not apart:
                own = _is_self(mention, self.own) or _is_enclosed(reading, mention)
                yield mention.start, Named(mention.title, mention.number, own)


def _unnamed(reading: Reading, sentence: Sentence) -> None:
    """What the text overrides or ends without naming it."""
    if _MAY_OVERRIDE.search(sentence.text):
        for match in _OVERRIDES.finditer(sentence.text):
            # 《…》（青财行字〔2014〕305号）与本通知不一致的: it is named
            if _NAMED_ONE.search(match[0]):
                continue
            fact = Citation("overrides", unnamed=True)
            reading.tag(sentence, match.start(), match.end(), fact)
    if _MAY_END.search(sentence.text):
        for match in _UNNAMED_END.finditer(sentence.text):
            # 《…》（豫发改〔2012〕7号）中与本办法不一致的内容: it is named
            if sentence.text[: match.start()].endswith(_NAME_ENDS):
                continue
            relation = "repeals" if match["repeals"] else "stops"
            reading.tag(sentence, match.start(), match.end(), Citation(relation, unnamed=True))


def _own(reading: Reading) -> set[str]:
    elements = reading.notice.elements
    return {squeeze(w) for w in (str(elements.number or ""), elements.title or "") if w}


def _name(mention: Mention) -> str:
    return mention.number or squeeze(mention.title or "")


def _is_self(mention: Mention, own: set[str]) -> bool:
    # a notice may repeal the earlier one of its own title: …通知（穗府办规〔2018〕30号）同时废止
    return _name(mention) in own


def _tag(
    reading: Reading, sentence: Sentence, mention: Mention, listed: str | None
) -> Citation | None:
    """Tag what is done to a document; nothing where it only is part of a listed one's title."""
    fact = _fact(reading, sentence, mention, listed)
    if fact is not None:
        reading.tag(sentence, mention.start, mention.end, fact)
    return fact


def _fact(
    reading: Reading, sentence: Sentence, mention: Mention, listed: str | None
) -> Citation | None:
    clause = _CLAUSE.match(sentence.text[mention.end :])
    if listed is None:
        done = _act(reading, sentence, mention, clause[1] if clause else None)
    elif document_lists.is_item(
        sentence, mention.start, mention.end, titled=mention.title is not None
    ):
        done = Act(listed)
    else:
        return None
    return Citation(
        done.relation,
        number=mention.number,
        title=mention.title,
        target_clause=clause[1] if clause else done.part,
        effective=done.effective,
    )


def _act(reading: Reading, sentence: Sentence, mention: Mention, clause: str | None) -> Act:
    title = squeeze(mention.title or "")
    if _is_enclosed(reading, mention):
        return Act(_carrying(reading, sentence))
    # nobody repeals them
    if names_paper(title):
        return Act("refers")
    done = act(sentence, mention.start, mention.end, clause)
    # 列入《…目录》, 按照《…标准》: a list or a standard may be ended, and is only referred to else
    plain = title and _REFERRED_KINDS.search(title) and done.relation in _LEANING
    return Act("refers") if plain else done


def _is_enclosed(reading: Reading, mention: Mention) -> bool:
    """Whether it is the text that the notice carries."""
    title = squeeze(mention.title or "")
    enclosed = reading.notice.elements.enclosed
    carried = squeeze(enclosed.title).strip("《》") if enclosed else None
    # 印发的《…办法》（沪府规〔2017〕98号）同时废止 is the earlier one of the same title
    named = title and mention.number is None
    return bool(named and (title == carried or _is_carried(reading, title)))


_CARRIED_BEHIND = ("印发", "转发", "批转", "公布", "和", "与", "及", "、")


def _is_carried(reading: Reading, title: str) -> bool:
    """Whether the notice's own title carries ``title``, be it one of two: …方案和…方案的通知."""
    own = squeeze(reading.notice.elements.title or "")
    before, found, behind = own.partition(title)
    carries = reading.notice.elements.enclosed is not None and behind[:1] in "》的和与及、"
    return bool(found) and carries and before.rstrip("《").endswith(_CARRIED_BEHIND)


def _carrying(reading: Reading, sentence: Sentence) -> str:
    title = reading.notice.elements.title or ""
    if re.search(r"转发|批转", title) or re.search(r"转发|批转", sentence.text):
        return "forwards"
    return "issues" if sentence.clause is None else "refers"
