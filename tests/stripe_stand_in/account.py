"""One Stripe account in memory: what buyers, Stripe and its dashboard do to it."""

import time
from collections.abc import Callable
from copy import deepcopy
from itertools import count
from typing import Any

from stripe_stand_in import objects, schema
from stripe_stand_in.objects import Thing

LEAST, MOST = 30 * 60, 24 * 3600  # seconds until a session expires
SLOW = ("alipay", "wechat_pay")  # their refunds are told later


class Refusal(Exception):
    """Stripe's error object; ``status``: HTTP's."""

    def __init__(self, message: str, code: str = "", status: int = 400, param: str = "") -> None:
        super().__init__(message)
        kind = "idempotency_error" if code == "idempotency_error" else "invalid_request_error"
        error = {"type": kind, "message": message, "code": code, "param": param}
        self.status = status
        self.body = {"error": {key: value for key, value in error.items() if value}}


class Account:
    """``told``: called with each new event."""

    def __init__(self, url: str, told: Callable[[Thing], None]) -> None:
        self.url, self.told, self.ahead = url, told, 0
        self.things: dict[str, Thing] = {}
        self.marks: dict[str, Thing] = {}  # of the intent that a session will have
        self.wrong_answers: list[str] = []
        self._numbers = count(1)

    def now(self) -> int:
        return int(time.time()) + self.ahead

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
        self.marks[new["id"]] = wish.get("payment_intent_data", {}).get("metadata", {})
        return self._keep(new)

    def expire(self, ident: str) -> Thing:
        session = self.find(ident)
        if session["status"] != "open":
            raise Refusal(f"this Session is {session['status']}: only an open one can be expired")
        return self._close(session)

    def create_refund(self, wish: Thing) -> Thing:
        charge = self.charge_of(wish["payment_intent"])
        amount = int(wish.get("amount") or charge["amount"])
        if charge["disputed"]:
            raise Refusal("the charge is disputed", "charge_disputed")
        if charge["refunded"]:
            raise Refusal("the charge was refunded", "charge_already_refunded")
        if amount > charge["amount"] - charge["amount_refunded"]:
            raise Refusal("more than what is left of the charge", param="amount")
        return self._refund(charge, amount, wish.get("metadata", {}))

    def find(self, ident: str) -> Thing:
        """Return a thing as it is now: a session past its time is expired."""
        if ident not in self.things:
            raise Refusal(f"No such object: '{ident}'", "resource_missing", 404)
        thing = self.things[ident]
        late = thing["object"] == "checkout.session" and thing["expires_at"] <= self.now()
        return self._close(thing) if late and thing["status"] == "open" else thing

    def every(self, kind: str, **same: Any) -> list[Thing]:
        """Return the things of a kind, newest first, whose fields are the same."""
        return [
            self.find(thing["id"])
            for thing in reversed(list(self.things.values()))
            if thing["object"] == kind and same.items() <= thing.items()
        ]

    def charge_of(self, intent: str) -> Thing:
        return self.things[self.find(intent)["latest_charge"]]

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

    def finish_refund(self, ident: str, ok: bool) -> Thing:
        refund = self.find(ident)
        refund["status"] = "succeeded" if ok else "failed"
        if not ok:
            charge = self.things[refund["charge"]]
            charge["amount_refunded"] -= refund["amount"]
            charge["refunded"] = False
            self._move("refund_failure", refund["amount"], refund)
            self._tell("refund.failed", refund)
        self._tell("refund.updated", refund)
        return refund

    def refund_by_hand(self, intent: str, amount: int) -> Thing:
        """As the organiser does in Stripe's dashboard."""
        return self._refund(self.charge_of(intent), amount, {})

    def pay_out(self) -> Thing:
        """Pay out all that was not yet paid out."""
        waiting = [each for each in self.every("balance_transaction") if "payout" not in each]
        made = objects.payout(self._id("po"), self.now(), sum(each["net"] for each in waiting))
        for each in waiting:
            each["payout"] = made["id"]
        self._keep(made)
        self._move("payout", -made["amount"], made)["payout"] = made["id"]
        self._tell("payout.paid", made)
        return made

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
        charge["method"] = method
        intent["latest_charge"] = charge["id"]
        charge["balance_transaction"] = self._move("charge", charge["amount"], charge)["id"]
        self._tell("payment_intent.succeeded", intent)
        self._tell(f"checkout.session.{how}", session)
        return session

    def _refund(self, charge: Thing, amount: int, marks: Thing) -> Thing:
        new = self._keep(objects.refund(self._id("re"), self.now(), charge, amount, marks))
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        new["balance_transaction"] = self._move("refund", -amount, new)["id"]
        if charge["method"] not in SLOW:
            new["status"] = "succeeded"
        self._tell("refund.created", new)
        self._tell("charge.refunded", charge)
        return new

    def _close(self, session: Thing) -> Thing:
        session["status"] = "expired"
        self._tell("checkout.session.expired", session)
        return session

    def _intent(self, session: Thing) -> Thing:
        if session["payment_intent"] is None:
            marks = self.marks[session["id"]]
            new = objects.intent(self._id("pi"), self.now(), session, marks)
            session["payment_intent"] = self._keep(new)["id"]
        return self.things[session["payment_intent"]]

    def _move(self, kind: str, amount: int, source: Thing) -> Thing:
        return self._keep(objects.movement(self._id("txn"), self.now(), kind, amount, source))

    def _tell(self, kind: str, thing: Thing) -> None:
        self.told(
            self._keep(objects.event(self._id("evt"), self.now(), kind, deepcopy(shown(thing))))
        )

    def _id(self, prefix: str) -> str:
        return f"{prefix}_{next(self._numbers):06}"

    def _keep(self, thing: Thing) -> Thing:
        self.things[thing["id"]] = thing
        return thing

    def judged(self, thing: Thing) -> Thing:
        """Return it as it is answered, and note what Stripe would never answer."""
        seen = shown(thing)
        if why := schema.wrong(seen):
            self.wrong_answers.append(f"{seen['object']}: {why}")
        return seen


def shown(thing: Thing) -> Thing:
    """Leave out what we note for ourselves."""
    return {key: value for key, value in thing.items() if key not in ("method", "payout")}
