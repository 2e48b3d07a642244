"""Names of pages: ASCII, stable, different for different things."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import urls


@given(st.text(max_size=60))
def test_every_name_is_safe_on_any_file_system(text: str) -> None:
    name = urls.file_name(text)
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name)
    assert len(name) < 130


@pytest.mark.parametrize(
    ("identifier", "page"),
    [
        ("140000-jinzhengbanfa-2019-68", "documents/140000-jinzhengbanfa-2019-68.html"),
        ("../evil", "documents/evil-"),
        ("A", "documents/a-"),
        ("通知", "documents/tong-zhi-"),
        ("", "documents/x-"),
    ],
)
def test_document_pages(identifier: str, page: str) -> None:
    assert urls.document_page(identifier).startswith(page)


def test_ids_that_differ_in_case_do_not_share_a_file() -> None:
    assert len({urls.file_name(name).lower() for name in ("abc", "ABC", "Abc")}) == 3


def test_homophones_have_pages_of_their_own() -> None:
    one, other = urls.department_page("市教育局"), urls.department_page("市交遇局")
    assert one.startswith("departments/shi-jiao-yu-ju-")
    assert one != other


def test_a_long_name_is_cut() -> None:
    assert len(urls.department_page("山西省人力资源和社会保障厅" * 9)) < 80


@pytest.mark.parametrize(
    ("rule", "anchor"),
    [("140000-x-2019-68#s7-2.amount.5c1e", "s7-2.amount.5c1e"), ("no-anchor", "no-anchor")],
)
def test_a_rule_is_named_within_its_document(rule: str, anchor: str) -> None:
    assert urls.rule_anchor(rule) == anchor


def test_addresses_are_quoted() -> None:
    assert urls.href("a b.html", 's1"<#') == "a%20b.html#s1%22%3C%23"


@pytest.mark.parametrize(("path", "root"), [("index.html", ""), ("documents/x.html", "../")])
def test_the_way_back_to_the_root(path: str, root: str) -> None:
    assert urls.root_of(path) == root
