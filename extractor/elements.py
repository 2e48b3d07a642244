"""Reads the elements of GB/T 9704-2012: 版头 (number, issuers), 主体 (title, addressees, date), 版记 (copies, print).

What is not printed stays None or empty; nothing is guessed. Works on the lines of the normalised text, so that a
title over three lines and a red head over two are put together here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import numbering
from corpus.numbering import DocumentNumber
from extractor.lines import ANNEX, marker
from extractor.models import Attachment, Contact, Elements, Enclosed
from extractor.numerals import to_int, year
from extractor.regions import Regions

#: 文种 of the 2012 regulation on official documents, and the kinds of text that notices carry
KINDS = (
    "通知 决定 决议 命令 公报 公告 通告 意见 通报 报告 请示 批复 议案 函 纪要 令 办法 细则 规定 方案 规划 计划 措施 条例 规则 要点 规程 指南 "
    "清单 制度 章程 预案 准则 守则 标准 目录 答复 指引 举措 安排 工作方案 实施意见 流程 汇总表 任务表 情况表 申请表"
).split()
DOCUMENT_KINDS = KINDS[: KINDS.index("清单")] + ["预案", "制度", "章程", "指引"]
_TRIAL = r"(?:[（(](?:试行|暂行|修订|征求意见稿|草案|修订版|20\d\d年?版?|[^（）()]{1,8}修订)[）)])?"
_KIND_END = re.compile(rf"({'|'.join(sorted(DOCUMENT_KINDS, key=len, reverse=True))}){_TRIAL}$")
_ORGAN_END = re.compile(
    r"(?:人民政府|国务院|委员会|办公厅|办公室|人大常委会|政协|法院|检察院|[厅局委部署办会院司处室]|总局|管委会|中心|联合会|总工会|集团|公司|银行|兵团|党组|领导小组|指挥部|学校|大学|学院)$"
)
_ORGAN = re.compile(r"[\u4e00-\u9fff（）()、·]{3,40}")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_DATE = re.compile(
    r"(?P<y>\d{4}|[一二〇○零O０三四五六七八九]{4})\s*年\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_PRINTED = re.compile(rf"({_DATE.pattern})\s*(?:印发|印|发)$".replace("?P<y>", "?P<y>"))
_PUBLICITY = re.compile(r"^[（(]((?:此件|本件|此文)[^（）()]{1,12})[）)]$|^(?:公开方式|公开属性|信息公开选项|信息公开类别|公开类别)[：:]\s*(\S+)$")
_PUBLISHED_NOTE = re.compile(rf"^[（(]\s*{_DATE.pattern}[^（）()]{{0,60}}(?:公布|发布|通过)")
_ATTACHMENTS = re.compile(r"^[-•]?\s*附\s*件\s*[：:]\s*(.*)$")
_ATTACHMENT_ITEM = re.compile(r"^(?:附件)?\s*(\d{1,2})\s*[.．、：:]\s*(.+)$")
_ADDRESSEE = re.compile(r"^[\u4e00-\u9fff（）()、，,\s“”·]{2,400}[：:]$")
_ADDRESSED = re.compile(r"各|有关|政府|厅|局|委|部|办|单位|机构|公司|企业|院|校|中心|处|乡|镇|街道|县|区|市|州|盟|旗|职工|会|集团|银行|队|站|所")
_NOT_ADDRESSED = re.compile(r"如下|以下|事项|意见|规定|措施|方案|为了|根据|按照|联系|附件|抄送|包括|要求|标准|条件|范围|下列|主办|承办|成员|组长|制定")
_COPIED = re.compile(r"^抄\s*送[：:]\s*(.+)$")
_CONTACT = re.compile(r"^(?:业务)?联\s*系\s*人(?:及联系方式|及电话|、联系电话|和联系方式)?\s*[：:]\s*(.*)$")
_PHONE = re.compile(r"(?:(?:0\d{2,3})[—\-－–]?)?\d{7,8}(?:转\d+)?|1[3-9]\d{9}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SELF = re.compile(
    r"本(?:实施|若干|暂行|工作|行动)?(通知|意见|办法|决定|规定|公告|通告|细则|方案|措施|条例|函|批复|计划|规划)"
)
_SAID = re.compile(r"现?[^。，]{0,20}(通知|公告|通告|批复|函复|通报)如下")
_CARRIES = re.compile(r"(?:现将|现予|现批转|同意)?\s*《(?P<title>[^《》]{4,100}(?:〈[^〉]*〉[^《》]*)*)》[^。]{0,60}?(?:印发|转发|批转|公布|发布|下发)(?:给|实施|执行|你|施行|，|。|如下)")
_TITLE_CARRIES = re.compile(
    rf"(?:印发|转发|批转|发布|公布|下发)(?:《(?P<quoted>.+)》|(?P<bare>[^《》]+?(?:《[^》]*》[^《》]*?)*))的?(?:通知|函|公告|决定|通告)$"
)


@dataclass(frozen=True, slots=True)
class Front:
    """Which lines hold the head of the document; indexes into the lines, ``body`` the first line of the text proper."""

    number: DocumentNumber | None
    number_line: int | None
    title: tuple[int, ...]
    addressees: int | None
    body: int
    red_head: tuple[str, ...]


def squeeze(text: str) -> str:
    """``text`` without white space, for comparing wording that a layout has broken."""
    return re.sub(r"\s+", "", text)


def read_front(lines: list[str]) -> Front:
    """The head of the document: everything before the text proper."""
    limit = min(len(lines), 40)
    stop = next((i for i in range(limit) if _opens_body(lines, i)), limit)
    addressees = next((i for i in range(stop + 1 if stop < len(lines) else stop) if _is_addressee(lines[i])), None)
    end = addressees if addressees is not None else stop
    number_line = next((i for i in range(end) if _own_number(lines[i])), None)
    number = _own_number(lines[number_line]) if number_line is not None else None
    title = _title_lines(lines, number_line, end)
    body = (addressees + 1) if addressees is not None else max([*(t + 1 for t in title), (number_line or -1) + 1, 0])
    head_end = number_line if number_line is not None else (title[0] if title else 0)
    return Front(number, number_line, title, addressees, body, _red_head(lines[:head_end]))


def _opens_body(lines: list[str], index: int) -> bool:
    text = lines[index]
    if _is_addressee(text):
        return True
    if marker(text) is not None or "\t" in text:
        return True
    return len(text) > 45 and bool(re.search(r"[。，；;,]", text)) and not _KIND_END.search(squeeze(text)) and not text.startswith(("(", "（"))


def _is_addressee(text: str) -> bool:
    plain = text.replace("（不发", "")
    return bool(_ADDRESSEE.match(plain) and _ADDRESSED.search(plain) and not _NOT_ADDRESSED.search(plain))


def _own_number(line: str) -> DocumentNumber | None:
    plain = squeeze(line)
    found = numbering.parse(plain)
    if found:
        return found
    # 山西省人民政府办公厅文件 晋政办发〔2019〕68号: the red head and the number on one line
    for span, number in numbering.find(line):
        before = line[: span.start].strip()
        if span.end == len(line.rstrip()) and len(line) < 50 and (not before or before.endswith(("文件", "文号：", "字号："))):
            return number
    return None


def _title_lines(lines: list[str], number_line: int | None, end: int) -> tuple[int, ...]:
    ends = [i for i in range(end) if _ends_title(lines, i) and i != number_line]
    after = [i for i in ends if number_line is not None and i > number_line]
    for last in [*after[:1], *reversed(ends)]:
        floor = number_line + 1 if number_line is not None and last > number_line else 0
        first = last
        while first > floor and last - first < 6 and _part_of_title(lines[first - 1], lines[first:last + 1]):
            first -= 1
        return tuple(range(first, last + 1))
    return ()


def _ends_title(lines: list[str], index: int) -> bool:
    plain = squeeze(lines[index])
    if not _KIND_END.search(plain) or len(plain) > 120 or re.search(r"[。；]", plain):
        return False
    block = squeeze("".join(lines[max(0, index - 3) : index + 1]))
    return "关于" in block or "印发" in block or "转发" in block or len(plain) >= 6


def _part_of_title(line: str, below: list[str]) -> bool:
    plain = squeeze(line)
    if re.search(r"[。；：:]$", plain) or plain.endswith("文件") or len(plain) > 60 or _own_number(line):
        return False
    if plain.startswith(("(", "（")) or _DATE.search(plain) and not re.search("关于|印发", plain):
        return False
    if _KIND_END.search(plain) and "关于" in plain and "关于" in squeeze(below[0]) and plain.count("《") == plain.count("》"):
        return False
    starts = squeeze("".join(below))
    if starts.startswith(("关于", "印发", "转发", "批转")):
        return bool(_ORGAN_END.search(plain))
    if _ORGAN_END.search(starts.split("关于")[0]) and "关于" in starts and not re.search("关于|《", plain):
        return bool(_ORGAN_END.search(plain))
    return "关于" not in starts or starts.count("》") > starts.count("《")


def title_of(lines: list[str], front: Front) -> str | None:
    """The title in one line; blanks between issuers and inside quotes stay as printed."""
    return re.sub(r"\s+", " ", _seam([lines[i] for i in front.title])).strip() or None if front.title else None


def _seam(parts: list[str]) -> str:
    return "".join(parts)


def _red_head(lines: list[str]) -> tuple[str, ...]:
    names = []
    for line in lines:
        for word in re.split(r"[\s\u3000]+", line):
            name = re.sub(r"文件$", "", word)
            if len(name) >= 3 and _ORGAN.fullmatch(name) and _ORGAN_END.search(name):
                names.append(name)
    return tuple(names)


def issuers_of(title: str | None, red_head: tuple[str, ...], signature: tuple[str, ...]) -> tuple[str, ...]:
    """All issuers: from the title, the signature or the red head, whichever names most; the title's order wins."""
    candidates = [_title_issuers(title), signature, red_head]
    return max(candidates, key=len)


