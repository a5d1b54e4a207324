"""Linear-chain conditional random fields: CRFsuite's model files read, and the best path of a sentence."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SAME_SCORE = 1e-9
"""Paths whose scores differ by less may be told apart by nothing but the order of summation. The longest sentences
score some thousands, and their sums are right to a tenth of this."""

_Choices = list[tuple[int, float]]  # labels that a token may have, with their scores

_HEADER = struct.Struct("<4sI4s9I")
_FEATURES = struct.Struct("<4s2I")  # of a block of features: mark, size, how many
_FEATURE = np.dtype([("transition", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_DATABASE = struct.Struct("<4s5I")  # of a string table: mark, size, flag, byte order, how many, their place


@dataclass(frozen=True, slots=True, eq=False)
class Crf:
    """A model: what each attribute of a token and each label before it say for a label.

    Attributes:
        labels: Names of the labels.
        attributes: Row of ``state`` by the attribute's name.
        state: Weight by attribute and label; the last row is zero, for attributes that the model does not know.
        transitions: Weight by label and next label.
    """

    labels: tuple[str, ...]
    attributes: dict[str, int]
    state: Floats
    transitions: Floats

    @property
    def unknown(self) -> int:
        """The row of attributes that the model does not know."""
        return len(self.attributes)


def read_crf(path: Path) -> Crf:
    """Read a model file as CRFsuite writes it (lCRF, FOMC 100), with the weights to the last bit.

    Args:
        path: The file.

    Returns:
        The model.

    Raises:
        ValueError: The file is of another kind.
    """
    data = path.read_bytes()
    try:
        magic, _, kind, version, *_, label_table, attribute_table, _, _ = _HEADER.unpack_from(data)
        if (magic, kind, version) != (b"lCRF", b"FOMC", 100):
            raise ValueError("it does not begin like one")
        first_feature = _HEADER.size
        _, _, count = _FEATURES.unpack_from(data, first_feature)
        features = np.frombuffer(data, _FEATURE, count, first_feature + _FEATURES.size)
        labels = _strings(data, label_table)
        attributes = _strings(data, attribute_table)
        state = np.zeros((len(attributes) + 1, len(labels)))
        transitions = np.zeros((len(labels), len(labels)))
        for weights, wanted in ((state, 0), (transitions, 1)):
            chosen = features[features["transition"] == wanted]
            weights[chosen["source"], chosen["label"]] = chosen["weight"]
    except (struct.error, IndexError, ValueError) as error:
        raise ValueError(f"{path}: no model of CRFsuite ({error})") from error
    return Crf(tuple(labels), {name: row for row, name in enumerate(attributes)}, state, transitions)


def _strings(data: bytes, start: int) -> list[str]:
    """Return the strings of a table in the order of their numbers."""
    *_, count, place = _DATABASE.unpack_from(data, start)
    strings: list[str] = []
    for offset in np.frombuffer(data, "<u4", count, start + place).tolist():
        _, size = struct.unpack_from("<2I", data, start + offset)
        begin = start + offset + 8
        strings.append(data[begin : begin + size - 1].decode())  # the last byte is zero
    return strings


class PathFinder:
    """Finds the labels of highest score (Viterbi).

    Args:
        transitions: Score by label and next label.
    """

    def __init__(self, transitions: Floats) -> None:
        self._transitions: list[list[float]] = transitions.tolist()
        # By a label and another, what the other can at most gain on it from the labels beside them.
        before = (transitions[:, None, :] - transitions[:, :, None]).max(axis=0)
        behind = (transitions[None, :, :] - transitions[:, None, :]).max(axis=2)
        self._gains: Floats = np.maximum(before, 0) + np.maximum(behind, 0) + SAME_SCORE

    def __call__(self, state: Floats) -> tuple[list[int], bool]:
        """Find the labels of a sentence.

        Args:
            state: Score by token and label; one token at least.

        Returns:
            The labels, and whether they are certain: no other path scores the same.
        """
        # Most labels score so much less than the best of their token that no neighbours make up for it. Where one is
        # left, the sentence falls into stretches that are searched each by itself.
        best = state.argmax(axis=1)
        likely = state + self._gains.take(best, axis=0) >= state.max(axis=1, keepdims=True)
        tokens, labels = likely.nonzero()
        choices: list[_Choices] = [[] for _ in state]
        for token, label, score in zip(tokens.tolist(), labels.tolist(), state[tokens, labels].tolist(), strict=True):
            choices[token].append((label, score))
        path: list[int] = best.tolist()
        certain = True
        start = 0
        for token, following in enumerate([*choices[1:], []]):
            if len(choices[token]) == 1:
                start = token + 1
            elif len(following) < 2:
                certain = self._settle(path, start, choices[start : token + 1]) and certain
        return path, certain

    def _settle(self, path: list[int], start: int, stretch: list[_Choices]) -> bool:
        """Find the labels of a stretch of tokens between labels that are right already; say if they are certain."""
        weights = self._transitions
        labels = [label for label, _ in stretch[0]]
        scores = [score for _, score in stretch[0]]
        if start:
            scores = [weights[path[start - 1]][label] + score for label, score in stretch[0]]
        ways = []  # the labels before a token, and for each of its own labels the scores over these
        for choices in stretch[1:]:
            leaving = [*zip(scores, map(weights.__getitem__, labels), strict=True)]
            reached = [[score + to[label] for score, to in leaving] for label, _ in choices]
            ways.append((labels, reached))
            labels = [label for label, _ in choices]
            scores = [max(over) + score for over, (_, score) in zip(reached, choices, strict=True)]
        end = start + len(stretch)
        if end < len(path):
            scores = [score + weights[label][path[end]] for label, score in zip(labels, scores, strict=True)]
        # A second path leaves the best one last at one of its tokens, and before that is the best that leads there.
        certain = True
        for token in range(end - 1, start - 1, -1):
            second, highest = sorted(scores)[-2:]
            certain = certain and highest - second >= SAME_SCORE
            at = scores.index(highest)
            path[token] = labels[at]
            if ways:
                labels, reached = ways.pop()
                scores = reached[at]
        return certain


def path_of_two(scores: list[float], transitions: Floats) -> tuple[list[bool], bool]:
    """Find the labels of highest score in a model with two labels.

    Args:
        scores: For each token, by how much the second label scores more than the first; one token at least.
        transitions: Score by label and next label.

    Returns:
        Whether each token has the second label, and whether that is certain: no other path scores the same.
    """
    (stay, leave), (back, keep) = transitions.tolist()
    to_first, to_second = stay - back, leave - keep  # with a greater lead one comes from the second label
    lead = scores[0]
    leads = [lead]
    for score in scores[1:]:
        second = lead + keep if lead > to_second else leave
        lead = second + score - (lead + back if lead > to_first else stay)
        leads.append(lead)
    path: list[bool] = []
    margin = float("inf")
    threshold = 0.0
    for lead in reversed(leads):
        margin = min(margin, abs(lead - threshold))
        path.append(lead > threshold)
        threshold = to_second if path[-1] else to_first
    path.reverse()
    return path, margin >= SAME_SCORE
