"""Plots of what was measured, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10

from measures import STAGES, Compared, Spread

COLOURS = ("#4c78a8", "#72b7b2", "#54a24b", "#f58518", "#e45756", "#b279a2")
STYLE = 'font-family="sans-serif" font-size="13"'


def bars(compared: Sequence[Compared]) -> str:
    """Bars of the reference and, stage by stage, of the whole way, as SVG."""
    rows = []
    for each in compared:
        rows.append((f"{each.kind}: underthesea", [("tagging alone", each.reference.middle, "#9a9a9a")]))
        stages = zip(STAGES, COLOURS, strict=True)
        rows.append((f"{each.kind}: meetextract", [(name, each.stages[name].middle, ink) for name, ink in stages]))
    scale = 520 / max(sum(value for _, value, _ in parts) for _, parts in rows)
    height = 40 * len(rows) + 50
    shapes = []
    for row, (name, parts) in enumerate(rows):
        left, top = 220.0, 40 * row + 10
        shapes.append(f'<text x="210" y="{top + 19}" text-anchor="end">{name}</text>')
        for part, value, ink in parts:
            width = value * scale
            title = f"<title>{part}: {value:.1f} ms</title>"
            shapes.append(f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="28" fill="{ink}">{title}</rect>')
            left += width
        shapes.append(f'<text x="{left + 6:.1f}" y="{top + 19}">{sum(value for _, value, _ in parts):.1f} ms</text>')
    for place, (stage, ink) in enumerate(zip(STAGES, COLOURS, strict=True)):
        shapes.append(f'<rect x="{220 + 95 * place}" y="{height - 28}" width="12" height="12" fill="{ink}"/>')
        shapes.append(f'<text x="{236 + 95 * place}" y="{height - 17}">{stage}</text>')
    return _svg(820, height, shapes)


def curve(points: Mapping[int, Spread], across: str, up: str, *, is_logarithmic: bool) -> str:
    """Medians joined by a line, each with its range."""

    def place(value: float) -> float:
        return log10(value) if is_logarithmic else value

    lows = [place(min(points)), place(min(min(spread.values) for spread in points.values())) if is_logarithmic else 0.0]
    highs = [place(max(points)), place(max(max(spread.values) for spread in points.values()))]

    def x(value: float) -> float:
        return 80 + 480 * (place(value) - lows[0]) / (highs[0] - lows[0])

    def y(value: float) -> float:
        return 230 - 200 * (place(value) - lows[1]) / (highs[1] - lows[1])

    line = " ".join(f"{x(at):.1f},{y(spread.middle):.1f}" for at, spread in points.items())
    shapes = [
        '<path d="M80 20V230H570" fill="none" stroke="#9a9a9a"/>',
        f'<polyline points="{line}" fill="none" stroke="{COLOURS[0]}" stroke-width="2"/>',
    ]
    for at, spread in points.items():
        low, high = y(min(spread.values)), y(max(spread.values))
        shapes.append(f'<path d="M{x(at):.1f} {low:.1f}V{high:.1f}" stroke="{COLOURS[0]}"/>')
        shapes.append(f'<circle cx="{x(at):.1f}" cy="{y(spread.middle):.1f}" r="4" fill="{COLOURS[0]}"/>')
        shapes.append(f'<text x="{x(at):.1f}" y="248" text-anchor="middle">{at:,}</text>')
        above = y(spread.middle) - 12
        shapes.append(f'<text x="{x(at):.1f}" y="{above:.1f}" text-anchor="middle">{spread.middle:,.0f}</text>')
    shapes.append(f'<text x="320" y="272" text-anchor="middle">{across}</text>')
    shapes.append(f'<text x="18" y="130" text-anchor="middle" transform="rotate(-90 18 130)">{up}</text>')
    return _svg(640, 285, shapes)


def _svg(width: int, height: int, shapes: Sequence[str]) -> str:
    size = f'width="{width}" height="{height}"'
    lines = "\n".join(shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {STYLE}>\n{lines}\n</svg>\n'