def _title_issuers(title: str | None) -> tuple[str, ...]:
    if not title or "关于" not in title:
        head = re.match(r"^([\u4e00-\u9fff\s]{3,60}?)(?=印发|转发|批转)", title or "")
    else:
        head = re.match(r"^([^《》“”]*?)(?:关于|印发|转发|批转)", title)
    names = _split_organs(head[1]) if head else ()
    return tuple(name for name in names if _ORGAN_END.search(name))


def _split_organs(text: str) -> tuple[str, ...]:
    """山西省财政厅山西省教育厅, 教育部 科技部: cut at blanks, and where a region opens the next name."""
    names: list[str] = []
    for word in text.split():
        region = re.match(r"^(.{2,9}?(?:省|市|县|区|州|自治区))", word)
        parts = re.split(rf"(?<=[厅局委部办室会院])(?={re.escape(region[1])})", word) if region else [word]
        names += parts
    return tuple(name for name in names if name)


def addressees_of(line: str) -> tuple[str, ...]:
    """The 主送机关, split where printed apart; 各委、办、厅、局 and 各省、自治区、直辖市人民政府 stay one."""
    result: list[str] = []
    for part in _split_outside_brackets(line.rstrip("：: "), "，,；;"):
        names = _split_outside_brackets(part, "、")
        bare = [n for n in names[:-1] if len(n) <= 1 or re.fullmatch(r"各?(?:省|自治区|直辖市|市|县|区|州|盟|旗|区县|县区|设区市|市州|乡|镇|街道)(?:[（(].*[）)])?", n)]
        result += [part] if bare else names
    return tuple(name.strip() for name in result if name.strip())


