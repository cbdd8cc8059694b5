"""An order has one currency, and whoever names a sum for it names it in that."""

from ticketing.foundation.errors import Refused


class OtherCurrency(Refused):
    """``currency``: the order's."""

    type = "other-currency"
    zh = "这个订单的金额以 {currency} 计，和你看到的不同。没有扣款，也没有退款。"
    en = "This order is in {currency}, which is not what you were shown. No money has moved."
