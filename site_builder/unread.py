"""Documents that could not be read, in words for the reader: which, why, and what to do.

Names the file and nothing above it: a site may be published, and folders are the builder's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from corpus import errors

_SAVE = "请用原来的程序重新另存一份，或者从发文机关网站重新下载。"
#: by the kind of error: why, and what to do
_WORDS: dict[type[errors.PolicyError], tuple[str, str]] = {
    errors.NeedsOcr: (
        "只有图片，没有文字（扫描件）。",
        "安装 Tesseract 和 chi_sim 数据后运行 policykb build --ocr，或者换一份有文字的文件。",
    ),
    errors.UnreadableDocument: ("打不开。", "请核对文件是否存在、是否允许读取。"),
    errors.EmptyDocument: ("里面没有文字。", "请换一份有文字的文件。"),
    errors.NotText: ("不是文字，或者编码无法辨认。", _SAVE),
    errors.TooLarge: (
        "超过了允许的大小。",
        "请拆成几份，或者在 policykb.toml 的 [limits] 中放宽限制。",
    ),
    errors.TooCostly: (
        "读取所需的时间或内存超过了限制。",
        "请拆成几份，或者在 policykb.toml 的 [limits] 中放宽限制。",
    ),
    errors.DamagedDocument: ("文件已经损坏。", _SAVE),
    errors.LockedDocument: ("有密码保护。", "请去掉密码另存一份。"),
    errors.UnknownFormat: (
        "不是能读取的格式。",
        "请另存为 PDF、DOCX、HTML、TXT 或 Markdown。",
    ),
    errors.MissingProgram: ("需要的程序没有安装。", "请安装 LibreOffice，或者另存为 DOCX。"),
    errors.DuplicateDocument: ("与另一份文件的文号和发文机关相同。", "请留下其中一份。"),
    errors.RuleBaseError: ("规则库中的记录有误，没有采用。", "请运行 policykb check 查看并改正。"),
}
_OTHER = ("没有读成。", "请运行 policykb build 查看原因。")


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """A document that could not be read."""

    name: str
    reason: str
    remedy: str


def unread(failures: Iterable[errors.PolicyError]) -> tuple[Unread, ...]:
    """What has failed, by name; what concerns no file is no document."""
    found = (
        Unread(PurePath(str(error.where)).name, *_words(error))
        for error in failures
        if error.where is not None
    )
    return tuple(sorted(set(found)))


def _words(error: errors.PolicyError) -> tuple[str, str]:
    return next((words for kind, words in _WORDS.items() if isinstance(error, kind)), _OTHER)
