"""The first call: people, conversations, commitments, and the house around them.

Revision ID: 0001
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

DEFAULT_TEAM = 1


def upgrade() -> None:
    """Make all tables of an empty desk, and its one team."""
    on_postgres = op.get_bind().dialect.name == "postgresql"
    own_txid = "CAST(CAST(pg_current_xact_id() AS text) AS bigint)" if on_postgres else "0"
    moment = datetime.now(UTC)
    now = moment if on_postgres else int(moment.timestamp() * 1_000_000)
    op.create_table(
        "counters",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "customers",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("external_id", sa.String(length=1000), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("pronouns", sa.Text(), nullable=True),
        sa.Column("last_contact_at", MOMENT, nullable=True),
        sa.Column("import_digests", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("source", "external_id", name="customers_external"),
    )
    op.create_index("customers_external_id", "customers", ["external_id"], unique=False)
    op.create_index("customers_import_key", "customers", ["import_key"], unique=False)
    op.create_index("customers_last_contact", "customers", ["last_contact_at", "id"], unique=False)
    op.create_table(
        "events",
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("txid", BIG, server_default=sa.text(own_txid), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("agent_id", BIG, nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("customer_id", BIG, nullable=True),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=True),
        sa.Column("detail", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_autoincrement=True,
    )
    op.create_index("events_order", "events", ["txid", "sequence"], unique=False)
    op.create_index("events_subject", "events", ["subject"], unique=False)
    op.create_table(
        "index_postings",
        sa.Column("word_id", BIG, nullable=False),
        sa.Column("field", sa.Integer(), nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.PrimaryKeyConstraint("word_id", "field", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("index_postings_number", "index_postings", ["number"], unique=False)
    op.create_table(
        "index_words",
        sa.Column("id", BIG, nullable=False),
        sa.Column("text", BYTEWISE, nullable=False),
        sa.Column("sound", sa.String(200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("text"),
    )
    op.create_index("index_words_sound", "index_words", ["sound"], unique=False)
    op.create_table(
        "teams",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "agents",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("handle", sa.String(200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["teams.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handle"),
    )
    op.create_index(op.f("ix_agents_team_id"), "agents", ["team_id"], unique=False)
    op.create_table(
        "contact_points",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("normal", BYTEWISE, nullable=False),
        sa.Column("reversed", BYTEWISE, nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "kind", "normal", name="contact_points_once"),
    )
    op.create_index("contact_points_normal", "contact_points", ["normal"], unique=False)
    op.create_index("contact_points_reversed", "contact_points", ["reversed"], unique=False)
    op.create_table(
        "ties",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("other_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["customers.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "other_id", "kind", name="ties_once"),
    )
    op.create_index("ties_other", "ties", ["other_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("agent_id", BIG, nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note_id", BIG, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
        ),
        sa.PrimaryKeyConstraint("agent_id", "about"),
    )
    op.create_table(
        "interactions",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=True),
        sa.Column("agent_id", BIG, nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("external_id", sa.String(length=1000), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("direction", sa.String(length=32), nullable=False),
        sa.Column("peer", sa.Text(), nullable=True),
        sa.Column("peer_name", sa.Text(), nullable=True),
        sa.Column("agenda", sa.Text(), nullable=True),
        sa.Column("met", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("verified_how", sa.String(length=100), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="interactions_imported"),
        sa.UniqueConstraint("source", "external_id", name="interactions_external"),
    )
    op.create_index(
        "interactions_customer", "interactions", ["customer_id", "opened_at", "id"], unique=False
    )
    op.create_index("interactions_opened", "interactions", ["opened_at", "id"], unique=False)
    op.create_index("interactions_state", "interactions", ["state"], unique=False)
    op.create_table(
        "cases",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("external_id", sa.String(length=1000), nullable=True),
        sa.Column("normal", BYTEWISE, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("answer_due_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="cases_imported"),
        sa.UniqueConstraint("source", "external_id", "customer_id", name="cases_external"),
    )
    op.create_index("cases_customer", "cases", ["customer_id", "kind", "state"], unique=False)
    op.create_index("cases_normal", "cases", ["normal"], unique=False)
    op.create_table(
        "facts",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("stated_at", MOMENT, nullable=False),
        sa.Column("confirm_by", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="facts_imported"),
    )
    op.create_index("facts_customer", "facts", ["customer_id", "stated_at"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="feedback_imported"),
    )
    op.create_index("feedback_customer", "feedback", ["customer_id", "asked_at"], unique=False)
    op.create_table(
        "interaction_topics",
        sa.Column("interaction_id", BIG, nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.PrimaryKeyConstraint("interaction_id", "topic"),
    )
    op.create_index(
        "interaction_topics_topic", "interaction_topics", ["topic", "interaction_id"], unique=False
    )
    op.create_table(
        "messages",
        sa.Column("id", BIG, nullable=False),
        sa.Column("interaction_id", BIG, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=1000), nullable=True),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("speaker", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("delivery", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("interaction_id", "external_id", name="messages_external"),
        sa.UniqueConstraint("interaction_id", "sequence", name="messages_sequence"),
    )
    op.create_table(
        "notes",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=True),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("author_id", BIG, nullable=True),
        sa.Column("corrects_id", BIG, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["agents.id"],
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["notes.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="notes_imported"),
    )
    op.create_index("notes_customer", "notes", ["customer_id", "at"], unique=False)
    op.create_index("notes_interaction", "notes", ["interaction_id", "at"], unique=False)
    op.create_table(
        "refusals",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ask_again_after", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="refusals_imported"),
    )
    op.create_index("refusals_customer", "refusals", ["customer_id", "at"], unique=False)
    op.create_table(
        "concessions",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("note_id", BIG, nullable=True),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["notes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="concessions_imported"),
    )
    op.create_index("concessions_customer", "concessions", ["customer_id", "at"], unique=False)
    op.create_table(
        "promises",
        sa.Column("import_key", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("interaction_id", BIG, nullable=True),
        sa.Column("note_id", BIG, nullable=True),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("told_before_due", sa.Boolean(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["notes.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["agents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "import_key", name="promises_imported"),
    )
    op.create_index("promises_customer", "promises", ["customer_id", "state"], unique=False)
    op.create_index("promises_owner", "promises", ["owner_id", "state", "due_at"], unique=False)
    op.bulk_insert(
        sa.table(
            "teams",
            sa.column("id", BIG),
            sa.column("name"),
            sa.column("created_at"),
            sa.column("version"),
        ),
        [{"id": DEFAULT_TEAM, "name": "Desk", "created_at": now, "version": 1}],
    )
