"""A page to be: where it stands, which template makes it, and what all pages of a build share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from site_builder import urls
from site_builder.contexts import Shell
from site_builder.filters import day

#: the menu: pages without their .html, and what they are called
COLUMNS = (
    ("documents", "文件"),
    ("departments", "部门"),
    ("groups", "对象"),
    ("calendar", "日历"),
    ("relations", "关系"),
    ("quality", "数据质量"),
    ("data", "数据接口"),
)
#: the context of each template of a module of pages
Templates = Mapping[str, type]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be: where it stands, the template that makes it, and what that is given."""

    path: str
    template: str
    context: Any


@dataclass(frozen=True)
class Edition:
    """What all pages of one build share: the title, the day, and the version of the index.

    ``url`` is the site's public address, empty where it has none.
    """

    title: str
    built: date
    index: str
    url: str = ""

    def shell(self, path: str, title: str, section: str = "") -> Shell:
        """The frame of the page at ``path``."""
        built = day(self.built.isoformat())
        return Shell(title, self.title, urls.root_of(path), section, built, self.index, COLUMNS)
