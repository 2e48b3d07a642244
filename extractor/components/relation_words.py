"""Tells what the words around a cited document do to it: 同时废止, 停止执行, 作如下修改.

Only words that do it count: what is proposed, forbidden, asked or conditional (拟废止, 不得废止,
废止…的建议) is no more than a mention, and the end of something else in the sentence is none of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.components.mentions import laid_bare
from extractor.components.relation_links import (
    AGAIN,
    BRACKETS,
    TITLE,
    excepted,
    is_agent,
    linked,
    named_part,
)
from extractor.reading import Sentence

#: relation by the words right before (closest first); a verb inside a title governs nothing
_BEFORE = (
    (
        re.compile(
            r"(?:为|为了)?(?:深入|全面|认真|进一步|切实|扎实|坚决)*(?:贯彻|落实|推进落实)(?:执行|"
            r"落实|好)?[^。；，]{0,30}$"
        ),
        "implements",
    ),
    # 已根据《医疗救助办法》享受的，不再重复: on what others had it, and no basis of this text
    (
        re.compile(r"(?<!已)(?<!已经)(?:根据|依据|依照|按照|遵照|参照)[^。；]{0,140}$"),
        "based_on",
    ),
    # 按《民办教育促进法》相关规定, 按省《办法》执行; 按 alone means so many other things
    (re.compile(r"按[国省市区县]?家?$"), "based_on"),
    # 关于转发《…》 is a title in itself, whose verb says nothing of this text
    # and 依照国务院办公厅印发的《…》执行 tells who has issued it
    (re.compile(r"(?<!关于)(?:批转|转发)(?!的$)[^。；，]{0,12}$"), "forwards"),
    # 我局先后印发了《…》 tells what was done before
    (re.compile(r"(?<!关于)(?<!先后)(?:印发|发布|公布|下发)(?!了|的$)[^。；，]{0,6}$"), "issues"),
    # 加快修订《…》等法规 is a task; who amends decides it
    (re.compile(r"(?:决定|[现特])对?(?:予以)?(?:修改|修订|修正)[^。；，]{0,8}$"), "amends"),
    (re.compile(r"(?<!关于)(?:废止|取消|撤销)[^。；，]{0,18}$"), "repeals"),
    (re.compile(r"(?:停止|终止|不再)(?:执行|施行|实施|使用)[^。；，]{0,12}$"), "stops"),
    (re.compile(r"(?:暂停|暂缓|中止)(?:执行|施行|实施|使用)[^。；，]{0,12}$"), "suspends"),
    (
        re.compile(r"(?:决定|同意|研究|[现特])[^。；，]{0,6}继续(?:执行|施行|实施)[^。；，]{0,8}$"),
        "renews",
    ),
    (re.compile(r"恢复(?:执行|施行|实施|使用)[^。；，]{0,12}$"), "resumes"),
    (re.compile(r"(?:代替|替代|取代)[^。；，]{0,8}$"), "replaces"),
)
#: of these only what is done counts
_DONE = ("amends", "repeals", "stops", "suspends", "resumes", "replaces", "renews")
#: what changes whether a document holds
ACTING = frozenset({*_DONE, "repeals_part", "extends"})
_ENDS = re.compile(
    r"(?P<repeals>废止|失效|作废)"
    r"|(?P<suspends>(?:暂停|暂缓|中止)(?:执行|施行|实施|适用|使用))"
    r"|(?P<replaces>(?:被|由|为)本[^，。；\x00]{1,8}?(?:代替|替代|取代|替换))"
    # 其他条款继续有效 is no renewal of it
    r"|(?P<renews>继续(?:有效|执行|施行|实施))"
    r"|(?P<resumes>恢复(?:执行|施行|实施|适用|使用))"
    r"|(?:停止|终止)(?:执行|施行|实施|使用)|不再(?:执行|施行|实施|适用|使用|有效)"
)
_AFTER = (
    (
        re.compile(r"^[^。；]{0,60}?有效期限?(?:再|相应|统一|均|一并)?(?:延长|延至|延续至|顺延)"),
        "extends",
    ),
    (
        re.compile(
            r"^(?!.*除\x00)[^。；，]{0,40}?(?:(?<!其他条款)(?<!其余条款)(?<!其他规定)继续(?:有效|执行|施行|实施|"
            r"沿用)|重新公布|转为正式(?:执行|施行|实施|文件)|有效期(?:延续|续展))"
        ),
        "renews",
    ),
    (
        re.compile(
            r"^[^。；，]{0,40}?(?:延长|延至|顺延|延期(?:执行|实施|施行)|延续(?:执行|实施|施行)?至)"
        ),
        "extends",
    ),
    (
        re.compile(
            r"^[^。；，]{0,30}?(?:(?:修改|修订)为|予以(?:修改|修订)|[作做]出?了?(?:如下|以下|相应|部分)?(?:修改|修订|"
            r"修正))"
        ),
        "amends",
    ),
    (
        re.compile(
            r"^[^。；，]{0,12}(?:(?:规定|确定|明确)的|所[列定])[^。；，]{0,40}?(?:调整|提高|降低|上调|下调|"
            r"变更)(?:到|至|为)"
        ),
        "amends",
    ),
    (re.compile(r"^[^。；，]{0,80}?[”\"](?:修改|更正|调整|改)为[“\"]"), "amends"),
    (re.compile(r"^[^。；]{0,10}?收悉"), "replies_to"),
    (re.compile(r"^[^。；]{0,60}?(?:不一致|不符|相抵触)的?[，,]?\s*(?:以|按)本"), "overrides"),
)
#: 到期后不再执行: it ends by its own words, and not today
_ON_EXPIRY = re.compile(r"(?<!已)(?:到期|期满|届满)后")
#: 《…》发布前签订的合同继续有效: what was done under it, or hangs on it, is not the document
_OF_ANOTHER = re.compile(
    r"(?:合同|协议|许可|批准|证照?|证书|登记|决定|结论|资格|申请|附件|附表|项目|手续)[^，。；]{0,4}继续"
)
#: 《…》规定的申报时间延长至6月30日 changes that, and not how long the document lasts
_OF_A_STEP = re.compile(
    r"(?:过渡期|缓冲期|(?:申报|申请|报名|缴纳|缴费|办理|整改|完成|受理|报送|公示|征集|登记)[^，。；]{0,8}"
    r"(?:时间|时限|期限|日期|期|截止))[^，。；]{0,6}(?:延长|延至|顺延|延续|延期)"
)
_INSERTED = re.compile(r"^\s*(?:的)?\x00*[前后](?:增加|增列|增设)")
#: 将《…》第一条中的最高额度调整为50万元
_SET = re.compile(
    r"^[^。；，]{0,40}?(?:调整|提高|降低|上调|下调|变更|更正)(?:到|至|为)"
    # 第二条中“6月30日”应为“7月30日”，现予更正
    r"|^[^。；，]{0,80}?”应[该当]?[为是]“"
)
#: what is not done: forbidden, denied, planned, proposed, asked
DOUBT = re.compile(
    r"不(?!再|一致|符)|[未尚无拟可]|禁止|严禁|擅自|是否|能否|要否|建议|申请|提请|请求|考虑|需|"
    r"研究(?!决定|同意)|抓紧|加快|推[动进]|及时|尽快|适时|逐步|启动|组织|"
    r"应(?!即|予|同时|急|届|用|聘|收|税|对)(?<!相应)(?<!对应)(?<!适应)|"
    r"(?<![重主必只还])要(?!求)|或者?$|有权|提出|认为|讨论|审议(?!通过)|征求|假如|请(?!示)|责令|督促|限期"
)
#: 提出继续有效、修改或者废止的意见
_PROPOSED = re.compile(r"提出|建议|拟|是否|能否|不得|不予|未|可以")
#: 凡以前规定与本办法相抵触的，以本办法为准，《…》一并废止: what it is the condition of is said
_SETTLED = re.compile(r"凡[^。；]*?(?:为准|执行)[，,]")
_CONDITION = re.compile(
    r"(?:^|[，；：、\s])(?:如果|如(?![下期实上皋东])|若(?!干)|一旦|倘|待|假设|凡是?)"
)
#: 该办法施行后，《…》同时废止 is said of a draft; 本办法施行后 of this text
_LATER = re.compile(r"(?:该|新的?)[^，。；]{0,12}(?:施行|实施|出台|印发|发布|公布|生效)之?后")
#: 废止后, 废止的， and 废止前 speak of an end, 废止的建议 of a wish
_NO_END = re.compile(r"[的于]|[后前时](?!$)|之[前后日时]|与否|程序|手续|工作|目录|清单|建议|期间")
#: 废止《…》的请示, but not 废止《…》的第三条
_NOUN = re.compile(
    r"(?:[、和及]?\x00++)*\s*等?[\d一二三四五六七八九十]*[件个部]?(?:规范性文件|文件|规章)?(?:的(?!第|有关|相关|规定|部分|内容|条款|\x00)|"
    r"(?:决定|请示|建议|申请|程序|工作))"
)
_GOES_ON = re.compile(r"[\s\x00，,。；;：:、（(和及与以并等文中的有关》]|同时|规定")
#: 《细则》施行后，原办法停止执行: the verb has a subject of its own
_OTHER_SUBJECT = re.compile(r"(?:起|后)[，,]\s*(?:原|旧|此前|以前)")
_UNTIL_VERB = re.compile(r"起?(?:正式|同时|自动|即行|一并|予以|后|，|,)*")
_STARTS = re.compile(r"起?(?:正式|开始|试)?(?:施行|实施|执行|试行|生效|实行)")
_WIDE = str.maketrans(",;:", "，；：")


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to a document: ``part`` is the part that is meant where it has no number,
    ``effective`` the day printed for it.
    """

    relation: str
    part: str | None = None
    effective: str | None = None


