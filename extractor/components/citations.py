"""Finds the documents a text names and the relation its wording gives: 根据《…》（…号）,
同时废止, 以本通知为准.

Number and title of one document are one citation; the document's own number, its title line and
本通知 are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus import numbering
from corpus.models import TextSpan
from extractor.models import Citation
from extractor.reading import Reading, Sentence
from extractor.titles import squeeze

_TITLE = re.compile(r"《(?P<t>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_NAMED = re.compile(r"\s*(?:文件?|公布的|发布的|印发的)?")
_AFTER_TITLE = re.compile(r"\s*[（(](?P<inner>[^（）()]{0,60})")
_CLAUSE = re.compile(
    r"^\s*(?:[（(][^（）()]*[）)])?\s*(?:的|"
    r"中)?(附件\d{1,2}|"
    r"第[一二三四五六七八九十百\d]+条(?:第[一二三四五六七八九十\d]+[款项])?(?:第?[（(]?[一二三四五六七八九十\d]+[）)]?项)?)"
)
_LEADING = re.compile(
    r"^.*(?:根据|依据|按照|依照|参照|遵照|贯彻|落实|执行|废止|转发|印发|关于|以及|和|与|及|"
    r"对|将|原|见|即|为|在|由|因|的|文件|等|或|下发|出台)(?=.)"
)
#: relation by the words right before (closest first) -- a 目录 or 标准 is only referred to,
#: whatever the verb
_BEFORE = (
    (
        re.compile(
            r"(?:为|为了)?(?:深入|全面|认真|进一步|切实|扎实|坚决)*(?:贯彻|落实|推进落实)(?:执行|"
            r"落实|好)?[^。；，]{0,30}$"
        ),
        "implements",
    ),
    (re.compile(r"(?:根据|依据|依照|按照|遵照|参照)[^。；]{0,140}$"), "based_on"),
    # 按《民办教育促进法》相关规定, 按省《办法》执行; 按 alone means so many other things
    (re.compile(r"按[国省市区县]?家?$"), "based_on"),
    # 关于转发《…》 is a title in itself, whose verb says nothing of this text
    (re.compile(r"(?<!关于)(?:批转|转发)[^。；，]{0,12}$"), "forwards"),
    (re.compile(r"(?<!关于)(?:印发|发布|公布|下发)[^。；，]{0,6}$"), "issues"),
    (re.compile(r"(?:修改|修订|修正)[^。；，]{0,8}$"), "amends"),
    (re.compile(r"(?:废止|取消|撤销)[^。；，]{0,12}$"), "repeals"),
    (re.compile(r"(?:代替|替代|取代)[^。；，]{0,8}$"), "replaces"),
)
_AFTER = (
    (
        re.compile(r"^[^。；]{0,120}?第[一二三四五六七八九十百\d]+条[^。；，]{0,20}(?:同时)?废止"),
        "repeals_part",
    ),
    (
        re.compile(r"^[^。；]{0,200}?(?:同时|相应|一并|即行|予以|现予|自动|随之)?(?:废止|失效)"),
        "repeals",
    ),
    (re.compile(r"^[^。；]{0,120}?(?:停止执行|不再执行|停止施行|停止使用)"), "stops"),
    (re.compile(r"^[^。；，]{0,40}?(?:继续有效|重新公布|有效期(?:延续|续展))"), "renews"),
    (re.compile(r"^[^。；，]{0,40}?(?:有效期)?(?:延长|延至|顺延)"), "extends"),
    (re.compile(r"^[^。；，]{0,30}?(?:修改|修订)为"), "amends"),
    (re.compile(r"^[^。；]{0,10}?收悉"), "replies_to"),
    (re.compile(r"^[^。；]{0,60}?(?:不一致|不符|相抵触)的?[，,]?\s*(?:以|按)本"), "overrides"),
    (re.compile(r"^[^。；，]{0,20}(?:精神|要求|规定)"), None),
)
#: 《细则》施行后，原办法停止执行: the verb has a subject of its own
_OTHER_SUBJECT = re.compile(r"(?:起|后)[，,]\s*(?:原|旧|此前|以前)")
_REFERRED_KINDS = re.compile(
    r"(?:目录|清单|标准|名录|名单|规范|大纲|申请表|登记表|任务表|汇总表|情况表|审批表|表|证明|"
    r"证书|通知单|告知书|承诺书|合同|协议|手册|报告|台账|单)$"
)
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
    r"|凡?[^，。；《》〔]{0,24}(?:与|同)本[^，。；《》〔]{1,10}(?:不一致|不符|相?抵触|有冲突)"
    r"的?[^，。；《》〔]{0,16})[，,]?\s*" + _ENDED
)
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
    own = _own(reading)
    seen: set[tuple[str, str]] = set()
    aliases: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        for mention in _mentions(sentence.text):
            key = (sentence.path, mention.number or squeeze(mention.title or ""))
            # an alias is no document of its own where it is given, and stands for one elsewhere
            if (sentence.path, squeeze(mention.title or "")) in aliases or _is_self(mention, own):
                continue
            aliases |= {(sentence.path, a) for a in _aliases(sentence.text, mention)}
            if key not in seen:
                seen.add(key)
                _tag(reading, sentence, mention)
        _unnamed(reading, sentence)


def _unnamed(reading: Reading, sentence: Sentence) -> None:
    """What the text overrides or ends without naming it."""
    if _MAY_OVERRIDE.search(sentence.text):
        for match in _OVERRIDES.finditer(sentence.text):
            fact = Citation("overrides", unnamed=True)
            reading.tag(sentence, match.start(), match.end(), fact)
    if _MAY_END.search(sentence.text):
        for match in _UNNAMED_END.finditer(sentence.text):
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


def _mentions(text: str) -> list[_Mention]:
    """Titles, numbers, and both where they name one document."""
    numbers = [_trimmed(span, number) for span, number in numbering.find(text)]
    titled = [_with_number(text, match, numbers) for match in _TITLE.finditer(text)]
    bare = [
        number
        for number in numbers
        if not any(title.start < number.end <= title.end for title in titled)
    ]
    return sorted([*titled, *bare], key=lambda m: m.start)


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


def _tag(reading: Reading, sentence: Sentence, mention: _Mention) -> None:
    relation = _relation(reading, sentence, mention)
    clause = _CLAUSE.match(sentence.text[mention.end :])
    fact = Citation(
        relation,
        number=mention.number,
        title=mention.title,
        target_clause=clause[1] if clause else None,
    )
    reading.tag(sentence, mention.start, mention.end, fact)


def _relation(reading: Reading, sentence: Sentence, mention: _Mention) -> str:
    before, after = sentence.text[: mention.start], sentence.text[mention.end :]
    title = squeeze(mention.title or "")
    enclosed = reading.notice.elements.enclosed
    if enclosed and title and title == squeeze(enclosed.title).strip("《》"):
        return _carrying(reading, sentence)
    if title and _REFERRED_KINDS.search(title):
        return "refers"
    verb = _verb(before)
    for pattern, relation in _AFTER:
        found = pattern.search(after)
        if found and relation and not _OTHER_SUBJECT.search(found[0]):
            # 根据《甲》规定，《乙》同时废止: what 根据 governs ends with the comma
            if verb in ("based_on", "implements") and _comma(found[0]):
                continue
            return relation
    return verb


def _carrying(reading: Reading, sentence: Sentence) -> str:
    title = reading.notice.elements.title or ""
    if re.search(r"转发|批转", title) or re.search(r"转发|批转", sentence.text):
        return "forwards"
    return "issues" if sentence.clause is None else "refers"


def _comma(words: str) -> bool:
    """Whether a comma stands in ``words`` outside titles and brackets."""
    return bool(re.search("[，,]", re.sub(r"[（(][^（）()]*[）)]", "", _TITLE.sub("", words))))


def _verb(before: str) -> str:
    """The verb that governs the citation: the nearest to its left that a stop does not cut off."""
    left = re.split(r"[。；;]", before)[-1]
    best, at = "refers", -1
    for pattern, relation in _BEFORE:
        start = _nearest(pattern, left)
        if start > at:
            best, at = relation, start
    return best


def _nearest(pattern: re.Pattern[str], left: str) -> int:
    """Where the first verb of the kind stands that reaches the end of ``left``, or -1.

    In 应在2016年后（根据《甲》），在2021年后（根据《乙》） it is the second for 《乙》.
    """
    match = pattern.search(left)
    while match and _cut_off(left[match.start() :]):
        match = pattern.search(left, match.start() + 1)
    return match.start() if match else -1


def _cut_off(words: str) -> bool:
    """Whether a comma ends the verb's phrase before the citation; lists of titles run over
    commas.
    """
    outside = _TITLE.sub("", words)
    outside = re.sub(r"[（(][^（）()]*[）)]", "", outside)
    return bool(re.search(r"[，,](?!\s*(?:以及|和|及|并)?$)", outside)) and bool(
        re.search(r"[，,][^《》]{4,}$", outside)
    )
