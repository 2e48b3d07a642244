"""One document cannot hold a build: what keeps the processor too long is given up."""

import signal
import threading
import time

import pytest

from corpus.errors import TooCostly
from corpus.limits import Limits
from kb.building.step import understood
from kb.building.time_limit import OutOfTime, within
from tests.extractor_samples import source

# the signal may fall into a weakref's callback, out of which nothing can be raised: Python says
# that it ignores it, and it is told again a second later
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def spin(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_what_takes_too_long_is_given_up_and_the_next_work_has_its_own_time():
    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(OutOfTime), within(0.05):
        spin(60)
    with within(30):
        spin(0.1)
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_it_is_told_again_where_it_was_swallowed():
    started = time.process_time()
    with pytest.raises(OutOfTime), within(0.05):
        try:
            spin(60)
        except OutOfTime:
            spin(60)
    assert time.process_time() - started < 30


def test_waiting_is_no_work():
    with within(0.05):
        time.sleep(0.2)


def test_another_thread_is_left_alone():
    ended = []

    def work() -> None:
        with within(0.05):
            spin(0.2)
        ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]


def test_a_document_that_takes_too_long_says_so_and_what_helps():
    heavy = source("一、标准\n" + "给予每人300元补贴，" * 20_000, "heavy.txt")
    with pytest.raises(TooCostly) as told:
        understood(heavy, Limits(document_seconds=1))
    assert "more than 1 s of the processor" in str(told.value)
    assert "document_seconds" in str(told.value)
