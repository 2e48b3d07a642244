"""Reads the elements of GB/T 9704-2012: 版头 (number, issuers), 主体 (title, addressees, date),
版记 (copies, print).

What is not printed stays None or empty; nothing is guessed. Works on the lines of the normalised
text, so that a title over three lines and a red head over two are put together here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import numbering
from corpus.models import TextSpan
from corpus.numbering import DocumentNumber
from extractor.imprint import DATE, ORGAN_END, split_outside_brackets
from extractor.lines import marker
from extractor.titles import KIND_END, squeeze

_ORGAN = re.compile(r"[\u4e00-\u9fff（）()、·]{3,40}")
_ADDRESSEE = re.compile(r"^[\u4e00-\u9fff（）()、，,\s“”·]{2,400}[：:]$")
_ADDRESSED = re.compile(
    r"各|有关|政府|厅|局|委|部|办|单位|机构|公司|企业|院|校|中心|处|乡|镇|街道|县|区|市|州|盟|"
    r"旗|职工|会|集团|银行|队|站|所"
)
_CARRIES = re.compile("印发|转发|批转|公布|发布")
_CARRIER = re.compile("(?:通知|公告|通告|决定|函|令)$")
_NOT_ADDRESSED = re.compile(
    r"如下|以下|事项|意见|规定|措施|方案|为了|根据|按照|联系|附件|抄送|包括|要求|标准|条件|"
    r"范围|下列|主办|承办|成员(?!单位)|组长|制定"
)
_SERIAL_LINE = re.compile(
    r"[（(]?(?:\d{4}年|[〔\[【(（]\d{4}[〕\]】)）])?第[\d一二三四五六七八九十百零〇]{1,7}号[）)]?"
)


@dataclass(frozen=True, slots=True)
class Front:
    """Which lines hold the head of the document; indexes into the lines, ``body`` the first line
    of the text proper.
    """

    number: DocumentNumber | None
    number_line: int | None
    title: tuple[int, ...]
    addressees: int | None
    body: int
    red_head: tuple[str, ...]


def read_front(lines: list[str]) -> Front:
    """The head of the document: everything before the text proper."""
    limit = min(len(lines), 40)
    stop = next((i for i in range(limit) if _opens_body(lines, i)), limit)
    addressees = next(
        (i for i in range(stop + 1 if stop < len(lines) else stop) if _is_addressee(lines[i])), None
    )
    end = addressees if addressees is not None else stop
    number_line = next((i for i in range(end) if _number_at(lines, i)), None)
    number = _number_at(lines, number_line) if number_line is not None else None
    title = _title_lines(lines, number_line, end)
    body = (
        (addressees + 1)
        if addressees is not None
        else max([*(t + 1 for t in title), (number_line or -1) + 1, 0])
    )
    head_end = number_line if number_line is not None else (title[0] if title else 0)
    return Front(number, number_line, title, addressees, body, _red_head(lines[:head_end]))


def _opens_body(lines: list[str], index: int) -> bool:
    text = lines[index]
    if _is_addressee(text):
        return True
    if marker(text) is not None or "\t" in text:
        return True
    return (
        len(text) > 45
        and bool(re.search(r"[。，；;,]", text))
        and not KIND_END.search(squeeze(text))
        and not text.startswith(("(", "（"))
    )


def _is_addressee(text: str) -> bool:
    plain = text.replace("（不发", "")
    return bool(
        _ADDRESSEE.match(plain) and _ADDRESSED.search(plain) and not _NOT_ADDRESSED.search(plain)
    )


def _number_at(lines: list[str], index: int) -> DocumentNumber | None:
    """The number on a line; an order has it below its issuer: 省人民政府令 / 第218号."""
    if index and _SERIAL_LINE.fullmatch(squeeze(lines[index])):
        return numbering.parse(lines[index - 1] + lines[index])
    return _own_number(lines[index])


def _own_number(line: str) -> DocumentNumber | None:
    # （梅市府办〔2020〕14号） below the title, as legal data bases print it
    plain = re.sub(r"^[（(](?P<inside>[^（）()]+)[）)]$", r"\g<inside>", squeeze(line))
    found = numbering.parse(plain)
    if found:
        return found
    # 黑财规审〔2018〕24号 黑人社规〔2018〕9号: of a joint issue the first organ's comes first
    several = list(numbering.find(line))
    if len(several) > 1 and not "".join(_between(line, [span for span, _ in several])).strip():
        return several[0][1]
    # 山西省人民政府办公厅文件 晋政办发〔2019〕68号: the red head and the number on one line
    for span, number in several:
        before = line[: span.start].strip()
        if (
            span.end == len(line.rstrip())
            and len(line) < 50
            and (not before or before.endswith(("文件", "文号：", "字号：")))
        ):
            return number
    return None


def _between(line: str, spans: list[TextSpan]) -> list[str]:
    """What stands before, between and behind ``spans`` of a line, without marks of lists."""
    edges = [0, *(at for span in spans for at in (span.start, span.end)), len(line)]
    return [line[a:b].strip(" 、，,/\u3000") for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _title_lines(lines: list[str], number_line: int | None, end: int) -> tuple[int, ...]:
    numbered = {number_line}
    if number_line and _SERIAL_LINE.fullmatch(squeeze(lines[number_line])):
        numbered.add(number_line - 1)  # 内蒙古自治区人民政府令 / 第82号
    ends = [i for i in range(end) if _ends_title(lines, i) and i not in numbered]
    after = [i for i in ends if number_line is not None and i > number_line]
    for last in [*after[:1], *reversed(ends)]:
        last = last + 1 if last + 1 in ends and _runs_on(lines, last) else last
        floor = number_line + 1 if number_line is not None and last > number_line else 0
        first = last
        while (
            first > floor
            and last - first < 6
            and _part_of_title(lines[first - 1], lines[first : last + 1])
        ):
            first -= 1
        return tuple(range(first, last + 1))
    return (0,) if end == 1 and number_line is None and _is_heading_of_all(lines[0]) else ()


def _is_heading_of_all(line: str) -> bool:
    """A first line right above 一、 or 1.: 政策清单 is no 文种, and ends a title all the same."""
    plain = squeeze(line)
    return (
        8 <= len(plain) <= 50
        and not re.search(r"[。；：，、;:,\t]", line)
        and marker(line) is None
        and not ORGAN_END.search(plain)
        and not DATE.search(plain)
    )


def _runs_on(lines: list[str], last: int) -> bool:
    """关于印发…管理办法 on one line, 实施细则的通知 on the next: what is 印发 needs its 通知."""
    above = squeeze("".join(lines[max(0, last - 3) : last + 1]))
    below = squeeze(lines[last + 1])
    return bool(
        _CARRIES.search(above)
        and not _CARRIER.search(above)
        and _CARRIER.search(below)
        and "关于" not in below
    )


def _ends_title(lines: list[str], index: int) -> bool:
    plain = squeeze(lines[index])
    if not KIND_END.search(plain) or len(plain) > 120 or re.search(r"[。；]", plain):
        return False
    block = squeeze("".join(lines[max(0, index - 3) : index + 1]))
    return "关于" in block or "印发" in block or "转发" in block or len(plain) >= 6


def _part_of_title(line: str, below: list[str]) -> bool:
    plain = squeeze(line)
    if (
        re.search(r"[。；：:]$", plain)
        or plain.endswith("文件")
        or len(plain) > 60
        or _own_number(line)
    ):
        return False
    if plain.startswith(("(", "（")) or (DATE.search(plain) and not re.search("关于|印发", plain)):
        return False
    if (
        KIND_END.search(plain)
        and "关于" in plain
        and "关于" in squeeze(below[0])
        and plain.count("《") == plain.count("》")
    ):
        return False
    starts = squeeze("".join(below))
    if starts.startswith(("关于", "印发", "转发", "批转")):
        return bool(ORGAN_END.search(plain))
    if (
        ORGAN_END.search(starts.split("关于")[0])
        and "关于" in starts
        and not re.search("关于|《", plain)
    ):
        return bool(ORGAN_END.search(plain))
    return "关于" not in starts or starts.count("》") > starts.count("《")


def title_of(lines: list[str], front: Front) -> str | None:
    """The title in one line; blanks between issuers and inside quotes stay as printed."""
    return (
        re.sub(r"\s+", " ", _seam([lines[i] for i in front.title])).strip() or None
        if front.title
        else None
    )


def _seam(parts: list[str]) -> str:
    return "".join(parts)


def _red_head(lines: list[str]) -> tuple[str, ...]:
    names = []
    for line in lines:
        for word in re.split(r"[\s\u3000]+", line):
            name = re.sub(r"文件$", "", word)
            if len(name) >= 3 and _ORGAN.fullmatch(name) and ORGAN_END.search(name):
                names.append(name)
    return tuple(names)


def issuers_of(
    title: str | None, red_head: tuple[str, ...], signature: tuple[str, ...]
) -> tuple[str, ...]:
    """All issuers: from the title, the signature or the red head, whichever names most; the
    title's order wins.
    """
    titled = _title_issuers(title)
    # 省财政厅关于…, signed 湖北省财政厅: the name that says which province
    if titled and len(signature) == len(titled) and all(map(_says_more, signature, titled)):
        return signature
    return max([titled, signature, red_head], key=len)


def _says_more(full: str, short: str) -> bool:
    return len(full) > len(short) and full.endswith(short) and short[:1] in "省市县区"


def _title_issuers(title: str | None) -> tuple[str, ...]:
    if not title or "关于" not in title:
        head = re.match(r"^([\u4e00-\u9fff\s]{3,60}?)(?=印发|转发|批转)", title or "")
    else:
        head = re.match(r"^([^《》“”]*?)(?:关于|印发|转发|批转)", title)
    names = _split_organs(head[1]) if head else ()
    return tuple(name for name in names if ORGAN_END.search(name))


def _split_organs(text: str) -> tuple[str, ...]:
    """山西省财政厅山西省教育厅, 教育部 科技部: cut at blanks, and where a region opens the next
    name.
    """
    names: list[str] = []
    for word in text.split():
        region = re.match(r"^(.{2,9}?(?:省|市|县|区|州|自治区))", word)
        parts = (
            re.split(rf"(?<=[厅局委部办室会院])(?={re.escape(region[1])})", word)
            if region
            else [word]
        )
        names += parts
    return tuple(name for name in names if name)


def addressees_of(line: str) -> tuple[str, ...]:
    """The 主送机关, split where printed apart; 各委、办、厅、局 and 各省、自治区、直辖市人民政府
    stay one.
    """
    result: list[str] = []
    for part in split_outside_brackets(line.rstrip("：: "), "，,；;"):
        names = split_outside_brackets(part, "、")
        if all(len(name) <= 1 for name in names[1:]):
            names = [part]
        result += _with_heads(names)
    return tuple(name.strip() for name in result if name.strip())


#: what only a following name completes: 各省、自治区、直辖市人民政府, 各国家级、省级基地
_LEVEL = (
    r"(?:(?:国家|省|市|县|区|州)级|省|自治区|直辖市|(?:计划)?单列市|市|县|区|州|盟|旗|区县|县区|"
    r"设区市|市州|乡|镇|街道|中央)"
)
# 直辖市及计划单列市, 各有关市 (黑龙江省林业厅 2015-12-03)
_HEADLESS = re.compile(
    rf"各?(?:有关|相关)?{_LEVEL}(?:[及和与]{_LEVEL})?(?:[（(].*[）)])?|.{{2,12}}各[省市县区州]"
)
#: 武进区、新北区人民政府; 济源示范区、航空港区管委会; but 高新区、各镇人民政府 are two
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[市县区州旗]|直属和中央)")
_COMPLETES = re.compile(
    r"(?!各)[\u4e00-\u9fff]{1,9}?"
    r"(?:[市县区州旗](?:人民政府|管委会|管理委员会|[\u4e00-\u9fff]{1,6}(?:[局委办会]|部门))|属驻)"
)


def _with_heads(names: list[str]) -> list[str]:
    """Names with those before them that they complete."""
    result: list[str] = []
    held: list[str] = []
    for index, name in enumerate(names):
        held.append(name)
        following = next((n for n in names[index + 1 :] if not _PLACE.fullmatch(n)), "")
        place = _PLACE.fullmatch(name) and _COMPLETES.match(following)
        if not place and not _HEADLESS.fullmatch(name):
            result.append("、".join(held))
            held = []
    return [*result, *(["、".join(held)] if held else [])]
