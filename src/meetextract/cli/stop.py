"""Ctrl-C and SIGTERM."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType


class Stop:
    """Notes that the run is to stop: by Ctrl-C or by SIGTERM.

    An exception raised by a signal may be lost: what arises inside `__del__` or a callback from C is dropped. So the
    handler raises none, and the run asks. A second signal of the kind ends the process at once, as if none were
    handled.

    Attributes:
        signal: What came first, 0 if nothing did.
    """

    __slots__ = ("_before", "signal")

    def __init__(self) -> None:
        self.signal = 0
        self._before: dict[int, object] = {}

    def __enter__(self) -> Stop:
        if threading.current_thread() is threading.main_thread():  # no other may set handlers
            for number in (signal.SIGINT, signal.SIGTERM):
                before = signal.getsignal(number)
                if before not in (signal.SIG_IGN, None):  # ignored under `nohup` and for jobs in the background
                    signal.signal(number, self._note)
                    self._before[number] = before
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]

    @property
    def exit_code(self) -> int:
        """As shells have it: 130 after Ctrl-C, 143 after SIGTERM."""
        return 128 + self.signal

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.signal = self.signal or number
        signal.signal(number, signal.SIG_DFL)
        if sys.stderr.isatty():
            # Not by `print`, which the signal may have interrupted. The progress bar hides the cursor.
            os.write(2, b"\x1b[?25h\nstopping after this article; Ctrl-C again to stop at once\n")
