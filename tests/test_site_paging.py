"""Long lists on pages of a hundred."""

from __future__ import annotations

import pytest

from site_builder.lists.paging import leaves, page_of


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])]
)
def test_every_entry_stands_on_one_page(count: int, sizes: list[int]) -> None:
    found = leaves("documents.html", range(count))
    assert [len(leaf.items) for leaf in found] == sizes
    assert [item for leaf in found for item in leaf.items] == list(range(count))
    for leaf in found:
        for place in range(leaf.first, leaf.first + len(leaf.items)):
            assert page_of("documents.html", place) == leaf.path


def test_the_first_page_keeps_the_name_of_the_list() -> None:
    assert [leaf.path for leaf in leaves("a/b.html", range(201))] == [
        "a/b.html",
        "a/b-2.html",
        "a/b-3.html",
    ]


@pytest.mark.parametrize(
    ("pages", "number", "shown"),
    [
        (2, 1, "1 2"),
        (7, 4, "1 2 3 4 5 6 7"),
        (9, 1, "1 2 3 … 9"),
        (20, 10, "1 … 8 9 10 11 12 … 20"),
        (6, 5, "1 2 3 4 5 6"),
        (100, 100, "1 … 98 99 100"),
    ],
)
def test_a_pager_names_the_ends_and_the_neighbours(pages: int, number: int, shown: str) -> None:
    pager = leaves("x.html", range(pages), size=1)[number - 1].pager
    assert pager is not None
    assert " ".join(entry.name if entry else "…" for entry in pager.entries) == shown
    assert bool(pager.previous) == (number > 1)
    assert bool(pager.next) == (number < pages)


def test_a_list_of_one_page_has_no_pager() -> None:
    assert leaves("x.html", range(100))[0].pager is None
