"""meetextract: from scraped Vietnamese meeting news to records that a task tracker can load."""
__version__ = "0.1.0"
