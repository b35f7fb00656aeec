"""Versions of reports have a lifecycle, a decision and a manifest."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_report_decisions"
down_revision = "20261122_archive_orders_search"
branch_labels = None
depends_on = None

STATES = ("draft", "submitted", "under_review", "returned", "approved", "considered", "published")
MARKS = ("considered", "accepted", "approved")


def one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    with op.batch_alter_table("report_version", schema=None) as table:
        table.add_column(sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("manifest", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(
            sa.Column("state", one_of(STATES, "report_state"), nullable=False, server_default="draft")
        )
        table.add_column(sa.Column("open_blockers", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("mark", one_of(MARKS, "report_mark"), nullable=True))
        table.add_column(sa.Column("council_name", sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("protocol_number", sa.String(length=60), nullable=False, server_default="")
        )
        table.add_column(sa.Column("protocol_date", sa.Date(), nullable=True))
        table.add_column(sa.Column("protocol_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("stamped_sha256", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("stamped_size", sa.Integer(), nullable=True))
        table.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("report_version", schema=None) as table:
        for filled in ("edition", "manifest", "state", "open_blockers", "council_name", "protocol_number"):
            table.alter_column(filled, server_default=None)
        table.alter_column("version", server_default=None)
        table.create_check_constraint("report_state", sa.column("state").in_(STATES))
        table.create_check_constraint("report_mark", sa.column("mark").in_(MARKS))
        table.create_foreign_key(
            op.f("fk_report_version_protocol_id"), "document", ["protocol_id"], ["id"]
        )
        table.create_foreign_key(
            op.f("fk_report_version_stamped_sha256"), "blob", ["stamped_sha256"], ["sha256"]
        )
        table.create_index(op.f("ix_report_version_protocol_id"), ["protocol_id"], unique=False)
        table.create_index(op.f("ix_report_version_state_id"), ["state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("report_version", schema=None) as table:
        table.drop_index(op.f("ix_report_version_state_id"))
        table.drop_index(op.f("ix_report_version_protocol_id"))
        table.drop_constraint(op.f("fk_report_version_stamped_sha256"), type_="foreignkey")
        table.drop_constraint(op.f("fk_report_version_protocol_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_report_version_report_mark"), type_="check")
        table.drop_constraint(op.f("ck_report_version_report_state"), type_="check")
        for added in (
            "version", "published_at", "stamped_size", "stamped_sha256", "decided_at", "protocol_id",
            "protocol_date", "protocol_number", "council_name", "mark", "open_blockers", "state", "manifest",
            "edition",
        ):  # fmt: skip
            table.drop_column(added)
