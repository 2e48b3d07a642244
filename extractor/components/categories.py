"""What an amount is for within its item: 高级工, 专项职业能力证书, 咸宁市以外户籍人口.

The label beside the number comes first, then the subject of its phrase, the case set before it, the
activity the sentence names; a list with 分别 gives each value its own.
"""

from __future__ import annotations

import re

from extractor.brackets import without

_TAIL = re.compile(
    r"(?:每(?:平方米|平米|㎡|[人年月天亩户套家名次个生证位日头只株剂])|单套|一次性|分别|均|各|给予|补贴|补助|奖励|"
    r"另加?|增发|加发|追加|新增|增加|资助|标准|为|按照?|不超过|不低于|最高|不少于|可|再|额外|发放|的|：|:|取得|"
    r"(?:融资)?(?:担保)?[费利]率|可?提高[到至]|计|合计|给|达到|约|补贴标准|补助标准|奖励标准|其中|并|至|月|年|天|日|"
    r"享受|予以|报销|一般|原则上|\s|“|”)+$"
)


_HEAD = re.compile(
    r"^(?:[、，,；;和及与：:\s]|其中|分别|按照?|取得|对|给予|为|其他|补贴标准|补助标准|标准|"
    r"[省市]级(?!平台|基地|园区|中心|载体|机构|企业|项目|示范|品牌|工作室|实验室)|企业|财政|或|并|是|的|以上|元|每人|“|”|[（(]|[）)])+"
)


_NO_CATEGORY = re.compile(
    r"比例|前述|上述|每套|单套|额外|限额|负担|补贴|补助|奖励|金额|标准|资金|经费|预算|额度|"
    r"限额|给予|享受|优惠|减免|贷款|提高|降低|扣除|总额|合计|收入|不超过|超过|达到|按|确定|计算|"
    r"承诺|后$|元|"
    r"申请|%|\d|^每|^其(?!他)|^且|^以[上下]|^首次$|^分档|^台阶$|一次性|依次|单品种|单个|年|面额|满$|领取|^在(?![校职岗读编册])|"
    r"期间|月|由|"
    r"从|可|将|用于|财政|低于|最[高低]|^[均不]?含|^不|人民币|下达"
)


#: 早稻、中稻、晚稻各15元/亩: one value for all
_TOGETHER = re.compile(r"\s*(?P<all>(?:[\u4e00-\u9fff]{2,8}、)+[\u4e00-\u9fff]{2,6}?)[各均]")
#: 按购房总价的30%: what a share is reckoned from is no category
_OF_BASE = re.compile(r"(?:按照?|参照|依照|其)(?!照)[^，。；、：\d]{1,30}的\s*$")
_BRACKET = re.compile(r"^\s*[（(](?P<in>[^（）()，。]{1,16})[）)]")


def category(text: str, start: int, core: tuple[int, int], chunk: tuple[int, int]) -> str | None:
    """What the number is for: its label (高级工, 80%(二孩)), its subject, or the case named
    before it.
    """
    bracket = _BRACKET.match(text[core[1] :])
    if bracket and not _NO_CATEGORY.search(bracket["in"]):
        return bracket["in"]
    if together := _TOGETHER.fullmatch(re.split(r"[；;，,。：:]", text[: core[0]])[-1]):
        return together["all"]
    lead = text[max(start, chunk[0]) : core[0]]
    if has_own_head(lead):
        others = _OTHERS.match(lead) or _OTHER_THING.match(_TAIL.sub("", lead))
        return others["who"] if others else None
    return (
        (None if _OF_BASE.search(text[start : core[0]]) else _label(text[start : core[0]]))
        or _subject(text[chunk[0] : core[0]])
        or _case(text, chunk[0])
        or _activity(text[: core[0]])
    )


