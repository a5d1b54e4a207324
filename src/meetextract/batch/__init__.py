"""Millions of articles: in shards, on several processes or machines, taken up again where a run was stopped."""
