"""Double entry: each row moves an amount from one account to another, so the books balance."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base


class Account(StrEnum):
    PROVIDER_CLEARING = "provider_clearing"  # paid to a provider, not yet at our bank
    CASH = "cash"  # in the drawer
    SUBSIDY_RECEIVABLE = "subsidy_receivable"  # funders owe us
    CUSTOMER_CLEARING = "customer_clearing"  # between a payment and its sale; 0 when all is told
    DEFERRED_REVENUE = "deferred_revenue"  # sold, not yet played
    TICKET_REVENUE = "ticket_revenue"
    REFUNDS_PAYABLE = "refunds_payable"
    BANK = "bank"
    RETURN_FEES = "return_fees"  # what stayed of returned tickets
    DISPUTED = "disputed"  # taken back by a buyer's bank until it decides
    LOSSES = "losses"  # gone, and no ticket came back for it
    PROVIDER_FEES = "provider_fees"
    DESK_CLEARING = "desk_clearing"  # paid by the desk's QR code, not yet at our bank
    CASH_DIFFERENCES = "cash_differences"  # a drawer's count was not what it should be
    CARD_CLEARING = "card_clearing"  # paid at the desk's card terminal, not yet at our bank


AT_HAND = (  # where buyers' money lies until it is at our bank
    Account.CASH, Account.DESK_CLEARING, Account.CARD_CLEARING, Account.PROVIDER_CLEARING,
)  # fmt: skip
ACCOUNTS = ", ".join(repr(str(account)) for account in Account)


class Drawer(Base):
    """Somebody's cash, from one count to the other, in fen."""

    __tablename__ = "drawer"
    __table_args__ = (
        sa.CheckConstraint("opening >= 0 AND closing >= 0", name="counted"),
        sa.Index(
            "one_open_drawer", "opened_by", unique=True, sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )  # fmt: skip
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    currency: Mapped[str]
    opening: Mapped[int]
    opened_at: Mapped[int]
    opened_by: Mapped[str]
    closing: Mapped[int | None]
    closed_at: Mapped[int | None]
    closed_by: Mapped[str | None]


class Posting(Base):
    """``entry`` names what it is for, as kind:id; a thing is entered once.

    What a provider takes for itself, or pays out, concerns no order. ``drawer_id``: whose cash it moved.
    """

    __tablename__ = "posting"
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        sa.CheckConstraint("debit <> credit", name="two_accounts"),
        sa.CheckConstraint(f"debit IN ({ACCOUNTS})", name="debit_account"),
        sa.CheckConstraint(f"credit IN ({ACCOUNTS})", name="credit_account"),
        sa.Index("ix_posting_performance", "performance_id", "at"),
    )
    entry: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    performance_id: Mapped[str | None] = mapped_column(sa.ForeignKey("performance.id"))
    order_id: Mapped[str | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    debit: Mapped[str]
    credit: Mapped[str]
    amount: Mapped[int]
    currency: Mapped[str]
    at: Mapped[int]
    drawer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("drawer.id"), index=True)
