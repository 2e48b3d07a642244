"""The notices as the peers of the site read them: Markdown, in a folder for each region.

Menus that list all notices on every page are pruned to the region, or MkDocs' site would grow with
the square of its pages.
"""

from __future__ import annotations

import re
from pathlib import Path

from kb.models import KnowledgeBase
from kb.schema import Record

_MKDOCS = """\
site_name: 测
theme:
  name: material
  language: zh
  font: false
  features: [navigation.prune]
plugins: [search]
"""
_HUGO = """\
baseURL: /
languageCode: zh-CN
title: 测
disableKinds: [taxonomy, term, RSS]
markup: {goldmark: {renderer: {unsafe: false}}}
"""
_SINGLE = """\
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav>{{ .TableOfContents }}</nav>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""
_LIST = """\
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><main><h1>{{ .Title }}</h1><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></main></body></html>
"""
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def for_mkdocs(folder: Path, base: KnowledgeBase) -> None:
    """A project of MkDocs with the Material theme."""
    _write(folder / "mkdocs.yml", _MKDOCS)
    _write(folder / "docs" / "index.md", "# 测\n")
    for record in base.records:
        title = record.document.title or record.document.id
        _write(folder / "docs" / _path(record), f"# {title}\n\n{_markdown(record)}")


def for_hugo(folder: Path, base: KnowledgeBase) -> None:
    """A project of Hugo with a layout of an outline and the text."""
    _write(folder / "config.yaml", _HUGO)
    _write(folder / "layouts" / "_default" / "single.html", _SINGLE)
    _write(folder / "layouts" / "_default" / "list.html", _LIST)
    _write(folder / "layouts" / "index.html", _LIST)
    for record in base.records:
        head = f'---\ntitle: "{record.document.title}"\n---\n\n'
        _write(folder / "content" / _path(record), head + _markdown(record))


def source_of(folder: Path, record: Record) -> Path:
    """The Markdown of a notice."""
    places = (folder / name / _path(record) for name in ("docs", "content"))
    return next(place for place in places if place.exists())


def site_of(folder: Path) -> Path:
    """Where the peer puts its site."""
    return folder / ("site" if (folder / "mkdocs.yml").exists() else "public")


def _path(record: Record) -> Path:
    region = record.document.region
    return Path(region.code if region else "xx") / f"{record.document.id}.md"


def _markdown(record: Record) -> str:
    levels = {clause.span[0]: clause.level for clause in record.clauses}
    told, start = [], 0
    for line in record.text.split("\n"):
        words = _SPECIAL.sub(r"\\\1", line.replace("\t", " ").strip())
        level = levels.get(start)
        told.append(f"{'#' * min(level + 1, 6)} {words}" if level else words)
        start += len(line) + 1
    return "\n\n".join(told) + "\n"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