def act(sentence: Sentence, start: int, end: int, clause: str | None) -> Act:
    """What ``sentence`` does to the document cited at ``start..end`` (``clause`` of it)."""
    # many portals print half-width commas: 自…起施行,《…》同时废止
    text = sentence.text.translate(_WIDE)
    plain = laid_bare(text)
    sentence = replace(sentence, text=text, plain=plain)
    if is_agent(plain[:start], plain[end:]):
        return Act("refers")
    verb = _verb(sentence.text[:start], plain, start, end)
    ended = _ended(sentence, plain, (start, end), clause, verb)
    if ended is not None:
        return ended
    # however long the names between are
    after = re.sub("\x00+", "\x00", AGAIN.sub("", BRACKETS.sub("", plain[end:]).lstrip("）)")))
    for pattern, relation in _AFTER:
        found = pattern.search(after)
        if not found or _OTHER_SUBJECT.search(found[0]):
            continue
        if verb in ("based_on", "implements") and _comma(found[0]):
            continue
        if relation == "extends" and _OF_A_STEP.search(after):
            relation = "amends"
        if relation == "renews" and _OF_ANOTHER.search(found[0]):
            continue
        proposed = _PROPOSED.search(found[0]) or after.startswith("的", found.end())
        if relation in ("renews", "extends") and proposed:
            continue
        if relation in ("replies_to", "overrides") or _is_done(plain, start):
            changes = relation == "amends"
            return Act(relation, effective=_begins(sentence, start) if changes else None)
    named = clause or re.search(r"[将把对]\s*$", plain[:start])
    changed = (named and _SET.search(after)) or (clause and _INSERTED.search(after))
    if changed and _is_done(plain, start):
        return Act("amends", effective=_begins(sentence, start))
    if verb in ("repeals", "stops", "suspends", "resumes"):
        part = clause or named_part(sentence, end)
        verb = "repeals_part" if verb == "repeals" and part else verb
        return Act(verb, None if clause else part, _day(sentence, start))
    return Act(verb)


