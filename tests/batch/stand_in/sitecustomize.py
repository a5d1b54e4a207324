"""Puts a quick extractor in the place of the real one, in every process that has this folder in its PYTHONPATH.

What an article says is done to the process that extracts it.
"""

import os
import resource
import signal
import sys
import time
import types
from pathlib import Path


class Extractor:
    def __init__(self, patterns=None, *, with_text=False):
        from meetextract.match.library import PatternLibrary, _hash

        if isinstance(patterns, PatternLibrary):
            self.library = patterns
        else:
            self.library = types.SimpleNamespace(sha256=_hash(Path(patterns)))
        self._with_text = with_text

    def load(self):
        pass

    def __call__(self, article):
        from meetextract import __version__
        from meetextract.records import Record

        text = article.text
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "ONCE" in text and not Path(f"{article.id}.once").exists():
            Path(f"{article.id}.once").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "SLEEP" in text:
            time.sleep(600)
        if "HOG" in text:
            held = []
            while True:
                held.append(bytearray(50_000_000))
        if "NO ROOM" in text:
            raise MemoryError
        if "FAIL" in text:
            raise ZeroDivisionError("by a mistake in the program")
        time.sleep(float(os.environ.get("SECONDS_AN_ARTICLE", "0.002")))
        return Record(
            schema="1", id=article.id, source=article.source, url=article.url, title=article.title, published=None,
            published_from=None, published_span=None, meeting=None, people=(), units=(), dates=(), unplaced_dates=(),
            documents=(), quantities=(), counts=(), targets=(), assignments=(), notices=(),
            pattern_set=self.library.sha256, version=__version__, text=text if self._with_text else None,
        )  # fmt: skip


if "LONGEST_FILE" in os.environ:  # like a disk that is full
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(os.environ["LONGEST_FILE"]),) * 2)
sys.modules["meetextract.pipeline"] = types.ModuleType("meetextract.pipeline")
sys.modules["meetextract.pipeline"].Extractor = Extractor
