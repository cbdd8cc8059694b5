"""Who left is out: sessions, phones and the phones' tokens end in one transaction."""

import sqlalchemy as sa

from ticketing.accounts import staff
from ticketing.admission.devices.device import revoke
from ticketing.admission.models import Device
from ticketing.desk.db import Tx


def leave(tx: Tx, email: str, *, by: str, now: int) -> list[str]:
    """Return the names of the phones that are shut out: those that she signed in or paired, for what
    she set up is hers to open. Raises NobodyOfThatName and LastAdministrator.
    """
    gone = staff.leave(tx, email, by=by, now=now)
    hers = sa.select(Device.id, Device.name).where(
        Device.made_by == f"staff:{gone}", Device.revoked_at.is_(None)
    )
    phones = tx.execute(hers.order_by(Device.name)).all()
    for device_id, _ in phones:
        revoke(tx, device_id, wipe=True, by=by, now=now)
    return [name for _, name in phones]
