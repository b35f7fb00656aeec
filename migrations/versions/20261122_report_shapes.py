"""Reports have a shape, and may be made of several plans."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_report_shapes"
down_revision = "20261122_council_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report", schema=None) as table:
        table.add_column(
            sa.Column("shape", sa.String(length=40), nullable=False, server_default="annual")
        )
    with op.batch_alter_table("report", schema=None) as table:
        table.alter_column("shape", server_default=None)
    op.create_table(
        "report_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_report_source_plan_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_source_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_source")),
        sa.UniqueConstraint("report_id", "plan_id", name=op.f("uq_report_source_report_id_plan_id")),
    )
    with op.batch_alter_table("report_source", schema=None) as table:
        table.create_index(op.f("ix_report_source_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("report_source", schema=None) as table:
        table.drop_index(op.f("ix_report_source_plan_id"))
    op.drop_table("report_source")
    with op.batch_alter_table("report", schema=None) as table:
        table.drop_column("shape")
