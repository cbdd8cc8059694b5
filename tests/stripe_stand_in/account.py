"""One Stripe account in memory: money taken, given back, disputed and paid out."""

from stripe_stand_in import objects
from stripe_stand_in.books import Refusal
from stripe_stand_in.objects import WALLETS, Thing, method_of
from stripe_stand_in.till import Till


class Account(Till):
    # --- what a program asks for -------------------------------------------------
    def create_refund(self, wish: Thing) -> Thing:
        charge = self.charge_of(wish["payment_intent"])
        amount = int(wish.get("amount") or charge["amount"])
        if self.every("dispute", charge=charge["id"], is_charge_refundable=False):
            raise Refusal("the charge has been charged back", "charge_disputed")
        if charge["refunded"]:
            raise Refusal("the charge was refunded", "charge_already_refunded")
        if amount > charge["amount"] - charge["amount_refunded"]:
            raise Refusal("more than what is left of the charge", param="amount")
        return self._refund(charge, amount, wish.get("metadata", {}))

    # --- what Stripe, banks and the organiser do ---------------------------------
    def finish_refund(self, ident: str, ok: bool) -> Thing:
        refund = self.find(ident)
        refund["status"] = "succeeded" if ok else "failed"
        if not ok:
            charge = self.things[refund["charge"]]
            charge["amount_refunded"] -= refund["amount"]
            charge["refunded"] = False
            self._move("refund_failure", refund["amount"], refund, method_of(charge))
            self._tell("refund.failed", refund)
        self._tell("refund.updated", refund)
        return refund

    def refund_by_hand(self, intent: str, amount: int) -> Thing:
        """As the organiser does in Stripe's dashboard."""
        return self._refund(self.charge_of(intent), amount, {})

    def dispute(self, intent: str, reason: str = "fraudulent") -> Thing:
        """A buyer's bank takes back what is left of a charge; Stripe takes a fee for that."""
        charge = self.charge_of(intent)
        amount = charge["amount"] - charge["amount_refunded"]
        charge["disputed"] = True
        new = self._keep(objects.dispute(self._id("du"), self.now(), charge, amount, reason))
        new["balance_transactions"].append(dict(self._move("dispute", -amount, new)))
        self._tell("charge.dispute.created", new)
        self._tell("charge.dispute.funds_withdrawn", new)
        return new

    def close_dispute(self, ident: str, won: bool) -> Thing:
        """The bank decides; ``won``: by us. The fee stays gone."""
        dispute = self.find(ident)
        if dispute["status"] in ("won", "lost"):
            raise Refusal("this Dispute is closed")
        dispute |= {"status": "won" if won else "lost", "is_charge_refundable": won}
        if won:
            back = self._move("dispute_reversal", dispute["amount"], dispute)
            dispute["balance_transactions"].append(dict(back))
        self._tell("charge.dispute.closed", dispute)
        if won:
            self._tell("charge.dispute.funds_reinstated", dispute)
        return dispute

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

    # --- the parts ---------------------------------------------------------------
    def _refund(self, charge: Thing, amount: int, marks: Thing) -> Thing:
        new = self._keep(objects.refund(self._id("re"), self.now(), charge, amount, marks))
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        moved = self._move("refund", -amount, new, method_of(charge))
        new["balance_transaction"] = moved["id"]
        if method_of(charge) not in WALLETS:  # theirs are told later
            new["status"] = "succeeded"
        self._tell("refund.created", new)
        self._tell("charge.refunded", charge)
        return new
