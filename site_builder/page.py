"""A page to be: where it stands, which template makes it, and what all pages of a build share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from site_builder import urls
from site_builder.contexts import Shell
from site_builder.unread import Unread

#: the menu: pages without their .html, and what they are called
COLUMNS = (
    ("apply", "我能申领什么"),
    ("documents", "文件"),
    ("measures", "事项"),
    ("departments", "部门"),
    ("groups", "对象"),
    ("calendar", "日历"),
    ("relations", "关系"),
    ("quality", "数据质量"),
    ("data", "数据接口"),
)
#: pages that hold a search, and so change with its index
_SEARCHING = (urls.HOME, urls.SEARCH)
#: the context of each template of a module of pages
Templates = Mapping[str, type]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be: where it stands, the template that makes it, and what that is given."""

    path: str
    template: str
    context: Any

    def dated(self, day: date) -> Page:
        """The same page, saying that it last changed on ``day``."""
        shell = replace(self.context.shell, day=day)
        return replace(self, context=replace(self.context, shell=shell))


@dataclass(frozen=True)
class Edition:
    """What all pages of one build share: the title, the day, the versions of the index and of the
    conditions of claims.

    ``url`` is the site's public address, empty where it has none; ``unread`` are the documents
    that the build could not read.
    """

    title: str
    built: date
    index: str
    url: str = ""
    claims: str = ""
    unread: tuple[Unread, ...] = ()

    def shell(self, path: str, title: str, section: str = "") -> Shell:
        """The frame of the page at ``path``."""
        return Shell(
            title=title,
            site=self.title,
            root=urls.root_of(path),
            section=section,
            day=self.built,
            index=self.index if path in _SEARCHING else "",
            columns=COLUMNS,
            feed=urls.FEED if self.url else "",
        )
