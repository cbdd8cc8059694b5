"""Cards, at the terminal that stands on our desk: whoever works there sees that it was paid."""

from ticketing.ledger.models import Account
from ticketing.payments.gateway import Gateway

DESK_CARD = GATEWAY = Gateway(
    "desk_card", {"zh": "柜台刷卡", "en": "Card at the desk"}, Account.CARD_CLEARING
)
