"""Every table of the first walk, from the programme to the scan."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "diary", "idempotency_key", "letter",
    "first_run", "house", "sign_in_attempt", "staff", "token", "staff_session",
    "venue", "hall", "gate", "seating_plan", "section", "seat",
    "person", "production", "season", "credit", "performance", "cast_member",
    "funder", "price_band", "ticket_type", "price", "section_band",
    "hold", "performance_seat",
    "orders", "order_line",
    "provider_event", "payment", "refund",
    "posting",
    "signing_key", "headcount", "ticket",
    "scan",
)  # fmt: skip
Columns = list[sa.Column[Any]]


def upgrade() -> None:
    foundation()
    accounts()
    venues()
    programme()
    pricing()
    inventory()
    orders()
    payments()
    ledger()
    tickets()
    admission()


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)


def foundation() -> None:
    table(
        "diary",
        text("id", "verb", "subject", "by", "what"),
        number("at"),
        primary_key("pk_diary", "id"),
    )
    index("ix_diary_subject", "diary", "subject")
    table(
        "idempotency_key",
        text("actor", "key", "fingerprint"),
        text("answer", null=True),
        number("at"),
        primary_key("pk_idempotency_key", "actor", "key"),
    )
    table(
        "letter",
        text("id", "template", "recipient", "lang", "content"),
        number("created_at", "due_at", "attempts"),
        text("last_error", null=True),
        number("sent_at", "given_up_at", null=True),
        primary_key("pk_letter", "id"),
    )
    index("ix_letter_due", "letter", "due_at", where="sent_at IS NULL AND given_up_at IS NULL")


def accounts() -> None:
    table(
        "first_run",
        number("id"),
        text("token_digest"),
        number("used_at", null=True),
        primary_key("pk_first_run", "id"),
        check("ck_first_run_one_first_run", "id = 1"),
    )
    table(
        "house",
        number("id"),
        document("name", "organiser", "contact", "terms"),
        text("zone"),
        number("demo"),
        primary_key("pk_house", "id"),
        check("ck_house_one_house", "id = 1"),
    )
    table(
        "sign_in_attempt",
        text("id", "who"),
        number("at"),
        primary_key("pk_sign_in_attempt", "id"),
    )
    index("ix_sign_in_attempt_who_at", "sign_in_attempt", "who", "at")
    table(
        "staff",
        text("id", "email", "name", "role", "password_hash"),
        number("created_at"),
        number("left_at", null=True),
        primary_key("pk_staff", "id"),
        unique("uq_staff_email", "email"),
    )
    table(
        "token",
        text("id", "digest", "name", "role"),
        number("created_at"),
        number("revoked_at", null=True),
        primary_key("pk_token", "id"),
        unique("uq_token_digest", "digest"),
    )
    table(
        "staff_session",
        text("digest", "staff_id", "csrf_token"),
        number("created_at", "expires_at"),
        primary_key("pk_staff_session", "digest"),
        refers("fk_staff_session_staff_id", "staff_id", "staff.id"),
    )
    index("ix_staff_session_staff_id", "staff_session", "staff_id")


def venues() -> None:
    table(
        "venue",
        text("id", "slug"),
        document("name", "address", "directions"),
        text("zone"),
        number("demo"),
        primary_key("pk_venue", "id"),
        unique("uq_venue_slug", "slug"),
    )
    table(
        "hall",
        text("id", "slug", "venue_id"),
        document("name"),
        primary_key("pk_hall", "id"),
        refers("fk_hall_venue_id", "venue_id", "venue.id"),
        unique("uq_hall_slug", "slug"),
    )
    index("ix_hall_venue_id", "hall", "venue_id")
    table(
        "gate",
        text("name", "hall_id"),
        document("label"),
        primary_key("pk_gate", "name"),
        refers("fk_gate_hall_id", "hall_id", "hall.id"),
    )
    index("ix_gate_hall_id", "gate", "hall_id")
    table(
        "seating_plan",
        text("id", "hall_id", "name"),
        number("version"),
        text("fingerprint"),
        document("drawing"),
        number("created_at"),
        primary_key("pk_seating_plan", "id"),
        refers("fk_seating_plan_hall_id", "hall_id", "hall.id"),
        unique("uq_seating_plan_name_version", "name", "version"),
    )
    index("ix_seating_plan_hall_id", "seating_plan", "hall_id")
    table(
        "section",
        text("plan_id", "key"),
        number("position"),
        document("name", "note"),
        text("kind"),
        number("numbered", "capacity"),
        real("seat_height"),
        primary_key("pk_section", "plan_id", "key"),
        refers("fk_section_plan_id", "plan_id", "seating_plan.id"),
    )
    table(
        "seat",
        text("plan_id", "id"),
        number("position"),
        text("section", "row"),
        document("row_name"),
        number("number", "block"),
        real("x", "y", "turn"),
        text("kind"),
        real("eye", "distance", "quality"),
        document("attributes"),
        primary_key("pk_seat", "plan_id", "id"),
        refers("fk_seat_plan_id", "plan_id", "seating_plan.id"),
        refers("fk_seat_plan_id_section", "plan_id, section", "section.plan_id, section.key"),
    )


def programme() -> None:
    table(
        "person",
        text("id", "slug"),
        document("name"),
        text("search"),
        primary_key("pk_person", "id"),
        unique("uq_person_slug", "slug"),
    )
    table(
        "production",
        text("id", "slug"),
        document("title", "kind", "synopsis", "language"),
        number("duration_minutes", "interval_minutes"),
        document("chapters"),
        text("poster", "search"),
        number("demo"),
        primary_key("pk_production", "id"),
        unique("uq_production_slug", "slug"),
    )
    table(
        "season",
        text("id", "slug"),
        document("name", "cry", "blurb"),
        number("demo", "position"),
        primary_key("pk_season", "id"),
        unique("uq_season_slug", "slug"),
    )
    table(
        "credit",
        text("production_id"),
        number("position"),
        text("person_id"),
        document("role"),
        primary_key("pk_credit", "production_id", "position"),
        refers("fk_credit_person_id", "person_id", "person.id"),
        refers("fk_credit_production_id", "production_id", "production.id"),
    )
    index("ix_credit_person_id", "credit", "person_id")
    table(
        "performance",
        text("id"),
        number("number"),
        text("slug", "season_id", "production_id", "hall_id", "plan_id"),
        number(
            "doors_at",
            "starts_at",
            "ends_at",
            "sale_opens_at",
            "sale_closes_at",
            "capacity",
            "most_per_order",
        ),
        document("rules", "refund_ladder"),
        number("demo"),
        number("published_at", "paused_at", "cancelled_at", null=True),
        primary_key("pk_performance", "id"),
        check("ck_performance_capacity_positive", "capacity > 0"),
        check("ck_performance_times_in_order", "doors_at <= starts_at AND starts_at < ends_at"),
        refers("fk_performance_hall_id", "hall_id", "hall.id"),
        refers("fk_performance_plan_id", "plan_id", "seating_plan.id"),
        refers("fk_performance_production_id", "production_id", "production.id"),
        refers("fk_performance_season_id", "season_id", "season.id"),
        unique("uq_performance_id_plan_id", "id", "plan_id"),
        unique("uq_performance_number", "number"),
        unique("uq_performance_slug", "slug"),
    )
    index("ix_performance_hall_id", "performance", "hall_id")
    index("ix_performance_plan_id", "performance", "plan_id")
    index("ix_performance_production_id", "performance", "production_id")
    index("ix_performance_season_id", "performance", "season_id")
    table(
        "cast_member",
        text("performance_id"),
        number("position"),
        text("person_id"),
        document("role", "note"),
        primary_key("pk_cast_member", "performance_id", "position"),
        refers("fk_cast_member_performance_id", "performance_id", "performance.id"),
        refers("fk_cast_member_person_id", "person_id", "person.id"),
    )
    index("ix_cast_member_person_id", "cast_member", "person_id")


def pricing() -> None:
    table(
        "funder",
        text("id", "slug"),
        document("name", "programme"),
        number("cap", null=True),
        number("demo"),
        primary_key("pk_funder", "id"),
        unique("uq_funder_slug", "slug"),
    )
    table(
        "price_band",
        text("performance_id", "key"),
        number("position"),
        document("name"),
        primary_key("pk_price_band", "performance_id", "key"),
        refers("fk_price_band_performance_id", "performance_id", "performance.id"),
    )
    table(
        "ticket_type",
        text("performance_id", "key"),
        number("position"),
        document("name", "note"),
        primary_key("pk_ticket_type", "performance_id", "key"),
        refers("fk_ticket_type_performance_id", "performance_id", "performance.id"),
    )
    table(
        "price",
        text("performance_id", "band", "ticket_type"),
        number("face", "paid", "discount", "funded"),
        text("funder_id", null=True),
        text("currency"),
        primary_key("pk_price", "performance_id", "band", "ticket_type"),
        check("ck_price_adds_up", "face = paid + discount + funded"),
        check("ck_price_funder_named", "funded = 0 OR funder_id IS NOT NULL"),
        check("ck_price_not_negative", "paid >= 0 AND discount >= 0 AND funded >= 0"),
        refers("fk_price_funder_id", "funder_id", "funder.id"),
        refers(
            "fk_price_performance_id_band",
            "performance_id, band",
            "price_band.performance_id, price_band.key",
        ),
        refers(
            "fk_price_performance_id_ticket_type",
            "performance_id, ticket_type",
            "ticket_type.performance_id, ticket_type.key",
        ),
    )
    table(
        "section_band",
        text("performance_id", "section", "band"),
        primary_key("pk_section_band", "performance_id", "section"),
        refers(
            "fk_section_band_performance_id_band",
            "performance_id, band",
            "price_band.performance_id, price_band.key",
        ),
    )


def inventory() -> None:
    table(
        "hold",
        text("id", "performance_id", "client"),
        number("placed_at", "held_until"),
        number("released_at", "ordered_at", null=True),
        primary_key("pk_hold", "id"),
        refers("fk_hold_performance_id", "performance_id", "performance.id"),
    )
    index("ix_hold_performance_id", "hold", "performance_id")
    table(
        "performance_seat",
        text("performance_id", "seat_id", "plan_id"),
        text("hold_id", null=True),
        number("held_until"),
        text("order_id", "allocation", null=True),
        number("changed_at"),
        primary_key("pk_performance_seat", "performance_id", "seat_id"),
        refers(
            "fk_performance_seat_performance_id_plan_id",
            "performance_id, plan_id",
            "performance.id, performance.plan_id",
        ),
        refers("fk_performance_seat_plan_id_seat_id", "plan_id, seat_id", "seat.plan_id, seat.id"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": "50"},
    )
    index("ix_performance_seat_hold", "performance_seat", "performance_id", "hold_id")


def orders() -> None:
    table(
        "orders",
        text(
            "id",
            "performance_id",
            "number",
            "secret",
            "secret_digest",
            "hold_id",
            "channel",
            "status",
            "buyer_name",
            "buyer_phone",
            "buyer_email",
            "lang",
        ),
        number("total"),
        text("currency"),
        document("terms"),
        text("placed_by"),
        number("placed_at", "pay_by"),
        number("paid_at", "lapsed_at", "cancelled_at", null=True),
        primary_key("pk_orders", "id"),
        check(
            "ck_orders_status",
            "status IN ('awaiting_payment', 'expiring', 'paid', 'lapsed', 'cancelled')",
        ),
        check("ck_orders_total_not_negative", "total >= 0"),
        refers("fk_orders_performance_id", "performance_id", "performance.id"),
        unique("uq_orders_hold_id", "hold_id"),
        unique("uq_orders_number", "number"),
        unique("uq_orders_secret_digest", "secret_digest"),
    )
    index("ix_orders_performance_id", "orders", "performance_id")
    index("ix_orders_status_pay_by", "orders", "status", "pay_by")
    table(
        "order_line",
        text("id", "order_id", "performance_id", "seat_id", "section", "band", "ticket_type"),
        number("face", "paid", "discount", "funded"),
        text("funder_id", null=True),
        primary_key("pk_order_line", "id"),
        check("ck_order_line_adds_up", "face = paid + discount + funded"),
        check("ck_order_line_not_negative", "paid >= 0 AND discount >= 0 AND funded >= 0"),
        refers("fk_order_line_order_id", "order_id", "orders.id"),
        refers("fk_order_line_performance_id", "performance_id", "performance.id"),
        unique("uq_order_line_order_id_seat_id", "order_id", "seat_id"),
    )
    index("ix_order_line_order_id", "order_line", "order_id")
    index("ix_order_line_performance_id", "order_line", "performance_id")


def payments() -> None:
    table(
        "provider_event",
        text("gateway", "event_id", "kind", "payment_id"),
        document("payload"),
        number("received_at"),
        number("handled_at", null=True),
        primary_key("pk_provider_event", "gateway", "event_id"),
    )
    table(
        "payment",
        text("id", "order_id", "gateway"),
        number("amount"),
        text("currency", "status"),
        number("created_at"),
        number("settled_at", null=True),
        primary_key("pk_payment", "id"),
        check("ck_payment_amount_not_negative", "amount >= 0"),
        check("ck_payment_status", "status IN ('pending', 'succeeded', 'declined')"),
        refers("fk_payment_order_id", "order_id", "orders.id"),
    )
    index("ix_payment_order_id", "payment", "order_id")
    table(
        "refund",
        text("id", "order_id", "payment_id"),
        number("amount"),
        text("currency", "reason"),
        number("created_at"),
        number("settled_at", null=True),
        primary_key("pk_refund", "id"),
        check("ck_refund_amount_positive", "amount > 0"),
        refers("fk_refund_order_id", "order_id", "orders.id"),
        refers("fk_refund_payment_id", "payment_id", "payment.id"),
        unique("uq_refund_order_id_reason_payment_id", "order_id", "reason", "payment_id"),
    )
    index("ix_refund_order_id", "refund", "order_id")
    index("ix_refund_payment_id", "refund", "payment_id")


def ledger() -> None:
    table(
        "posting",
        text("entry"),
        number("line"),
        text("performance_id", "order_id", "debit", "credit"),
        number("amount"),
        text("currency"),
        number("at"),
        primary_key("pk_posting", "entry", "line"),
        check("ck_posting_amount_positive", "amount > 0"),
        check(
            "ck_posting_credit_account",
            "credit IN ('provider_clearing', 'cash', 'subsidy_receivable', "
            "'customer_clearing', 'deferred_revenue', 'ticket_revenue', 'refunds_payable')",
        ),
        check(
            "ck_posting_debit_account",
            "debit IN ('provider_clearing', 'cash', 'subsidy_receivable', "
            "'customer_clearing', 'deferred_revenue', 'ticket_revenue', 'refunds_payable')",
        ),
        check("ck_posting_two_accounts", "debit <> credit"),
        refers("fk_posting_order_id", "order_id", "orders.id"),
        refers("fk_posting_performance_id", "performance_id", "performance.id"),
    )
    index("ix_posting_order_id", "posting", "order_id")
    index("ix_posting_performance", "posting", "performance_id", "at")


def tickets() -> None:
    table(
        "signing_key",
        number("id"),
        blob("sealed_private", "public"),
        number("created_at"),
        primary_key("pk_signing_key", "id"),
    )
    table(
        "headcount",
        text("performance_id"),
        number("approved", "live"),
        primary_key("pk_headcount", "performance_id"),
        check("ck_headcount_not_negative", "live >= 0"),
        check("ck_headcount_not_oversold", "live <= approved"),
        refers("fk_headcount_performance_id", "performance_id", "performance.id"),
    )
    table(
        "ticket",
        text("id"),
        number("number"),
        text(
            "short", "secret", "secret_digest", "performance_id", "seat_id", "order_id", "line_id"
        ),
        number("key_id", "issue", "issued_at"),
        number("voided_at", null=True),
        text("void_reason", null=True),
        primary_key("pk_ticket", "id"),
        refers("fk_ticket_line_id", "line_id", "order_line.id"),
        refers("fk_ticket_order_id", "order_id", "orders.id"),
        refers("fk_ticket_performance_id", "performance_id", "performance.id"),
        unique("uq_ticket_number", "number"),
        unique("uq_ticket_performance_id_short", "performance_id", "short"),
        unique("uq_ticket_secret_digest", "secret_digest"),
    )
    index("ix_ticket_line_id", "ticket", "line_id")
    index("ix_ticket_order_id", "ticket", "order_id")
    index(
        "one_live_ticket",
        "ticket",
        "performance_id",
        "seat_id",
        unique=True,
        where="voided_at IS NULL",
    )


def admission() -> None:
    table(
        "scan",
        text("nonce", "performance_id"),
        text("ticket_id", null=True),
        text("gate", "verdict"),
        number("entry"),
        text("direction", "code_digest"),
        number("at", "received_at"),
        text("scanned_by"),
        primary_key("pk_scan", "nonce"),
        check("ck_scan_who_came_in", "verdict <> 'admitted' OR ticket_id IS NOT NULL"),
        refers("fk_scan_gate", "gate", "gate.name"),
        refers("fk_scan_performance_id", "performance_id", "performance.id"),
        refers("fk_scan_ticket_id", "ticket_id", "ticket.id"),
    )
    index("ix_scan_performance_verdict_at", "scan", "performance_id", "verdict", "at")
    index("ix_scan_ticket_id", "scan", "ticket_id")
    index("one_admission", "scan", "ticket_id", "entry", unique=True, where="verdict = 'admitted'")


def table(name: str, *parts: Columns | sa.Constraint, **options: Any) -> None:
    columns = [column for part in parts if isinstance(part, list) for column in part]
    constraints = [part for part in parts if not isinstance(part, list)]
    op.create_table(name, *columns, *constraints, **options)


def text(*names: str, null: bool = False) -> Columns:
    return [sa.Column(name, sa.String, nullable=null) for name in names]


def number(*names: str, null: bool = False) -> Columns:
    return [sa.Column(name, sa.BigInteger, nullable=null, autoincrement=False) for name in names]


def real(*names: str) -> Columns:
    return [sa.Column(name, sa.Float, nullable=False) for name in names]


def document(*names: str) -> Columns:
    return [sa.Column(name, sa.JSON, nullable=False) for name in names]


def blob(*names: str) -> Columns:
    return [sa.Column(name, sa.LargeBinary, nullable=False) for name in names]


def primary_key(name: str, *columns: str) -> sa.Constraint:
    return sa.PrimaryKeyConstraint(*columns, name=name)


def unique(name: str, *columns: str) -> sa.Constraint:
    return sa.UniqueConstraint(*columns, name=name)


def refers(name: str, columns: str, others: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(columns.split(", "), others.split(", "), name=name)


def check(name: str, condition: str) -> sa.Constraint:
    return sa.CheckConstraint(condition, name=op.f(name))


def index(
    name: str, table: str, *columns: str, unique: bool = False, where: str | None = None
) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