def _split_outside_brackets(text: str, marks: str) -> list[str]:
    pieces, depth, last = [], 0, 0
    for at, character in enumerate(text):
        depth += (character in "（(《“") - (character in "）)》”")
        if character in marks and depth <= 0:
            pieces.append(text[last:at])
            last = at + 1
    return [*pieces, text[last:]]


def date_of(text: str) -> str | None:
    """The first full date in ``text`` as ISO 8601."""
    match = _DATE.search(text)
    if not match:
        return None
    y, m, d = year(match["y"].replace("O", "〇").replace("０", "〇") if not match["y"].isdigit() else match["y"]), to_int(match["m"]), to_int(match["d"])
    if not (y and m and d and 1 <= m <= 12 and 1 <= d <= 31):
        return None
    return f"{y:04}-{m:02}-{d:02}"


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期, with the line they begin at."""

    names: tuple[str, ...]
    issued: str | None
    first_line: int


def signature(lines: list[str], start: int) -> Signature | None:
    """The first signature at or after ``start``: organs, each on a line, above a line that is only a date."""
    for index in range(start, len(lines)):
        plain = squeeze(lines[index])
        match = _DATE.search(plain)
        if not match or match.end() != len(plain) or len(plain) - len(match[0]) > 30:
            continue
        names: list[str] = []
        before = plain[: match.start()]
        if before and _ORGAN_END.search(before):
            names.append(before)
        elif before:
            continue
        first = index
        while first > start and len(names) < 12 and _is_signing(lines[first - 1]):
            first -= 1
            names[:0] = [n for n in re.split(r"[\s\u3000]+", lines[first].strip()) if _ORGAN_END.search(n)]
        return Signature(tuple(names), date_of(plain), first)
    return None


def _is_signing(line: str) -> bool:
    plain = line.strip()
    if re.fullmatch(r"[（(].{2,30}代章[）)]", plain):
        return True
    return len(plain) <= 60 and bool(_ORGAN_END.search(plain)) and not re.search(r"[，。；：:、]", plain) and marker(plain) is None


def is_imprint(line: str) -> bool:
    """Whether a line belongs to 附注 or 版记."""
    plain = squeeze(line)
    return bool(
        _PUBLICITY.match(plain) or _COPIED.match(plain) or _PRINTED.search(plain) or re.match(r"^共印\d+份", plain)
    )


def publicity_of(lines: list[str]) -> str | None:
    """附注 as printed: 此件公开发布."""
    for line in lines:
        match = _PUBLICITY.match(squeeze(line))
        if match:
            return match[1] or match[2]
    return None


def printed_of(lines: list[str]) -> str | None:
    """印发日期 of the 版记."""
    return next((date_of(line) for line in reversed(lines) if _PRINTED.search(squeeze(line))), None)


def copied_to_of(lines: list[str]) -> tuple[str, ...]:
    """抄送机关; a last name on a line of its own after the stop belongs to them."""
    for index, line in enumerate(lines):
        match = _COPIED.match(line.strip())
        if match:
            text = match[1]
            following = lines[index + 1].strip() if index + 1 < len(lines) else ""
            if following.endswith("。") and len(following) < 60 and not is_imprint(following):
                text += following
            names = _split_outside_brackets(text, "，,；;、。")
            return tuple(name.strip() for name in names if name.strip())
    return ()


def attachments_of(lines: list[str]) -> tuple[tuple[Attachment, ...], frozenset[int]]:
    """The list of annexes under 附件：, and the lines it takes."""
    for index, line in enumerate(lines):
        match = _ATTACHMENTS.match(line.strip())
        if not match or index == 0:
            continue
        first = match[1].strip()
        items, taken = [], {index}
        item = _ATTACHMENT_ITEM.match(first)
        if first and not item:
            title = first
            if index + 1 < len(lines) and _KIND_END_LOOSE.search(squeeze(lines[index + 1])) and len(lines[index + 1]) < 20 and not _KIND_END_LOOSE.search(squeeze(first)):
                title += lines[index + 1].strip()
                taken.add(index + 1)
            return (Attachment("附件", _annex_title(title)),), frozenset(taken)
        if item:
            items.append(item)
        for at in range(index + 1, len(lines)):
            follow = _ATTACHMENT_ITEM.match(lines[at].strip())
            if not follow or int(follow[1]) != len(items) + 1:
                break
            items.append(follow)
            taken.add(at)
        if items:
            return tuple(Attachment(f"附件{i[1]}", _annex_title(i[2])) for i in items), frozenset(taken)
    return (), frozenset()


_KIND_END_LOOSE = re.compile(r"(?:表|单|书|录|流程|方案|办法|细则|清单|报告|册|图|函|通知)$")


def _annex_title(text: str) -> str:
    return re.sub(r"\.(?:docx?|pdf|xlsx?|wps|zip|rar)$", "", text.strip().rstrip("。；;"))


def contacts_of(lines: list[str]) -> tuple[Contact, ...]:
    """Whom to ask: department, name, phone and e-mail where a line of contacts prints them."""
    found: list[Contact] = []
    for index, line in enumerate(lines):
        match = _CONTACT.match(line.strip())
        if not match:
            continue
        following = [] if match[1].strip() else lines[index + 1 : index + 9]
        for text in [match[1], *following]:
            found = _with_contact(found, text.strip())
    return tuple(found)


def _with_contact(found: list[Contact], text: str) -> list[Contact]:
    email, phone = _EMAIL.search(text), _PHONE.search(text)
    if not email and not phone:
        return found
    if email and not phone and found:
        last = found[-1]
        return [*found[:-1], Contact(last.department, last.name, last.phone, email[0])]
    rest = re.sub(r"(?:联系)?(?:电话|邮箱|手机)\s*[：:]", " ", text[: (phone or email).start()])  # type: ignore[union-attr]  # one of them matched
    words = [w for w in re.split(r"[\s，,；;：:（）()]+", rest) if w]
    department = next((w for w in words if _ORGAN_END.search(w) and len(w) > 3), None)
    name = next((w for w in reversed(words) if w != department and re.fullmatch(r"[\u4e00-\u9fff·]{2,5}", w)), None)
    return [*found, Contact(department, name, phone[0] if phone else None, email[0] if email else None)]


def enclosed_of(title: str | None, front_text: str) -> Enclosed | None:
    """The text that the notice carries, from its title, else from 现将《…》印发给你们."""
    quoted = re.sub(r"\s+", " ", title or "")
    match = _TITLE_CARRIES.search(quoted)
    name = (match["quoted"] or match["bare"]) if match else None
    if name is None:
        said = _CARRIES.search(front_text)
        name = said["title"] if said else None
    if name is None:
        return None
    name = re.sub(r"\s+(?=[\u4e00-\u9fff])(?<![”\u4e00-\u9fff]\s)", "", name)
    name = re.sub(r"^关于(?=.+的(?:报告|请示|意见))|^《|》$", "", name) if name.startswith("《") else name
    return Enclosed(name, kind_of(name))


def kind_of(title: str | None) -> str | None:
    """The 文种 that a title ends with; a note such as （试行） is no part of it."""
    if not title:
        return None
    match = _KIND_END.search(squeeze(title))
    return match[1] if match else None


def self_named_kind(text: str) -> str | None:
    """The kind that the text gives itself (本通知, 本办法) where it prints no title."""
    said = _SAID.search(text)
    if said:
        return said[1].removesuffix("复") if said[1] == "函复" else said[1]
    names = _SELF.findall(text)
    return max(names, key=names.count) if names else None


def region_of(elements: Elements, regions: Regions) -> Elements:
    """``elements`` with the region of the issuer, else of the number's first character."""
    from dataclasses import replace

    region = next((r for r in (regions.region_of(name) for name in elements.issuers) if r), None)
    if region is None and not elements.issuers and elements.number:
        region = regions.province_of_code(elements.number.code)
    return replace(elements, region=region)


def published_note(lines: list[str]) -> str | None:
    """（2011年12月15日…公布）under a title."""
    return next((date_of(line) for line in lines if _PUBLISHED_NOTE.match(line)), None)


ANNEX_HEAD = ANNEX
