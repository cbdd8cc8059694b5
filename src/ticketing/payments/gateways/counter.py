"""Cash, at our own desk: at once, or for seats that a buyer has reserved until then."""

from ticketing.ledger.models import Account
from ticketing.payments.gateway import Gateway, Offer

COUNTER = GATEWAY = Gateway(
    "counter",
    {"zh": "柜台现金", "en": "Cash at the desk"},
    Account.CASH,
    offer=Offer(
        {"zh": "先留座，到柜台付", "en": "Reserve now, pay at the desk"},
        {
            "zh": "到时间没付，座位自动放回。",
            "en": "Not paid in time, the seats are free again.",
        },
    ),
)
