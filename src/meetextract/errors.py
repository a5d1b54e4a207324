"""The errors that a user can mend; each says where it stands and what to do."""

from pathlib import Path

_LONGEST_PROBLEM = 1_000


class MeetExtractError(Exception):
    """Anything that this package reports to its user."""


class _PlacedError(MeetExtractError):
    """An error at a place in a file.

    Attributes:
        path: The file or folder.
        line: Its line, counted from 1, or None.
        problem: What is wrong, without a full stop.
        mend: What to do about it, without a full stop.
    """

    def __init__(self, path: Path | str, line: int | None, problem: str, mend: str) -> None:
        super().__init__(path, line, problem, mend)  # all arguments, so that it survives pickling
        self.path = Path(path)
        self.line = line
        self.problem = problem
        self.mend = mend

    @property
    def place(self) -> str:
        """The file or folder, with the line where there is one."""
        given = str(self.args[0])
        path = given if "://" in given else str(self.path)  # a path would lose a slash of a URL
        return f"{path}:{self.line}" if self.line is not None else path

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}. {self.mend}."


class InputError(_PlacedError):
    """An article, record or gold that cannot be read. An article costs only itself, never the batch.

    The problem may quote a broken file: it becomes one line of bounded length, without control characters.
    """

    def __init__(self, path: Path | str, line: int | None, problem: str, mend: str) -> None:
        shown = "".join(sign if sign.isprintable() else " " for sign in problem[:_LONGEST_PROBLEM])
        super().__init__(path, line, " ".join(shown.split()) + ("…" if len(problem) > _LONGEST_PROBLEM else ""), mend)


class NoRoomError(MeetExtractError):
    """Temporary files cannot be written, so that nothing goes on."""


class PatternError(_PlacedError):
    """A mistake in a pattern file or gazetteer."""


class DatabaseError(MeetExtractError):
    """The tracking database cannot do what it is asked for; the message names it without its password."""


class ExportError(MeetExtractError):
    """A table cannot be written in the form that is asked for."""
