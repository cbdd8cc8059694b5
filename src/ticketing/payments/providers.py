"""Which providers this installation has: those whose keys are set."""

from ticketing.config import Settings
from ticketing.payments.gateway import Providers
from ticketing.payments.models import Gateway


def providers(settings: Settings) -> Providers:
    if not settings.stripe_api_key:
        return {}
    from ticketing.payments.stripe_gateway import StripeGateway  # here: it takes a quarter second

    stripe = StripeGateway(
        settings.stripe_api_key, settings.stripe_webhook_secret, settings.stripe_api_base
    )
    return {Gateway.STRIPE: stripe}
