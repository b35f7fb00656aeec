"""The archive, orders and search."""

import re
from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_archive_orders_search"
down_revision = "20261122_indexes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_message_id")),
    )
    op.create_table(
        "search_paper",
        sa.Column("uid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.Integer(), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("title_length", sa.Integer(), nullable=False),
        sa.Column("vector", postgresql.TSVECTOR().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_search_paper")),
    )
    with op.batch_alter_table("search_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_paper_day_uid"), ["day", "uid"], unique=False)
        batch_op.create_index("ix_search_paper_vector", ["vector"], unique=False, postgresql_using="gin")

    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stamp", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_state")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "synonym",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("words", name=op.f("uq_synonym_words")),
    )
    op.create_table(
        "extraction",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                "off",
                name="extraction_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pages_done", sa.Integer(), nullable=False),
        sa.Column("pages_total", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_extraction_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_extraction")),
    )
    with op.batch_alter_table("extraction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extraction_state"), ["state"], unique=False)

    op.create_table(
        "page_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("settings", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_page_text_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_text")),
        sa.UniqueConstraint("sha256", "number", name=op.f("uq_page_text_sha256_number")),
    )
    op.create_table(
        "register",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "document_kind",
            sa.Enum(
                "order",
                "directive",
                "decree",
                "edict",
                "law",
                "decision",
                "minutes",
                "minutes_extract",
                "contract",
                "letter",
                "memo",
                "report",
                "plan",
                "regulation",
                "concept",
                "list",
                "photo",
                "publication",
                "certificate",
                "other",
                name="register_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("index", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column(
            "year_rule",
            sa.Enum(
                "signing",
                "registration",
                name="year_rule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_register_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
        sa.UniqueConstraint(
            "organisation_id",
            "document_kind",
            "index",
            name=op.f("uq_register_organisation_id_document_kind_index"),
        ),
    )
    op.create_table(
        "recent_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_recent_search_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recent_search")),
        sa.UniqueConstraint("user_id", "text", name=op.f("uq_recent_search_user_id_text")),
    )
    with op.batch_alter_table("recent_search", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recent_search_user_id_asked_at"), ["user_id", "asked_at"], unique=False
        )

    op.create_table(
        "register_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=op.f("fk_register_year_register_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_year")),
        sa.UniqueConstraint("register_id", "year", name=op.f("uq_register_year_register_id_year")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("tells_news", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_saved_search_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("user_id", "address", name=op.f("uq_saved_search_user_id_address")),
    )
    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "basis",
                "amends",
                "repeals",
                "suspends",
                "amended_by",
                "repealed_by",
                "suspended_by",
                "approved_by",
                "adopted_by",
                "agreed_by",
                "considered_by",
                "mentions",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "document_kind",
            sa.Enum(
                "order",
                "directive",
                "decree",
                "edict",
                "law",
                "decision",
                "minutes",
                "minutes_extract",
                "contract",
                "letter",
                "memo",
                "report",
                "plan",
                "regulation",
                "concept",
                "list",
                "photo",
                "publication",
                "certificate",
                "other",
                name="cited_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=500), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("act_key", sa.String(length=200), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_citation_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_citation_document_id")),
        sa.ForeignKeyConstraint(["target_id"], ["document.id"], name=op.f("fk_citation_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_citation_act_key_target_id"), ["act_key", "target_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_citation_document_id_id"), ["document_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_citation_target_id_relation"), ["target_id", "relation"], unique=False
        )

    op.create_table(
        "order_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "document_kind",
            sa.Enum(
                "order",
                "directive",
                "decree",
                "edict",
                "law",
                "decision",
                "minutes",
                "minutes_extract",
                "contract",
                "letter",
                "memo",
                "report",
                "plan",
                "regulation",
                "concept",
                "list",
                "photo",
                "publication",
                "certificate",
                "other",
                name="order_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "template",
                "file",
                "archive",
                name="order_origin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("preamble", sa.Text(), nullable=False),
        sa.Column("control_text", sa.Text(), nullable=False),
        sa.Column("annexes", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("signatory_position", sa.String(length=300), nullable=False),
        sa.Column("signatory_name", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "on_agreement",
                "returned",
                "agreed",
                "signed",
                "registered",
                "in_progress",
                "executed",
                "filed",
                "withdrawn",
                "repealed",
                name="order_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "agreement_mode",
            sa.Enum(
                "parallel",
                "in_order",
                name="agreement_mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_version", sa.Integer(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("paper_digest", sa.String(length=64), nullable=False),
        sa.Column("case_index", sa.String(length=60), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_order_act_document_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_order_act_dossier_id")),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["user_account.id"], name=op.f("fk_order_act_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_order_act_organisation_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_order_act_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_act")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_order_act_dossier_id")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_order_act_plan_id")),
    )
    with op.batch_alter_table("order_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_act_document_id"), ["document_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_order_act_organisation_id_state_id"),
            ["organisation_id", "state", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_order_act_state_signed_on_id"), ["state", "signed_on", "id"], unique=False
        )

    op.create_table(
        "recognition",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("recognised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_recognition_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_recognition")),
    )
    op.create_table(
        "seen_hit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_search_id"], ["saved_search.id"], name=op.f("fk_seen_hit_saved_search_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_hit")),
        sa.UniqueConstraint("saved_search_id", "key", name=op.f("uq_seen_hit_saved_search_id_key")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=300), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order_act.id"], name=op.f("fk_acknowledgement_order_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_acknowledgement_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_acknowledgement_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint("order_id", "user_id", name=op.f("uq_acknowledgement_order_id_user_id")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acknowledgement_user_id"), ["user_id"], unique=False)

    op.create_table(
        "order_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("executor", sa.Text(), nullable=False),
        sa.Column("due_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order_act.id"], name=op.f("fk_order_item_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_item")),
    )
    with op.batch_alter_table("order_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_item_order_id"), ["order_id"], unique=False)

    op.create_table(
        "proposal_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order_act.id"], name=op.f("fk_proposal_sheet_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_sheet")),
        sa.UniqueConstraint("order_id", name=op.f("uq_proposal_sheet_order_id")),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reserved",
                "taken",
                "void",
                name="number_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"], name=op.f("fk_registration_made_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["order_act.id"], name=op.f("fk_registration_order_id")),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=op.f("fk_registration_register_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("order_id", name=op.f("uq_registration_order_id")),
        sa.UniqueConstraint(
            "register_id", "year", "n", "suffix", name=op.f("uq_registration_register_id_year_n_suffix")
        ),
        sa.UniqueConstraint(
            "register_id", "year", "number", name=op.f("uq_registration_register_id_year_number")
        ),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_register_id_year_dated_on"),
            ["register_id", "year", "dated_on"],
            unique=False,
        )

    op.create_table(
        "visa",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "agreed",
                "remarked",
                "refused",
                name="visa_decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["order_act.id"], name=op.f("fk_visa_order_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_visa_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visa")),
        sa.UniqueConstraint("order_id", "round", "user_id", name=op.f("uq_visa_order_id_round_user_id")),
    )
    with op.batch_alter_table("visa", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visa_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "filing",
                sa.Enum(
                    "attached",
                    "inbox",
                    "filed",
                    name="filing",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="attached",
            )
        )
        batch_op.add_column(sa.Column("pages", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("case_file_index", sa.String(length=120), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("annex_number", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("edition_of_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("in_force_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("act_key", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("listed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("sought", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("sought_authority", sa.String(length=500), nullable=False, server_default="")
        )
        batch_op.create_index(batch_op.f("ix_document_act_key"), ["act_key"], unique=False)
        batch_op.create_index(
            "ix_document_edition_of_id",
            ["edition_of_id"],
            unique=False,
            sqlite_where=sa.text("edition_of_id IS NOT NULL"),
            postgresql_where=sa.text("edition_of_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_document_inbox",
            ["id"],
            unique=False,
            sqlite_where=sa.text("filing = 'inbox' AND removed_at IS NULL"),
            postgresql_where=sa.text("filing = 'inbox' AND removed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_document_listed_on_id"), ["listed_on", "id"], unique=False)
        batch_op.create_index(
            "ix_document_parent_id",
            ["parent_id"],
            unique=False,
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_document_parent_id"), "document", ["parent_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_document_edition_of_id"), "document", ["edition_of_id"], ["id"]
        )

    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_archive", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column(
                "access",
                sa.Enum(
                    "public",
                    "internal",
                    "restricted",
                    "draft",
                    name="confidentiality",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="internal",
            )
        )

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_document_document_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_document_document_kind"),
            "document_kind IN ('order', 'directive', 'decree', 'edict', 'law', 'decision', 'minutes', 'minutes_extract', 'contract', 'letter', 'memo', 'report', 'plan', 'regulation', 'concept', 'list', 'photo', 'publication', 'certificate', 'other')",
        )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.alter_column("filing", server_default=None)
        batch_op.alter_column("case_file_index", server_default=None)
        batch_op.alter_column("annex_number", server_default=None)
        batch_op.alter_column("sought", server_default=None)
        batch_op.alter_column("sought_authority", server_default=None)
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.alter_column("is_archive", server_default=None)
        batch_op.alter_column("access", server_default=None)
    fill_in(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_document_document_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_document_document_kind"),
            "document_kind IN ('order', 'directive', 'decree', 'decision', 'minutes', 'minutes_extract', 'contract', 'letter', 'memo', 'report', 'plan', 'regulation', 'concept', 'list', 'photo', 'publication', 'certificate', 'other')",
        )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_dossier_confidentiality"), type_="check")
        batch_op.drop_column("access")
        batch_op.drop_column("is_archive")

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_document_edition_of_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_document_parent_id"), type_="foreignkey")
        batch_op.drop_index(
            "ix_document_parent_id",
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_document_listed_on_id"))
        batch_op.drop_index(
            "ix_document_inbox",
            sqlite_where=sa.text("filing = 'inbox' AND removed_at IS NULL"),
            postgresql_where=sa.text("filing = 'inbox' AND removed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_document_edition_of_id",
            sqlite_where=sa.text("edition_of_id IS NOT NULL"),
            postgresql_where=sa.text("edition_of_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_document_act_key"))
        batch_op.drop_column("sought_authority")
        batch_op.drop_column("sought")
        batch_op.drop_column("listed_on")
        batch_op.drop_column("act_key")
        batch_op.drop_column("in_force_from")
        batch_op.drop_column("edition_of_id")
        batch_op.drop_column("annex_number")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("case_file_index")
        batch_op.drop_column("pages")
        batch_op.drop_constraint(op.f("ck_document_filing"), type_="check")
        batch_op.drop_column("filing")

    with op.batch_alter_table("visa", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visa_user_id"))

    op.drop_table("visa")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_register_id_year_dated_on"))

    op.drop_table("registration")
    op.drop_table("proposal_sheet")
    with op.batch_alter_table("order_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_item_order_id"))

    op.drop_table("order_item")
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acknowledgement_user_id"))

    op.drop_table("acknowledgement")
    op.drop_table("seen_hit")
    op.drop_table("recognition")
    with op.batch_alter_table("order_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_act_state_signed_on_id"))
        batch_op.drop_index(batch_op.f("ix_order_act_organisation_id_state_id"))
        batch_op.drop_index(batch_op.f("ix_order_act_document_id"))

    op.drop_table("order_act")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citation_target_id_relation"))
        batch_op.drop_index(batch_op.f("ix_citation_document_id_id"))
        batch_op.drop_index(batch_op.f("ix_citation_act_key_target_id"))

    op.drop_table("citation")
    op.drop_table("saved_search")
    op.drop_table("register_year")
    with op.batch_alter_table("recent_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recent_search_user_id_asked_at"))

    op.drop_table("recent_search")
    op.drop_table("register")
    op.drop_table("page_text")
    with op.batch_alter_table("extraction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extraction_state"))

    op.drop_table("extraction")
    op.drop_table("synonym")
    op.drop_table("search_word")
    op.drop_table("search_state")
    with op.batch_alter_table("search_paper", schema=None) as batch_op:
        batch_op.drop_index("ix_search_paper_vector", postgresql_using="gin")
        batch_op.drop_index(batch_op.f("ix_search_paper_day_uid"))

    op.drop_table("search_paper")
    op.drop_table("mail_message")


LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")


def fill_in(connection: sa.Connection) -> None:
    """What lists and links go by, for the documents that were there before."""
    rows = connection.execute(
        sa.text(
            "SELECT id, document_kind, date, number, title, authority, signatory_name, added_at, removed_at"
            " FROM document"
        )
    ).all()
    for row in rows:
        number = re.sub(r"[‐‑‒–—−]", "-", (row.number or "").casefold()).translate(LOOKALIKES)
        number = re.sub(r'^[n№]|\s|[«»"_]', "", number.replace("№", "").strip())
        day = str(row.date)[:10] if row.date else None
        words = (row.number, row.title, row.signatory_name)
        connection.execute(
            sa.text(
                "UPDATE document SET act_key = :key, sought = :sought, sought_authority = :authority,"
                " listed_on = :day WHERE id = :id"
            ).bindparams(sa.bindparam("day", type_=sa.Date())),
            {
                "key": f"{row.document_kind}|{day}|{number}"[:200] if day and number else None,
                "sought": folded(" ".join(word for word in words if word)),
                "authority": folded(row.authority or ""),
                "day": None if row.removed_at else date.fromisoformat(day or str(row.added_at)[:10]),
                "id": row.id,
            },
        )


def folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
