"""Bearer tokens: how a program signs in. The token is shown once and stored as a digest."""

import sqlalchemy as sa

from ticketing.accounts.models import Role, Token
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import digest, new_id, new_secret
from ticketing.foundation.errors import NotFound


def create_token(tx: Tx, name: str, role: Role | str, *, by: str, now: int) -> str:
    """Return the token itself, which nobody can read again."""
    token_id, secret = new_id(now), new_secret()
    row = {"id": token_id, "digest": digest(secret), "name": name.strip(), "created_at": now}
    tx.execute(sa.insert(Token).values(row | {"role": Role.named(role)}))
    note(tx, "token.created", token_id, by=by, now=now, role=role)
    return secret


def revoke_token(tx: Tx, token_id: str, *, by: str, now: int) -> None:
    """Shut it for good; a second time changes nothing. NotFound for an unknown id."""
    if tx.execute(sa.select(Token.id).where(Token.id == token_id)).first() is None:
        raise NotFound()
    still_open = sa.and_(Token.id == token_id, Token.revoked_at.is_(None))
    if tx.execute(sa.update(Token).where(still_open).values(revoked_at=now)).rowcount:
        note(tx, "token.revoked", token_id, by=by, now=now)