#: what leads up to a label in a list under one standard, and what leads from it to its value
_LIST_LEAD = re.compile(
    r"^(?:[、，,；;和及与：:\s]|依次|分别|达到|调整|提高|上调|[为至到由从即]|具体|其中|统一|确定|标准)+"
)
_LIST_TAIL = re.compile(r"(?:每[\u4e00-\u9fff]{1,3}|按|为|标准|不低于|均|各|[：:，,\s]){1,8}$")
_NO_LISTED = re.compile(
    r"^年?[人户生]$|元|基础上|标准|补[贴助]|提高|调整|执行|规定|低于|超过|[。；;]|%"
)


def listed(words: str) -> str | None:
    """The label of a value in a list under one standard: 小店区7000元、迎泽区7000元; whole where
    it is a list itself (一至二级重残人员、患有重大疾病人员和70岁以上老人每人每月60元).
    """
    words = re.split(r"[；;：:]|(?<=执行)[，,]", words)[-1]
    label = _LIST_TAIL.sub("", _LIST_LEAD.sub("", words))
    return label if 2 <= len(label) <= 40 and not _NO_LISTED.search(label) else None


#: what is trained, built or lent: named by the sentence, else by its heading
_ACTIVITY = re.compile(
    r"(?:参加|开展|组织实施|组织|实施|购买|^|关于|[，,；;。])"
    r"(?P<what>[\u4e00-\u9fff（）()“”、]{2,40}?"
    r"(?:培训|见习|评价|贷款|项目|工程|课程|活动|竞赛|住房|商品房|研修))(?P<etc>等)?"
    r"(?=[，,。；]|\d|同一|计划|补贴|的(?!规)|应|后|工作|$)"
)


def _activity(text: str) -> str | None:
    """企业职工培训 of 企业职工培训同一工种…，补贴标准为每人300元."""
    found = [m["what"].removeprefix("关于") + (m["etc"] or "") for m in _ACTIVITY.finditer(text)]
    fits = [w for w in found if 4 <= len(w) <= 30 and not _NO_CATEGORY.search(w)]
    return fits[0] if fits else None


def activity_of(headings: list[str]) -> str | None:
    """The activity that a heading names: 关于订单式、项目制培训补贴标准."""
    return next((a for heading in headings if (a := _activity(heading.strip("。")))), None)


#: 补助额按|学前教育|每生每年: what is counted stands between 按 and the basis
_COUNTED = re.compile(r"按照?(?P<label>[\u4e00-\u9fff]{2,12}?)(?:每[人生户亩套家名个月年天]){1,3}$")


#: 按实际缴纳契税的100%: what a share is reckoned from is nobody's label
_RECKONED = re.compile(r"(?:按照?|参照)[^，,；;：:]{2,}的\s*$")


def _label(words: str) -> str | None:
    words = words.replace("\x00", "")
    bracket = re.search(r"[（(][^（）()]*[）)]\s*$", words)
    words = words[: bracket.start()] if bracket else words
    counted = _COUNTED.search(words)
    if counted is None and _RECKONED.search(words):
        return None
    words = counted["label"] if counted else words
    words = _HEAD.sub("", _TAIL.sub("", re.split(r"[，,；;：:、]", words)[-1]))
    words = re.sub(r"[（(][^）)]*$", "", words).strip()
    level = re.search(r"(?<=证书)(?:初级|中级|高级)(?:工|技工)$|(?<=证书)(?:高级)?技师$", words)
    words = level[0] if level else words
    if words.count("“") != words.count("”"):
        return None
    if not 2 <= len(words) <= 24 or _NO_CATEGORY.search(words):
        return words if _RANK.fullmatch(words) or _AGES.fullmatch(words) else None
    return words


#: 5A级60万元，4A级30万元
_RANK = re.compile(r"(?:国家)?[1-5]A级(?:旅游)?(?:景区)?")
#: 80周岁至89周岁老年人，每人每月25元; 70至79周岁从…上调至200元
_AGES = re.compile(
    r"(?:全[省市县区])?(?:年满|满)?\d{2,3}周?岁?(?:[（(]含[）)])?(?:至|到|-|—|～|~|以上|以下|\d|周?岁|[（(]含[）)]|不满|及)*"
    r"(?:(?<=岁)|(?<=岁以[上下]))[\u4e00-\u9fff]{0,16}"
)


