"""A payment without money, in a demo."""

from ticketing.payments.gateway import Gateway, Offer, Purse

PLAY = GATEWAY = Gateway(
    "play",
    {"zh": "演示付款", "en": "Play payment"},
    Purse.PROVIDER,
    demo=True,
    offer=Offer(
        {"zh": "演示付款", "en": "Play payment"},
        {
            "zh": "不收真钱。下一页由你决定付成功，还是付不成。",
            "en": "No real money. On the next page you decide whether it succeeds.",
        },
    ),
)
