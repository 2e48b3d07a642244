"""Reading takes time in proportion to the text, whatever the text is made of."""

import time

import pytest
from extractor_samples import source

from extractor.pipeline import extract

SAID = "对符合条件的企业按每人每年1000元给予补贴由市人社局负责组织开展培训3000人次2021年底前完成"
PIECES = {
    "brackets": "（",
    "titles": "《",
    "digits": "1",
    "Chinese digits": "一",
    "commas": "、",
    "stops": "。",
    "open notes": "（GB",
    "bracketed letters": "（a）",
    "numbers of documents": "晋政发〔2019〕1号",
    "shares": "百分之",
    "groups": "企业、",
    "organs": "市财政局、",
    "no punctuation": SAID,
    "lines without punctuation": SAID * 3 + "\n",
    "wrapped lines": SAID[:36] + "）\n",
    "clauses": f"一、{SAID}。\n",
    "items": f"（一）{SAID}。\n其他：{SAID}。\n",
    "amounts of one clause": "给予企业一次性补贴1000元，每人申请。\n",
    "rows": "企业职工培训\t3000\t1000元\n",
    "annexes": "附件2 申报表格式样本\n",
    "invisible": "政\u200b策\n",
}
SHORT = 3000
TIMES = 4


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        extract(source(text))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", PIECES)
def test_a_longer_text_takes_as_much_longer(name):
    short, long = (
        "各市：\n　　现就有关事项通知如下。\n一、总体要求\n"
        + PIECES[name] * (n // len(PIECES[name]))
        for n in (SHORT, SHORT * TIMES)
    )
    extract(source(short))
    # what grows with the square takes TIMES² as long; a busy machine takes longer over either
    assert seconds(long) < seconds(short) * TIMES * 2.5 + 0.05
