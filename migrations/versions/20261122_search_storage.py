"""Keep the vectors of the PostgreSQL index as they are: compressing gains nothing and costs every search."""

from alembic import op

revision = "20261122_search_storage"
down_revision = "20261122_order_signatures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _store("EXTERNAL")


def downgrade() -> None:
    _store("EXTENDED")


def _store(how: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE search_paper ALTER COLUMN vector SET STORAGE {how}")
