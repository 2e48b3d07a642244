"""Documents that could not be read are told of: why, and what to do, by the kind of error."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import site_samples as samples

from corpus import errors
from site_builder.holdings import Holdings
from site_builder.page import Page
from site_builder.pages import home, quality
from site_builder.render import render
from site_builder.unread import Unread, unread

SCAN = errors.NeedsOcr("it holds no characters", where="documents/08_扫描.pdf", remedy="Run it.")


def page_of(module: Any, *failures: errors.PolicyError) -> Page:
    held = Holdings(samples.graph(), samples.DAY)
    return next(module.pages(held, replace(samples.EDITION, unread=unread(failures))))


def kinds(of: type[errors.PolicyError]) -> list[type[errors.PolicyError]]:
    return [of, *(kind for below in of.__subclasses__() for kind in kinds(below))]


@pytest.mark.parametrize("kind", kinds(errors.DocumentError))
def test_every_kind_of_error_says_why_and_what_to_do(kind: type[errors.DocumentError]) -> None:
    (found,) = unread([kind("english", where="/home/me/documents/a.pdf")])
    assert found.name == "a.pdf"
    assert found.reason.endswith("。")
    assert found.remedy.endswith("。")
    assert "english" not in found.reason + found.remedy


def test_documents_are_told_by_name_and_once() -> None:
    other = errors.EmptyDocument("x", where="documents/a.txt")
    told = unread([SCAN, other, SCAN, errors.UsageError("no file")])
    assert [one.name for one in told] == ["08_扫描.pdf", "a.txt"]
    assert told[0] == Unread("08_扫描.pdf", told[0].reason, told[0].remedy)
    assert "--ocr" in told[0].remedy


def test_the_page_on_quality_lists_what_could_not_be_read() -> None:
    page = render(page_of(quality, SCAN)).decode()
    assert "没有读成的文件" in page
    assert "08_扫描.pdf" in page
    assert "扫描件" in page
    assert "没有读成的文件" not in render(page_of(quality)).decode()


def test_the_front_door_says_how_many_could_not_be_read() -> None:
    page = render(page_of(home, SCAN)).decode()
    assert '<a href="quality.html#unread">另有 1 份没有读成</a>' in page
    assert "没有读成" not in render(page_of(home)).decode()
