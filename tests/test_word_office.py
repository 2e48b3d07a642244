"""LibreOffice turns the formats of other programs into what is read, and into nothing worse."""

import http.server
import io
import os
import shutil
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest
from docx_samples import OFFICIAL, Draft, notice
from test_guard import is_running
from test_word_notices import NOTICES, assert_same, facts, original, saved

from corpus.errors import (
    DamagedDocument,
    DocumentError,
    LockedDocument,
    MissingProgram,
    NotText,
    TooCostly,
)
from corpus.limits import Limits
from corpus.readers import guard, read
from corpus.readers.word import office, reader

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)


@pytest.fixture(scope="session")
def save_as(libreoffice, tmp_path_factory):
    """Saves DOCX files in other formats: ``save_as("odt", {"a": data})``."""
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(kind: str, files: dict[str, bytes]) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp(kind)
        for name, data in files.items():
            (folder / f"{name}.docx").write_bytes(data)
        sources = [str(folder / f"{name}.docx") for name in files]
        made = ["--headless", "--convert-to", kind, "--outdir", str(folder), *sources]
        subprocess.run(
            [libreoffice, f"-env:UserInstallation={profile}", *made],
            check=True,
            capture_output=True,
            timeout=180,
        )
        suffix = kind.split(":")[0]
        return {name: (folder / f"{name}.{suffix}").read_bytes() for name in files}

    return convert


