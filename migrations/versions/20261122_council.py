"""Councils and sittings."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_council"
down_revision = "20261122_report_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "council_kind",
            sa.Enum(
                "heads_council",
                "collegium",
                "working_group",
                "commission",
                "public_council",
                name="council_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("name_prepositional", sa.String(length=500), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("ground_document_id", sa.Integer(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ground_document_id"], ["document.id"], name=op.f("fk_council_ground_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_council_organisation_id")
        ),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=op.f("fk_council_register_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
    )
    with op.batch_alter_table("council", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_ground_document_id"), ["ground_document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_council_organisation_id_closed_at_id"),
            ["organisation_id", "closed_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_council_register_id"), ["register_id"], unique=False)

    op.create_table(
        "council_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "chair",
                "deputy",
                "secretary",
                "member",
                "invited",
                name="seat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("has_vote", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_membership_council_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_council_membership_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_membership")),
    )
    with op.batch_alter_table("council_membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_membership_council_id_position_id"),
            ["council_id", "position", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_council_membership_user_id"), ["user_id"], unique=False)

    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "in_person",
                "correspondence",
                name="sitting_form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("guests", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "agenda_sent",
                "open",
                "closed",
                "minutes_signed",
                "cancelled",
                name="sitting_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("presiding_id", sa.Integer(), nullable=True),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("agenda_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invitation_round", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("minutes_digest", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_sitting_council_id")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_sitting_created_by_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_sitting_document_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_sitting_dossier_id")),
        sa.ForeignKeyConstraint(["order_id"], ["order_act.id"], name=op.f("fk_sitting_order_id")),
        sa.ForeignKeyConstraint(
            ["presiding_id"], ["council_membership.id"], name=op.f("fk_sitting_presiding_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_sitting_registration_id")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["document.id"], name=op.f("fk_sitting_scan_id")),
        sa.ForeignKeyConstraint(
            ["secretary_id"], ["council_membership.id"], name=op.f("fk_sitting_secretary_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("document_id", name=op.f("uq_sitting_document_id")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_sitting_dossier_id")),
        sa.UniqueConstraint("order_id", name=op.f("uq_sitting_order_id")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_sitting_registration_id")),
        sa.UniqueConstraint("scan_id", name=op.f("uq_sitting_scan_id")),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sitting_council_id_date_id"), ["council_id", "date", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sitting_date_id"), ["date", "id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "item_kind",
            sa.Enum(
                "report", "question", name="item_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("speaker", sa.String(length=500), nullable=False),
        sa.Column("report_version_id", sa.Integer(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("spoke", sa.Text(), nullable=False),
        sa.Column("voting_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "adopted",
                "rejected",
                "withdrawn",
                name="item_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_agenda_item_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_version_id"], ["report_version.id"], name=op.f("fk_agenda_item_report_version_id")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_agenda_item_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agenda_item_report_version_id"), ["report_version_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agenda_item_sitting_id_position_id"),
            ["sitting_id", "position", "id"],
            unique=False,
        )

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "present",
                "remote",
                "absent",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["council_membership.id"], name=op.f("fk_attendance_membership_id")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_attendance_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "sitting_id", "membership_id", name=op.f("uq_attendance_sitting_id_membership_id")
        ),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "agenda_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_agenda_material_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_agenda_material_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_material")),
        sa.UniqueConstraint(
            "agenda_item_id", "document_id", name=op.f("uq_agenda_material_agenda_item_id_document_id")
        ),
    )
    with op.batch_alter_table("agenda_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_material_document_id"), ["document_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("due_text", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_decision_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_decision_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("measure_id", name=op.f("uq_decision_measure_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_agenda_item_id"), ["agenda_item_id"], unique=False)

    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "for",
                "for_with_remarks",
                "against",
                "abstained",
                name="vote_choice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("dissent_id", sa.Integer(), nullable=True),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_vote_agenda_item_id")),
        sa.ForeignKeyConstraint(["dissent_id"], ["document.id"], name=op.f("fk_vote_dissent_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user_account.id"], name=op.f("fk_vote_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["council_membership.id"], name=op.f("fk_vote_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint(
            "agenda_item_id", "membership_id", name=op.f("uq_vote_agenda_item_id_membership_id")
        ),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_dissent_id"), ["dissent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vote_membership_id"), ["membership_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_membership_id"))
        batch_op.drop_index(batch_op.f("ix_vote_dissent_id"))

    op.drop_table("vote")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_agenda_item_id"))

    op.drop_table("decision")
    with op.batch_alter_table("agenda_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_material_document_id"))

    op.drop_table("agenda_material")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_membership_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_sitting_id_position_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_item_report_version_id"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_date_id"))
        batch_op.drop_index(batch_op.f("ix_sitting_council_id_date_id"))

    op.drop_table("sitting")
    with op.batch_alter_table("council_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_membership_user_id"))
        batch_op.drop_index(batch_op.f("ix_council_membership_council_id_position_id"))

    op.drop_table("council_membership")
    with op.batch_alter_table("council", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_register_id"))
        batch_op.drop_index(batch_op.f("ix_council_organisation_id_closed_at_id"))
        batch_op.drop_index(batch_op.f("ix_council_ground_document_id"))

    op.drop_table("council")