def _subject(left: str) -> str | None:
    """缴存职工单人 of 缴存职工单人可贷额度不超过65万元."""
    match = _SUBJECT.match(left)
    words = _HEAD.sub("", match["who"]) if match else ""
    whole = words.count("（") == words.count("）")
    return words if whole and 3 <= len(words) <= 24 and not _NO_CATEGORY.search(words) else None


_SUBJECT = re.compile(
    r"\s*(?:其中)?(?P<who>[A-Z\u4e00-\u9fff（）()“”]{3,24}?)(?:的)?(?:可贷|按(?!时|期|月|"
    r"年|规定)|最高额度|最高|"
    r"贷款额度|首付|缴存|补贴|补助|奖励|担保费率|费率|扣除标准|标准)"
)


#: 城区户籍仍可认定为购买首套房，享受4万元
_TAKEN_FOR = re.compile(
    r"[，,；;。：:](?P<who>[\u4e00-\u9fff]{2,16}?)(?:仍|也|均|亦)?可以?(?:被)?"
    r"(?:认定为|视为|视同)[^，,；;。：:]{2,24}[，,]$"
)


def _case(text: str, chunk_start: int) -> str | None:
    """The case set right before, between commas: 咸宁市以外户籍人口购房的，…."""
    taken = _TAKEN_FOR.search(text, 0, chunk_start)
    if taken:
        return taken["who"]
    segment = without(re.split(r"[；;。：:]", text[:chunk_start])[-1])
    for words in reversed([w for w in re.split(r"[，,]", segment) if w.strip()]):
        words = re.sub(r"^(?:其中|对(?:于)?|属于|同时|经)", "", words.strip())
        if words.startswith(("且", "并")):
            # goes on with what stands before it, and is no case alone
            continue
        if _AGES.fullmatch(words) and not words.endswith("的"):
            return words
        bare = re.sub(r"(?:购房|购买)?的$", "", words)
        if words.endswith("的") and 3 <= len(bare) <= 40:
            return bare
        if 3 <= len(words) <= 26 and words.endswith(_NOUN_ENDS) and not _NO_CATEGORY.search(words):
            return words
    return None


_NOUN_ENDS = (
    "人员",
    "城市",
    "企业",
    "家庭",
    "人才",
    "学校",
    "机构",
    "项目",
    "住房",
    "学生",
    "者",
    "人口",
    "基地",
    "群体",
    "子女",
    "职工",
    "农户",
    "单位",
    "组织",
)


#: 其他申请人, 其余人员: a case of its own, which nothing said before speaks of
_OTHERS = re.compile(
    r"[、，,；;和及与\s]*(?:而)?(?:对于?|给予)?"
    rf"(?P<who>(?:其他|其余)[\u4e00-\u9fff]{{0,12}}?(?:{'|'.join(_NOUN_ENDS)}|申请人|对象|情形|情况|"
    r"毕业生|等级|级别|地区|区域|县|(?<!每)[户人])(?![\u4e00-\u9fff]?员))"
)
_OTHER_THING = re.compile(
    r"[、，,；;和及与\s]*(?P<who>(?:其他|其余)[\u4e00-\u9fff]{1,10}(?<![费金额款贴助励用]))$"
)
_OWN_HEAD = re.compile(r"[、，,；;和及与\s]*(?:而)?(?:对于?|给予)?(?:其他|其余)")


def has_own_head(words: str) -> bool:
    """Whether ``words``, which lead up to a number, say that they are of something else."""
    return bool(_OWN_HEAD.match(words))


#: a list of labels in quotes or joined by 、, as 国家级、省级、市级 and “小升规”“规改股”“股上市”
_QUOTED = re.compile(r"(?:“[^“”]{2,16}”[、和及与]?){2,}")
_LISTED = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9]{2,16}(?:[、]|和|及(?![时其格])|与)){1,8}[\u4e00-\u9fffA-Za-z0-9]{2,16}"
)