def odt(content: str, manifest: str = "") -> bytes:
    """An OpenDocument text of this body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        link = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
        archive.writestr(
            "content.xml",
            f'<office:document-content {NAMES} {link} office:version="1.2"><office:body>'
            f"<office:text>{content}</office:text></office:body></office:document-content>",
        )
        name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'.format
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{name}" m:version="1.2">'
            f"{entry('/', 'application/vnd.oasis.opendocument.text')}"
            f"{entry('content.xml', 'text/xml')}{manifest}</m:manifest>",
        )
    return stream.getvalue()


def rtf(lines: list[str]) -> bytes:
    """An RTF file of these paragraphs and rows of cells, as Word writes them."""
    inner = ""
    for line in lines:
        if "\t" in line:
            cells = line.split("\t")
            edges = "".join(
                rf"\clbrdrl\brdrs\clbrdrr\brdrs\cellx{1500 * n}" for n in range(1, len(cells) + 1)
            )
            inside = "".join(rf"\pard\intbl {_escaped(cell)}\cell" for cell in cells)
            inner += rf"\trowd{edges}{inside}\row" + "\n"
        else:
            inner += rf"\pard {_escaped(line)}\par" + "\n"
    return (r"{\rtf1\ansi\ansicpg936\uc1 " + inner + "}").encode("ascii")


def _escaped(text: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else rf"\u{_short(c)}?" for c in text)


def _short(character: str) -> int:
    number = ord(character)
    return number - 65536 if number > 32767 else number


# ── what comes out ──


@pytest.mark.parametrize("kind", ["odt", "doc"])
def test_the_notices_saved_in_other_formats_give_the_same_rules(save_as, kind):
    # LibreOffice starts anew for each: the two longest have all that the others have
    originals = {path.stem: original(path) for path in NOTICES[::3]}
    # LibreOffice loses a start that is overridden when it writes DOC: each list is its own here
    files = {
        name: notice(read_so.normal.text.split("\n"), definitions=True)
        for name, (_, read_so) in originals.items()
    }
    for name, data in save_as(kind, files).items():
        source, read_so = originals[name]
        assert_same(read_so, saved(source, office.parse(data, f"{name}.{kind}")))


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_the_notices_as_rich_text_give_the_same_rules(libreoffice, path):
    source, read_so = original(path)
    body = office.parse(rtf(read_so.normal.text.split("\n")), "x.rtf")
    assert facts(saved(source, body)) == facts(read_so)


def test_a_document_of_wps_is_read(save_as):
    data = save_as("doc", {"a": Draft().paragraph("关于培训的通知").bytes()})["a"]
    assert office.parse(data, "通知.wps").text == "关于培训的通知"


def test_bytes_decide_what_a_file_is(save_as):
    draft = Draft().paragraph("关于培训的通知")
    made = save_as("odt", {"a": draft.bytes()})["a"]
    named = {"a.odt": draft.bytes(), "a.doc": made, "a.wps": rtf(["关于培训的通知"])}
    for name, data in named.items():
        assert office.parse(data, name).text == "关于培训的通知"


def test_word_2003_in_xml(libreoffice):
    name = "http://schemas.microsoft.com/office/word/2003/wordml"
    inner = "<w:body><w:p><w:r><w:t>关于培训的通知</w:t></w:r></w:p></w:body>"
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    data = f'{head}<w:wordDocument xmlns:w="{name}">{inner}</w:wordDocument>'.encode()
    assert office.parse(data, "通知.doc").text == "关于培训的通知"


def test_numbers_are_those_that_libreoffice_prints(save_as):
    draft = Draft()
    definition = draft.levels(*OFFICIAL)
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    first, second = draft.list_of(definition), draft.list_of(definition, override)
    decimal = [("decimal", ".".join(f"%{n}" for n in range(1, at + 2)), "space") for at in range(3)]
    plan = draft.list_of(draft.levels(*decimal, identity=901))
    counting = draft.list_of(draft.levels(("chineseCounting", "第%1条", "space"), identity=902))
    for at in (0, 1, 1, 2, 3, 0, 1, 2, 2):
        draft.numbered("文", first, at)
    for at in (1, 1, 0, 1, 2, 0, 2):
        draft.numbered("文", plan, at)
    for at in (0, 0, 1):
        draft.numbered("文", second, at)
    for _ in range(32):
        draft.numbered("文", counting)
    data = draft.bytes()
    printed = save_as("txt:Text (encoded):UTF8", {"a": data})["a"].decode("utf-8-sig")
    ours = [line.replace(" ", "") for line in reader.parse(data, "a.docx").text.split("\n")]
    assert ours == [line.replace(" ", "") for line in printed.split("\n") if line.strip()]


# ── what cannot be read ──


@pytest.mark.parametrize("name", ["通知.doc", "通知.wps", "通知.rtf", "通知.odt"])
def test_without_libreoffice_the_message_says_what_to_install(monkeypatch, name):
    monkeypatch.setattr(office, "_COMMANDS", ("no-such-program",))
    data = odt("<text:p>文</text:p>") if name.endswith("odt") else b"{\\rtf1 x}"
    with pytest.raises(MissingProgram) as caught:
        office.parse(data, name)
    assert str(caught.value) == (
        f"{name}: {Path(name).suffix} files are read with LibreOffice, which is not installed. "
        "Install it (Debian: apt install libreoffice-writer), or save the file as DOCX."
    )


def test_a_docx_with_another_suffix_needs_no_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "_COMMANDS", ("no-such-program",))
    assert office.parse(Draft().paragraph("通知").bytes(), "通知.wps").text == "通知"


def old_office(stream: str, flags: int = 0) -> bytes:
    """The container of an old Office file with one stream, which says that it is Word's."""
    first = b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little")
    return OLE + bytes(504) + first.ljust(512, b"\0") + stream.encode("utf-16-le").ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (old_office("WordDocument", 0x0100), LockedDocument, "needs a password.*without"),
        (old_office("EncryptedPackage"), LockedDocument, "needs a password"),
        (odt("", "<m:encryption-data/>"), LockedDocument, "needs a password"),
        (old_office("Workbook"), NotText, r"a workbook \(xls\)"),
        (old_office("PowerPoint Document"), NotText, r"a presentation \(ppt\)"),
        (b"<!DOCTYPE html><html>", NotText, r"a web page.*suffix \.html"),
        (b"\n<html xmlns:o='urn:schemas-microsoft-com:office:office'>", NotText, "a web page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", NotText, "a web page"),
        (b"hello", DamagedDocument, "no document of Word, WPS or OpenDocument"),
        (b"", DamagedDocument, "no document"),
        (b"PK\x03\x04", DamagedDocument, "no ZIP file"),
    ],
)
def test_what_is_no_document_never_gets_to_libreoffice(monkeypatch, data, error, words):
    monkeypatch.setattr(office, "_run", lambda *_: pytest.fail("LibreOffice was started"))
    with pytest.raises(error, match=words) as caught:
        office.parse(data, "通知.doc")
    assert str(caught.value).startswith("通知.doc: ")
    assert "\n" not in str(caught.value)


