"""Text that was read in the wrong encoding before it came here: TCVN3 and VNI fonts, and mojibake."""

import ftfy
import ftfy.badness
import regex
import viparse

from meetextract.read.charsets import UNICODE_VIETNAMESE

_LATIN_1 = regex.compile("[\u00a1-\u00ff]")
_FEWEST = 3  # letters of Latin-1 in a line that may be typed in an old font
_LOOKED_AT = 20_000  # characters by which a font is told
_FONTS = ("tcvn3", "vni")
_CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Repair text.

    Args:
        text: Any text; right Vietnamese comes back unchanged.

    Returns:
        The text and what was repaired: ``mojibake``, ``tcvn3``, ``vni``.
    """
    repairs: list[str] = []
    if text.isascii():
        return text, ()
    if ftfy.badness.is_bad(text):
        mended = _without_mojibake(text)
        if mended != text:
            text = mended
            repairs.append("mojibake")
    lines = text.splitlines(keepends=True)
    suspects = [at for at, line in enumerate(lines) if _is_suspect(line)]
    if suspects:
        font = viparse.detect_text_encoding("".join(lines[at] for at in suspects)[:_LOOKED_AT])
        if font in _FONTS:
            for at in suspects:
                lines[at] = _from_font(lines[at], font)
            text = "".join(lines)
            repairs.append(font)
    return text, tuple(repairs)


def _without_mojibake(text: str) -> str:
    """Line by line: one line may be right and the next one wrong."""
    return "".join(
        ftfy.fix_encoding(line, _CONFIG) if ftfy.badness.is_bad(line) else line
        for line in text.splitlines(keepends=True)
    )


def _is_suspect(line: str) -> bool:
    return not line.isascii() and not UNICODE_VIETNAMESE.search(line) and len(_LATIN_1.findall(line)) >= _FEWEST


def _from_font(line: str, font: str) -> str:
    """Convert a line, its white space kept as it is."""
    words = line.strip()
    if not words:
        return line
    start = line.index(words)
    return f"{line[:start]}{viparse.fix(words, encoding=font)}{line[start + len(words) :]}"
