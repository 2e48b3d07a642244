"""The site appears whole or not at all, and never in the place of something else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import site_samples as samples

from corpus.errors import UsageError
from kb.models import KnowledgeBase
from kb.plain import json_schema, to_plain
from kb.schema import Record
from site_builder.building import making, staging
from site_builder.building.links import read_page
from site_builder.building.staging import MARKER
from site_builder.building.write import SiteReport, build_site
from site_builder.downloads.files import SHAPES
from site_builder.downloads.shapes import schema_of

DAY = date(2025, 3, 1)
KILLED = """
import os, sys
from datetime import date
from pathlib import Path
import site_samples as samples
from site_builder.building.write import build_site

def stop(stage, done, total):
    if (stage, done) == ("site", 3):
        os._exit(9)

build_site(samples.graph(), Path(sys.argv[1]), title="新", built=date(2025, 3, 2), progress=stop)
"""


def build(
    out: Path, base: KnowledgeBase | None = None, title: str = "知识库", jobs: int = 1
) -> SiteReport:
    return build_site(samples.graph(base), out, title=title, built=DAY, jobs=jobs)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot let two folders change places."""
    monkeypatch.setattr(staging, "_exchange", lambda one, other: False)


def test_the_same_rule_base_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "one")
    build(tmp_path / "other", KnowledgeBase.of(reversed(samples.base().records)))
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_several_processes_make_the_same_bytes(tmp_path: Path) -> None:
    one = build(tmp_path / "one")
    other = build(tmp_path / "other", jobs=3)
    assert contents(tmp_path / "one") == contents(tmp_path / "other")
    assert one == other


def test_a_process_that_is_killed_costs_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    monkeypatch.setattr(making, "render", lambda page: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(UsageError, match="was killed") as told:
        build(site, title="新", jobs=2)
    assert "--jobs 1" in str(told.value)
    assert contents(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("of", ["", ".html"], ids=["at first", "in a process of its own"])
def test_a_full_disk_is_told_as_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    def full(self: Path, data: bytes) -> int:
        if self.suffix != of:
            return write_bytes(self, data)
        raise OSError(28, "No space left on device", str(self))

    write_bytes = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="No space left") as told:
        build(tmp_path / "site", jobs=2)
    assert "Make room" in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_the_report_counts_what_was_written(tmp_path: Path) -> None:
    report = build(tmp_path / "site")
    files = contents(tmp_path / "site")
    assert report.files == len(files)
    assert report.bytes == sum(map(len, files.values()))
    assert report.pages == sum(name.endswith(".html") for name in files)
    assert report.dead_links == ()


def test_progress_is_told_part_by_part(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    report = build_site(
        samples.graph(),
        tmp_path / "site",
        title="知识库",
        built=DAY,
        progress=lambda *step: told.append(step),
    )
    assert report.pages > 0
    assert told.pop(0) == ("conditions", 1, 1)
    assert told == [("site", done, len(told)) for done in range(1, len(told) + 1)]


def test_a_rebuild_replaces_the_whole_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    build(site, samples.base(samples.carrier()))
    assert not (site / "documents" / "140000-jinwenlvbanfa-2021-123.html").exists()
    build(tmp_path / "fresh", samples.base(samples.carrier()))
    assert contents(site) == contents(tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "site"]


def test_a_folder_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="did not build") as refused:
        build(tmp_path)
    assert refused.value.remedy
    assert contents(tmp_path) == {"thesis.txt": b"mine"}


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="this is a file"):
        build(tmp_path / "site")
    assert (tmp_path / "site").read_text("utf-8") == "mine"


def test_an_empty_folder_and_missing_parents_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    build(tmp_path / "empty")
    build(tmp_path / "a" / "b" / "site")
    assert contents(tmp_path / "empty") == contents(tmp_path / "a" / "b" / "site")


