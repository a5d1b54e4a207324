"""The tracking database: what records say, and what people decided, in SQLite or PostgreSQL.

`tables` is the schema, `rows` makes rows of a record, `feeding` writes them, `decisions` is what people write,
`queries` what trackers ask; `opening` finds the database and `versions` keeps its schema up to date.
"""
