"""What people decide.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

CARRIED = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the step."""
    op.create_table(
        "merges",
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False, comment="of two ids of people or units, the smaller"),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint("decision in ('same', 'different', 'undone')", name=op.f("ck_merges_decision")),
        sa.CheckConstraint("kind in ('person', 'unit')", name=op.f("ck_merges_kind")),
        sa.CheckConstraint("one < other", name=op.f("ck_merges_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        comment="What people say of two entities; the last one holds",
    )
    op.create_index(op.f("ix_merges_kind_one_other"), "merges", ["kind", "one", "other"], unique=False)
    op.create_table(
        "task_status",
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("assignment", sa.Text(), nullable=False, comment="origin"),
        sa.Column("task", sa.Text(), nullable=True, comment="origin; null for all tasks of the assignment"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("status in ('open', 'in_progress', 'done', 'dropped')", name=op.f("ck_task_status_status")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_task_status_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_status")),
        comment="How far people say that a task is; the last one holds",
    )
    op.create_index(op.f("ix_task_status_article_assignment"), "task_status", ["article", "assignment"], unique=False)
    op.create_table(
        "verdicts",
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False, comment="of the text that was judged"),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of what the entry said"),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind in ('meeting', 'person', 'unit', 'document', 'target', 'assignment')", name=op.f("ck_verdicts_kind")
        ),
        sa.CheckConstraint("verdict in ('accept', 'reject', 'correct', 'withdrawn')", name=op.f("ck_verdicts_verdict")),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_verdicts_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        comment="What people say of an entry; the last one holds",
    )
    op.create_index(op.f("ix_verdicts_article_kind_origin"), "verdicts", ["article", "kind", "origin"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("verdict", COUNTER, nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="0 but in lists"),
        sa.Column("value", sa.Text(), nullable=True, comment="null: the slot is empty"),
        sa.Column("unit", sa.Text(), nullable=True, comment="that is meant, where the slot names units"),
        sa.Column("person", sa.Text(), nullable=True, comment="who is meant"),
        sa.Column("task", sa.Text(), nullable=True, comment="origin of the task, where the slot holds tasks"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_corrections_person")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_corrections_unit")),
        sa.ForeignKeyConstraint(["verdict"], ["verdicts.id"], name=op.f("fk_corrections_verdict")),
        sa.PrimaryKeyConstraint("verdict", "slot", "number", name=op.f("pk_corrections")),
        comment="What a slot ought to say, in the place of all that the machine found for it",
    )
    op.create_index(op.f("ix_corrections_person"), "corrections", ["person"], unique=False)
    op.create_index(op.f("ix_corrections_unit"), "corrections", ["unit"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_corrections_unit"), table_name="corrections")
    op.drop_index(op.f("ix_corrections_person"), table_name="corrections")
    op.drop_table("corrections")
    op.drop_index(op.f("ix_verdicts_article_kind_origin"), table_name="verdicts")
    op.drop_table("verdicts")
    op.drop_index(op.f("ix_task_status_article_assignment"), table_name="task_status")
    op.drop_table("task_status")
    op.drop_index(op.f("ix_merges_kind_one_other"), table_name="merges")
    op.drop_table("merges")
