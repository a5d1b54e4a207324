"""What records say.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

CARRIED = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make the step."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False, comment="made of the two next"),
        sa.Column("version", sa.Text(), nullable=False, comment="of meetextract"),
        sa.Column("pattern_set", sa.Text(), nullable=False, comment="hash of the pattern files"),
        sa.Column("first_loaded", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_loaded", sa.DateTime(timezone=True), nullable=False, comment="when it last changed anything"),
        sa.Column("articles", sa.Integer(), nullable=False, comment="that it brought or changed"),
        sa.Column("added", sa.Integer(), nullable=False, comment="entries, as the next three"),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.Integer(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("version", "pattern_set", name=op.f("uq_runs_version_pattern_set")),
        comment="What made the records: a version of meetextract with its patterns",
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Text(), nullable=False, comment="made of the folded name and the scope"),
        sa.Column("name", sa.Text(), nullable=False, comment="canonical, as one of its articles writes it"),
        sa.Column("name_key", sa.Text(), nullable=False, comment="the folded name"),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("home", sa.Text(), nullable=True, comment="its area, which is a unit of the kind địa bàn"),
        sa.Column(
            "scope",
            sa.Text(),
            nullable=True,
            comment="portal or article within which the name is known to mean one unit",
        ),
        sa.Column("entity", sa.Text(), nullable=False, comment="the unit that stands for all the same"),
        sa.ForeignKeyConstraint(["entity"], ["units.id"], name=op.f("fk_units_entity")),
        sa.ForeignKeyConstraint(["home"], ["units.id"], name=op.f("fk_units_home")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        comment="Organisational units across articles, and areas; a merge makes several point to one entity",
    )
    op.create_index(op.f("ix_units_entity"), "units", ["entity"], unique=False)
    op.create_index(op.f("ix_units_home"), "units", ["home"], unique=False)
    op.create_index(op.f("ix_units_name_key"), "units", ["name_key"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("portal", sa.Text(), nullable=True, comment="host of the address, or as said on loading"),
        sa.Column("source", sa.Text(), nullable=True, comment="file, and line where it has one"),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.Text(), nullable=True),
        sa.Column("main_text", sa.Text(), nullable=True, comment="what took it out of its page"),
        sa.Column("fingerprint", sa.Text(), nullable=True, comment="by what near-duplicates are known"),
        sa.Column("duplicate_of", sa.Text(), nullable=True, comment="id of an article, which need not be loaded"),
        sa.Column("repairs", CARRIED, nullable=False),
        sa.Column("notices", CARRIED, nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="names its text of today in texts"),
        sa.Column("record_hash", sa.Text(), nullable=False, comment="of the line that it was loaded from"),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("first_loaded", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_articles_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        comment="An article as it is today",
    )
    op.create_index(op.f("ix_articles_duplicate_of"), "articles", ["duplicate_of"], unique=False)
    op.create_index(op.f("ix_articles_portal"), "articles", ["portal"], unique=False)
    op.create_index(op.f("ix_articles_published"), "articles", ["published"], unique=False)
    op.create_index(op.f("ix_articles_run"), "articles", ["run"], unique=False)
    op.create_table(
        "people",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="made of the folded name and the unit, or the article without one"
        ),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True, comment="null: only known within one article"),
        sa.Column("entity", sa.Text(), nullable=False, comment="who stands for all the same"),
        sa.ForeignKeyConstraint(["entity"], ["people.id"], name=op.f("fk_people_entity")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_people_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        comment="People of units across articles; offices that one article gives to one person make them one entity",
    )
    op.create_index(op.f("ix_people_entity"), "people", ["entity"], unique=False)
    op.create_index(op.f("ix_people_name_key"), "people", ["name_key"], unique=False)
    op.create_index(op.f("ix_people_unit"), "people", ["unit"], unique=False)
    op.create_table(
        "article_people",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_article_people_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_article_people_article")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_article_people_person")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_article_people_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_article_people_superseded_by")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_article_people")),
        comment="A person in an article",
    )
    op.create_index(op.f("ix_article_people_person"), "article_people", ["person"], unique=False)
    op.create_table(
        "article_units",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_article_units_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_article_units_article")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_article_units_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_article_units_superseded_by")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_article_units_unit")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_article_units")),
        comment="A unit in an article",
    )
    op.create_index(op.f("ix_article_units_unit"), "article_units", ["unit"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("assigner", sa.Text(), nullable=True),
        sa.Column("assigner_person", sa.Text(), nullable=True),
        sa.Column("assigner_unit", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("due", CARRIED, nullable=True, comment="the words of the deadline, and what they come to"),
        sa.Column("targets", CARRIED, nullable=False, comment="ids of the targets in its words"),
        sa.Column("spans", CARRIED, nullable=False),
        sa.Column("why_empty", CARRIED, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_assignments_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_assignments_article")),
        sa.ForeignKeyConstraint(["assigner_person"], ["people.id"], name=op.f("fk_assignments_assigner_person")),
        sa.ForeignKeyConstraint(["assigner_unit"], ["units.id"], name=op.f("fk_assignments_assigner_unit")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_assignments_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_assignments_superseded_by")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_assignments")),
        comment="A directive: who told whom to do what by when",
    )
    op.create_index(op.f("ix_assignments_assigner_person"), "assignments", ["assigner_person"], unique=False)
    op.create_index(op.f("ix_assignments_assigner_unit"), "assignments", ["assigner_unit"], unique=False)
    op.create_index(op.f("ix_assignments_deadline"), "assignments", ["deadline"], unique=False)
    op.create_table(
        "documents",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("symbol_key", sa.Text(), nullable=False, comment="its letters and digits"),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("issuer_unit", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_documents_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_documents_article")),
        sa.ForeignKeyConstraint(["issuer_unit"], ["units.id"], name=op.f("fk_documents_issuer_unit")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_documents_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_documents_superseded_by")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_documents")),
        comment="A mention of a numbered document",
    )
    op.create_index(op.f("ix_documents_issuer_unit"), "documents", ["issuer_unit"], unique=False)
    op.create_index(op.f("ix_documents_symbol_key"), "documents", ["symbol_key"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("host", sa.Text(), nullable=True),
        sa.Column("host_unit", sa.Text(), nullable=True),
        sa.Column("chairs", CARRIED, nullable=False),
        sa.Column("attendees", CARRIED, nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("others", CARRIED, nullable=False),
        sa.Column("spans", CARRIED, nullable=False, comment="of the slots"),
        sa.Column("why_empty", CARRIED, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("session in ('morning', 'noon', 'afternoon', 'evening')", name=op.f("ck_meetings_session")),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_meetings_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_meetings_article")),
        sa.ForeignKeyConstraint(["host_unit"], ["units.id"], name=op.f("fk_meetings_host_unit")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_meetings_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_meetings_superseded_by")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_meetings")),
        comment="The meeting that an article reports",
    )
    op.create_index(op.f("ix_meetings_date"), "meetings", ["date"], unique=False)
    op.create_index(op.f("ix_meetings_host_unit"), "meetings", ["host_unit"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True, comment="id in the record; null for a date that nothing places"),
        sa.Column("text", sa.Text(), nullable=True, comment="as written; null where the entry has the words"),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("value", CARRIED, nullable=True, comment="of a date, quantity or count"),
        sa.CheckConstraint("kind in ('person', 'unit', 'date', 'quantity', 'count')", name=op.f("ck_mentions_kind")),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_mentions_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_mentions_article")),
        sa.PrimaryKeyConstraint("article", "number", name=op.f("pk_mentions")),
        comment="Every place in the text of today that means a person or unit, or is a date, quantity or count",
    )
    op.create_table(
        "person_links",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_person_links_article")),
        sa.ForeignKeyConstraint(["one"], ["people.id"], name=op.f("fk_person_links_one")),
        sa.ForeignKeyConstraint(["other"], ["people.id"], name=op.f("fk_person_links_other")),
        sa.PrimaryKeyConstraint("article", "one", "other", name=op.f("pk_person_links")),
        comment="That an article names two as one person: one with two offices",
    )
    op.create_index(op.f("ix_person_links_one"), "person_links", ["one"], unique=False)
    op.create_index(op.f("ix_person_links_other"), "person_links", ["other"], unique=False)
    op.create_table(
        "results",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("indicator_key", sa.Text(), nullable=False, comment="equal where the indicators have the same words"),
        sa.Column(
            "measure_key", sa.Text(), nullable=False, comment="equal where they are the same but for where and when"
        ),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("max", sa.Double(), nullable=True, comment="upper bound of a range"),
        sa.Column("of", sa.Double(), nullable=True, comment="the b of a ratio a/b"),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("level", sa.Double(), nullable=True, comment="the value to compare: a ratio as a percentage"),
        sa.Column("level_unit", sa.Text(), nullable=True),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("measured_as", sa.Text(), nullable=False, comment="equal where levels of one unit can be compared"),
        sa.Column("better", sa.Text(), nullable=False, comment="which levels are the better ones: more, or less"),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True, comment="last day of the period, or the deadline"),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("holder_unit", sa.Text(), nullable=True, comment="a committee (UBND) stands for its area"),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("symbol_key", sa.Text(), nullable=True),
        sa.Column("checks", CARRIED, nullable=False),
        sa.Column("spans", CARRIED, nullable=False),
        sa.Column("why_empty", CARRIED, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("change in ('increase', 'decrease', 'exceed')", name=op.f("ck_results_change")),
        sa.CheckConstraint(
            "comparator in ('eq', 'gt', 'ge', 'lt', 'le', 'approx', 'range')", name=op.f("ck_results_comparator")
        ),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_results_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_results_article")),
        sa.ForeignKeyConstraint(["holder_unit"], ["units.id"], name=op.f("fk_results_holder_unit")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_results_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_results_superseded_by")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_results")),
        comment="A level that was reached",
    )
    op.create_index(op.f("ix_results_holder_unit_measure_key"), "results", ["holder_unit", "measure_key"], unique=False)
    op.create_index(op.f("ix_results_symbol_key"), "results", ["symbol_key"], unique=False)
    op.create_table(
        "targets",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("indicator_key", sa.Text(), nullable=False, comment="equal where the indicators have the same words"),
        sa.Column(
            "measure_key", sa.Text(), nullable=False, comment="equal where they are the same but for where and when"
        ),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("max", sa.Double(), nullable=True, comment="upper bound of a range"),
        sa.Column("of", sa.Double(), nullable=True, comment="the b of a ratio a/b"),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("level", sa.Double(), nullable=True, comment="the value to compare: a ratio as a percentage"),
        sa.Column("level_unit", sa.Text(), nullable=True),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("measured_as", sa.Text(), nullable=False, comment="equal where levels of one unit can be compared"),
        sa.Column("better", sa.Text(), nullable=False, comment="which levels are the better ones: more, or less"),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True, comment="last day of the period, or the deadline"),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("holder_unit", sa.Text(), nullable=True, comment="a committee (UBND) stands for its area"),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("symbol_key", sa.Text(), nullable=True),
        sa.Column("checks", CARRIED, nullable=False),
        sa.Column("spans", CARRIED, nullable=False),
        sa.Column("why_empty", CARRIED, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("change in ('increase', 'decrease', 'exceed')", name=op.f("ck_targets_change")),
        sa.CheckConstraint(
            "comparator in ('eq', 'gt', 'ge', 'lt', 'le', 'approx', 'range')", name=op.f("ck_targets_comparator")
        ),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_targets_span")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_targets_article")),
        sa.ForeignKeyConstraint(["holder_unit"], ["units.id"], name=op.f("fk_targets_holder_unit")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_targets_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_targets_superseded_by")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_targets")),
        comment="A level that is wanted",
    )
    op.create_index(op.f("ix_targets_holder_unit_measure_key"), "targets", ["holder_unit", "measure_key"], unique=False)
    op.create_index(op.f("ix_targets_symbol_key"), "targets", ["symbol_key"], unique=False)
    op.create_table(
        "texts",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="from 1, in the order of loading"),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True, comment="null where the record did not hold it"),
        sa.Column("first_loaded", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_texts_article")),
        sa.PrimaryKeyConstraint("article", "text_hash", name=op.f("pk_texts")),
        sa.UniqueConstraint("article", "number", name=op.f("uq_texts_article_number")),
        comment="What an article said: a portal that corrects it adds another",
    )
    op.create_table(
        "addressees",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False, comment="of assignments"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False, comment="told, or to be worked with"),
        sa.Column("lead", sa.Boolean(name="lead"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="as written"),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.CheckConstraint("part in ('told', 'with')", name=op.f("ck_addressees_part")),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_addressees_span")),
        sa.ForeignKeyConstraint(
            ["article", "entry"], ["assignments.article", "assignments.id"], name=op.f("fk_addressees_article_entry")
        ),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_addressees_article")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_addressees_unit")),
        sa.PrimaryKeyConstraint("article", "entry", "number", name=op.f("pk_addressees")),
        comment="Those told, and those to work with",
    )
    op.create_index(op.f("ix_addressees_unit"), "addressees", ["unit"], unique=False)
    op.create_table(
        "cited",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False, comment="of assignments"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("symbol_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "entry"], ["assignments.article", "assignments.id"], name=op.f("fk_cited_article_entry")
        ),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_cited_article")),
        sa.PrimaryKeyConstraint("article", "entry", "number", name=op.f("pk_cited")),
        comment="Documents that the words of an assignment name",
    )
    op.create_index(op.f("ix_cited_symbol_key"), "cited", ["symbol_key"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="of the record"),
        sa.Column("origin", sa.Text(), nullable=False, comment="id of the entry whose place it took, else its own"),
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text where the spans stand"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of all that it says, wherever that stands"),
        sa.Column("run", sa.Text(), nullable=False, comment="that wrote it last"),
        sa.Column("superseded", sa.DateTime(timezone=True), nullable=True, comment="since when it is no longer found"),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True, comment="id of the entry that took its place"),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_tasks_span")),
        sa.ForeignKeyConstraint(
            ["article", "assignment"],
            ["assignments.article", "assignments.id"],
            name=op.f("fk_tasks_article_assignment"),
        ),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_tasks_article")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_tasks_run")),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name=op.f("fk_tasks_superseded_by")),
        sa.PrimaryKeyConstraint("article", "id", name=op.f("pk_tasks")),
        comment="A task of an assignment",
    )
    op.create_index(op.f("ix_tasks_article_assignment"), "tasks", ["article", "assignment"], unique=False)
    op.create_table(
        "titles",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False, comment="of article_people"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article", "entry"], ["article_people.article", "article_people.id"], name=op.f("fk_titles_article_entry")
        ),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_titles_article")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_titles_unit")),
        sa.PrimaryKeyConstraint("article", "entry", "number", name=op.f("pk_titles")),
        comment="A role that a person holds in an article",
    )
    op.create_index(op.f("ix_titles_unit"), "titles", ["unit"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_titles_unit"), table_name="titles")
    op.drop_table("titles")
    op.drop_index(op.f("ix_tasks_article_assignment"), table_name="tasks")
    op.drop_table("tasks")
    op.drop_index(op.f("ix_cited_symbol_key"), table_name="cited")
    op.drop_table("cited")
    op.drop_index(op.f("ix_addressees_unit"), table_name="addressees")
    op.drop_table("addressees")
    op.drop_table("texts")
    op.drop_index(op.f("ix_targets_symbol_key"), table_name="targets")
    op.drop_index(op.f("ix_targets_holder_unit_measure_key"), table_name="targets")
    op.drop_table("targets")
    op.drop_index(op.f("ix_results_symbol_key"), table_name="results")
    op.drop_index(op.f("ix_results_holder_unit_measure_key"), table_name="results")
    op.drop_table("results")
    op.drop_index(op.f("ix_person_links_other"), table_name="person_links")
    op.drop_index(op.f("ix_person_links_one"), table_name="person_links")
    op.drop_table("person_links")
    op.drop_table("mentions")
    op.drop_index(op.f("ix_meetings_host_unit"), table_name="meetings")
    op.drop_index(op.f("ix_meetings_date"), table_name="meetings")
    op.drop_table("meetings")
    op.drop_index(op.f("ix_documents_symbol_key"), table_name="documents")
    op.drop_index(op.f("ix_documents_issuer_unit"), table_name="documents")
    op.drop_table("documents")
    op.drop_index(op.f("ix_assignments_deadline"), table_name="assignments")
    op.drop_index(op.f("ix_assignments_assigner_unit"), table_name="assignments")
    op.drop_index(op.f("ix_assignments_assigner_person"), table_name="assignments")
    op.drop_table("assignments")
    op.drop_index(op.f("ix_article_units_unit"), table_name="article_units")
    op.drop_table("article_units")
    op.drop_index(op.f("ix_article_people_person"), table_name="article_people")
    op.drop_table("article_people")
    op.drop_index(op.f("ix_people_unit"), table_name="people")
    op.drop_index(op.f("ix_people_name_key"), table_name="people")
    op.drop_index(op.f("ix_people_entity"), table_name="people")
    op.drop_table("people")
    op.drop_index(op.f("ix_articles_run"), table_name="articles")
    op.drop_index(op.f("ix_articles_published"), table_name="articles")
    op.drop_index(op.f("ix_articles_portal"), table_name="articles")
    op.drop_index(op.f("ix_articles_duplicate_of"), table_name="articles")
    op.drop_table("articles")
    op.drop_index(op.f("ix_units_name_key"), table_name="units")
    op.drop_index(op.f("ix_units_home"), table_name="units")
    op.drop_index(op.f("ix_units_entity"), table_name="units")
    op.drop_table("units")
    op.drop_table("runs")
