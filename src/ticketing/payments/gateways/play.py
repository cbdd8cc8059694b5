"""A payment without money, in a demo."""

from ticketing.ledger.models import Account
from ticketing.payments.gateway import Gateway, Offer

PLAY = GATEWAY = Gateway(
    "play",
    {"zh": "演示付款", "en": "Play payment"},
    Account.PROVIDER_CLEARING,
    demo=True,
    offer=Offer(
        {"zh": "演示付款", "en": "Play payment"},
        {
            "zh": "不收真钱。下一页由你决定付成功，还是付不成。",
            "en": "No real money. On the next page you decide whether it succeeds.",
        },
    ),
)
