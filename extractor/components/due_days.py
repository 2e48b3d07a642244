"""Tells which days and stretches bind: 应在…前公布, 于6月30日报送, 截止时间为…, 第一批4月30日前.

What is past, whom a rule is about (12月31日前登记的企业), how a condition is reckoned and the
date of a goal bind nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.models import TextSpan
from extractor.components.duties import DUTY, Place, action, actor
from extractor.components.goals import SO_FAR
from extractor.day_words import HOUR
from extractor.models import Deadline, Quantity
from extractor.reading import Sentence

_PAST = re.compile(
    r"^\s*+(?:[（(][^）)]*[）)])?\s*+(?:已经?|出生|生育|成立|注册|登记注册|参加工作|入职|毕业|"
    r"公布的|发布的|印发的|召开的|通过的|签订的|施行的|修订|修正|公布|召开|会议|"
    r"第[一二三四五六七八九十]+次)"
)
_TRANSITION = re.compile(
    r"按(?:照)?(?:本|原|新|旧|现行|此前|原有)[^，。；]{0,14}(?:执行|办理|规定)"
)

#: 全面施行的《…》
_IN_FORCE = re.compile(r"[^，,。；]{0,6}(?:施行|实施|生效|执行)的")
_RECKONED = re.compile(r"(?:以上|以下|周岁|[年月]满)[（(]\s*(?:即|截至|截止)?$")
#: 于2024年7月31日前将…寄送至…: whatever is done to it, it is to be done by then
_HANDS_OVER = re.compile(r"[，,]?\s*(?:务必|须|应|统一|及时|请)?[将把](?!于|在|会|被|要)")


def due_day(
    sentence: Sentence, quantity: Quantity, place: Place, goals: list[tuple[TextSpan, str | None]]
) -> Deadline | None:
    """The deadline that a day or stretch sets; None if it binds nobody."""
    if labelled := _labelled(quantity, place):
        return labelled
    day = _Day(sentence, quantity, place)
    speaks_of_else = day.is_vague() or day.tells_whom() or day.is_reckoned() or day.is_past()
    if speaks_of_else or day.only_begins() or not day.is_named() or not day.binds():
        return None
    if _only_goal(sentence, quantity, goals, day.following):
        return None
    return _dated(sentence, quantity, place)


@dataclass(frozen=True)
class _Day:
    """A day or stretch in its sentence, and what speaks for and against that it binds somebody."""

    sentence: Sentence
    quantity: Quantity
    place: Place

    @property
    def following(self) -> str:
        """The words behind it, as far as they may tell what is to be done."""
        return self.sentence.plain[self.place.end : self.place.end + 90]

    @cached_property
    def is_ordered(self) -> bool:
        """Whether words of duty before it bind the day."""
        return bool(_is_ordered(self.sentence, self.quantity, self.place))

    @cached_property
    def is_transition(self) -> bool:
        """Whether the sentence says which rules hold until or from then."""
        return bool(_TRANSITION.search(self.sentence.plain))

    @property
    def _has_duty(self) -> bool:
        return bool(DUTY.search(self.place.left + self.following))

    def is_vague(self) -> bool:
        """A year alone, and a stretch of years or one without a duty."""
        quantity = self.quantity
        if quantity.kind == "period":
            return quantity.precision == "year" or not self._has_duty
        is_year = quantity.kind == "date" and quantity.precision == "year"
        return is_year and quantity.bound != "by" and not _edge(quantity)

    def tells_whom(self) -> bool:
        """2020年12月31日前取得许可证的，应当换证: whom it is about, not when to act.

        未在6月30日前申报的 tells the day.
        """
        place = self.place
        if _DATED_GROUP.match(place.right):
            return True
        if re.match(r"\s*(?:的|及以后的|以后的|前的|后的)", place.right) and not self.is_transition:
            return True
        if not place.right.rstrip().endswith("的"):
            return False
        is_stretch = self.quantity.kind == "period"
        return is_stretch or not (self.is_transition or _FAILS.search(place.left))

    def is_reckoned(self) -> bool:
        """A condition is reckoned or a goal measured by it, or it has been done.

        已应用两年（2020年8月30日之前应用）, 较“十三五”末下降16%, 已于2019年5月实现.
        """
        left = self.place.left.endswith(("已", "已经", "待", "较", "比", "相比", "对照"))
        return left or bool(_RECKONED.search(self.place.before))

    def is_past(self) -> bool:
        """What has been: also 截止4月2日申报期止，仅有一家递交."""
        if _PAST.match(self.following) and not (self.is_transition or self.is_ordered):
            return True
        plain = self.sentence.plain
        return bool(_UNTIL_THEN.match(plain, self.place.start)) and bool(
            _HAS_BEEN.match(self.place.right) or SO_FAR.search(plain.rstrip("。"))
        )

    def only_begins(self) -> bool:
        """自2021年起; 2019年1月1日起全面施行的《…》 tells since when there is a law."""
        vague = self.quantity.precision in ("year", "quarter", "month")
        since = self.quantity.bound == "from"
        return since and (vague or bool(_IN_FORCE.match(self.following)))

    def is_named(self) -> bool:
        """Whether a day on which something is to be is one that is appointed."""
        if self.quantity.bound != "on" or _is_appointed(self.sentence, self.place, self.quantity):
            return True
        is_stretch = self.quantity.precision in ("ten-days", "quarter")
        return is_stretch and bool(DUTY.match(self.following.lstrip("，, ")))

    def binds(self) -> bool:
        """Whether a duty is near, or the words around a last day leave none but to keep it."""
        following = self.following
        if self.is_ordered or self._has_duty or self.is_transition:
            return True
        if self.quantity.bound != "by":
            return False
        stands_alone = not _HOUR_ENDS.sub("", following).strip("，,。；; \n") or (
            _PART.search(self.sentence.text, 0, self.place.start) and not self.place.right.strip()
        )
        must = _MUST.search(re.split(r"[。；;]", following)[0])
        return bool(stands_alone or must or _HANDS_OVER.match(following))


#: 完成时限：2022年8月, 时限要求：6月底前
_DUE_LABEL = re.compile(
    r"(?:^|[^\u4e00-\u9fff])(?:计划|要求)?(?:(?:完成|办结|整改|落实)(?:时[限间]|期限|日期)|时限要求|时限)[：:]\s*$"
)
#: 推荐单位报推荐函截止时间变更为：2021年8月25日18时, 申报截止日期为2020年3月9日
_CLOSES = re.compile(
    r"(?P<what>[\u4e00-\u9fff、]{0,24})截止(?:时间|日期|期限)(?:变更|调整|顺延|延长|延期|推迟|统一)?(?:为|是|至|到)?[：:]?\s*$"
)
#: 动员部署阶段（3月1日—3月15日）
_STAGE = re.compile(r"(?P<stage>[\u4e00-\u9fff]{2,12}阶段)[（(]$")


def _labelled(quantity: Quantity, place: Place) -> Deadline | None:
    """A time that only a label or the name of a stage before it tells the sense of."""
    stage = _STAGE.search(place.left) if quantity.kind == "period" else None
    if stage and quantity.precision != "year":
        return Deadline(
            type="period",
            bound="during",
            from_=quantity.from_,
            to=quantity.to,
            action=stage["stage"],
            inferred_year=quantity.inferred_year,
            precision=quantity.precision,
        )
    if quantity.bound == "from":
        return None
    closing = _CLOSES.search(place.before)
    if not closing and not _DUE_LABEL.search(place.before):
        return None
    return Deadline(
        type="date",
        bound="by",
        date=quantity.to or quantity.date,
        action=closing["what"] or None if closing else None,
        inferred_year=quantity.inferred_year,
        precision=quantity.precision,
    )


#: 均应安装脱硝设施, 一律退出: an order, whatever its verb
_MUST = re.compile(r"[均都]?(?:(?<![适相反响对效供])应当?(?![用届急])|必须|务必|一律|须(?!知))")
_ORDERED = re.compile(r"(?:应当?|须|务必|必须|需|要|请|确保)$")
#: 将电子材料于3月9日下午5:00前发送至邮箱
_AT = re.compile(r"(?<!已)于")
#: 分两批申报：第一批4月30日前，第二批8月31日前
_HOUR_ENDS = re.compile(rf"^\s*{HOUR}\s*止?(?=[，,。；;\s]|$)")
_PART = re.compile(r"第[一二三四五六1-6][批期轮次](?:为|在|于)?$")
#: 于2019年12月31日前登记成立的企业, 2018年底前建成的住宅小区: whom or what it is about
_DATED_GROUP = re.compile(
    r"\s*(?:期间)?(?![将把按对向]|完成|报送|提交|上报|开展|组织|建立|制定|启动|做好)[\u4e00-\u9fff]{1,14}的"
    r"[\u4e00-\u9fff]{0,8}(?:企业|单位|机构|人员|项目|学生|毕业生|家庭|个人|职工|农户|小区|住宅|房屋|建筑|"
    r"车辆|教师|儿童|居民|合同|工程|产品|设备|住房|用户)(?=[，,。；;可应须需均按]|不得|$)"
)
_FAILS = re.compile(r"未|逾期|没有|应|须")
_UNTIL_THEN = re.compile(r"截[止至]")
_HAS_BEEN = re.compile(r"[^，。；\d]*止(?:[，。；]|$)|\s*(?:已|共|累计|尚|仅)")


def _is_ordered(sentence: Sentence, quantity: Quantity, place: Place) -> bool:
    """应在2020年12月31日前公布: a day behind a word of duty, where 12月31日前公布的 is past."""
    return (
        quantity.bound == "by"
        and not place.right.rstrip().endswith("的")
        and (
            _ORDERED.search(place.left) is not None
            # 于12月31日前登记的企业 is past
            or bool(_AT.match(sentence.plain, place.start) and not _PAST.match(place.right))
        )
    )


def _edge(quantity: Quantity) -> bool:
    return quantity.date is not None and len(quantity.date) == 7 and quantity.precision == "year"


def _is_appointed(sentence: Sentence, place: Place, quantity: Quantity) -> bool:
    """于6月30日报送, 定于8月1日召开: a day that is set, not one that is told."""
    if _edge(quantity):
        return True
    lead = sentence.plain[max(0, place.start - 1) : sentence.local(quantity.core)[0]]
    return (
        bool(re.search(r"[于在]\s*$", lead))
        or bool(re.match(r"\s*(?:截止|举行|开始|启动|前后|及以后|报名|申报|定)", place.right))
        or bool(re.search(r"(?:时间|日期)(?:为|是|：|:)?\s*$", place.left))
    )


def _only_goal(
    sentence: Sentence, quantity: Quantity, goals: list[tuple[TextSpan, str | None]], following: str
) -> bool:
    """The time limit of a goal is the goal's; 完成 and 报送 make it a deadline too."""
    if not any(by and by == (quantity.date or quantity.to) for _, by in goals):
        return False
    return not re.match(r"[^，。；]{0,24}?(?:完成|报送|提交|上报)", following)


