"""Runs the migrations on the connection that `dashboard.team.database.migrate` hands over, inside its transaction.

A migration is a file in `versions/`; the last one's number is `database.REVISION`. A test compares what the migrations
make with what the tables in `database` say.
"""

from __future__ import annotations

from alembic import context

from dashboard.team.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # SQLite's too is undone, as the transaction is begun explicitly
)
with context.begin_transaction():
    context.run_migrations()
