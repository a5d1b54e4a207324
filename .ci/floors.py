"""Compares scores with their floors: `floors.py FLOORS.toml SECTION < scores.json`, scores as {kind: {"f1": …}}."""

import json
import sys
import tomllib
from pathlib import Path


def main() -> int:
    """Print each kind with its floor; the exit code is 1 if one is below."""
    file, section = sys.argv[1:]
    floors: dict[str, float] = tomllib.loads(Path(file).read_text(encoding="utf-8"))[section]
    scores = json.load(sys.stdin)
    below = 0
    for kind, floor in floors.items():
        reached = scores[kind]["f1"]
        is_below = reached < floor
        below += is_below
        print(f"{section} {kind:15} {reached:.3f}, floor {floor:.2f}{'  BELOW' if is_below else ''}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
