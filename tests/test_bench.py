from pathlib import Path

import pytest

import bench
from bench import __main__ as runner


@pytest.fixture
def own_benchmarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bench_fast.py").write_text("def main():\n    print('7 clauses/s')\n")
    (tmp_path / "bench_broken.py").write_text("def main():\n    raise ValueError('no corpus')\n")
    (tmp_path / "other.py").write_text("raise RuntimeError('not a benchmark')\n")
    monkeypatch.setattr(bench, "__path__", [str(tmp_path)])


@pytest.mark.usefixtures("own_benchmarks")
def test_finds_what_is_named_so() -> None:
    assert runner.names() == ["broken", "fast"]


@pytest.mark.usefixtures("own_benchmarks")
def test_runs_the_one_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(["fast"]) == 0
    assert "== fast\n7 clauses/s" in capsys.readouterr().out


@pytest.mark.usefixtures("own_benchmarks")
def test_one_that_fails_is_named_and_the_others_still_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert runner.main([]) == 1
    told = capsys.readouterr()
    assert "7 clauses/s" in told.out
    assert told.err.endswith("failed: broken\n")


@pytest.mark.usefixtures("own_benchmarks")
def test_an_unknown_name_is_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(["fsat"]) == 2
    assert capsys.readouterr().err == "no benchmark fsat; there are: broken, fast\n"