def _ended(
    sentence: Sentence, plain: str, at: tuple[int, int], clause: str | None, governed: str
) -> Act | None:
    """What a verb behind the citation ends of it."""
    start, end = at
    for verb in _ENDS.finditer(plain, end):
        gap = plain[end : verb.start()]
        # 根据《甲》规定，《乙》同时废止: what 根据 governs ends with the comma
        if governed in ("based_on", "implements") and _comma(gap):
            return None
        if "。" in gap or "；" in gap or _OTHER_SUBJECT.search(gap):
            return None
        whole, part = linked(sentence, at, verb.start())
        if not whole and (part is None or verb["renews"]):
            continue
        if _ON_EXPIRY.search(gap) and not (verb["renews"] or verb["resumes"]):
            return None
        if not _is_done(plain, start) or _NO_END.match(plain, verb.end()):
            return None
        part = part or excepted(sentence.text[:start])
        relation = verb.lastgroup or "stops"
        relation = "repeals_part" if relation == "repeals" and (clause or part) else relation
        return Act(relation, None if clause else part, _day(sentence, verb.start()))
    return None


def _is_done(plain: str, start: int) -> bool:
    """Whether the words before the citation let the verb do what it says."""
    left = _SETTLED.sub("", re.split(r"[。；;]", plain[:start])[-1])
    chunk = re.split(r"[，,：:]", left)[-1]
    return not DOUBT.search(BRACKETS.sub("", chunk)) and not (
        _CONDITION.search(left) or _LATER.search(left)
    )


