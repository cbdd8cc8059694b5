"""Stripe's page takes cards, Alipay and WeChat Pay, where its keys are set."""

from ticketing.config import Settings
from ticketing.ledger.models import Account
from ticketing.payments.gateway import Gateway, Offer
from ticketing.payments.provider import Provider


def provider(settings: Settings) -> Provider | None:
    if not settings.stripe_api_key:
        return None
    from ticketing.payments.stripe_gateway import StripeGateway  # here: it takes a quarter second

    return StripeGateway(
        settings.stripe_api_key, settings.stripe_webhook_secret, settings.stripe_api_base
    )


STRIPE = GATEWAY = Gateway(
    "stripe",
    {"zh": "Stripe", "en": "Stripe"},
    Account.PROVIDER_CLEARING,
    provider=provider,
    signature="stripe-signature",
    offer=Offer(
        {"zh": "银行卡、支付宝、微信支付", "en": "Card, Alipay, WeChat Pay"},
        {
            "zh": "下一页在 Stripe 付款，付完自动回到这里出票。",
            "en": "You pay on Stripe’s page and come back here for your tickets.",
        },
        {"zh": "在线付款", "en": "Card, and other ways online"},
    ),
)
