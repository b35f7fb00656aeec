"""What was found of the signature files beside orders."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_order_signatures"
down_revision = "20261122_order_templates"
branch_labels = None
depends_on = None

VERDICTS = (
    "valid", "other", "gost", "algorithm", "no_certificate", "no_signature", "no_program", "no_file",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "order_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(*VERDICTS, name="signature_verdict", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("file_version", sa.Integer(), nullable=True),
        sa.Column("signer", sa.String(length=300), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_order_signature_document_id")),
        sa.ForeignKeyConstraint(["order_id"], ["order_act.id"], name=op.f("fk_order_signature_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_signature")),
        sa.UniqueConstraint("document_id", name=op.f("uq_order_signature_document_id")),
    )
    with op.batch_alter_table("order_signature", schema=None) as table:
        table.create_index(table.f("ix_order_signature_order_id"), ["order_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("order_signature", schema=None) as table:
        table.drop_index(table.f("ix_order_signature_order_id"))
    op.drop_table("order_signature")
