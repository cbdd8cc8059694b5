"""The provider, in virtual time: its pages, the money on them, what it gives back. It never crashes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from simulation.turns import Turns
from ticketing.foundation.clock import MINUTE
from ticketing.payments.models import DisputeStatus, RefundStatus
from ticketing.payments.page import OPEN_AFTER
from ticketing.payments.provider import (
    BankDispute,
    Movement,
    NotAccepted,
    Page,
    RefundFound,
    RefundRequest,
    RefundState,
    SessionRequest,
    SessionState,
    SessionStatus,
    Trouble,
    WebhookEvent,
)

REMEMBERS = 10 * MINUTE  # which refunds were asked for: the real one does for a day
UNPAID = SessionState(SessionStatus.OPEN)


@dataclass
class Sheet:
    """A page. It takes no money from ``over_at`` on; ``by_wallet``: it may come yet."""

    wanted: SessionRequest
    over_at: int
    seen: SessionState = UNPAID
    by_wallet: bool = False


@dataclass
class Refund:
    """Money on its way back. ``made_at``: when it was asked for."""

    owed: RefundRequest
    status: RefundStatus
    reference: str
    made_at: int

    @property
    def given(self) -> RefundState:
        return RefundState(self.status, self.reference)


@dataclass
class Till:
    """``tell``: has an event brought to us; ``did``: how often what happened here."""

    turns: Turns
    rng: Random
    tell: Callable[[WebhookEvent], None]
    sheets: dict[str, Sheet] = field(default_factory=dict)
    refunds: list[Refund] = field(default_factory=list)
    troubles: dict[str, Trouble] = field(default_factory=dict)  # by charge
    movements: list[Movement] = field(default_factory=list)
    events: set[str] = field(default_factory=set)
    did: Counter[str] = field(default_factory=Counter)

    def open(self, wanted: SessionRequest) -> Page:
        """Open a page, once for each payment."""
        name = f"page-{wanted.payment_id}"
        if name not in self.sheets:
            self.sheets[name] = Sheet(wanted, wanted.closes_at)
            self.turns.start(self._expire, name)
        return Page(name, name)

    def look(self, name: str) -> SessionState:
        return self.sheets[name].seen

    def close(self, name: str) -> SessionState:
        if self._open(name):
            self._end(name, SessionState(SessionStatus.CLOSED), "closed")
        return self.look(name)

    def decline(self, name: str) -> None:
        if self._open(name):
            self.sheets[name].seen = SessionState(SessionStatus.DECLINED)
            self._say("declined", payment=self.sheets[name].wanted.payment_id)

    def pay(self, name: str, amount: int, currency: str, wallet: float | None = None) -> None:
        """Pay on a page that is still open; ``wallet``: in so many ms it will say whether it pays."""
        if not self._open(name):
            return
        if wallet is not None:
            self.sheets[name].by_wallet = True
            self._say("wallet", payment=self.sheets[name].wanted.payment_id)
            self.turns.wait(wallet)
            if self.rng.random() < 0.3:
                self._end(name, SessionState(SessionStatus.CLOSED), "wallet failed")
                return
        wanted = self.sheets[name].wanted
        late = self.turns.now() > wanted.closes_at - OPEN_AFTER
        wrong = (amount, currency) != (wanted.amount, wanted.currency)
        seen = SessionState(SessionStatus.PAID, amount, currency, f"charge-{wanted.payment_id}")
        self._move("charge", amount, currency, f"charge-{wanted.payment_id}")
        self._end(name, seen, "paid another sum" if wrong else "paid late" if late else "paid")

    def dispute(self, name: str) -> None:
        """The payer's bank takes back what is left, and decides some hours later."""
        seen = self.sheets[name].seen
        charge = seen.charge or ""
        if not charge or (left := self.kept(charge)) == 0:
            return
        gone = RefundFound(f"dispute-{len(self.movements)}", left, seen.currency)
        claims = self.trouble(charge).claims
        claims.append(BankDispute(gone, DisputeStatus.OPEN))
        self._move("dispute", -left, seen.currency, charge)
        self._say("disputed", charge=charge)
        self.turns.wait(self.rng.expovariate(1 / (60 * MINUTE)))
        won = self.rng.random() < 0.5
        claims[-1] = BankDispute(gone, DisputeStatus.WON if won else DisputeStatus.LOST)
        if won:
            self._move("dispute_reversal", left, seen.currency, charge)
        self._say("dispute won" if won else "dispute lost", charge=charge)

    def refund_by_hand(self, name: str, share: float) -> None:
        """Somebody gives back so much of what is left, at the provider's own desk."""
        seen = self.sheets[name].seen
        charge = seen.charge or ""
        if charge and (amount := int(self.kept(charge) * share)):
            gone = RefundFound(f"by-hand-{len(self.movements)}", amount, seen.currency)
            self.trouble(charge).refunds.append(gone)
            self._move("refund", -amount, seen.currency, charge)
            self._say("refund by hand", charge=charge)

    def trouble(self, charge: str) -> Trouble:
        return self.troubles.setdefault(charge, Trouble([], []))

    def since(self, when: int) -> list[Movement]:
        return [each for each in self.movements if each.at >= when]

    def refund_of(self, refund_id: str) -> Refund | None:
        return next((each for each in self.refunds if each.owed.refund_id == refund_id), None)

    def refund(self, owed: RefundRequest) -> Refund:
        """Give money back, now or some day or never. The same wish, soon after, is the same refund."""
        known = self.refund_of(owed.refund_id)
        if known and known.made_at > self.turns.now() - REMEMBERS:
            return known
        fate = Random(owed.refund_id).choice(["now", "now", "later", "bounces", "refused"])
        if fate == "refused" or self.kept(owed.charge) < owed.amount:
            self.did["refund refused"] += 1
            raise NotAccepted(fate)
        status = RefundStatus.SUCCEEDED if fate == "now" else RefundStatus.PENDING
        made = Refund(owed, status, f"refund-{len(self.refunds)}", self.turns.now())
        self.refunds.append(made)
        self._move("refund", -owed.amount, self._seen(owed.charge).currency, owed.charge)
        self._say(f"refund {status}", refund=owed.refund_id)
        if fate != "now":
            self.turns.start(self._finish, made, fate)
        return made

    def kept(self, charge: str) -> int:
        """Return what is left of the money that came."""
        back = (each for each in self.refunds if each.owed.charge == charge)
        trouble = self.trouble(charge)
        return (
            self._seen(charge).amount
            - sum(each.owed.amount for each in back if each.status is not RefundStatus.FAILED)
            - sum(gone.amount for gone, status in trouble.claims if status != DisputeStatus.WON)
            - sum(gone.amount for gone in trouble.refunds)
        )

    def _seen(self, charge: str) -> SessionState:
        return next(sheet.seen for sheet in self.sheets.values() if sheet.seen.charge == charge)

    def _open(self, name: str) -> bool:
        sheet = self.sheets[name]
        return (
            sheet.seen.standing in (SessionStatus.OPEN, SessionStatus.DECLINED)
            and not sheet.by_wallet
        )

    def _end(self, name: str, seen: SessionState, kind: str) -> None:
        sheet = self.sheets[name]
        sheet.seen, sheet.over_at = seen, self.turns.now()
        self._say(kind, payment=sheet.wanted.payment_id)

    def _expire(self, name: str) -> None:
        self.turns.wait(self.sheets[name].over_at - self.turns.at)
        self.close(name)

    def _finish(self, refund: Refund, fate: str) -> None:
        self.turns.wait(self.rng.expovariate(1 / (60 * MINUTE)))
        refund.status = RefundStatus.SUCCEEDED if fate == "later" else RefundStatus.FAILED
        if fate != "later":
            charge = refund.owed.charge
            currency = self._seen(charge).currency
            self._move("refund_failure", refund.owed.amount, currency, charge)
        self._say(f"refund {refund.status}", refund=refund.owed.refund_id)

    def _move(self, category: str, amount: int, currency: str, charge: str) -> None:
        name, now = f"movement-{len(self.movements)}", self.turns.now()
        self.movements.append(Movement(name, category, amount, 1, currency, charge, now))

    def _say(self, kind: str, payment: str = "", refund: str = "", charge: str = "") -> None:
        self.did[kind] += 1
        told = WebhookEvent(f"event-{len(self.events)}", kind, payment, refund, charge)
        self.events.add(told.event_id)
        self.tell(told)
