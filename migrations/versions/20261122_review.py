"""Marks and remarks of a review."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_review"
down_revision = "20261122_findings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_marks()
    _add_remarks()


def _add_marks() -> None:
    op.create_table(
        "row_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_row_mark_measure_id")),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_version.id"], name=op.f("fk_row_mark_report_version_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_row_mark_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_mark")),
        sa.UniqueConstraint(
            "report_version_id",
            "user_id",
            "measure_id",
            name=op.f("uq_row_mark_report_version_id_user_id_measure_id"),
        ),
    )
    with op.batch_alter_table("row_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_row_mark_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_row_mark_user_id_report_version_id"),
            ["user_id", "report_version_id"],
            unique=False,
        )


def _add_remarks() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.String(length=60), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("needs_answer", sa.Boolean(), nullable=False),
        sa.Column("addressee", _one_of("addressee", "coordinator", "executor"), nullable=False),
        sa.Column(
            "state", _one_of("remark_state", "open", "answered", "resolved", "withdrawn"), nullable=False
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_remark_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_remark_author_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user_account.id"], name=op.f("fk_remark_closed_by_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_remark_measure_id")),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_version.id"], name=op.f("fk_remark_report_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_remark_report_version_id_measure_id_id"),
            ["report_version_id", "measure_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_remark_state_id"), ["state", "id"], unique=False)


def _one_of(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table("remark")
    op.drop_table("row_mark")
