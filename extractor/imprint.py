"""Reads what stands below the text: signature and date, 附注, annexes, contacts, 版记.

Each reader takes the lines of the document and gives what they print, or nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.lines import marker
from extractor.models import Attachment, Contact
from extractor.numerals import to_int, year
from extractor.titles import squeeze

ORGAN_END = re.compile(
    r"(?:人民政府|国务院|委员会|办公厅|办公室|人大常委会|政协|法院|检察院|"
    r"[厅局委部署办会院司处室]|总局|管委会|中心|联合会|总工会|集团|公司|银行|兵团|党组|"
    r"领导小组|指挥部|学校|大学|学院)$"
)


DATE = re.compile(
    r"(?P<y>\d{4}|[一二〇○零O0０三四五六七八九]{4})\s*年\s*(?P<m>\d{1,2}|"
    r"[一二三四五六七八九十]{1,2})\s*月\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)


_PRINTED = re.compile(rf"({DATE.pattern})\s*(?:印发|印|发)$".replace("?P<y>", "?P<y>"))


_PUBLICITY = re.compile(
    r"^[（(]((?:此件|本件|此文)[^（）()]{1,12})[）)]$|^(?:公开方式|公开属性|信息公开选项|"
    r"信息公开类别|公开类别)[：:]\s*(\S+)$"
)


#: （2011年12月15日…公布）, and a bracket with nothing but the day: （2023年2月8日）
_PUBLISHED_NOTE = re.compile(
    rf"^[（(]\s*{DATE.pattern}(?:[^（）()]{{0,60}}(?:公布|发布|通过)|\s*[）)]$)"
)


_ATTACHMENTS = re.compile(r"^[-•]?\s*附\s*件\s*[：:]\s*(.*)$")


_ATTACHMENT_ITEM = re.compile(r"^(?:附件)?\s*(\d{1,2})\s*[.．、：:]\s*(.+)$")


_COPIED = re.compile(r"^抄\s*送[：:]\s*(.+)$")


_COPIES = re.compile(r"共印\d+份")


_CONTACT = re.compile(
    r"^(?:业务)?联\s*系\s*人(?:及联系方式|及电话|、联系电话|和联系方式)?\s*[：:]\s*(.*)$"
)


_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?:(?:0\d{2,3})[—\-－–]?)?\d{7,8}(?:转\d+)?")


_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def split_outside_brackets(text: str, marks: str) -> list[str]:
    """``text`` cut at ``marks`` that no bracket or quote holds."""
    pieces, depth, last = [], 0, 0
    for at, character in enumerate(text):
        depth += (character in "（(《“") - (character in "）)》”")
        if character in marks and depth <= 0:
            pieces.append(text[last:at])
            last = at + 1
    return [*pieces, text[last:]]


def date_of(text: str) -> str | None:
    """The first full date in ``text`` as ISO 8601."""
    match = DATE.search(text) if "日" in text else None
    if not match:
        return None
    y, m, d = (
        year(
            # 二0一六年, 二O一六年: a nought is typed in many ways
            re.sub("[O0０]", "〇", match["y"]) if not match["y"].isdigit() else match["y"]
        ),
        to_int(match["m"]),
        to_int(match["d"]),
    )
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
    """The first signature at or after ``start``: organs, each on a line, above a line that is
    only a date.
    """
    for index in range(start, len(lines)):
        plain = squeeze(lines[index])
        match = DATE.search(plain) if plain.endswith("日") else None
        if not match or match.end() != len(plain) or len(plain) - len(match[0]) > 30:
            continue
        names: list[str] = []
        before = plain[: match.start()]
        if before and ORGAN_END.search(before):
            names.append(before)
        elif before:
            continue
        first = index
        while first > start and len(names) < 12 and _is_signing(lines[first - 1]):
            first -= 1
            names[:0] = [
                n for n in re.split(r"[\s\u3000]+", lines[first].strip()) if ORGAN_END.search(n)
            ]
        return Signature(tuple(names), date_of(plain), first)
    return None


def _is_signing(line: str) -> bool:
    plain = line.strip()
    if re.fullmatch(r"[（(].{2,30}代章[）)]", plain):
        return True
    return (
        len(plain) <= 60
        and bool(ORGAN_END.search(plain))
        and not re.search(r"[，。；：:、]", plain)
        and marker(plain) is None
    )


def is_imprint(line: str) -> bool:
    """Whether a line belongs to 附注 or 版记."""
    plain = squeeze(line)
    return bool(
        _PUBLICITY.match(plain) or _COPIED.match(plain) or _printed(plain) or _COPIES.match(plain)
    )


def _printed(plain: str) -> re.Match[str] | None:
    return _PRINTED.search(plain) if plain.endswith(("印", "发")) else None


def publicity_of(lines: list[str]) -> str | None:
    """附注 as printed: 此件公开发布."""
    for line in lines:
        match = _PUBLICITY.match(squeeze(line))
        if match:
            return match[1] or match[2]
    return None


def printed_of(lines: list[str]) -> str | None:
    """印发日期 of the 版记."""
    return next((date_of(line) for line in reversed(lines) if _printed(squeeze(line))), None)


def copied_to_of(lines: list[str]) -> tuple[str, ...]:
    """抄送机关; a last name on a line of its own after the stop belongs to them."""
    for index, line in enumerate(lines):
        match = _COPIED.match(line.strip())
        if match:
            text = match[1]
            following = lines[index + 1].strip() if index + 1 < len(lines) else ""
            if following.endswith("。") and len(following) < 60 and not is_imprint(following):
                text += following
            names = split_outside_brackets(text, "，,；;、。")
            return tuple(name.strip() for name in names if name.strip())
    return ()


def lists_annexes(line: str) -> bool:
    """Whether a list of annexes begins at ``line``."""
    return _ATTACHMENTS.match(line.strip()) is not None


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
            if (
                index + 1 < len(lines)
                and _KIND_END_LOOSE.search(squeeze(lines[index + 1]))
                and len(lines[index + 1]) < 20
                and not _KIND_END_LOOSE.search(squeeze(first))
            ):
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
            return tuple(Attachment(f"附件{i[1]}", _annex_title(i[2])) for i in items), frozenset(
                taken
            )
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
    department = next((w for w in words if ORGAN_END.search(w) and len(w) > 3), None)
    name = next(
        (
            w
            for w in reversed(words)
            if w != department and re.fullmatch(r"[\u4e00-\u9fff·]{2,5}", w)
        ),
        None,
    )
    return [
        *found,
        Contact(department, name, phone[0] if phone else None, email[0] if email else None),
    ]


def published_note(lines: list[str]) -> str | None:
    """（2011年12月15日…公布）under a title."""
    return next((date_of(line) for line in lines if _PUBLISHED_NOTE.match(line)), None)
