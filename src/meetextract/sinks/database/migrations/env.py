"""How Alembic gets at the database: by the connection that `versions` hands over, within its transaction."""

from alembic import context

from meetextract.sinks.database.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