def _day(sentence: Sentence, at: int) -> str | None:
    """The day that is printed for what ends at ``at``: 自2017年8月1日起不再执行, 于…废止."""
    for quantity in reversed(sentence.quantities):
        end = sentence.local(quantity.span)[1]
        if quantity.kind == "date" and quantity.date and end <= at:
            if _UNTIL_VERB.fullmatch(sentence.plain, end, at):
                return _first(quantity.date)
            return _begins(sentence, end)
    return None


def _begins(sentence: Sentence, at: int) -> str | None:
    """The day before ``at`` from which something holds, if that is not the notice's own start."""
    for quantity in reversed(sentence.quantities):
        end = sentence.local(quantity.span)[1]
        starts = quantity.kind == "date" and quantity.bound == "from" and end <= at
        if starts and not _STARTS.match(sentence.plain, end):
            return _first(quantity.date)
    return None


def _first(day: str | None) -> str | None:
    """自2025年起, 自2025年2月起: from the first day of what is printed."""
    return f"{day}-01-01"[:10] if day and len(day) < 10 else day


def _verb(before: str, plain: str, start: int, end: int) -> str:
    """The verb that governs the citation: the nearest to its left that a stop does not cut off."""
    left = re.split(r"[。；;]", before)[-1]
    masked = re.split(r"[。；;]", plain[:start])[-1]
    # 废止《甲》（1号）、《乙》: what stands between the verb and the citation may be a list
    short = re.sub(r"\x00[、，,和及与以\x00]*", "", BRACKETS.sub("", masked))
    best, at = "refers", -1
    for pattern, relation in _BEFORE:
        ends = relation in _DONE
        words = short if ends or relation == "implements" else left
        begin = _nearest(pattern, words)
        if begin < 0:
            continue
        place = len(left) - (len(words) - begin)
        if ends and not (_is_done(words, begin) and _is_object(plain, end)):
            continue
        if ends and re.search(r"^(?:废止|撤销|取消|修改|修订|暂停)[^，。；]{0,6}的", words[begin:]):
            # 拟废止的《…》, 1998年废止的《…》
            continue
        if place > at:
            best, at = relation, place
    return best


def _is_object(plain: str, end: int) -> bool:
    """Whether the verb before the citation is about the document: not 废止《…》的建议, not
    取消《…证》收费.
    """
    after = BRACKETS.sub("", plain[end:]).lstrip("）) ")
    return not _NOUN.match(after) and (not after.strip() or bool(_GOES_ON.match(after)))


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
    outside = BRACKETS.sub("", TITLE.sub("", words))
    return bool(re.search(r"[，,](?!\s*(?:以及|和|及|并)?$)", outside)) and bool(
        re.search(r"[，,][^《》]{4,}$", outside)
    )


def _comma(words: str) -> bool:
    """Whether a comma stands in ``words`` outside titles and brackets."""
    return bool(re.search("[，,]", BRACKETS.sub("", TITLE.sub("", words))))
