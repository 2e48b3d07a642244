"""Texts for the tests of the extractor: a whole notice, paragraphs on a page, any outline.

All are made here, so that what must come out of them is known.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from hypothesis import strategies as st

from corpus.models import SourceText, TextSpan

NOTICE = """山西省文化和旅游厅文件
晋文旅办发〔2021〕123号
山西省文化和旅游厅关于印发《2021年文化和旅游行业技能提升培训实施方案》的通知
各市文化和旅游局，各有关单位：
现将《2021年文化和旅游行业技能提升培训实施方案》印发给你们，请认真贯彻执行。
附件：1.培训任务分配表
2.培训情况统计表
山西省文化和旅游厅
2021年6月8日
（此件公开发布）
2021年文化和旅游行业技能提升培训实施方案
根据《山西省新发展阶段“人人持证、技能社会”建设提质增效工作方案》（晋办发〔2021〕6号）要求，制定本方案。
一、目标任务
2021年全省文化和旅游行业开展职业技能培训5000人次以上。
二、主要措施
（一）开展普惠式培训。面向文化和旅游从业人员开展培训，培训补贴每人每天150元，每人最高不超过1000元。（省文旅厅、省人社厅按职责分工负责）
（二）规范评价取证。评价工作要在11月底前完成。
1.评价机构每月12日、26日报送进展情况。
2.省文旅厅会同省财政厅加强资金监管。
三、附则
本方案自印发之日起施行，有效期3年。
附件1
培训任务分配表
序号\t培训机构\t培训人数（人）
1\t山西旅游职业学院\t300
2\t太原旅游职业学院\t200
\t合计\t500
抄送：省人民政府办公厅，省财政厅。
山西省文化和旅游厅办公室\t2021年6月9日印发
"""


def source(text: str, name: str = "notice.txt", **more: object) -> SourceText:
    """``text`` as a reader gives it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    path = PurePosixPath(name)
    return SourceText(text, path, digest, "text/plain", "text", "utf-8", **more)  # type: ignore[arg-type]  # noise and page_starts


# a page: paragraphs broken at a margin


def wrapped(paragraphs: list[str], columns: int, *, blank: bool = False) -> str:
    """``paragraphs`` as a page prints them: indented by two, broken where ``columns`` Chinese
    characters fill a line, with a blank line after every line if ``blank``.
    """
    lines = [line for words in paragraphs for line in _broken("　　" + words, columns)]
    return ("\n\n" if blank else "\n").join(lines) + "\n"


def _broken(words: str, columns: int) -> list[str]:
    lines, width = [""], 0.0
    for character in words:
        width += 0.5 if character.isascii() else 1
        if width > columns:
            lines.append("")
            width = 0.5 if character.isascii() else 1
        lines[-1] += character
    return lines


_CLAUSES = (
    "各地要切实提高政治站位",
    "把稳就业工作摆在更加突出的位置",
    "加强组织领导和统筹协调",
    "进一步压实工作责任",
    "强化督促检查和考核评估",
    "确保各项政策措施落到实处",
    "积极引导社会力量参与",
    "及时总结推广典型经验",
    "不断提升公共服务质量和水平",
    "营造良好的舆论氛围",
    "按照每人每天一百五十元的标准给予补贴",
    "补贴资金不超过1000元",
    "培训时间不少于15个工作日",
    "根据《国务院关于推行终身职业技能培训制度的意见》（国发〔2018〕11号）",
    "培训农民工2.5万名",
    "围绕“人人持证、技能社会”建设",
    "自2024年1月1日起至12月31日止",
    "面向就业困难人员（含残疾人）、退役军人、高校毕业生等群体",
    "执行第三条、第十二条的规定",
    "就业率达到80%以上",
)
sentences = st.lists(st.sampled_from(_CLAUSES), min_size=2, max_size=6).map(
    lambda parts: "，".join(parts) + "。"
)
#: paragraphs that no reader could take for a heading or an element
paragraphs = st.tuples(
    st.lists(sentences, min_size=1, max_size=3).map("".join),
    st.sampled_from(("", "", "（省人社厅、省财政厅按职责分工负责）")),
).map("".join)


# outlines


@dataclass(frozen=True, slots=True)
class Node:
    """A heading with the paragraphs under it and its children."""

    heading: str
    body: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()


headings = st.sampled_from(
    (
        "总体要求",
        "基本原则",
        "主要任务",
        "重点工作",
        "补贴标准",
        "申报程序",
        "资金管理",
        "监督检查",
        "组织保障",
        "工作要求",
        "宣传引导",
        "考核评估",
    )
)


def trees(depth: int) -> st.SearchStrategy[tuple[Node, ...]]:
    """Outlines of at most ``depth`` levels."""
    below = trees(depth - 1) if depth > 1 else st.just(())
    node = st.builds(Node, headings, st.lists(sentences, max_size=2).map(tuple), below)
    return st.lists(node, min_size=1 if depth == 3 else 0, max_size=3).map(tuple)


_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """How an outline counts: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


#: label printed for number n at each level, and how the path spells it
OFFICIAL = (
    (lambda n: f"{chinese(n)}、", chinese),
    (lambda n: f"（{chinese(n)}）", lambda n: f"({chinese(n)})"),
    (lambda n: f"{n}.", str),
    (lambda n: f"（{n}）", lambda n: f"({n})"),
)
HALF_WIDTH = (
    (lambda n: f"{chinese(n)}、", chinese),
    (lambda n: f"({chinese(n)})", lambda n: f"({chinese(n)})"),
    (lambda n: f"{n}、", str),
    (lambda n: f"({n})", lambda n: f"({n})"),
)
ARTICLES = (
    (lambda n: f"第{chinese(n)}章　", lambda n: f"第{chinese(n)}章"),
    (lambda n: f"第{chinese(n)}条　", lambda n: f"第{chinese(n)}条"),
    (lambda n: f"（{chinese(n)}）", lambda n: f"({chinese(n)})"),
    (lambda n: f"{n}.", str),
)
STYLES = {"official": OFFICIAL, "half-width": HALF_WIDTH, "articles": ARTICLES}


@dataclass(slots=True)
class Printed:
    """The lines of an outline, and the path and heading of each of its clauses in order."""

    lines: list[str]
    clauses: list[tuple[str, str]]


def printed(tree: tuple[Node, ...], style: str) -> Printed:
    """``tree`` as a notice prints it."""
    result = Printed([], [])
    _print(result, tree, STYLES[style], 0, "")
    return result


def _print(result: Printed, tree: tuple[Node, ...], style, level: int, above: str) -> None:  # type: ignore[no-untyped-def]  # labels
    label, spelt = style[level]
    # articles count on through the chapters of a text
    for number, node in enumerate(tree, 1):
        path = f"{above}/{spelt(number)}" if above else spelt(number)
        result.lines += [label(number) + node.heading, *node.body]
        result.clauses.append((path, node.heading))
        _print(result, node.children, style, level + 1, path)


def spans_of(text: str) -> list[TextSpan]:
    """The stretch of every line of ``text``."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(TextSpan(start, start + len(line)))
        start += len(line) + 1
    return spans
