"""llms.txt: what the site holds and where its data stand, for programs that read prose.

Markdown after llmstxt.org. Addresses are those of the public site, or relative where there is none.
"""

from __future__ import annotations

import re

from kb.models import KIND_NAMES
from site_builder import urls
from site_builder.facts import standing_rules
from site_builder.holdings import Holdings
from site_builder.page import Edition

#: the files for programs, with what each holds
FILES = (
    (urls.RULES_FILE, "全部规则", "每条带所在文件、条款、原文、位置和各时段的效力"),
    (urls.MEASURES_FILE, "全部事项", "每个事项在各份文件中的标准，按时间先后，带变化和理由"),
    (urls.RELATIONS_FILE, "全部关系", "文件之间的废止、修改、依据等，可双向读；以及库中没有的文件"),
    (urls.DOCUMENTS_FILE, "文件清单", "标识、文号、标题、发文机关、日期，以及数据和网页的地址"),
    (urls.RECORDS_FILE, "全部文件", "JSON Lines，每行一份文件的全部数据"),
    (urls.PACKED_RECORDS_FILE, "全部文件（压缩）", "同上，gzip"),
    (urls.SCHEMA_FILE, "记录的格式", "规则库中一份记录的 JSON Schema（2020-12）"),
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def guide(holdings: Holdings, edition: Edition) -> bytes:
    """The file."""
    rules = sum(len(standing_rules(record)) for record in holdings.base.records)
    kinds = "、".join(KIND_NAMES.values())
    lines = (
        f"# {_plain(edition.title)}",
        "",
        f"> {len(holdings.base.records)} 份公文，{rules} 条规则（{kinds}），每条带原文和位置。"
        "规则由程序提取，一切以文件原文为准。",
        "",
        "文件、条款、规则在某一天是否有效，由原文得出的与推定的分开写明；原文没有写明的，记作“无法判断”。",
        "位置（span）从零数起，以字符计，不含末位：text[span[0]:span[1]] 与 quote 逐字相同。",
        "",
        "## 网页",
        f"- [我能申领什么]({_to(edition, urls.APPLY)}): "
        "按主体、地区、日期逐项判断能否申领，需要脚本；"
        "命令行的 policykb apply 给出同样的结论",
        f"- [文件]({_to(edition, urls.DOCUMENTS)}): 全部文件",
        f"- [部门]({_to(edition, urls.DEPARTMENTS)}): 各部门的职责",
        f"- [数据接口]({_to(edition, urls.DATA)}): 各数据文件的格式、用法和约定",
        "",
        "## 数据",
        *(f"- [{name}]({_to(edition, path)}): {remark}" for path, name, remark in FILES),
        "",
    )
    return "\n".join(lines).encode()


def _to(edition: Edition, path: str) -> str:
    return urls.public(edition.url, path) if edition.url else urls.href(path)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
