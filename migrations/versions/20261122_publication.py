"""Publications for everybody, and inspection bundles."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_publication"
down_revision = "20261122_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("data_sha256", sa.String(length=64), nullable=False),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_size", sa.Integer(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_publication_plan_id")),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_version.id"], name=op.f("fk_publication_report_version_id")
        ),
        sa.ForeignKeyConstraint(["file_sha256"], ["blob.sha256"], name=op.f("fk_publication_file_sha256")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user_account.id"], name=op.f("fk_publication_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    with op.batch_alter_table("publication", schema=None) as table:
        table.create_index(op.f("ix_publication_plan_id"), ["plan_id"], unique=False)
        table.create_index(op.f("ix_publication_report_version_id"), ["report_version_id"], unique=False)
        table.create_index(
            op.f("ix_publication_withdrawn_at_published_at_id"),
            ["withdrawn_at", "published_at", "id"],
            unique=False,
        )
    op.create_table(
        "inspection_bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=False),
        sa.Column("journal_upto", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_version.id"], name=op.f("fk_inspection_bundle_report_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_inspection_bundle_asked_by_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_inspection_bundle_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_bundle")),
    )
    with op.batch_alter_table("inspection_bundle", schema=None) as table:
        table.create_index(
            op.f("ix_inspection_bundle_report_version_id_id"), ["report_version_id", "id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("inspection_bundle")
    op.drop_table("publication")
