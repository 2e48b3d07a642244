"""docs/exports.md: its commands write, and its examples read what they wrote."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "exports.md"
ROOT = PAGE.parents[1]
#: each section with an example: what it is called, its command, its program
SECTIONS = re.findall(
    r"^## (.+?)\n(?:(?!^## ).*\n)*?```sh\npolicykb (.+)\n```\n```python\n((?:.*\n)*?)```",
    PAGE.read_text("utf-8"),
    re.MULTILINE,
)
#: what each example must print
PRINTS = {
    "JSON": "晋政办发〔2019〕68号 二/(六) 600",
    "CSV": '8000 ["person"] 140000-jinrenshetinghan-2021-600 九/(一)',
    "SQLite": "晋人社厅函〔2021〕600号 九/(二) 200 省级按照专项职业能力证书200元",
    "XLSX": "晋政办发〔2019〕68号",
    "iCalendar": "2019-12-31 期限：所有承担补贴性职业技能培训的机构全部纳入",
    "OpenFisca": "[51000.] ['文人社字〔2024〕20号 七/(二)「补贴标准为培训前10天每人每天150元",
}
#: examples that need what is not installed here
ELSEWHERE = ("OpenFisca",)


def test_every_format_has_an_example():
    table = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [command.split()[1] for _, command, _ in SECTIONS] == table
    assert {name for name, _, _ in SECTIONS} == set(PRINTS)


@pytest.mark.parametrize(("name", "command", "code"), SECTIONS, ids=[s[0] for s in SECTIONS])
def test_the_example_reads_what_its_command_wrote(
    name, command, code, run, tmp_path, monkeypatch, request
):
    shutil.copy(ROOT / "policykb.toml", tmp_path)
    for folder in ("rules", "texts", "relations"):
        if (ROOT / "kb" / folder).exists():
            shutil.copytree(ROOT / "kb" / folder, tmp_path / "kb" / folder)
    monkeypatch.chdir(tmp_path)
    assert run(*shlex.split(command)).status == 0
    python = request.getfixturevalue("consumers") if name in ELSEWHERE else sys.executable
    said = subprocess.run(
        [python, "-X", "utf8", "-c", code], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    assert PRINTS[name] in said.stdout
