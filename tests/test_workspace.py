"""A workspace is found from below, its settings are read or told with their line; one writes."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import needs_permissions

from corpus import lock
from corpus.errors import BusyError, NoWorkspace, UnreadableDocument, UsageError
from corpus.limits import Limits
from corpus.listing import documents
from corpus.workspace import create, find, load

ROOT = Path(__file__).parents[1]


def settings(folder: Path, content: str) -> Path:
    (folder / "policykb.toml").write_text(content, "utf-8")
    return folder


def test_the_repository_is_a_workspace():
    space = find(ROOT / "tests" / "invalid")
    assert space == load(ROOT)
    assert space.root == ROOT
    assert space.documents == ROOT / "corpus/notices"
    assert space.catalogue == ROOT / "corpus/catalogue.yaml"
    assert (space.rule_base, space.site) == (ROOT / "kb", ROOT / "site")
    assert space.cache == ROOT / ".policykb"
    assert space.limits == Limits()
    assert (space.title, space.site_url) == ("技能培训政策知识库", "")


def test_settings_left_out_have_defaults(tmp_path):
    space = load(settings(tmp_path, ""))
    assert space.documents == tmp_path / "documents"
    assert space.title == "政策知识库"


def test_the_nearest_parent_counts(tmp_path):
    (tmp_path / "a").mkdir()
    inner = settings(tmp_path / "a", "")
    settings(tmp_path, "")
    (inner / "b").mkdir()
    assert find(inner / "b").root == inner
    assert find(tmp_path).root == tmp_path


def test_no_workspace_says_how_to_get_one(tmp_path):
    with pytest.raises(NoWorkspace, match=r"no policykb\.toml here or above.*policykb init"):
        find(tmp_path)
    with pytest.raises(NoWorkspace, match="in this folder"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("titel = 'x'", 1, 'unknown key "titel"; did you mean "title"?'),
        ("\n[paths]\ndocument = 'x'", 3, '"paths.document"; did you mean "paths.documents"?'),
        ("[limits]\ndocument_bytes = '5'", 2, '"limits.document_bytes" must be a whole number'),
        ("[limits]\ndocument_bytes = true", 2, "must be a whole number"),
        ("[limits]\ndocument_bytes = 0", 2, "above zero"),
        ("title = 5", 1, '"title" must be a text in quotes'),
        ("[path]\ndocuments = 'x'", 1, 'unknown key "path"; did you mean "paths"?'),
        ("[zzz]\nqqqqq = 'x'", 1, "Known keys: title, paths.documents"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path, content, line, words):
    with pytest.raises(UsageError) as caught:
        load(settings(tmp_path, content))
    assert f"policykb.toml:{line}: " in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"title = x", "this is not TOML"), (b"title = '\xff'", "this is not UTF-8")],
)
def test_settings_that_cannot_be_read_are_told(tmp_path, content, words):
    (tmp_path / "policykb.toml").write_bytes(content)
    with pytest.raises(UsageError, match=words):
        load(tmp_path)


def test_a_new_workspace_can_be_used_at_once(tmp_path):
    space = create(tmp_path / "a" / "b")
    assert space.documents.is_dir()
    assert space == find(space.documents)
    assert documents(space).paths == ()
    assert "policykb build" in (space.root / "README.md").read_text("utf-8")


def test_a_workspace_is_not_made_twice_and_overwrites_nothing(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    create(tmp_path)
    assert (tmp_path / "README.md").read_text() == "mine"
    with pytest.raises(UsageError, match="this is a workspace already"):
        create(tmp_path)


def test_a_file_is_no_place_for_a_workspace(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be made"):
        create(tmp_path / "file")


# documents


def names(space):
    return [path.relative_to(space.documents).as_posix() for path in documents(space).paths]


def told(space):
    return [str(problem) for problem in documents(space).problems]


def test_documents_are_listed_in_the_order_of_their_paths(space, add):
    for name in ("b.txt", "a/z.md", 'it\'s "new" 通知.txt', ".hidden.txt", ".git/x.txt", "a.txt"):
        add(name, 1)
    assert names(space) == ["a/z.md", "a.txt", "b.txt", 'it\'s "new" 通知.txt']
    assert not told(space)


def test_what_the_workspace_makes_is_no_document(tmp_path):
    space = load(settings(tmp_path, "[paths]\ndocuments = '.'"))
    for name in ("kb/rules/a.yaml", "site/index.html", ".policykb/lock", "catalogue.yaml", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(space) == ["a.txt"]


def test_a_file_with_several_names_is_listed_once_under_its_own(space, add):
    add("m/real.txt", 1)
    (space.documents / "a-link.txt").symlink_to(space.documents / "m/real.txt")
    (space.documents / "linked").symlink_to(space.documents / "m")
    (space.documents / "hard.txt").hardlink_to(space.documents / "m/real.txt")
    assert names(space) == ["hard.txt"]
    (space.documents / "hard.txt").unlink()
    assert names(space) == ["m/real.txt"]
    assert not told(space)


def test_a_linked_folder_elsewhere_is_read(space, tmp_path):
    (tmp_path / "else").mkdir()
    (tmp_path / "else/a.txt").write_text("x")
    (space.documents / "linked").symlink_to(tmp_path / "else")
    assert names(space) == ["linked/a.txt"]


def test_links_in_circles_are_told_and_left(space, add):
    add("sub/a.txt", 1)
    (space.documents / "sub/loop").symlink_to(space.documents)
    (space.documents / "x.txt").symlink_to(space.documents / "y.txt")
    (space.documents / "y.txt").symlink_to(space.documents / "x.txt")
    (space.documents / "gone.txt").symlink_to(space.documents / "nowhere")
    assert names(space) == ["sub/a.txt"]
    assert sorted(told(space)) == [
        "documents/gone.txt: the link leads to a file that is not there. Take the link away.",
        "documents/sub/loop: the link leads back to a folder that it stands in. Take it away.",
        "documents/x.txt: the link leads back to itself. Take the link away.",
        "documents/y.txt: the link leads back to itself. Take the link away.",
    ]


def test_a_missing_documents_folder_is_a_problem(space):
    space.documents.rmdir()
    assert [type(p) for p in documents(space).problems] == [UnreadableDocument]


@needs_permissions
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_may_not_be_entered_is_a_problem(space, add, mode):
    add("shut/a.txt", 1)
    add("b.txt", 2)
    (space.documents / "shut").chmod(mode)
    try:
        assert names(space) == ["b.txt"]
        assert "no permission" in told(space)[0]
    finally:
        (space.documents / "shut").chmod(0o755)


# the lock

HOLDER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from corpus import lock, workspace
    with lock.writing(workspace.load(Path(sys.argv[1]))):
        print("held", flush=True)
        sys.stdin.read()
""")


def test_one_process_at_a_time_writes(space):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(space.root)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match=rf"process {holder.pid}\) is writing"):
            lock.writing(space).__enter__()
        holder.kill()
        holder.wait()
    with lock.writing(space):
        assert (space.cache / "lock").read_text().strip() == str(os.getpid())


def test_the_lock_is_free_again_after_use(space):
    for _ in range(2):
        with lock.writing(space):
            pass


def test_a_workspace_that_cannot_be_written_is_told(space):
    space.cache.write_text("in the way")
    with pytest.raises(UsageError, match="cannot write"):
        lock.writing(space).__enter__()
