"""The site is shown on this machine, and nothing else is."""

import threading
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from corpus.errors import UsageError
from site_builder.building.write import MARKER
from site_builder.serve import server


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "d").mkdir(parents=True)
    (folder / "empty").mkdir()
    (folder / MARKER).write_text("ours")
    (folder / "index.html").write_text("<p>首页", "utf-8")
    (folder / "d" / "index.html").write_text("<p>文件", "utf-8")
    (folder / "d" / "数据.js").write_text("var x", "utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "leak.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@contextmanager
def served(site):
    with server(site, 0) as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield web.server_port
        finally:
            web.shutdown()
            thread.join()


def get(port, path, method="GET", hosts=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.putrequest(method, path, skip_host=hosts is not None)
    for host in hosts or ():
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_pages_are_shown_with_safe_headers(site):
    with served(site) as port:
        answer, body = get(port, "/")
        assert (answer.status, body.decode()) == (200, "<p>首页")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Server"].strip() == "policykb"
        answer, body = get(port, "/d/%E6%95%B0%E6%8D%AE.js")
        assert (answer.status, body) == (200, b"var x")
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert get(port, "/d/")[1].decode() == "<p>文件"
        assert get(port, "/", "HEAD")[1] == b""


def test_one_connection_serves_many_files_without_waiting(site):
    with served(site) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        for path, expected in (("/", 200), ("/nothing", 404), ("/d/%E6%95%B0%E6%8D%AE.js", 200)):
            connection.request("GET", path)
            socket = connection.sock
            answer = connection.getresponse()
            answer.read()
            assert answer.status == expected
            # a 404 may close it, a file may not
            assert expected == 404 or connection.sock is socket
        connection.close()


@pytest.mark.parametrize(
    "path",
    [
        "/none.html",
        "/empty/",
        "/leak.txt",
        "/.policykb-site",
        "/../secret.txt",
        "/d/../../secret.txt",
        "/%2e%2e/secret.txt",
        "//etc/passwd",
        "/d/%00",
    ],
)
def test_nothing_but_the_site_is_shown(site, path):
    with served(site) as port:
        answer, body = get(port, path)
        assert answer.status == 404
        assert b"secret" not in body.replace(b"secret.txt", b"")


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        (["127.0.0.1"], 200),
        (["127.0.0.1:8000"], 200),
        (["localhost:8000"], 200),
        (["LocalHost"], 200),
        (["evil.example"], 421),
        (["evil.example:8000"], 421),
        (["127.0.0.1.evil.example"], 421),
        (["localhost@evil.example"], 421),
        (["127.0.0.1:8000:1"], 421),
        (["127.0.0.1", "evil.example"], 421),
        ([""], 421),
        ([], 421),
    ],
)
def test_a_name_that_is_not_of_this_machine_gets_nothing(site, hosts, status):
    """A page elsewhere can have its own name lead to 127.0.0.1 (DNS rebinding)."""
    with served(site) as port:
        for path in ("/", "/d/%E6%95%B0%E6%8D%AE.js"):
            answer, body = get(port, path, hosts=hosts)
            assert answer.status == status
            assert ("首页".encode() in body or b"var x" in body) == (status == 200)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_there_is_nothing_to_change(site, method):
    with served(site) as port:
        assert get(port, "/", method)[0].status == 501


@pytest.mark.parametrize("path", ["/", "/none.html", "/d", "/d/%00"])
def test_every_answer_has_the_headers(site, path):
    with served(site) as port:
        headers = get(port, path)[0].headers
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options"):
            assert name in headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers


def test_only_this_machine_is_served(site):
    with server(site, 0) as web:
        assert web.server_address[0] == "127.0.0.1"


def test_a_site_that_is_not_built_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"no site yet\. Run policykb build"):
        server(tmp_path, 0)


def test_a_taken_port_is_told(site):
    with server(site, 0) as web, pytest.raises(UsageError) as caught:
        server(site, web.server_port)
    assert f"port {web.server_port} is taken. Name another with --port" in str(caught.value)
