"""Folding in place, grams at every position, words that rank, and nothing on stderr."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_samples import NOTICES

from kb.search.analyzer import (
    WordCutter,
    fold,
    grams,
    is_whole_gram,
    needed_grams,
    possible_words,
    words_typed,
)
from kb.search.traditional import SIMPLIFIED

NUMBER = "晋政办发〔2019〕68号"
WRITTEN = st.text(alphabet="培训补贴每人不超过10005元天级工〔〕()（），。、 \n\tABcd“”１２%-—")


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert [fold(character) for character in text] == list(folded)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    "variant",
    [
        "晋政办发[2019]68号",
        "晋政办发［2019］68号",
        "晋政办发(2019)68号",
        "晋政办发（2019）68号",
        "晋政办发【2019】68号",
        "晋政办发﹝２０１９﹞６８号",
    ],
)
def test_a_number_is_one_however_it_is_written(variant):
    assert fold(variant) == fold(NUMBER)


@pytest.mark.parametrize(
    ("one", "other"),
    [("１＋Ｘ证书", "1+x证书"), ("2019—2021年", "2019-2021年"), ("80％", "80%"), ("“一", '"一')],
)
def test_width_case_dashes_and_quotes_are_folded(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("補貼標準", "补贴标准"), ("關於徵收後續費用", "关于征收后续费用"), ("髮與發", "发与发")],
)
def test_traditional_characters_are_folded(traditional, simplified):
    assert fold(traditional) == fold(simplified) == simplified


def test_the_table_leads_from_no_character_to_two_and_never_back():
    assert len(SIMPLIFIED) == 2576
    assert all(len(one + plain) == 2 for one, plain in SIMPLIFIED.items())
    assert not SIMPLIFIED.keys() & set(SIMPLIFIED.values())
    assert "".join(SIMPLIFIED.values()).encode("gb2312")
    # 著作 is written so in simplified characters too
    assert fold("著作权") == "著作权"


@pytest.mark.parametrize(
    ("one", "other"),
    [("《方案》", "(方案)"), ("3。5", "3.5"), ("一、", "一,"), ("十", "10"), ("a b", "a\nb")],
)
def test_what_differs_in_meaning_stays_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("取证补贴", ("取证补贴",)),
        ("取证补贴　高级工", ("取证补贴", "高级工")),
        ("高级工 高级工", ("高级工",)),
        ('"专项职业能力证书 200 元"', ("专项职业能力证书 200 元",)),
        ("“技能 社会” 补贴", ("技能 社会", "补贴")),
        ("推进“人人持证”建设", ('推进"人人持证"建设',)),
        ('"没有合上 的引号', ('"没有合上', "的引号")),
        ('"" " "', ()),
        ('"', ('"',)),
        (" \n\t", ()),
    ],
)
def test_words_typed(typed, words):
    assert words_typed(typed) == words


def test_a_gram_stands_at_every_position_but_spaces():
    assert grams("每人 15天。") == ["每人", "人", "15", "5天", "天", "。"]


@given(WRITTEN, st.data())
def test_a_text_has_the_grams_of_every_word_it_holds(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    word = folded[start : data.draw(st.integers(start, len(folded)))].strip()
    assert needed_grams(word) <= set(grams(folded))


@given(WRITTEN, WRITTEN.filter(lambda word: len(word) in (1, 2)))
def test_a_whole_gram_is_had_by_none_but_its_holders(text, word):
    folded, word = fold(text), fold(word)
    if is_whole_gram(word):
        assert (word in grams(folded)) == (word in folded)


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    return WordCutter(tmp_path_factory.mktemp("jieba"))


def test_words_are_jiebas_and_whole_runs(cut):
    words = cut(fold("培训前10天每人每天150元，就业率达到33.5%，用APP领取"))
    assert {"培训", "10", "150", "33.5", "app", "领取", "就业率"} <= set(words)
    assert not {"5", "50", "0", "元", "，"} & set(words)


@pytest.mark.parametrize("file", sorted(NOTICES.iterdir()), ids=lambda file: file.stem)
def test_every_word_of_a_text_is_a_possible_word_of_it(cut, file):
    for line in fold(file.read_text("utf-8")).split():
        short = {word for word in cut(line) if len(word) <= 8}
        assert short <= set(possible_words(line))


def _run(program, cache, temporary):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(cache)],
        env={"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_jieba_is_silent_and_keeps_its_cache_where_it_is_told(tmp_path):
    cache, temporary = tmp_path / "cache", tmp_path / "tmp"
    cache.mkdir()
    temporary.mkdir()
    program = (
        "import sys, pathlib; from kb.search.analyzer import WordCutter;"
        "print(WordCutter(pathlib.Path(sys.argv[1]))('职业技能培训'))"
    )
    done = _run(program, cache, temporary)
    assert (done.returncode, done.stderr) == (0, "")
    assert "职业技能" in done.stdout or "技能" in done.stdout
    assert [file.name for file in cache.iterdir()] == ["jieba.cache"]
    assert list(temporary.iterdir()) == []


def test_finding_exactly_does_without_jieba(tmp_path):
    program = (
        "import sys; from kb.search.analyzer import fold, grams, needed_grams, words_typed;"
        "grams(fold('级工')), needed_grams(words_typed('级工')[0]);"
        "sys.exit('jieba' in sys.modules)"
    )
    assert _run(program, tmp_path, tmp_path).returncode == 0