def test_what_libreoffice_cannot_read_is_damage(libreoffice):
    with pytest.raises(DamagedDocument, match="LibreOffice cannot read this file"):
        office.parse(old_office("WordDocument"), "通知.doc")


def test_a_slow_libreoffice_is_ended_with_all_that_it_has_started(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/child\nwait\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 x}")
    # a room keeps the settings of the time it was opened
    guard._close()
    try:
        with pytest.raises(TooCostly, match=r"more than 2 s.*document_seconds"):
            read(tmp_path / "a.rtf", root=tmp_path, limits=Limits(document_seconds=2))
    finally:
        guard._close()
    assert not is_running(int((tmp_path / "child").read_text("ascii")))


def test_nothing_is_left_behind(libreoffice, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert office.parse(rtf(["通知"]), "通知.rtf").text == "通知"
    assert list(tmp_path.iterdir()) == []


# ── safety ──


@pytest.fixture
def asked():
    """What has been asked of a server on this machine, and its port."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield paths, server.server_port
        server.shutdown()
        thread.join()


def linked(port: int, secret: Path) -> dict[str, bytes]:
    """Documents that name pictures on a server and a file of this machine."""
    picture = f'xlink:href="http://127.0.0.1:{port}/x.png" xlink:type="simple" xlink:show="embed"'
    frame = f'<draw:frame svg:width="1cm" svg:height="1cm"><draw:image {picture}/></draw:frame>'
    section = f'<text:section-source xlink:href="{secret.as_uri()}" text:filter-name="Text"/>'
    fields = "".join(
        r"{\field{\*\fldinst " + code + r"}{\fldrslt old}}"
        for code in (
            f'INCLUDEPICTURE "http://127.0.0.1:{port}/x.png" \\\\d',
            f'INCLUDETEXT "{secret}"',
        )
    )
    return {
        "a.odt": odt(
            f'<text:p>文{frame}</text:p><text:section text:name="s">{section}'
            "<text:p>旧</text:p></text:section>"
        ),
        "a.rtf": (r"{\rtf1\ansi " + fields + r"\par}").encode("ascii"),
    }


def test_documents_ask_no_server_and_read_no_file(libreoffice, asked, tmp_path):
    paths, port = asked
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", "utf-8")
    for name, data in linked(port, secret).items():
        assert "TOPSECRET" not in office.parse(data, name).text
    assert paths == []


def test_it_is_the_settings_that_keep_libreoffice_from_asking(
    libreoffice, asked, tmp_path, monkeypatch
):
    paths, port = asked
    monkeypatch.setattr(office, "_SETTINGS", ())
    office.parse(linked(port, tmp_path / "secret.txt")["a.odt"], "a.odt")
    assert paths


def test_a_bomb_does_not_get_to_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "_run", lambda *_: pytest.fail("LibreOffice was started"))
    data = odt("x" * 3_000_000)
    with pytest.raises(DocumentError, match="unpacked it has more than 2"):
        office.parse(data, "通知.odt", Limits(unpacked_bytes=2_000_000))


def test_the_program_is_found_where_the_system_has_it():
    found = office.command()
    assert found is None or shutil.which(found) == found
