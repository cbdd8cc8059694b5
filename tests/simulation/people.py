"""Who comes to a sale: buyers, the provider that takes their money, the counter, the usher.

Each is a plain function of a town.
"""

from simulation.acts import Ordered
from simulation.holds import MINUTES
from simulation.town import Town, insist, perhaps
from ticketing.inventory.hold_record import Held
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.desk_qr import DESK_QR
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.inbox import Heard


def buyer(town: Town, name: str) -> None:
    town.sleep(town.rng.random() * town.mix.within)
    held = choose(town, name)
    if held is None:
        return
    town.sleep(town.rng.expovariate(1 / town.mix.thinks))
    if town.happens(0.2):
        held = perhaps(town.acts.change, held, *another(town, held)) or held
    if town.happens(0.2):
        held = perhaps(town.acts.renew, held) or held
    if town.happens(0.1):
        perhaps(town.acts.release, held)
    gateway = STRIPE if town.happens(town.mix.elsewhere) else PLAY
    if town.happens(town.mix.at_desk):
        gateway = COUNTER
    order = insist(town, town.acts.place, held, gateway)
    if order:
        town.orders.append(order)
        town.ways[gateway](town, order, order.payment)


def choose(town: Town, name: str) -> Held | None:
    """Try a few times: mostly a pair or two, side by side; now and then the best there is."""
    for _ in range(4):
        best = town.happens(0.1)
        held = perhaps(town.acts.best if best else town.acts.hold, 2 if best else party(town), name)
        if held:
            return held
        town.sleep(town.rng.random() * 0.02)
    return None


def party(town: Town) -> list[str]:
    size = town.rng.choice([1, 2, 2, 2, 4])
    start = town.rng.randrange(0, len(town.pool) - size + 1, 1 if town.happens(0.2) else 2)
    return town.pool[start : start + size]


def another(town: Town, held: Held) -> tuple[list[str], list[str]]:
    """Return a seat more, perhaps for one that goes."""
    return [town.rng.choice(town.pool)], held.seats[: town.rng.randint(0, 1)]


def pay(town: Town, order: Ordered, payment: str) -> None:
    """Pay in play; who declines is tried again, perhaps elsewhere, and may yet change its mind."""
    soon = town.rng.expovariate(2)
    if town.happens(town.mix.declined):
        town.start(tell, town, order, Heard.DECLINED, payment, soon)
        town.sleep(soon + town.rng.random())
        town.start(pay_again, town, order)
        if town.happens(0.5):
            return
    late = MINUTES if town.happens(0.7) else town.rng.uniform(10, town.mix.latest)
    when = late if town.happens(town.mix.late) else soon
    town.start(tell, town, order, Heard.PAID, payment, when)
    if town.happens(town.mix.returns):
        town.start(counter, town, order)


def desk(town: Town, order: Ordered, _payment: str) -> None:
    """Come to the desk before the time is over, or at its end, or give the seats back, or pay online after
    all; two clerks may take the money."""
    fate = town.rng.random()
    if fate < 0.2:
        town.start(pay_again, town, order)
    town.sleep(town.rng.expovariate(1 / town.rng.choice([5, 60])))
    if fate > 0.9:
        perhaps(town.acts.give_up, order)
        return
    if fate > 0.8:
        town.sleep(town.mix.latest)
    for _ in range(town.rng.randint(1, 2)):
        town.start(insist, town, town.acts.take_payment, order, town.rng.choice([COUNTER, DESK_QR]))
    if town.happens(town.mix.returns):
        town.start(counter, town, order)


def pay_again(town: Town, order: Ordered) -> None:
    gateway = town.rng.choice([way for way in town.ways if not way.at_desk])
    payment = perhaps(town.acts.pay_again, order, gateway)
    if payment:
        town.ways[gateway](town, order, payment)


def tell(town: Town, order: Ordered, kind: Heard, payment: str, when: float) -> None:
    """The provider's word: perhaps twice, perhaps by another event too; sent until it is heard."""
    event = f"{payment}:{kind}"
    if town.happens(town.mix.doubled):
        other = event if town.happens(0.5) else f"{event}:again"
        town.start(deliver, town, order, other, kind, payment, when * town.rng.choice([1, 1, 3]))
    deliver(town, order, event, kind, payment, when)


def deliver(town: Town, order: Ordered, event: str, kind: Heard, payment: str, when: float) -> None:
    """What is just late comes while the caretaker lapses; one in four is sent once only."""
    town.sleep(when)
    if when == MINUTES:
        until_next_round(town)
    words = (town.acts.tell, order, event, kind, payment)
    perhaps(*words) if town.happens(0.25) else insist(town, *words)


def until_next_round(town: Town, early: float = 0) -> None:
    left = town.next_round - early - town.now()
    town.sleep(max(0, left) + town.rng.expovariate(500))


def counter(town: Town, order: Ordered) -> None:
    """Somebody wants the money back, some time: for one ticket on the order's page, or for all at the
    counter; perhaps twice at once."""
    town.sleep(town.rng.expovariate(1 / 5))
    some = town.happens(0.5)
    for _ in range(town.rng.randint(1, 2)):
        if some:
            town.start(insist, town, town.acts.give_back, order, town.rng.choice(order.seats))
        else:
            town.start(insist, town, town.acts.cancel, order)


def organiser(town: Town) -> None:
    """Cancel the performance, while it sells."""
    if town.mix.cancelled is not None:
        town.sleep(town.mix.cancelled)
        insist(town, town.acts.cancel_all)


def caretaker(town: Town) -> None:
    """Make rounds: often while orders run out, now and then afterwards."""
    for pause, minutes in (
        (town.mix.pause, town.mix.within + 40), (town.mix.latest / 5, 3.6 * town.mix.latest),
    ):  # fmt: skip
        for _ in range(int(minutes / pause)):
            town.next_round = town.now() + pause
            town.sleep(pause)
            perhaps(town.acts.rounds)
            if town.happens(0.02):
                perhaps(town.acts.reconcile)


def usher(town: Town, opens: float) -> None:
    """Scan every ticket when the doors open, some twice, some again since no answer came."""
    town.sleep(opens)
    for short in insist(town, town.acts.shorts) or []:
        for n in range(town.rng.randint(1, 2)):
            town.start(insist, town, town.acts.admit, short, f"{short}-{n}")
