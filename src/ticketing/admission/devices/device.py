"""Phones at the door: the organiser makes a pairing, a phone takes it up once, and may be shut out again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.accounts.models import Role, Token
from ticketing.accounts.tokens import create_token, revoke_token
from ticketing.admission.models import Device
from ticketing.desk.db import Statement, Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import digest, new_id, new_secret
from ticketing.foundation.errors import BadInput, Forbidden, NotFound, Refused

PAIRED_WITHIN = 30 * MINUTE
HIGHEST = Role.SUPERVISOR  # a phone that is lost sells nothing


class PairingOver(Refused):
    status = 409
    type = "pairing-over"
    zh = "这个配对码用过了或过期了，请主办方再生成一个。"
    en = "This pairing was used or is over: ask the organiser for a new one."


class NotThisDevice(Forbidden):
    type = "not-this-device"
    zh = "这台设备没有这个门或这一场的权限，请主办方重新配对。"
    en = "This device is not bound to this gate or performance: ask the organiser to pair it anew."


class DeviceRevoked(Refused):
    """``wipe``: what it knows is to be removed."""

    status = 401
    type = "device-revoked"
    zh = "这台设备已停用，请找主办方。"
    en = "This device was shut out: please ask the organiser."


class Paired(NamedTuple):
    """The ``token`` is told once."""

    id: str
    name: str
    role: str
    token: str


@dataclass(frozen=True, slots=True)
class Known:
    """Who asks, where it is a device."""

    id: str
    name: str
    role: str
    gates: Sequence[str]
    performances: Sequence[str]
    revoked_at: int | None
    wipe: bool

    def must_be_bound(self, gate: str, performance_id: str) -> None:
        if (self.gates and gate not in self.gates) or (
            self.performances and performance_id not in self.performances
        ):
            raise NotThisDevice()


def make_pairing(
    tx: Tx, name: str, role: Role, gates: Sequence[str], performances: Sequence[str],
    *, by: str, now: int,
) -> str:  # fmt: skip
    """Return the secret that stands in the pairing's code. No gates or performances: all of them."""
    if not HIGHEST.reaches(role):
        raise BadInput(
            "role", "设备只能是检票员或现场主管。", "A device is an usher or a supervisor."
        )
    secret = new_secret()
    _add(tx, secret, name, role, gates, performances, by=by, now=now)
    return secret


def take_up(tx: Tx, secret: str, *, by: str, now: int) -> Paired:
    """Pair this phone, once; raises PairingOver."""
    found = tx.execute(sa.select(Device.__table__).where(Device.secret_digest == digest(secret)))
    device = found.first()
    if device is None:
        raise PairingOver()
    open_still = sa.and_(
        Device.id == device.id, Device.paired_at.is_(None), Device.revoked_at.is_(None),
        Device.pair_by >= now,
    )  # fmt: skip
    if not tx.execute(sa.update(Device).where(open_still).values(paired_at=now)).rowcount:
        raise PairingOver()
    return _paired(tx, device, by=by, now=now)


def enrol(tx: Tx, name: str, role: Role, *, by: str, now: int) -> Paired:
    """Make a device of the phone on which somebody signed in."""
    secret = new_secret()
    _add(tx, secret, name, min(role, HIGHEST, key=list(Role).index), (), (), by=by, now=now)
    return take_up(tx, secret, by=by, now=now)


def revoke(tx: Tx, device_id: str, *, wipe: bool, by: str, now: int) -> None:
    """Shut a device out; with ``wipe`` it forgets what it knows when it next asks. Raises NotFound."""
    device = tx.execute(sa.select(Device.__table__).where(Device.id == device_id)).first()
    if device is None:
        raise NotFound()
    if device.revoked_at is None:
        shut = sa.update(Device).where(Device.id == device_id, Device.revoked_at.is_(None))
        tx.execute(shut.values(revoked_at=now))
        note(tx, "device.revoked", device_id, by=by, now=now)
    if wipe and not device.wipe:
        tx.execute(sa.update(Device).where(Device.id == device_id).values(wipe=1))
        note(tx, "device.wipe", device_id, by=by, now=now)
    if device.token_id:
        revoke_token(tx, device.token_id, by=by, now=now)


def shut_out(tx: Tx, token_id: str, *, by: str, now: int) -> None:
    """Shut a token, and the device that has it, which is told so. Raises NotFound."""
    device = tx.execute(sa.select(Device.id).where(Device.token_id == token_id)).scalar()
    if device is None:
        revoke_token(tx, token_id, by=by, now=now)
    else:
        revoke(tx, device, wipe=True, by=by, now=now)


def wiped(tx: Tx, device_id: str, *, now: int) -> None:
    """A device that was shut out says that it forgot everything."""
    mine = sa.and_(Device.id == device_id, Device.wiped_at.is_(None))
    if tx.execute(sa.update(Device).where(mine).values(wiped_at=now)).rowcount:
        note(tx, "device.wiped", device_id, by=f"device:{device_id}", now=now)


def contact(
    tx: Tx, device_id: str, *, unsent: int | None, battery: int | None, skew: int, now: int
) -> None:
    """A device spoke: ``unsent`` scans it still keeps, ``battery`` in percent, where it tells."""
    values = {"seen_at": now, "unsent": unsent, "battery": battery, "skew": skew}
    tx.execute(sa.update(Device).where(Device.id == device_id).values(values))


OF_TOKEN = Statement(
    sa.select(
        Device.id, Device.name, Device.role, sa.cast(Device.gates, sa.Text),
        sa.cast(Device.performances, sa.Text), Device.revoked_at, Device.wipe,
    )
    .join(Token, Token.id == Device.token_id)
    .where(Token.digest == sa.bindparam("token"))
)  # fmt: skip


def device_of(tx: Tx, token: str) -> Known | None:
    """Return the device to which a bearer token was given, shut out or not."""
    row = tx.first(OF_TOKEN, token=digest(token))
    if row is None:
        return None
    device_id, name, role, gates, performances, revoked_at, wipe = row
    return Known(
        device_id, name, role, json.loads(gates), json.loads(performances), revoked_at, bool(wipe)
    )


def devices(tx: Tx) -> list[sa.Row[Any]]:
    """Return every device, the one that spoke last first."""
    last = sa.func.coalesce(Device.seen_at, Device.paired_at, Device.made_at)
    return list(tx.execute(sa.select(Device.__table__).order_by(last.desc(), Device.id)))


def _add(
    tx: Tx, secret: str, name: str, role: Role, gates: Sequence[str], performances: Sequence[str],
    *, by: str, now: int,
) -> None:  # fmt: skip
    device_id = new_id(now)
    values = {
        "id": device_id, "name": name, "role": role, "gates": list(gates),
        "performances": list(performances), "secret_digest": digest(secret), "made_at": now,
        "pair_by": now + PAIRED_WITHIN, "made_by": by,
    }  # fmt: skip
    tx.execute(sa.insert(Device).values(values))
    note(tx, "device.made", device_id, by=by, now=now, role=role)


def _paired(tx: Tx, device: sa.Row[Any], *, by: str, now: int) -> Paired:
    token = create_token(tx, device.name, device.role, by=by, now=now)
    token_id = sa.select(Token.id).where(Token.digest == digest(token)).scalar_subquery()
    tx.execute(sa.update(Device).where(Device.id == device.id).values(token_id=token_id))
    note(tx, "device.paired", device.id, by=by, now=now)
    return Paired(device.id, device.name, device.role, token)
