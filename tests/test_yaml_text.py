"""What is written here is what libyaml writes, to the byte."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.yaml_text import Flow, by_libyaml, written

#: words that YAML takes for something else, and characters that it treats in some way
WORDS = [
    *("", " ", "yes", "no", "on", "y", "N", "null", "~", "=", "<<", "1", "1.5", "1e5", "0o7", "+1"),
    *("2021-03-01", "2021-3", "1:30", "0x1f", ".5", "...", "---", "- a", "a: b", "a:", "a #b"),
    *("a# b", "#a", "&a", "*a", "!a", "%a", "@a", "`a", "[a]", "{a}", "a,b", "?a", "? a", "a?b"),
    *("'a'", '"a"', "a'b", 'a"b', "a\\b", "a\nb", "a\tb", "\n", "a\n", "\ta", " a", "a ", "a  b"),
    *(
        "全国",
        "第一、二条",
        "《通知》（晋政〔2019〕6号）",
        "附件1：",
        "1.",
        "①",
        "\u3000全",
        "全\u3000",
    ),
    *("\x85", "\u2028", "\ufeff", "\ufffe", "\x00", "\x7f", "\xa0", "😀", "全😀国", "全\x1b国"),
    *("140000-jinzhengbanfa-2019-68#s2.amount.5c1e", "00-a", "14_0", "190:20:30", "P1Y", "|", ">"),
]
pieces = st.sampled_from([*WORDS, *"，。：；（）、…—“”·:#,[]{}?-'\"\\ \n\t0aZ国"])
texts = st.one_of(st.lists(pieces, max_size=6).map("".join), st.text(max_size=12))
numbers = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
)
leaves = st.one_of(texts, numbers)
keys = st.one_of(st.sampled_from(["id", "from", "to", "索引号", "y", "on"]), texts)


def containers(inner):
    lists, maps = st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)
    return st.one_of(lists, maps)


on_a_line = containers(st.recursive(leaves, containers, max_leaves=6)).map(Flow)
values = containers(st.recursive(st.one_of(leaves, on_a_line), containers, max_leaves=20))


@settings(max_examples=400, deadline=None)
@given(values)
def test_any_value_is_written_as_libyaml_writes_it(value):
    assert written(value) == by_libyaml(value)


@pytest.mark.parametrize("word", WORDS)
def test_every_odd_word_in_every_place(word):
    for value in ({"k": word}, [word], Flow([word]), Flow({"k": word}), {"k": [word, [word]]}):
        assert written(value) == by_libyaml(value)
    assert yaml.safe_load(written({"k": word})) == {"k": word}


def test_a_long_or_broken_key_is_left_to_libyaml():
    for key in ("键" * 60, "a\nb", "", " ", "a b"):
        assert written({"portal": {key: "值"}}) == by_libyaml({"portal": {key: "值"}})
