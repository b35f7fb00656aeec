"""Contradictions found in versions of reports, and the answers to them."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_findings"
down_revision = "20261122_council"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("finding_kind", sa.String(length=40), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_version.id"], name=op.f("fk_report_finding_report_version_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_report_finding_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_finding")),
        sa.UniqueConstraint(
            "report_version_id",
            "fingerprint",
            name=op.f("uq_report_finding_report_version_id_fingerprint"),
        ),
    )
    with op.batch_alter_table("report_finding", schema=None) as table:
        table.create_index(op.f("ix_report_finding_measure_id"), ["measure_id"], unique=False)
        table.create_index(
            op.f("ix_report_finding_report_version_id_position"),
            ["report_version_id", "position"],
            unique=False,
        )
    op.create_table(
        "report_finding_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "explained", "dismissed", name="finding_outcome", native_enum=False, create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_report_finding_answer_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_report_finding_answer_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_finding_answer")),
    )
    with op.batch_alter_table("report_finding_answer", schema=None) as table:
        table.create_index(
            op.f("ix_report_finding_answer_measure_id_fingerprint_id"),
            ["measure_id", "fingerprint", "id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("report_finding_answer")
    op.drop_table("report_finding")
