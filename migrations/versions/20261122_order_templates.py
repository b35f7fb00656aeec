"""Organisations have their own templates of orders, and an order may be printed in one."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_order_templates"
down_revision = "20261122_search_digest"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user_account.id"], name=op.f("fk_order_template_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_order_template_organisation_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_order_template_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_template")),
    )
    with op.batch_alter_table("order_template", schema=None) as table:
        table.create_index(
            table.f("ix_order_template_organisation_id_removed_at_id"),
            ["organisation_id", "removed_at", "id"],
            unique=False,
        )
    with op.batch_alter_table("order_act", schema=None) as table:
        table.add_column(sa.Column("template_id", sa.Integer(), nullable=True))
        table.create_foreign_key(table.f("fk_order_act_template_id"), "order_template", ["template_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("order_act", schema=None) as table:
        table.drop_constraint(table.f("fk_order_act_template_id"), type_="foreignkey")
        table.drop_column("template_id")
    with op.batch_alter_table("order_template", schema=None) as table:
        table.drop_index(table.f("ix_order_template_organisation_id_removed_at_id"))
    op.drop_table("order_template")
