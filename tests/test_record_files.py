"""Records as files for others."""

import json
from pathlib import Path

import pytest
import yaml
from store_samples import TEXT, small_record

from kb.exports.record_files import file_names, record_text
from kb.schema import Record


@pytest.mark.parametrize(
    ("inputs", "names"),
    [
        (["a.txt"], ["a.json"]),
        (["a.txt", "b.md"], ["a.json", "b.json"]),
        (["a.txt", "a.md"], ["a.txt.json", "a.md.json"]),
        (["x/a.txt", "y/a.md", "b.txt"], ["a.txt.json", "a.md.json", "b.json"]),
        (["x/a.txt", "y/a.txt"], ["a.txt.json", "y.a.txt.json"]),
        (["x/a.txt", "u/y/a.txt", "v/y/a.txt"], ["a.txt.json", "y.a.txt.json", "2.a.txt.json"]),
        (["a.txt", "a.txt"], ["a.json"]),
        (["晋〔2019〕 68号.v1.txt"], ["晋〔2019〕 68号.v1.json"]),
    ],
)
def test_no_two_inputs_share_a_name(inputs, names):
    given = file_names([Path(name) for name in inputs], "json")
    assert list(given.values()) == names
    assert len(set(names)) == len(names)


def test_json_holds_the_text_and_reads_back():
    record = small_record()
    written = record_text(record, "json")
    assert json.loads(written)["text"] == TEXT
    assert Record.model_validate_json(written) == record
    assert written.endswith("}\n")


def test_yaml_holds_everything_but_the_text():
    read = yaml.safe_load(record_text(small_record(), "yaml"))
    assert "text" not in read
    assert read["rules"][0]["quote"] == "每人300元补贴"


def test_several_records_stand_in_one_stream():
    stream = record_text(small_record(), "yaml", whole=False) * 2
    assert [read["schema_version"] for read in yaml.safe_load_all(stream)] == [1, 1]
    lines = (record_text(small_record(), "json", whole=False) * 2).splitlines()
    assert [json.loads(line)["schema_version"] for line in lines] == [1, 1]
