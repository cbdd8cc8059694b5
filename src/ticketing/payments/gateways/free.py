"""What costs nothing needs no payment."""

from ticketing.payments.gateway import Gateway, Purse

FREE = GATEWAY = Gateway("free", {"zh": "免费", "en": "Free"}, Purse.NONE)