#: 分两批申报：第一批…: what is done in parts stands before the colon
_OF_ALL = re.compile(r"(?:^|[，。；,;])\s*(?P<what>[^，。；：:,;]{2,24})[：:][^。]*$")


def _of_all(sentence: Sentence, place: Place) -> str | None:
    if not _PART.search(sentence.text, 0, place.start):
        return None
    found = _OF_ALL.search(sentence.plain, 0, place.start)
    return found["what"] if found else None


def _dated(sentence: Sentence, quantity: Quantity, place: Place) -> Deadline:
    period = quantity.kind == "period" or (
        quantity.kind == "date"
        and quantity.precision in ("ten-days", "quarter")
        and quantity.bound != "by"
    )
    bound = "during" if period else quantity.bound
    exclusive = bool(_TRANSITION.search(sentence.plain)) and sentence.plain[
        place.start : place.end
    ].rstrip().endswith("前")
    return Deadline(
        type="period" if period else "date",
        bound=bound,
        date=None if period else quantity.date,
        from_=quantity.from_ if period else None,
        to=quantity.to if period else None,
        exclusive=exclusive,
        action=_of_all(sentence, place) or action(sentence, place),
        actor=actor(sentence, place),
        inferred_year=quantity.inferred_year,
        precision=quantity.precision,
    )
