"""Reads lists of responsible organs: （省人社厅、省财政厅按职责分工负责）, 责任单位：…,
牵头单位：…；配合单位：….

A list gives its bodies as they are printed, each with its role; what ranks it (第一位为牵头单位),
when it is due and 等部门 are none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.names import Named, is_body
from extractor.reading import Sentence
from extractor.task_tables import ROLE_NAME

FIRST_LEADS = re.compile(
    r"(?:排|列)(?:名)?(?:在)?(?:第一位|首位|第一)(?:的|者)?(?:单位|部门)?(?:为|是|作为)?(?:工作)?牵头"
    # 第一责任单位为牵头单位 (厦府办〔2019〕10号), 首个单位为牵头单位, 位列第一的为牵头部门
    r"|(?:第一|首)(?:位|个|家|名)?的?(?:责任)?(?:单位|部门)?的?(?:均?为|是|作为)(?:工作)?牵头"
)
_BRACKET = re.compile(
    r"[（(〔【\[](?P<inside>[^（）()〔〕【】\[\]]*"
    r"(?:[（(〔\[][^（）()〔〕\[\]]*[）)〕\]][^（）()〔〕【】\[\]]*)*)[）)〕】\]]"
)
_RESPONSIBLE = re.compile(
    r"(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同|具体)?"
    # 由市发展改革委牵头负责
    r"(?:(?:牵头|配合|参与|参加|协同|协助|协办|指导)(?:负责|落实|实施|组织实施|推进)?|负责|落实)"
    r"(?=[。，；;,\s]|$|排|列)"
)
_LABEL = re.compile(
    # 主办：市农业农村局；协办：市财政局
    rf"(?P<label>{ROLE_NAME}|(?<![\u4e00-\u9fff])(?:牵头|主办|承办|协办|配合|责任))\s*[：:]\s*"
)
_LABEL_ROLE = {
    "牵头": "lead",
    "主办": "lead",
    "主责": "lead",
    "配合": "support",
    "协办": "support",
    "参与": "support",
    "参加": "support",
    "协同": "support",
}
_TRAIL = re.compile(
    r"(?:等(?:有关|相关|其他)?(?:部门和单位|部门|单位|处室|业务处室|机构)?)?"
    r"(?:按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?)?(?:分别|共同)?(?:负责|落实|实施)?$"
)
#: 区水务局等部门，各街道办事处配合: a list that goes on behind its 等部门
_SHARED_END = re.compile(r"等(?:有关|相关|其他|市直|省直|县直|区直)?(?:部门|单位|处室|机构)$")
_ITEM = re.compile(r"[、，,；;]")
_AND = re.compile(r"以及|及|和|与|[ \u3000]+")
_OPENS, _CLOSES = "（(<〈〔[", "）)>〉〕]"
#: 市财政局（第一责任单位为牵头单位，下同）: what ranks a list is none of its bodies
_ASIDE = re.compile(r"[（(][^（）()]*(?:牵头|下同)[^（）()]*[）)]\s*$")
#: 各县市人民政府，6月底完成 (州政发〔2020〕5号): a list that ends with when, or how long
_WHEN = re.compile(r"\d\s*(?:年|月|日)|^(?:长期|持续|常年)|(?:完成|推进|坚持)$")


_JOINT = re.compile(r"[，,]?会同")
_COLON = re.compile("[：:]")


class Given(NamedTuple):
    """A body of a list, and its role there."""

    name: Named
    role: str


def lists_in(sentence: Sentence, ranked: bool) -> tuple[list[Given], list[tuple[int, int]]]:
    """The bodies of all lists of a sentence, and the brackets that hold them; ``ranked`` says that
    the first of each leads.
    """
    given: list[Given] = []
    taken: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(sentence.text):
        listed = list(_bracketed(sentence, match.start("inside"), match["inside"], ranked))
        if listed:
            taken.append(match.span())
            given += listed
    if not taken and _COLON.search(sentence.text):
        given += _labelled(sentence, 0, sentence.text, ranked)
    return given, taken


def role_of_label(label: str) -> str:
    """The role of those under 牵头单位, 责任单位, 协同配合单位."""
    return next((role for word, role in _LABEL_ROLE.items() if word in label), "responsible")


def _bracketed(sentence: Sentence, offset: int, inside: str, ranked: bool) -> Iterator[Given]:
    """（省人社厅、省教育厅按职责分工负责）, （责任单位：…）, （…牵头，…配合）."""
    ranking = FIRST_LEADS.search(inside)
    ranked = ranked or ranking is not None
    # …各县人民政府，排名第一位为牵头单位，下同: the words on ranking end the list
    listed = re.split(r"[，,；;。]", inside[: ranking.start()])[:-1] if ranking else []
    body = re.split(r"[。]", inside[: len("，".join(listed))] if listed else inside)[0]
    labelled = list(_labelled(sentence, offset, body, ranked))
    if labelled:
        yield from labelled
        return
    if not _RESPONSIBLE.search(body):
        yield from _bare_list(sentence, offset, body, ranked, bool(listed))
        return
    position, first = 0, True
    for match in _RESPONSIBLE.finditer(body):
        role = _role_of(match[0])
        joint = _JOINT.search(body, position, match.start())
        if joint:
            # 省发展改革委会同省财政厅负责
            leads = names_in(sentence.text, offset + position, offset + joint.start())
            yield from (Given(name, "lead") for name in leads)
            position, role, first = joint.end(), "support", False
        names = list(names_in(sentence.text, offset + position, offset + match.start()))
        # 财政部等有关部门负责: others share the duty though no name is printed
        multiple = len(names) > 1 or "等" in body[position : match.start()]
        for name in names:
            given = (
                role
                if role != "responsible"
                else ("lead" if first else "support")
                if ranked and multiple
                else "responsible"
            )
            yield Given(name, given)
            first = False
        position = match.end()


def _bare_list(
    sentence: Sentence, offset: int, body: str, ranked: bool, told: bool
) -> Iterator[Given]:
    """…给予补助。（市工信委、市财政局）: nothing but organs, behind what they see to.

    Where the bracket says who leads (``told``) it may stand anywhere.
    """
    if not (told or _ends_sentence(sentence, offset, body)):
        return
    names = list(names_in(sentence.text, offset, offset + len(body)))
    if not names or not all(_is_party(name.name) for name in names):
        return
    if not (told or _stands_alone(sentence.text[: offset - 1].strip(), len(names))):
        return
    for place, name in enumerate(names):
        given = ("support" if place else "lead") if ranked and len(names) > 1 else "responsible"
        yield Given(name, given)


#: 报主管部门（市工信局、市财政局）: who that is, not who has to do it
_EXPLAINED = re.compile(r"(?:部门|单位|机关|机构|政府|组织|成员|[厅局委办])$")
#: （含开发区管委会、高新区管委会）
_COUNTED_IN = re.compile(r"不?含|包括|即|如|原|以下|下[同称]")


def _ends_sentence(sentence: Sentence, offset: int, body: str) -> bool:
    after = sentence.text[offset + len(body) + 1 :]
    return not (after.strip("。；; \n") or _COUNTED_IN.match(body))


def _stands_alone(before: str, count: int) -> bool:
    """Whether the bracket is a sentence, or ends one: …建设（省发展改革委、省财政厅）。"""
    return not before.rstrip("。；;") or (count > 1 and not _EXPLAINED.search(before))


def _role_of(words: str) -> str:
    if "牵头" in words:
        return "lead"
    return "support" if re.search("配合|参与|参加|协同|协助|协办|指导", words) else "responsible"


def _labelled(sentence: Sentence, offset: int, body: str, ranked: bool) -> Iterator[Given]:
    """责任单位：市住建局、市财政局; 牵头单位：…；配合单位：…."""
    labels = list(_LABEL.finditer(body))
    for index, match in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(body)
        stop = re.search(r"[。；;\n]", body[match.end() : end])
        end = match.end() + stop.start() if stop else end
        role = role_of_label(match["label"])
        names = list(names_in(sentence.text, offset + match.end(), offset + end))
        for place, name in enumerate(names):
            given = (
                ("support" if place else "lead")
                if role == "responsible" and ranked and len(names) > 1
                else role
            )
            yield Given(name, given)


def names_in(text: str, start: int, end: int) -> Iterator[Named]:
    """Every item of a list of responsible bodies; 等 and 按职责分工 at its end are none."""
    words = _ASIDE.sub("", text[start:end]).rstrip("〕】]")
    trail = _TRAIL.search(words)
    words = words[: trail.start()] if trail else words
    for a, b in _shared_levels(
        words, [part for item in _items(words) for part in _both(words, *item)]
    ):
        name = words[a:b].strip(" 。")
        name = re.sub(r"^(?:由|和|及|以及|会同)", "", name)
        name = _SHARED_END.sub("", name)
        if (
            2 <= len(name) <= 40
            and not re.search(r"[：:。]", name)
            and not re.search(r"^(?:下同|以下|含)", name)
            and not _WHEN.search(name)
        ):
            begin = start + words.index(name, a)
            yield Named(begin, begin + len(name), name)


def _items(words: str) -> list[tuple[int, int]]:
    """What the commas that no bracket holds keep apart."""
    depth, last = 0, 0
    items: list[tuple[int, int]] = []
    for at, character in enumerate(words):
        depth += (character in _OPENS) - (character in _CLOSES)
        if depth == 0 and _ITEM.match(character):
            items.append((last, at))
            last = at + 1
    return [*items, (last, len(words))]


#: 各县区, 各县<市、区>: places that stand for their authorities
_PLACES = re.compile(r"各[省市县区州盟旗乡镇街道、（(<〈）)>〉]{1,16}")


def _is_party(name: str) -> bool:
    return is_body(name) or _PLACES.fullmatch(name) is not None


def _both(words: str, a: int, b: int) -> list[tuple[int, int]]:
    """州委编办及州直相关单位 are two, 自然资源和规划局 is one: 和 parts what are organs alone."""
    for join in _AND.finditer(words, a + 2, b - 1):
        if _is_party(words[a : join.start()].strip()) and _is_party(words[join.end() : b].strip()):
            return [(a, join.start()), *_both(words, join.end(), b)]
    return [(a, b)]


_LEVELS = re.compile(r"各?[省市县区州盟旗乡镇]|各?自治[区州]|各?县[（(]市、区[）)]")


def _shared_levels(words: str, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """各市、州、县人民政府 stays one name."""
    result: list[tuple[int, int]] = []
    for a, b in reversed(items):
        if result and _LEVELS.fullmatch(words[a:b].strip()):
            result[-1] = (a, result[-1][1])
        else:
            result.append((a, b))
    return list(reversed(result))
