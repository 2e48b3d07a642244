"""Reads the words of a table: what its title names, what its columns count, what a row is about.

Blank cells below a label repeat it, 全 国 is 全国, and columns of running numbers label nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from extractor.items import items, standard_bare
from extractor.models import Notice, Table
from extractor.widths import fold

TOTAL = re.compile(
    r"(?:合计|总计|共计|小计|总数|平均|全[省市县区国州旗](?:合计|总计|平均)?|"
    r"[（(]?[合总小]计.{0,6})"
)
_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_DASH = re.compile(r"[—–\-－/／\\*…]+|无|空")
_FIGURE = re.compile(r"(?:不(?:超过|高于|低于|少于)|最高|至少|[≤≥<>])?\s*\d")
_NO_FIGURE = re.compile(r"\d{4}年|\d月|^0\d{2,}|^1\d{10}$|[\u4e00-\u9fff]{9,}|\d-\d+-\d|[A-Za-z]\d")
_NO_LABEL = re.compile(r"序号|编号|备注|联系|电话|代码|说明|依据|邮编|账号")
_TABLE_END = re.compile(
    r"(?:[（(][^（）()]*[）)])*+(?:(?:分解|分配|一览|汇总|明细|统计|对照|调整|安排|情况|"
    r"下达|计划)*表)?"
    r"(?:[（(][^（）()]*[）)])*$"
)
_TITLE_HEAD = re.compile(
    r"^(?:附[件表录]?\s*\d*[：:\s]*)?(?:关于)?(?:\d{4}[—\-~至]?(?:\d{4})?年度?)?"
    r"(?:[\u4e00-\u9fff]{2,8}?[省市区县州旗](?!区|镇|居|场|级))?(?:\d{4}年度?)?"
    r"(?:全[省市县区国州旗](?:各地)?|各(?:地|[市县区州]+|设区市|乡镇|街道)|部分|有关|"
    r"[（(][市县区、]+[）)]|[\u4e00-\u9fff]{0,6}(?:任务|指标|目标)[及和与、])*"
)


@dataclass(frozen=True)
class Grid:
    """A table with the words around it: ``titles`` nearest first, ``unit`` where one is said."""

    table: Table
    titles: tuple[str, ...]
    line_above: str

    @property
    def above(self) -> str:
        """All that is said above the table."""
        return fold(" ".join([*self.titles, self.table.unit or "", self.line_above]))

    @property
    def unit(self) -> str:
        """Where to look for the unit of all figures: 单位：元/月, else what stands above."""
        return self.table.unit or self.above

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows, letters that stand apart put together."""
        return tuple(tuple(_HAN_GAP.sub("", c) for c in row) for row in self.table.rows)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max([len(self.table.header), *(len(row) for row in self.rows)])

    def header(self, index: int) -> str:
        """The name of a column; "" where it has none."""
        names = self.table.header
        return re.sub(r"\s+", "", names[index]) if index < len(names) else ""

    def column(self, index: int) -> list[str]:
        """The cells of a column that say something."""
        cells = [fold(row[index]) for row in self.rows if index < len(row)]
        return [cell for cell in cells if cell and not _DASH.fullmatch(cell)]

    def is_figures(self, index: int) -> bool:
        """Whether a column holds figures: no dates, no telephones, no codes."""
        cells = self.column(index)
        good = sum(bool(_FIGURE.match(c)) and not _NO_FIGURE.search(c) for c in cells)
        return bool(cells) and good >= 0.6 * len(cells)

    def is_words(self, index: int) -> bool:
        """Whether a column names what its rows are about: no running numbers, no figures."""
        return index in self._worded

    @cached_property
    def _worded(self) -> frozenset[int]:
        return frozenset(
            i
            for i in range(self.width)
            if self.column(i) and not _NO_LABEL.search(self.header(i)) and not self.is_figures(i)
        )

    def labels(self, index: int, column: int) -> list[str]:
        """The words that name a row: its cells before ``column``, else the first behind it."""
        row = self.rows[index]
        before = [i for i in range(min(column, len(row))) if self.is_words(i)]
        behind = [i for i in range(column + 1, len(row)) if self.is_words(i)]
        # 合计 stands alone, whatever group the rows above it belong to
        alone = next((c for c in row[:column] if TOTAL.fullmatch(c)), None)
        if alone:
            return [alone]
        found = [bare(self._filled(index, i)) for i in (before[:3] or behind[:1])]
        return [label for label in dict.fromkeys(found) if label]

    def _filled(self, index: int, column: int) -> str:
        """A cell, or the one above that it repeats by being blank."""
        above = [row[column] for row in self.rows[: index + 1] if column < len(row)]
        return next((cell for cell in reversed(above) if cell and not TOTAL.fullmatch(cell)), "")


def grid_of(notice: Notice, table: Table) -> Grid:
    """``table`` with its caption, the heading of its clause and the line above it."""
    clause = next((c for c in notice.clauses if c.path == table.clause), None)
    titles = [t for t in (table.caption, clause.heading if clause else None) if t]
    before = notice.text[max(0, table.span.start - 60) : table.span.start]
    return Grid(table, tuple(titles), before.split("\n")[-2] if "\n" in before else "")


def bare(header: str) -> str:
    """A header without its unit: 补贴标准（元/亩） is 补贴标准."""
    return _BRACKET.sub("", _HAN_GAP.sub("", header)).strip() or header


def names_figure(title: str) -> bool:
    """Whether a title is about tasks and not about money."""
    return bool(re.search(r"任务|指标|名额", title)) and not re.search(r"资金|补[贴助]|经费", title)


def item_of_title(titles: tuple[str, ...]) -> str | None:
    """What the table gives money for: 全省各地最低工资标准表 is 最低工资标准."""
    for title in titles:
        named = [i.name for i in items(fold(title)) if i.benefit]
        words = topic(title)
        if named or re.search(r"(?:标准|工资|低保|金额|资金|经费|预算|价格|限额)$", words):
            whole = named[-1] if named and len(named[-1]) > len(words) else words
            return standard_bare(whole) if len(words) <= 24 else (named or [words])[-1]
    return None


def topic(title: str) -> str:
    """The words of a title that name its subject, without year, place and 表."""
    plain = re.sub(r"\s+", "", fold(title)).strip("。：:《》")
    words = _TABLE_END.sub("", plain)
    return _TITLE_HEAD.sub("", words) or words
