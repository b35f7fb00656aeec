"""What each thing of the PostgreSQL index said when it was put there."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_search_digest"
down_revision = "20261122_report_shapes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("search_paper", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest", sa.BigInteger(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("search_paper", schema=None) as batch_op:
        batch_op.drop_column("digest")
