"""Finds the documents a text names and the relation its wording gives: 根据《…》（…号）,
同时废止, 以本通知为准.

Number and title of one document are one citation; the document's own number, its title line and
本通知 are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from corpus import numbering
from corpus.models import TextSpan
from extractor.components import amendments, document_lists
from extractor.components.relation_words import Act, act
from extractor.models import Citation
from extractor.reading import Reading, Sentence
from extractor.titles import names_paper, squeeze

_TITLE = re.compile(r"《(?P<t>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_NAMED = re.compile(r"\s*(?:文件?|公布的|发布的|印发的)?")
_AFTER_TITLE = re.compile(r"\s*[（(](?P<inner>[^（）()]{0,60})")
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
#: （财税〔2016〕36号，以下简称36号文）
_SHORT_FORM = re.compile(
    r"[^《》。]{0,60}?以下简?称为?[：:]?\s*[“《\"]?(\d{1,4}号(?:文件?|公告|令))"
)
_LEADING = re.compile(
    r"^.*(?:根据|依据|按照|依照|参照|遵照|贯彻|落实|执行|废止|转发|印发|关于|以及|和|与|及|"
    r"对|将|原|见|即|为|在|由|因|的|文件|等|或|下发|出台|如(?![皋东])|若|凡|撤销|取消|停止|终止|暂停)(?=.)"
)
_REFERRED_KINDS = re.compile(r"(?:目录|清单|标准|名录|名单|规范|大纲|手册|台账)$")
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


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    title: str | None
    number: str | None
    titled: int


def citations(reading: Reading) -> None:
    """Tag every citation of the notice."""
    listed, amended = document_lists.listed(reading), amendments.of_title(reading)
    told = _Told(_own(reading))
    for sentence in reading.sentences:
        done = listed.get(sentence.start)
        tagged = [_tag(reading, sentence, mention, done) for mention in told.new_in(sentence)]
        cited = [fact for fact in tagged if fact is not None]
        amended = amendments.introduced(sentence, cited, listed=done) or amended
        if amended and not cited:
            for change in amendments.changes(sentence, amended):
                reading.tag(sentence, change.start, change.end, change.fact)
        _unnamed(reading, sentence)
    for row, done in document_lists.rows(reading):
        for mention in told.new_in(row):
            _tag(reading, row, mention, done)


@dataclass
class _Told:
    """What has been cited so far: a document is cited once a clause."""

    own: set[str]
    seen: set[tuple[str, str]] = field(default_factory=set)
    aliases: set[tuple[str, str]] = field(default_factory=set)
    short: dict[str, str] = field(default_factory=dict)

    def new_in(self, sentence: Sentence) -> Iterator[_Mention]:
        """The documents that ``sentence`` names and its clause has not named before."""
        for mention in _mentions(sentence.text, self.short):
            title = squeeze(mention.title or "")
            # an alias is no document of its own where it is given, and stands for one elsewhere
            if (sentence.path, title) in self.aliases or _is_self(mention, self.own):
                continue
            self.aliases |= {(sentence.path, a) for a in _aliases(sentence.text, mention)}
            self.short |= _short_forms(sentence.text, mention)
            key = (sentence.path, mention.number or title)
            if key not in self.seen:
                self.seen.add(key)
                yield mention


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


def _is_self(mention: _Mention, own: set[str]) -> bool:
    # a notice may repeal the earlier one of its own title: …通知（穗府办规〔2018〕30号）同时废止
    return (mention.number or squeeze(mention.title or "")) in own


def _aliases(text: str, mention: _Mention) -> set[str]:
    """（以下简称《办法》） names the document just cited, also beside its number."""
    end = mention.titled
    match = re.match(
        r"[^《》。]{0,90}?以下简?称为?[：:]?\s*[国省市区县]?(?:家)?[《“]([^》”]{1,30})[》”]",
        text[end : end + 120],
    )
    return {squeeze(match[1])} if match else set()


def _short_forms(text: str, mention: _Mention) -> dict[str, str]:
    """（以下简称36号文） stands for the number it was given with."""
    match = _SHORT_FORM.match(text, mention.end if mention.number else len(text))
    match = match or _SHORT_FORM.match(text, mention.titled)
    return {match[1]: mention.number} if match and mention.number else {}


def _mentions(text: str, short: Mapping[str, str]) -> list[_Mention]:
    """Titles, numbers, and both where they name one document; ``short`` forms of numbers."""
    numbers = [_trimmed(span, number) for span, number in numbering.find(text)]
    titled = [_with_number(text, match, numbers) for match in _TITLE.finditer(text)]
    bare = [
        number
        for number in numbers
        if not any(title.start < number.end <= title.end for title in titled)
    ]
    called = [
        _Mention(m.start(), m.end(), None, number, m.end())
        for form, number in short.items()
        for m in re.finditer(rf"(?<![\d〕)）]){re.escape(form)}", text)
        if not re.search(r"简称(?:为)?[：:]?[“《\"]?$", text[: m.start()])
    ]
    return sorted([*titled, *bare, *called], key=lambda m: m.start)


def _with_number(text: str, match: re.Match[str], numbers: list[_Mention]) -> _Mention:
    """A title with the number that stands behind it in brackets, or right before it:
    市政府令第132号《…决定》.
    """
    end, number = _number_after(text, match.end())
    title, start = match["t"].replace("\n", ""), match.start()
    if number is None:
        before = (n for n in numbers if n.end <= start and _NAMED.fullmatch(text, n.end, start))
        for mention in before:
            start, number = mention.start, mention.number
    return _Mention(start, end, title, number, match.end())


def _trimmed(span: TextSpan, bare: numbering.DocumentNumber) -> _Mention:
    """A number without the verb before it."""
    code = bare.code
    if len(code) > 2 and not bare.names_issuer:
        code = _LEADING.sub("", code)
    start = span.start + len(bare.code) - len(code)
    return _Mention(start, span.end, None, str(replace(bare, code=code)), span.end)


def _number_after(text: str, end: int) -> tuple[int, str | None]:
    match = _AFTER_TITLE.match(text, end)
    if not match:
        return end, None
    inside = next(iter(numbering.find(match["inner"])), None)
    if inside is None or inside[0].start > 4:
        return end, None
    close = (
        text.find("）", match.end("inner"))
        if text[match.start() :].lstrip()[:1] == "（"
        else text.find(")", match.end("inner"))
    )
    stop = close + 1 if 0 <= close < match.end("inner") + 60 else match.end("inner")
    if close != match.end("inner") and stop > match.end("inner"):
        stop = match.start("inner") + inside[0].end
    return stop, str(inside[1])


def _tag(
    reading: Reading, sentence: Sentence, mention: _Mention, listed: str | None
) -> Citation | None:
    """Tag what is done to a document; nothing where it only is part of a listed one's title."""
    clause = _CLAUSE.match(sentence.text[mention.end :])
    if listed is None:
        done = _act(reading, sentence, mention, clause[1] if clause else None)
    elif document_lists.is_item(
        sentence, mention.start, mention.end, titled=mention.title is not None
    ):
        done = Act(listed)
    else:
        return None
    fact = Citation(
        done.relation,
        number=mention.number,
        title=mention.title,
        target_clause=clause[1] if clause else done.part,
        effective=done.effective,
    )
    reading.tag(sentence, mention.start, mention.end, fact)
    return fact


def _act(reading: Reading, sentence: Sentence, mention: _Mention, clause: str | None) -> Act:
    title = squeeze(mention.title or "")
    enclosed = reading.notice.elements.enclosed
    carried = squeeze(enclosed.title).strip("《》") if enclosed else None
    # 印发的《…办法》（沪府规〔2017〕98号）同时废止 is the earlier one of the same title
    if title and mention.number is None and (title == carried or _is_carried(reading, title)):
        return Act(_carrying(reading, sentence))
    # nobody repeals them
    if names_paper(title):
        return Act("refers")
    done = act(sentence, mention.start, mention.end, clause)
    # 列入《…目录》, 按照《…标准》: a list or a standard may be ended, and is only referred to else
    plain = title and _REFERRED_KINDS.search(title) and done.relation in _LEANING
    return Act("refers") if plain else done


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