def distributed(text: str, count: int) -> list[str] | None:
    """The ``count`` labels that ``text``, which ends before 分别, lists for as many values."""
    for levels in reversed(list(_LEVELS.finditer(text))):
        # 国家级、省级外经贸综合服务平台、出口基地等称号: the levels, and not what they are of
        if len(labels := levels["levels"].split("、")) == count and levels["more"]:
            return labels
    for quoted in reversed(list(_QUOTED.finditer(text))):
        labels = re.findall(r"“([^“”]+)”", quoted[0])
        if len(labels) == count:
            return labels
    for listed in reversed(list(_LISTED.finditer(text))):
        if "分别" in listed[0]:
            # 起付线分别为200元、500元: values that have their labels before them
            continue
        labels = [w for w in re.split(r"、|和|及(?![时其格])|与", listed[0]) if w]
        # 一级及以下医院、二级和县级医院: where the marks alone give as many
        marked = listed[0].split("、")
        labels = marked if len(labels) > len(marked) == count else labels
        if len(labels) == count or (len(labels) > count and _LEAD_UP.search(labels[-count])):
            rest = _GOES_ON.match(text, listed.end())
            return [label + (rest[0] if rest else "") for label in _complete(labels[-count:])]
    return None


#: the noun of all labels goes on behind a mark: 省级企业技术|(研发)中心, 省级|“专精特新”中小企业
_GOES_ON = re.compile(
    r"[（(“][^（）()“”，。\d]{1,12}[）)”](?!的|分别)(?:(?!的|分别|给予)[\u4e00-\u9fff]){0,10}"
)


#: levels that stand before a list of what they are of
_LEVELS = re.compile(
    r"(?P<levels>(?:国家|省部?|市|县|区|地市)级(?:、(?:国家|省部?|市|县|区|地市)级)+)"
    r"(?=[^，。；、]{2,20}(?P<more>、))"
)
_MONEY = re.compile(r"[\d.]+\s*[十百千万亿]*元")
#: what leads up to the first label: 对初次认定为|国家级, 获评|国家级
_LEAD_UP = re.compile(
    r"^.*(?:获评为?|评定为|评为|认定为?|获得|列为|列入|取得|晋升为?|升级为?|获批|授予|建成)的?(?=.{2})"
)
_FIRST = re.compile(
    r"^(?:对|于|在|为|被|新|首次|初次|年度|当年|设立的|\d+年\d+月\d+日后?)+(?=.{2})"
)
_AFTER_LAST = re.compile(r"(?:称号|认定|的|等级|标准|给予|奖励|补助|补贴).*$")


def _complete(labels: list[str]) -> list[str]:
    """国家级、省级、市级示范社 shares its noun; 年产值突破1亿元、5亿元 shares what is measured."""
    first = _FIRST.sub("", _LEAD_UP.sub("", labels[0]))
    last = _FIRST.sub("", _AFTER_LAST.sub("", labels[-1]) or labels[-1])
    amount = _MONEY.search(labels[0])
    if amount and all(_MONEY.match(label) for label in labels[1:]):
        measured = _FIRST.sub("", labels[0][: amount.start()])
        return [measured + m[0] for label in labels if (m := _MONEY.search(label))]
    shared = _shared_noun([first, *labels[1:-1], last])
    return [*(label + shared for label in (first, *labels[1:-1])), last]


def _shared_noun(labels: list[str]) -> str:
    """示范社 of 国家级、省级、市级示范社: what the last label has behind where the others end."""
    *others, last = labels
    ends = {label[-1:] for label in others}
    # 驰名商标、证明商标 end alike, and share nothing
    parallel = last[-1:] in ends or len(ends) != 1
    at = -1 if parallel else last.find(next(iter(ends)))
    shared = last[at + 1 :] if at > 0 else ""
    return shared if len(shared) <= 12 else ""
