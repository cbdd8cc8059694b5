"""The door without a network: scans are named by their device, devices are known, people go out and in."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("gates", sa.JSON, nullable=False),
        sa.Column("performances", sa.JSON, nullable=False),
        sa.Column("secret_digest", sa.String, nullable=False),
        sa.Column("pair_by", sa.BigInteger, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("paired_at", sa.BigInteger),
        sa.Column("token_id", sa.String),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("wipe", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("wiped_at", sa.BigInteger),
        sa.Column("seen_at", sa.BigInteger),
        sa.Column("unsent", sa.BigInteger),
        sa.Column("battery", sa.BigInteger),
        sa.Column("skew", sa.BigInteger),
        sa.ForeignKeyConstraint(["token_id"], ["token.id"], name=op.f("fk_device_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_device_secret_digest")),
        sa.UniqueConstraint("token_id", name=op.f("uq_device_token_id")),
    )
    with op.batch_alter_table("gate") as gate:
        gate.add_column(sa.Column("sections", sa.JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("performance") as performance:
        performance.add_column(
            sa.Column("late_breaks", sa.JSON, nullable=False, server_default="[]")
        )
        performance.add_column(
            sa.Column("rotating", sa.String, nullable=False, server_default="off")
        )
        performance.add_column(
            sa.Column("standby_minutes", sa.BigInteger, nullable=False, server_default="15")
        )
        performance.create_check_constraint(
            op.f("ck_performance_rotating"), "rotating IN ('off', 'strict', 'paper')"
        )
    with op.batch_alter_table("signing_key") as signing_key:
        signing_key.add_column(
            sa.Column("used_from", sa.BigInteger, nullable=False, server_default="0")
        )
    with op.batch_alter_table("ticket_type") as ticket_type:
        ticket_type.add_column(
            sa.Column("child", sa.BigInteger, nullable=False, server_default="0")
        )
    with op.batch_alter_table("scan") as scan:
        scan.add_column(sa.Column("device", sa.String, nullable=False, server_default=""))
        scan.add_column(sa.Column("sequence", sa.BigInteger, nullable=False, server_default="0"))
        scan.add_column(sa.Column("told", sa.BigInteger, nullable=False, server_default="1"))
    op.execute("UPDATE scan SET device = nonce")
    with op.batch_alter_table("scan") as scan:
        scan.create_unique_constraint(op.f("uq_scan_device_sequence"), ["device", "sequence"])
        for name in ("device", "sequence", "told"):
            scan.alter_column(name, server_default=None)
    with op.batch_alter_table("scan") as scan:
        scan.add_column(sa.Column("reason", sa.String, nullable=False, server_default=""))
        scan.add_column(sa.Column("undone_at", sa.BigInteger))
        scan.add_column(sa.Column("undone_by", sa.String))
    op.drop_index("ix_scan_performance_verdict_at", "scan")
    stands = sa.text("undone_at IS NULL")
    op.create_index(
        "ix_scan_performance_verdict_at", "scan", ["performance_id", "verdict", "at"],
        sqlite_where=stands, postgresql_where=stands,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_scan_performance_verdict_at", "scan")
    with op.batch_alter_table("scan") as scan:
        scan.drop_constraint(op.f("uq_scan_device_sequence"), type_="unique")
        for name in ("undone_by", "undone_at", "reason", "told", "sequence", "device"):
            scan.drop_column(name)
    op.create_index("ix_scan_performance_verdict_at", "scan", ["performance_id", "verdict", "at"])
    with op.batch_alter_table("signing_key") as signing_key:
        signing_key.drop_column("used_from")
    with op.batch_alter_table("ticket_type") as ticket_type:
        ticket_type.drop_column("child")
    with op.batch_alter_table("performance") as performance:
        performance.drop_constraint(op.f("ck_performance_rotating"), type_="check")
        performance.drop_column("standby_minutes")
        performance.drop_column("rotating")
        performance.drop_column("late_breaks")
    with op.batch_alter_table("gate") as gate:
        gate.drop_column("sections")
    op.drop_table("device")
