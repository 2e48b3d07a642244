"""Finds who is made responsible: bracketed lists, 责任单位：…, subjects of duty verbs, 由…,
会同….

Bodies that only receive a report or an application are not responsible; 可, 鼓励 and attributes
give no duty. Where the text ranks its lists (排第一位为牵头单位，下同) the first of each leads
from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

from extractor import organs, regions
from extractor.components.organ_lists import FIRST_LEADS, lists_in
from extractor.components.table_tasks import tasks
from extractor.models import Department
from extractor.names import Named, list_at
from extractor.reading import Reading, Sentence
from extractor.titles import squeeze

#: 为申报主体, 是本市推广应用的行政主管部门: what somebody is, and has to do
_IS_IN_CHARGE = (
    # 作为本区域、本系统省科技奖的推荐单位，请务必…
    r"(?:作为[^，。；]{2,24}(?:单位|部门|责任人)，?请?|(?:为|是|作为)[^，。；为是]{0,16}"
    r"(?:主体|(?:责任|推荐|实施|牵头|配合|协办|参与|成员)(?:单位|部门)|主管(?:部门|机关|机构)))"
)
#: what may stand between a subject and its duty verb
_DUTY = re.compile(
    r"(?:等(?:有关|相关|其他)?(?:(?:业务)?处室|部门和单位|单位和个人|部门|单位|机构|"
    r"群团组织)?)?\s*(?:[（(][^（）()]*[）)])?"
    r"(?P<adverb>(?:按照?|根据|依据|依照|依|通过|向|结合|围绕|在|于|对|从|自|以|为|立足|接到|"
    r"设在|发现|认为|利用|紧扣|紧盯|对照|聚焦|把握|"
    r"充分|加强|认真|积极|及时|定期|严格|切实|分别|共同|具体|主要|统一|依法|每年|每月|"
    r"每季度|不定期|适时|原则上|联合|会同|应在|自收到|收到|收文|接文|将按|视情|要按|受理|审核通过后)"
    r"[^。；;]{0,44}?)??"
    r"(?P<verb>不定期对|依法(?=征|查|处|打击|审|受|登|颁|履)|征收|查处|修订|注销|责令|成立|纳入|要(?!求的)|[都均也](?:要|应|须)|务[必须]|一律|主管(?![部领单机负])|履行|参与(?!的)|"
    # 其他单位各负其责, 各司其职; 对本行政区域内的耕地保护负总责
    r"各[司负]其[职责]|"
    r"负[^，。；]{0,6}?责(?!任人)|"
    rf"{_IS_IN_CHARGE}|应当?|须|必须|需(?!求)|将(?!其)|负责|"
    r"牵头|承担|会同|做好|制定|组织|"
    r"审核|审批|受理|拨付|发放|兑付|支付|汇总|分配|统筹|指导|监督|加强|建立|完善|落实|开展|"
    r"推进|督促|协调|配合|协助|协同|强化|压实|细化|抓好|核查|核对|审查|认定|公布|公示|编制|安排|实施|管理|开设|设立|设置|"
    r"完成(?![情率数进度的])|提供|报送|上报|发布|转发|申请|委托|直接|对接|委派|确定|通报|检查|抽查|考核|评估|调度|"
    r"召开|研究|采取|支持|建设|出台|明确|划定|监管|进行|联合|有责任|共同|"
    r"有关[^，。；]{0,20}信息)"
)
_NO_DUTY = re.compile(
    rf"(?!\s*{_IS_IN_CHARGE})\s*(?:等)?(?:的(?!有关)|可(?!靠|行)|有权|(?:确定|认定|制定|组织|举办|提供|出具|颁发|发布|"
    r"批准|核准|备案|指定|规定|公布|印发|委托|设立)的|[^，。；对要应须将]{0,24}所需|之间|或者?其|"
    # 推荐单位报送推荐函的时间不变
    r"[^，。；]{0,14}的(?:时间|期限|时限|方式|材料|标准|比例)[^，。；]{0,4}(?:不变|为|是|另行)|"
    # 由公安、民政等部门人员和专业人员组成: who sits in a body has no duty of its own
    r"(?:[^，。；]{0,6}(?:人员|负责人|负责同志|成员|代表)[^，。；]{0,16})?组成|"
    r"已(?:经)?|及其工作人员|工作人员|负责人(?!才|员|口|民|力|工|社|事|防)|现有|是|为(?!主|贯彻|落实|符合)|不予|以外|"
    r"同意后|批准后|同意，|备案|(?:认真|严格|切实)?(?:遵照|贯彻)(?:执行|落实|实施)\s*(?:[。；]|$))"
)
_BY = re.compile(r"分别由\s*|由\s*")
_THROUGH = re.compile(r"(?:要|须|应|需|应当)经\s*")
# 商有关部门 is to consult them, 小额商品 and 工商 are words
_JOINT = re.compile(
    r"(?:会同|(?<!工)会商|(?<![工大小协厂额])商(?!品|务|业|户|家|标|贸|会|住|场|圈|超|事|议|城|店)|"
    r"协同|联合|配合|协调)\s*(?=[\u4e00-\u9fff])"
)
_MARK = re.compile(r"[，。；;：:,\n]")
_OPENING = re.compile(r"[（(]")
_START = re.compile(
    r"\s*(?:其中|特别是|尤其是|同时|此外|另外|原则上|必要时|确定的|每个|"
    r"并)?[，,]?\s*(?:请(?![示求款假教进]))?"
)


@dataclass(slots=True)
class _Found:
    sentence: Sentence
    name: Named
    role: str
    duty: str | None = None
    canonical: str | None = None


def departments(reading: Reading) -> None:
    """Tag every organ given a duty, one tag a name and clause."""
    elements = reading.notice.elements
    home = elements.issuers[0] if elements.issuers else None
    canonical = cache(
        partial(
            organs.canonical,
            region=elements.region,
            regions=regions.load(),
            home=home,
            year=elements.issued_year,
        )
    )
    found: dict[tuple[str, str], _Found] = {}
    for one in (*_in_text(reading), *_in_tables(reading)):
        one.canonical = canonical(one.name.name)
        _keep(found, one)
    for one in _with_principals([_placed(one) for one in found.values()]):
        _tag(reading, one)


#: 由其户籍所在地的|区级残联组织负责: where it is, not what it is called
_WHERE = re.compile(r"其?[\u4e00-\u9fff]{0,10}(?:所在地|居住地|所属地)的")


def _placed(one: _Found) -> _Found:
    name = one.name
    where = _WHERE.match(name.name)
    if where and len(name.name) - where.end() >= 3:
        one.name = Named(name.start + where.end(), name.end, name.name[where.end() :])
    return one


def _in_text(reading: Reading) -> Iterator[_Found]:
    ranked_from = _ranked_from(reading)
    for sentence in reading.told:
        ranked = ranked_from is not None and sentence.start >= ranked_from
        yield from _in_sentence(sentence, ranked)
    for sentence, following in pairwise(reading.told):
        if len(sentence.plain) <= _LONGEST_HEADING and _BEGINS.match(following.plain):
            yield from _headed(sentence, following)


def _in_tables(reading: Reading) -> Iterator[_Found]:
    for task in tasks(reading):
        for sentence, (name, role) in task.bodies:
            yield _Found(sentence, name, role, task.words)


def _ranked_from(reading: Reading) -> int | None:
    """Where lists begin to be ranked: the clause that says 排第一位为牵头单位，下同."""
    for sentence in reading.sentences:
        if "牵头" in sentence.text and FIRST_LEADS.search(sentence.text):
            clause = sentence.clause
            return reading.notice.clauses[clause].span.start if clause is not None else 0
    return None


def _with_principals(found: list[_Found]) -> list[_Found]:
    """Where a clause names who helps and nobody who leads, those it makes responsible lead."""
    roles: dict[str, set[str]] = {}
    for one in found:
        roles.setdefault(one.sentence.path, set()).add(one.role)
    for one in found:
        of_clause = roles[one.sentence.path]
        if one.role == "responsible" and "support" in of_clause and "lead" not in of_clause:
            one.role = "lead"
    return found


def _keep(found: dict[tuple[str, str], _Found], one: _Found) -> None:
    """One tag an organ and clause: the first, or the one that leads."""
    same = one.canonical or squeeze(one.name.name).removeprefix("各")
    key = (one.sentence.path, same)
    before = found.get(key)
    fuller = (
        before is not None
        and before.role == one.role
        and one.name.name.startswith("各") > before.name.name.startswith("各")
    )
    if before is None or fuller or (one.role == "lead" and before.role != "lead"):
        found[key] = one


def _tag(reading: Reading, one: _Found) -> None:
    name = squeeze(one.name.name)
    duty = one.duty.strip("，,。；; ") if one.duty else None
    reading.tag(
        one.sentence,
        one.name.start,
        one.name.end,
        Department(name, one.role, one.canonical, duty or None),
    )


def _in_sentence(sentence: Sentence, ranked: bool) -> Iterator[_Found]:
    given, taken = lists_in(sentence, ranked)
    yield from (_Found(sentence, name, role) for name, role in given)
    yield from _subjects(sentence, taken)
    if _SET_UP.search(sentence.plain):
        yield from _set_up(sentence)


def _subjects(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[_Found]:
    text = sentence.plain
    for start in _starts(text):
        listed = list_at(text, start)
        if listed and not any(a <= start < b for a, b in taken):
            charged = _CHARGED.match(text, listed[1])
            end = charged.end() if charged else listed[1]
            yield from _with_duty(sentence, start, (listed[0], end), by=False)
    for pattern in (_BY, _THROUGH):
        for match in pattern.finditer(text):
            if not any(a <= match.start() < b for a, b in taken) and text[
                match.start() - 1 : match.start()
            ] not in ("自", "理", "事", "经"):
                listed = list_at(text, match.end())
                if listed and not _DEFINES.search(
                    text, max(0, match.start() - _REACH), match.start()
                ):
                    yield from _with_duty(sentence, match.end(), listed, by=True)


_TASKS = (
    "负责|牵头|承担|指导|统筹|组织|配合|协助|协调|参与|监督|督促|做好|落实|加强|开展|推进|提供|制定|"
    "主管|依法"
)
#: 市生态环境局：牵头负责…: who that is stands before the colon
_CHARGED = re.compile(rf"\s*[：:]\s*(?={_TASKS})")
_BEGINS = re.compile(rf"\s*(?:{_TASKS})")
_NUMERAL = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]\s*)?")
_ONLY = re.compile(r"[。：:\s]*$")
#: no heading is so long
_LONGEST_HEADING = 60


def _headed(sentence: Sentence, following: Sentence) -> Iterator[_Found]:
    """（一）发展改革部门。/ 负责项目审批…: the heading names whose tasks follow."""
    text = sentence.plain
    numeral = _NUMERAL.match(text)
    listed = list_at(text, numeral.end() if numeral else 0)
    if listed and _ONLY.match(text, listed[1]) and sentence.path == following.path:
        for name in listed[0]:
            yield _Found(sentence, name, "responsible", following.text)


#: 是指由政府主导投资…的住房: what something is gives nobody a duty
_DEFINES = re.compile(r"[是系]指")
_REACH = 120
#: 设立…管理委员会（以下简称管委会），履行下列职责: who is set up, and for what
_SET_UP = re.compile(r"[设成]立(?!后|以来)|组建(?!后|以来)")
_FOR = re.compile(r"\s*(?:[（(][^（）()]*[）)])?[，,](?:具体)?(?:负责|承担|履行|统筹|协调)")


def _set_up(sentence: Sentence) -> Iterator[_Found]:
    for match in _SET_UP.finditer(sentence.plain):
        listed = list_at(sentence.plain, match.end())
        if listed and _FOR.match(sentence.plain, listed[1]):
            yield from (_Found(sentence, _bare(name), "responsible") for name in listed[0])


_FITTING = re.compile(r"(?:相应|专门|统一)的")
_SHORT_NAME = re.compile(r"[（(](?:以下|下)简?称[^（）()]*[）)]$")


def _bare(name: Named) -> Named:
    begin = len(match[0]) if (match := _FITTING.match(name.name)) else 0
    words = _SHORT_NAME.sub("", name.name[begin:])
    return Named(name.start + begin, name.start + begin + len(words), words)


def _starts(text: str) -> list[int]:
    starts = {m.end() for m in _OPENING.finditer(text)}
    at = 0
    for mark in (0, *(m.end() for m in _MARK.finditer(text))):
        if mark >= at and (lead := _START.match(text, mark)):
            at = lead.end()
            starts.add(at)
    return sorted(starts)


#: 市科技局审核完成后，申报单位按照…: what comes first; another acts then
_FIRST_DONE = re.compile(
    r"[^，。；]{0,10}后[，,](?:由)?[\u4e00-\u9fff]{0,6}(?:单位|企业|人|人员|学校|机构)"
    r"(?=按|应|要|须|持|将|在|可|凭|根据|依|填|提|携)"
)
_OF = re.compile(r"[^，。；]{0,20}的")
_STOP = re.compile(r"[。；;\n]")
_LEADS = re.compile(r"[^，。；]{0,4}牵头(?!部门|单位)|(?:为|是)[^，。；]{0,16}牵头")


def _with_duty(
    sentence: Sentence, at: int, listed: tuple[list[Named], int], *, by: bool
) -> Iterator[_Found]:
    """The organs ``listed`` at ``at``, if what follows gives them a duty."""
    text = sentence.plain
    names, end = listed
    duty = _DUTY.match(text, end)
    if _NO_DUTY.match(text, end) or _FIRST_DONE.match(text, end) or (duty is None and not by):
        return
    if duty and text.startswith("了", duty.end()):
        return  # 近日，科技部发布了…指南: what has been done
    if by and duty is None and _OF.match(text, end):
        return
    if (
        duty
        and duty["verb"] == "申请"
        and not duty["adverb"]
        and "联合" not in text[end : duty.end()]
    ):
        return
    stop = _STOP.search(text, end)
    tail = text[end : stop.start() if stop else len(text)]
    partners = list(_partners(text, end, end + len(tail)))
    for name in names:
        role = "lead" if partners or _LEADS.match(tail) else _role_in_name(name.name)
        if _HELPS.match(tail) or (text[:at].endswith(("牵头，", "牵头,")) and "共同" in tail):
            role = "support"
        yield _Found(sentence, name, role, sentence.text[end : end + len(tail)])
    for partner in partners:
        yield _Found(sentence, partner, "support", sentence.text[end : end + len(tail)])


def _role_in_name(name: str) -> str:
    """牵头部门要…；配合单位要…: the role is all that the body is called by."""
    return {"牵头": "lead", "配合": "support"}.get(name.lstrip("各")[:2], "responsible")


#: 等单位按照各自职责主动配合: helping is all that is asked
_HELPS = re.compile(
    r"(?:为|是|作为)[^，。；为是]{0,8}(?:配合|协办|参与)(?:单位|部门)|"
    r"(?:等[^，。；]{0,8})?(?:(?:按照?|依据|根据|依照)各自(?:的)?职[责能](?:分工)?[，,]?)?"
    r"(?:应当?|要|须|应积极|要积极)?(?:主动|积极|密切|依法|共同|予以|做好)?"
    r"(?:(?:配合|协助|参与)(?!请求|函|通知)|协同(?=做好|推进|开展|实施|落实|抓好))"
)


def _partners(text: str, start: int, end: int) -> Iterator[Named]:
    """会同 whom."""
    for match in _JOINT.finditer(text, start, min(end, start + 40)):
        listed = list_at(text, match.end())
        joined = match[0].rstrip().endswith(("会同", "商"))
        if listed and (joined or text[match.start() - 1 : match.start()] != "加"):
            yield from listed[0]
