"""A record in YAML: written and read it is the same to the byte, and every mistake is told."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from store_samples import ODD_TEXTS, TEXT, records, small_record

from corpus.errors import RuleBaseError
from kb import rule_file, store

INVALID = sorted((Path(__file__).parent / "invalid").glob("*.yaml"))
DOCUMENT = "141121-wencaizi-2021-7"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(records)
def test_what_is_read_is_what_was_written(record):
    written = rule_file.dump(record)
    read = rule_file.parse(written, shown="x.yaml")
    assert read == record.model_copy(update={"text": ""})
    assert rule_file.dump(read) == written


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_other_readers_of_yaml_see_the_same_text(text):
    written = rule_file.dump_plain({"key": text, text: ["值", text]})
    assert yaml.safe_load(written) == {"key": text, text: ["值", text]}


@pytest.mark.parametrize("text", ["1e3", "0o17", "y", "N", "2021-01-01", "12:30:45", "1_000"])
def test_texts_that_some_reader_takes_for_numbers_are_quoted(text):
    assert rule_file.dump_plain({"key": text}) == f"key: '{text}'\n"


def test_the_layout_is_for_people():
    written = rule_file.dump(small_record())
    assert "  issuers: [文水县财政局]\n" in written
    assert "  region: {code: '141121', name: 文水县, level: county}\n" in written
    assert "- {path: 一, anchor: s1, level: 1, heading: 补贴标准, span: [48, 101]}\n" in written
    assert "  review: {status: extracted}\n" in written
    assert TEXT not in written


def test_long_texts_stand_on_one_line_and_long_lists_below_each_other():
    long = "对" * 400
    written = rule_file.dump_plain({"quote": long, "issuers": ["县财政局" * 9, "县教育局" * 9]})
    assert written.splitlines() == [
        f"quote: {long}",
        "issuers:",
        f"- {'县财政局' * 9}",
        f"- {'县教育局' * 9}",
    ]


def test_equal_values_are_written_out_not_linked():
    names = ["县财政局" * 20, "县教育局"]
    assert "&" not in rule_file.dump_plain({"issuers": names, "addressees": names})


def test_a_day_without_quotes_stays_a_text():
    edited = rule_file.dump(small_record()).replace("'2021-12-31'", "2021-12-31")
    assert rule_file.parse(edited, shown="x.yaml").rules[1].date == "2021-12-31"


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_every_mistake_is_told_with_its_line(path, tmp_path):
    broken = path.read_text("utf-8")
    line, words = re.match(r"# line: (\d+)\n# says: (.+)\n", broken).groups()
    (tmp_path / "kb/rules").mkdir(parents=True)
    (tmp_path / f"kb/rules/{DOCUMENT}.yaml").write_text(broken, "utf-8")
    with pytest.raises(RuleBaseError) as caught:
        store.load(tmp_path / "kb")
    assert str(caught.value) == f"kb/rules/{DOCUMENT}.yaml:{line}: {words}"


def test_there_are_mistakes_to_tell():
    assert len(INVALID) >= 20


def test_what_is_no_utf8_is_told_with_its_line(tmp_path):
    (tmp_path / "kb/rules").mkdir(parents=True)
    written = rule_file.dump(small_record()).replace("文水县财政局", "文\udcff水", 1)
    path = tmp_path / f"kb/rules/{DOCUMENT}.yaml"
    path.write_bytes(written.encode("utf-8", "surrogateescape"))
    with pytest.raises(RuleBaseError, match=r"2021-7\.yaml:5: this is not UTF-8\. Save it"):
        store.load(tmp_path / "kb")