def test_what_cannot_be_written_is_told_as_help(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="cannot be written") as told:
        build(tmp_path / "file" / "site")
    assert "name another folder" in str(told.value)


def test_a_link_to_a_site_keeps_leading_to_it(tmp_path: Path) -> None:
    build(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    build(tmp_path / "link", title="新")
    assert (tmp_path / "link").is_symlink()
    assert "新" in (tmp_path / "real" / "index.html").read_text("utf-8")


def test_the_standing_site_is_not_touched_before_every_page_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    made = 0

    def fails_late(page: object) -> bytes:
        nonlocal made
        made += 1
        assert contents(site) == before
        if made == 7:
            raise RuntimeError("broken template")
        return b""

    monkeypatch.setattr(making, "render", fails_late)
    with pytest.raises(RuntimeError):
        build(site, title="新")
    assert contents(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def interrupt(stage: str, done: int, total: int) -> None:
    if (stage, done) == ("site", 3):
        raise KeyboardInterrupt


def test_an_interrupted_build_leaves_the_site_that_was_there(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    with pytest.raises(KeyboardInterrupt):
        build_site(samples.graph(), site, title="新", built=DAY, progress=interrupt)
    assert contents(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_killed_build_leaves_the_site_and_the_next_one_clears_up(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    tests = Path(__file__).parent
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(site)], cwd=tests, check=False, capture_output=True
    )
    assert killed.returncode == 9, killed.stderr
    assert contents(site) == before
    assert (tmp_path / ".site.policykb-new").exists()
    build(site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_nothing_of_an_interrupted_build_gets_into_the_next(tmp_path: Path) -> None:
    stale = tmp_path / ".site.policykb-new" / "documents" / "stale.html"
    stale.parent.mkdir(parents=True)
    stale.write_text("half", "utf-8")
    build(tmp_path / "site")
    assert not (tmp_path / "site" / "documents" / "stale.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_folders_change_places_in_two_renames_where_one_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_exchange(monkeypatch)
    site = tmp_path / "site"
    build(site)
    build(site, title="新")
    assert "新" in (site / "index.html").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_that_was_moved_aside_comes_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    site.rename(tmp_path / ".site.policykb-old")
    (tmp_path / ".site.policykb-new").mkdir()
    staging.recover(site)
    assert (site / MARKER).exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_old_site_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_exchange(monkeypatch)
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    rename: Callable[[Path, Path], Path] = Path.rename

    def fails_for_the_new_one(self: Path, target: Path) -> Path:
        if self.name.endswith("-new"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_for_the_new_one)
    with pytest.raises(UsageError, match="No space left"):
        build(site, title="新")
    assert contents(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs renameat2")
def test_a_reader_always_finds_a_whole_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    stop, missing, reads = threading.Event(), [], 0

    def read_on() -> None:
        nonlocal reads
        while not stop.is_set():
            reads += 1
            try:
                assert (site / "index.html").read_bytes().endswith(b"</html>\n")
            except OSError as problem:
                missing.append(problem)

    reader = threading.Thread(target=read_on)
    reader.start()
    for _ in range(5):
        build(site)
    stop.set()
    reader.join()
    assert reads > 20
    assert not missing


# ── what has not changed is not written ──

LATER = date(2025, 6, 1)


def identities(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_ino for name in contents(folder)}


def test_a_build_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(site).unchanged == 0
    before, folder = identities(site), site.stat().st_ino
    report = build(site)
    assert report.unchanged == report.pages
    assert (identities(site), site.stat().st_ino) == (before, folder)


def test_a_page_keeps_its_bytes_and_its_day_when_only_the_day_of_building_changes(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    report = build_site(samples.graph(), site, title="知识库", built=LATER)
    assert report.unchanged == report.pages
    assert contents(site) == before
    assert "2025年3月1日</time>" in (site / "index.html").read_text("utf-8")


def test_a_page_that_changes_says_when_and_the_others_are_the_same_files(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    before = identities(site)
    record = samples.carrier()
    document = record.document.model_copy(update={"publicity": "此件公开发布"})
    changed = samples.base(samples.training(), record.model_copy(update={"document": document}))
    report = build_site(samples.graph(changed), site, title="知识库", built=LATER)
    page = "documents/140000-jinzhengbanfa-2019-68.html"
    assert report.pages - report.unchanged == 1
    assert "2025年6月1日" in (site / page).read_text("utf-8")
    after = identities(site)
    moved = {name for name in after if before.get(name) != after[name]}
    assert {name for name in moved if name.endswith(".html")} == {page}
    assert "documents/140000-jinwenlvbanfa-2021-123.html" not in moved


def test_a_file_that_somebody_changed_is_written_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    (site / "index.html").write_text("mine", "utf-8")
    (site / "static" / "site.css").unlink()
    (site / "static" / "site.css").symlink_to(site / "static" / "site.js")
    (site / "stray.html").write_text("mine", "utf-8")
    assert build(site).unchanged == len([n for n in before if n.endswith(".html")]) - 1
    assert contents(site) == before
    assert not (site / "static" / "site.css").is_symlink()


def test_what_is_gone_from_the_rule_base_goes_from_a_site_that_has_not_changed_else(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    build(site)
    before = contents(site)
    (site / "stray.html").write_text("mine", "utf-8")
    build(site)
    assert contents(site) == before


def test_files_are_copied_with_their_times_where_links_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(one: Path, other: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    site = tmp_path / "site"
    build(site)
    before, written = contents(site), (site / "static" / "site.css").stat().st_mtime_ns
    monkeypatch.setattr(staging.os, "link", refuses)
    build(site, samples.base(samples.carrier()))
    build(site)
    assert contents(site) == before
    assert (site / "static" / "site.css").stat().st_mtime_ns == written


def test_a_long_file_is_kept_or_written_as_short_ones_are(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text, differs in (("ab", True), ("ab", False), ("ac", True), ("abc", True)):
        with staging.Staging(site) as making:
            assert making.pour("long", iter([c.encode() for c in text])) is differs
            assert b"".join(making.made("long")) == text.encode()
            making.swap()
        assert (site / "long").read_text("utf-8") == text


# ── what is there for programs ──


def test_the_data_files_are_the_records(tmp_path: Path) -> None:
    build(tmp_path)
    data = tmp_path / "data"
    for record in samples.base().records:
        path = data / "documents" / f"{record.document.id}.json"
        told = json.loads(path.read_text("utf-8"))
        plain = {key: value for key, value in told.items() if key not in ("relations", "status")}
        assert plain == to_plain(record)
        assert Record.model_validate(plain) == record
    rules = json.loads((data / "rules.json").read_text("utf-8"))["rules"]
    assert [(rule["document"], rule["id"]) for rule in rules] == [
        (record.document.id, rule.id) for record in samples.base().records for rule in record.rules
    ]
    assert json.loads((data / "schema.json").read_text("utf-8")) == json_schema()
    listed = json.loads((data / "documents.json").read_text("utf-8"))["documents"]
    assert all((tmp_path / one["record"]).exists() for one in listed)
    assert all((tmp_path / one["page"]).exists() for one in listed)
    for path, shape in SHAPES.items():
        schema = data / "schema" / Path(path).name
        assert json.loads(schema.read_text("utf-8")) == schema_of(shape)


def test_addresses_are_relative_and_end_in_html(tmp_path: Path) -> None:
    kinds = (".html", ".json", ".jsonl", ".gz", ".xml", ".ics", ".txt")
    build(tmp_path)
    for path in tmp_path.rglob("*.html"):
        for link, loads in read_page(path.read_bytes()).links:
            assert not link.startswith("/"), (path, link)
            target = link.partition("#")[0].partition("?")[0]
            assert loads or not target or target.endswith(kinds), (path, link)
