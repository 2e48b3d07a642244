"""No regular expression of the house can be kept busy: each against strings made of itself.

A single expression may take time with the square of its text, for it looks from every character on;
what is read together ends up in ``extract``, whose time grows with the length of the text.
"""

import re
import signal
import time
from contextlib import contextmanager

import pattern_samples as samples
import pytest
from extractor_samples import source

from extractor.pipeline import extract

#: at this length a choice between two ways at each character would take longer than the sun lasts;
#: and what takes time with the fourth power takes seconds
LENGTH, SECONDS = 200, 0.4
#: how many of the strings that are slowest for one expression are read as a notice
WORST, SHORT, TIMES = 24, 1500, 4
HEAD = "各市：\n　　现就有关事项通知如下。\n一、总体要求\n给予补贴"


class Stuck(Exception):
    pass


@contextmanager
def processor_time(seconds):
    """Raises ``Stuck`` after so much processor time; the engine of ``re`` looks at signals."""

    def stop(*_):
        raise Stuck

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def spent(call, text):
    started = time.process_time()
    with processor_time(SECONDS):
        call(text)
    return time.process_time() - started


@pytest.fixture(scope="module")
def tried():
    """Each use of an expression with its slowest string and the time that took; None for stuck."""
    found = []
    for use, module in samples.patterns().items():
        call = getattr(re.compile(use.expression, use.flags), use.method)
        times = {}
        for prefix, piece in samples.adversaries(use.expression, use.flags):
            try:
                times[prefix, piece] = spent(call, samples.attack(prefix, piece, LENGTH))
            except Stuck:
                found.append((module, use, (prefix, piece), None))
                break
        else:
            if times:
                worst = max(times, key=times.get)
                found.append((module, use, worst, times[worst]))
    return found


def test_no_expression_can_be_kept_busy(tried):
    stuck = [f"{m}: {u.method} {u.expression[:99]!r} by {by}" for m, u, by, t in tried if t is None]
    assert stuck == []


def test_the_expressions_of_all_rooms_are_tried(tried):
    rooms = {re.split(r"[./]", module)[0] for module, *_ in tried}
    assert rooms >= {"corpus", "extractor", "kb", "site_builder"}
    assert len(tried) > 800


def seconds(text):
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        with processor_time(60):
            extract(source(text))
        best = min(best, time.process_time() - started)
    return best


def test_a_notice_of_the_worst_strings_is_read_in_time_with_its_length(tried):
    """The same bound as in test_growth: what grows with the square takes 16 times as long."""
    ours = [row for row in tried if row[0].startswith("extractor") and row[3] is not None]
    worst = dict.fromkeys(by for *_, by, _ in sorted(ours, key=lambda row: -row[3])[:WORST])
    extract(source(HEAD))
    slow = []
    for prefix, piece in worst:
        short, long = (
            seconds(f"{HEAD}{prefix}{piece * (length // len(piece))}1000元。\n")
            for length in (SHORT, SHORT * TIMES)
        )
        if long > short * TIMES * 2.5 + 0.1:
            slow.append((prefix, piece, short, long))
    assert slow == []


@pytest.mark.parametrize(
    ("expression", "stuck"),
    [
        (r"(?:每\w{1,3}|按)+$", True),
        (r"(?:a+)+$", True),
        (r"(?:文件|中的?|的)*件$", True),
        (r"(?:a|b)+$", False),
        (r"a*b", False),
    ],
)
def test_the_strings_find_what_can_be_kept_busy(expression, stuck):
    call = re.compile(expression).search
    found = False
    for prefix, piece in samples.adversaries(expression, 0):
        try:
            spent(call, samples.attack(prefix, piece, LENGTH))
        except Stuck:
            found = True
    assert found == stuck
