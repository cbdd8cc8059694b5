"""What costs nothing needs no payment."""

from ticketing.payments.gateway import Gateway

FREE = GATEWAY = Gateway("free", {"zh": "免费", "en": "Free"}, None)
