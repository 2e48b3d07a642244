"""A known vulnerability fails the audit; a service that gives no answer is named and does not."""

import json
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

LOADER = SourceFileLoader("audit", str(Path(__file__).parents[1] / ".ci" / "audit"))


@pytest.fixture(scope="module")
def audit():
    module = module_from_spec(spec_from_loader("audit", LOADER))
    LOADER.exec_module(module)
    return module


FINE = {"name": "jinja2", "version": "3.1.6", "vulns": []}
BROKEN = {
    "name": "lxml",
    "version": "6.0.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["6.0.1"]}],
}
SKIPPED = {"name": "jieba", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("packages", "status", "says"),
    [
        ([FINE], 0, "1 packages audited, 0 known vulnerabilities"),
        ([FINE, SKIPPED], 0, "1 packages audited, 0 known vulnerabilities, not audited: jieba"),
        ([FINE, BROKEN], 1, "  lxml 6.0.0: PYSEC-2026-1, fixed in 6.0.1"),
        ([BROKEN, SKIPPED], 1, "1 known vulnerabilities, not audited: jieba"),
        ([SKIPPED], 0, "NOT AUDITED, the service knows none of 1 packages"),
        (None, 0, "NOT AUDITED, the service gave no answer: ConnectionError: no route"),
    ],
)
def test_what_is_said_of_an_answer(audit, packages, status, says):
    told = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
    lines, ended = audit.judged("lock.txt", told, "Traceback\nConnectionError: no route\n")
    assert ended == status
    assert says in "\n".join(lines)


def test_a_program_that_gives_nothing_is_told(audit, capsys):
    assert audit.main("/bin/false", ["requirements.txt"]) == 0
    assert "NOT AUDITED" in capsys.readouterr().out
