"""The best path is that of all paths, and models are read to the last bit."""

import struct
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetextract.segment.crf import SAME_SCORE, Floats, PathFinder, path_of_two, read_crf

SCORES = st.floats(-6, 6, allow_nan=False).map(lambda score: round(score, 1))  # coarse, so that some are the same


@st.composite
def sentences(draw: st.DrawFn, labels: int, tokens: int) -> tuple[Floats, Floats]:
    def scores(rows: int) -> Floats:
        return np.array(draw(st.lists(SCORES, min_size=rows * labels, max_size=rows * labels))).reshape(rows, labels)

    return scores(draw(st.integers(1, tokens))), scores(labels)


def paths_by_score(state: Floats, transitions: Floats) -> list[tuple[float, list[int]]]:
    """All paths, the best first."""
    tokens, labels = state.shape
    scored = []
    for path in product(range(labels), repeat=tokens):
        steps = sum(transitions[a, b] for a, b in pairwise(path))
        scored.append((float(state[range(tokens), path].sum() + steps), list(path)))
    return sorted(scored, reverse=True)


@settings(max_examples=300, deadline=None)
@given(sentences(labels=4, tokens=5))
def test_the_best_path_is_found_and_ties_are_told(sentence: tuple[Floats, Floats]) -> None:
    state, transitions = sentence
    found, certain = PathFinder(transitions)(state)
    (best, path), (second, _), *_ = paths_by_score(state, transitions)
    assert certain == (best - second >= SAME_SCORE)
    assert found == path or not certain


@settings(max_examples=300, deadline=None)
@given(sentences(labels=2, tokens=7))
def test_two_labels_are_a_case_of_many(sentence: tuple[Floats, Floats]) -> None:
    state, transitions = sentence
    found, certain = path_of_two((state[:, 1] - state[:, 0]).tolist(), transitions)
    (best, path), (second, _), *_ = paths_by_score(state, transitions)
    assert certain == (best - second >= SAME_SCORE)
    assert [int(label) for label in found] == path or not certain


def strings(*names: str) -> bytes:
    """A table of strings, without the part that finds their numbers."""
    records, places, start = b"", [], 24
    for number, name in enumerate(names):
        places.append(start + len(records))
        key = name.encode() + b"\0"
        records += struct.pack("<2I", number, len(key)) + key
    head = struct.pack("<4s5I", b"CQDB", 0, 0, 0x62445371, len(names), start + len(records))
    return head + records + struct.pack(f"<{len(names)}I", *places)


def model() -> bytes:
    features = [(0, 0, 0, 0.1), (0, 1, 1, -1 / 3), (1, 1, 0, 2.5)]
    block = struct.pack("<4s2I", b"FEAT", 0, len(features)) + b"".join(struct.pack("<3Id", *f) for f in features)
    labels, attributes = strings("B", "I"), strings("T[0]=xã", "T[0]=họp")
    places = (48, 48 + len(block), 48 + len(block) + len(labels), 0, 0)
    return struct.pack("<4sI4s9I", b"lCRF", 0, b"FOMC", 100, 0, 2, 2, *places) + block + labels + attributes


def test_a_model_is_read_to_the_last_bit(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(model())
    crf = read_crf(path)
    assert crf.labels == ("B", "I")
    assert crf.attributes == {"T[0]=xã": 0, "T[0]=họp": 1}
    assert crf.state.tolist() == [[0.1, 0], [0, -1 / 3], [0, 0]]
    assert crf.transitions.tolist() == [[0, 0], [2.5, 0]]
    assert crf.state[crf.unknown].tolist() == [0, 0]


@pytest.mark.parametrize("data", [b"", b"PK" + bytes(60), model()[:100], model()[:-3]])
def test_what_is_no_model_is_refused_with_its_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"model\.bin: no model of CRFsuite"):
        read_crf(path)
