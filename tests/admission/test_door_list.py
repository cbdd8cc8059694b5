"""The list on paper at a gate holds those whom that gate lets in."""

from evening import evening_of
from ticketing.admission.queries import door_list


def test_a_gates_list_holds_its_sections_alone(world_url: str) -> None:
    with evening_of(world_url) as evening:
        evening.ticket()
        at = evening.performance
        read = evening.world.desk.read_now
        everyone = read(door_list, at.id, at.plan_id, ())
        assert [one.section.key for row in everyone for one in row] == ["stool"]
        assert read(door_list, at.id, at.plan_id, ("cushion", "chair")) == []
        assert read(door_list, at.id, at.plan_id, ("stool",)) == everyone


def test_who_left_no_contact_has_none(world_url: str) -> None:
    with evening_of(world_url) as evening:
        at, world = evening.performance, evening.world
        world.sell_at_counter(world.seats(1))
        ((one,),) = world.desk.read_now(door_list, at.id, at.plan_id)
        assert (one.name, one.contact) == ("", "")
