"""underthesea's words and parts of speech without its cost: its models, decoded by us.

Both take the same weights to the same answer. Where that cannot be known, underthesea itself is asked: when its files
are not those that were compared, for letters on which versions of Unicode differ, and where two answers score the same.
"""

import hashlib
import warnings
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import regex

from meetextract.segment.crf import read_crf
from meetextract.segment.part_of_speech import PartOfSpeechTagger
from meetextract.segment.underthesea_tagger import Syllables, TaggedWord, Tagger, UndertheseaTagger, join
from meetextract.segment.word_segmentation import WordSegmenter

_SEGMENTER = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
_TAGGER = "pipeline/pos_tag/pos_crf_2017_10_11.bin"
# What the fast engine stands for, and what it was compared with.
_FILES = (
    f"{_SEGMENTER}/models.bin",
    f"{_SEGMENTER}/features.bin",
    f"{_SEGMENTER}/dictionary.bin",
    _TAGGER,
    "models/fast_crf_sequence_tagger.py",
    "pipeline/pos_tag/model_crf.py",
    "pipeline/pos_tag/tagged_feature.py",
    "pipeline/word_tokenize/__init__.py",
    "pipeline/word_tokenize/regex_tokenize.py",
)
_DIGEST = "77e673aede6f5127e63ff1a6c2da41b91e59514bf87461fec031ea87e3e28131"
_CORE = "3.3.2"
_COMPARED = "underthesea 9.5.0 with underthesea_core 3.3.2"

# Letters on whose case Python and underthesea's Rust agree whatever their versions of Unicode: Latin with Vietnamese,
# and signs. Others are Greek, Cyrillic, Han and so on.
_FOREIGN = regex.compile(
    r"[^\x00-\u017F\u01A0\u01A1\u01AF\u01B0\u0300-\u036F\u1E00-\u1EFF\u2000-\u2BFF\uFE00-\uFE0F\U0001F000-\U0001FAFF]"
)
_OVER_A_BLANK = regex.compile(r"Th [Ss]")  # the only match of underthesea's tokenizer that a blank does not end
_MEMO = 1 << 15  # runs of characters between blanks: news repeats itself


class FastTagger:
    """The words that ``UndertheseaTagger`` finds.

    Args:
        package: The directory of underthesea.
    """

    def __init__(self, package: Path) -> None:
        dictionary = import_module("joblib").load(package / _SEGMENTER / "dictionary.bin")
        self._segment = WordSegmenter(read_crf(package / _SEGMENTER / "models.bin"), dictionary)
        self._tag = PartOfSpeechTagger(read_crf(package / _TAGGER))
        self._tokenize = Syllables()
        self._run = lru_cache(maxsize=_MEMO)(self._tokenize)

    @cached_property
    def _underthesea(self) -> Tagger:
        return UndertheseaTagger()

    def __call__(self, text: str) -> list[TaggedWord]:
        """See ``Tagger``."""
        if _FOREIGN.search(text):
            return self._underthesea(text)
        syllables, places = self._syllables(text)
        if not syllables:
            return []
        goes_on, certain = self._segment(syllables)
        if not certain:
            return self._underthesea(text)
        starts, words = join(syllables, places, goes_on)
        tags, certain = self._tag(words)
        if not certain:
            return self._underthesea(text)
        return list(zip(starts, words, tags, strict=True))

    def _syllables(self, text: str) -> tuple[list[str], list[int]]:
        if _OVER_A_BLANK.search(text):
            return self._tokenize(text)
        syllables: list[str] = []
        places: list[int] = []
        start = 0
        *runs, last = text.split(" ")
        for run in runs:
            known, offsets = self._run(run + " ")  # underthesea's tokenizer looks at the blank behind
            if len(known) == 1:
                syllables.append(known[0])
                places.append(start)
            else:
                syllables += known
                places += [start + offset for offset in offsets]
            start += len(run) + 1
        known, offsets = self._run(last)
        return [*syllables, *known], [*places, *(start + offset for offset in offsets)]


def make_tagger() -> Tagger:
    """Make the fast tagger, or underthesea's with a warning, if another underthesea is installed than was compared."""
    spec = find_spec("underthesea")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    if _is_known(package):
        return FastTagger(package)
    warnings.warn(
        f"the fast tagger was compared with {_COMPARED} only, and another is installed: tags come from that one, which "
        "takes some twelve times as long. Install the versions of constraints.txt.",
        stacklevel=2,
    )
    return UndertheseaTagger()


def _is_known(package: Path) -> bool:
    digest = hashlib.sha256()
    try:
        for name in _FILES:
            digest.update((package / name).read_bytes())
    except FileNotFoundError:
        return False
    return version("underthesea_core") == _CORE and digest.hexdigest() == _DIGEST
