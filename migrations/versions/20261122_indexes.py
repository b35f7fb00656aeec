"""Indexes that figures are counted from."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_indexes"
down_revision = "20261121_initial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_plan_id_withdrawn_at_state_control_date"),
            ["plan_id", "withdrawn_at", "state", "control_date"],
            unique=False,
        )

    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_measure_id"))
        batch_op.create_index(
            batch_op.f("ix_participation_given_to"),
            ["measure_id", "part", "user_id", "organisation_id", "by_consent"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_given_to"))
        batch_op.create_index(batch_op.f("ix_participation_measure_id"), ["measure_id"], unique=False)

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_plan_id_withdrawn_at_state_control_date"))
