"""The pool of processes."""

import threading
from pathlib import Path

import pytest

from meetextract.batch.folder import LocalFolder
from meetextract.batch.job import Job
from meetextract.batch.processes import Pool
from meetextract.batch.worker import Limits, Workers, do_nothing
from meetextract.errors import MeetExtractError


@pytest.mark.parametrize("is_killed", [False, True])
def test_nothing_of_a_pool_is_left_when_it_ended(tmp_path: Path, is_killed: bool) -> None:
    before = set(threading.enumerate())
    workers = Workers(2, tmp_path / "none", Job(LocalFolder(tmp_path), "", with_text=False), Limits(60))
    with Pool(workers) as pool:
        tried = pool.submit(do_nothing)
        assert tried is not None
        assert isinstance(tried.exception(), MeetExtractError)  # there are no patterns, but there was a process
        for process in pool._processes:
            if is_killed:
                process.kill()
    assert set(threading.enumerate()) == before
    assert not any(process.is_alive() for process in pool._processes)
