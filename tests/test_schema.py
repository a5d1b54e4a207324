"""The JSON Schema of a record: the committed copy is the model's, and the records of the corpus keep to it."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.read.files import read_articles
from meetextract.records import json_schema
from meetextract.sinks.jsonl import record_from_json, record_to_json

CORPUS = Path(__file__).parents[1] / "corpus"


def test_the_committed_schema_is_the_models() -> None:
    committed = json.loads((files("meetextract") / "record.schema.json").read_text(encoding="utf-8"))
    assert committed == json_schema(), "write it anew: meetextract schema > src/meetextract/record.schema.json"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_records_of_the_corpus_keep_to_the_schema_and_come_back_equal() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    extractor = Extractor()
    articles = [article for article in read_articles([CORPUS]) if isinstance(article, Article)]
    assert len(articles) == len([*CORPUS.glob("*.txt")]) > 0
    for article in articles:
        record = extractor(article)
        line = record_to_json(record)
        validator.validate(json.loads(line))
        assert record_from_json(line) == record


@pytest.mark.parametrize("change", [{"schema": "2"}, {"published_from": "guessed"}, {"dates": [{"text": "x"}]}])
def test_the_schema_refuses_what_is_no_record(change: dict[str, object]) -> None:
    line = json.loads(record_to_json(Extractor()("Sáng 8/7/2024, xã họp.")))
    jsonschema.validate(line, json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**line, **change}, json_schema())
