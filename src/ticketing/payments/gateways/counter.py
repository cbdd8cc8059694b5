"""Cash, at our own desk."""

from ticketing.payments.gateway import Gateway, Purse

COUNTER = GATEWAY = Gateway("counter", {"zh": "柜台现金", "en": "Cash at the desk"}, Purse.DRAWER)
