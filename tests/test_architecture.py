"""The rules of the house that a machine can watch."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "meetextract"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What a module may import: those before it. The last ones put everything together.
STAGES = ["text", "sameness", "errors", "settings", "records", "read", "segment", "match", "normalise", "assemble",
          "sinks", "scoring"]  # fmt: skip
ON_TOP = {"pipeline", "batch", "cli", "explain", "component", "__init__"}
VALUES = {"text", "sameness", "errors", "settings", "records"}


def stage_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """The stages that a module imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import"
            names = [node.module or ""]
            if node.module == "meetextract":
                names = [f"meetextract.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("meetextract."):
                yield node.lineno, name.split(".")[1]


def test_every_module_has_its_place() -> None:
    assert {stage_of(module) for module in MODULES} == {*STAGES} | ON_TOP


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_a_stage_imports_only_earlier_stages(module: Path) -> None:
    stage = stage_of(module)
    if stage in ON_TOP:
        return
    for line, imported in imports(module):
        if imported == "__version__":
            continue
        assert imported in STAGES, f"{module}:{line}: {stage} imports {imported}"
        earlier = STAGES.index(imported) <= STAGES.index(stage)
        assert earlier, f"{module}:{line}: {stage} imports {imported}, a later stage"
        if stage in VALUES:
            assert imported in VALUES


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_names_say_what_a_module_is_about(module: Path) -> None:
    assert not {"utils", "util", "helpers", "helper", "common", "core", "misc", "base"} & {
        module.stem,
        module.parent.name,
    }


@pytest.mark.parametrize("folder", [path for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"])
def test_pure_functions_know_neither_spacy_nor_files(folder: Path) -> None:
    models = {"spacy", "underthesea"}
    foreign = {"normalise": {*models, "pathlib"}, "read": models, "scoring": {*models, "pandas"}}.get(
        folder.name, set()
    )
    for module in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = (
                    [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
                )
                assert not {name.split(".")[0] for name in names} & foreign, f"{module}:{node.lineno}"


# --- what is in the repository ----------------------------------------------------------------------------------------

# Spelled in pieces, or this file would find itself.
_PLACES = ["/" + place + "/" for place in ("home", "root", "Users", "work", "opt", "mnt", "srv")]
_REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted",
    "index" + "-url",
    "find" + "-links",
    "file:" + "//",
    "local" + "host:",
]
_FORBIDDEN = re.compile("|".join([*(rf"(?<![\w.*)}}<]){re.escape(p)}" for p in _PLACES), *map(re.escape, _REGISTRIES)]))


def tracked_files() -> list[Path]:
    """What git has, or would have; all files where this is no checkout."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listing.stdout.decode().split("\0") if listing.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_machine_and_no_registry_is_named() -> None:
    found = tracked_files()
    assert ROOT / "pyproject.toml" in found
    for path in found:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            assert not _FORBIDDEN.search(line), f"{path}:{number}: {line.strip()[:100]}"


def test_constraints_pin_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+]*", line), line
