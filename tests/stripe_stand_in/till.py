"""Taking money: sessions, and what buyers do on their pages."""

from collections.abc import Callable

from typing_extensions import override

from stripe_stand_in import objects
from stripe_stand_in.books import Books, Refusal
from stripe_stand_in.objects import Thing

LEAST, MOST = 30 * 60, 24 * 3600  # seconds until a session expires


class Till(Books):
    def __init__(self, url: str, told: Callable[[Thing], None]) -> None:
        super().__init__(url, told)
        self.wishes: dict[str, Thing] = {}  # that sessions were made from

    # --- what a program asks for -------------------------------------------------
    def create_session(self, wish: Thing) -> Thing:
        now = self.now()
        expires = int(wish.get("expires_at") or now + MOST)
        if not now + LEAST <= expires <= now + MOST:
            raise Refusal(
                "`expires_at` must be between 30 minutes and 24 hours", param="expires_at"
            )
        options: Thing = wish.get("payment_method_options", {})
        if "wechat_pay" in wish["payment_method_types"] and not options.get("wechat_pay"):
            raise Refusal("wechat_pay needs client=web", param="payment_method_options")
        new = objects.session(self._id("cs_test"), now, wish, self.url)
        if new["amount_total"] < 1:
            raise Refusal("the total must be above 0", "amount_too_small")
        self.wishes[new["id"]] = wish
        return self._keep(new)

    def expire(self, ident: str) -> Thing:
        session = self.find(ident)
        if session["status"] != "open":
            raise Refusal(f"this Session is {session['status']}: only an open one can be expired")
        return self._close(session)

    @override
    def find(self, ident: str) -> Thing:
        """A session past its time is expired."""
        thing = super().find(ident)
        late = thing["object"] == "checkout.session" and thing["expires_at"] <= self.now()
        return self._close(thing) if late and thing["status"] == "open" else thing

    def charge_of(self, intent: str) -> Thing:
        return self.find(self.find(intent)["latest_charge"])

    def what(self, session: Thing) -> str:
        """Return the names of what is bought."""
        lines = self.wishes[session["id"]]["line_items"]
        return ", ".join(line["price_data"]["product_data"]["name"] for line in lines)

    # --- what buyers and Stripe do -----------------------------------------------
    def pay(self, ident: str, method: str = "card", amount: int = 0, currency: str = "") -> Thing:
        """Pay an open session; ``amount`` and ``currency``: another sum than it asks for."""
        session = self.find(ident)
        if session["status"] != "open":
            raise Refusal("this Session is not open any more")
        intent = self._intent(session)
        intent["amount"], intent["currency"] = (
            amount or intent["amount"],
            currency or intent["currency"],
        )
        session["status"] = "complete"
        return self._succeed(session, intent, method)

    def decline(self, ident: str) -> Thing:
        session = self.find(ident)
        self._tell("payment_intent.payment_failed", self._intent(session))
        return session

    def pay_later(self, ident: str) -> Thing:
        """Complete a session whose money is still on its way: see ``finish``."""
        session = self.find(ident)
        session["status"] = "complete"
        self._intent(session)["status"] = "processing"
        self._tell("checkout.session.completed", session)
        return session

    def finish(self, ident: str, ok: bool) -> Thing:
        session = self.find(ident)
        intent = self._intent(session)
        if ok:
            return self._succeed(session, intent, "card", "async_payment_succeeded")
        intent["status"] = "requires_payment_method"
        self._tell("checkout.session.async_payment_failed", session)
        return session

    def advance(self, seconds: int) -> int:
        """Move the clock; what expires by that is told."""
        self.ahead += seconds
        self.every("checkout.session")
        return self.now()

    # --- the parts ---------------------------------------------------------------
    def _succeed(self, session: Thing, intent: Thing, method: str, how: str = "completed") -> Thing:
        session["payment_status"] = "paid"
        intent |= {"status": "succeeded", "amount_received": intent["amount"]}
        charge = self._keep(objects.charge(self._id("ch"), self.now(), intent, method))
        intent["latest_charge"] = charge["id"]
        charge["balance_transaction"] = self._move("charge", charge["amount"], charge, method)["id"]
        self._tell("payment_intent.succeeded", intent)
        self._tell(f"checkout.session.{how}", session)
        return session

    def _close(self, session: Thing) -> Thing:
        session["status"] = "expired"
        self._tell("checkout.session.expired", session)
        return session

    def _intent(self, session: Thing) -> Thing:
        if session["payment_intent"] is None:
            marks = self.wishes[session["id"]].get("payment_intent_data", {}).get("metadata", {})
            new = objects.intent(self._id("pi"), self.now(), session, marks)
            session["payment_intent"] = self._keep(new)["id"]
        return self.things[session["payment_intent"]]
