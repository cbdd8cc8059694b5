"""Evenings at four gates half an hour apart: every second person is reported, and nothing else."""

from pathlib import Path

import pytest

import databases
from evenings import Outcome, play, said
from ticketing.admission.offline import conflicts

EVENINGS = 12  # make simulate plays forty


def test_every_second_person_is_reported_and_nothing_else(
    seeded_sqlite: Path, tmp_path: Path
) -> None:
    outcome = Outcome()
    for seed in range(EVENINGS):
        play(databases.sqlite_copy(seeded_sqlite, tmp_path), seed, outcome)
    print(said(outcome))
    assert outcome.differences == []
    assert outcome.reported == outcome.second > EVENINGS
    assert outcome.turned_away > EVENINGS


@pytest.mark.pg
def test_on_postgresql_too(cluster: str, seeded_postgres: str) -> None:
    outcome = Outcome()
    for seed in range(4):
        with databases.postgres_copy(cluster, seeded_postgres) as url:
            play(url, seed, outcome)
    assert outcome.differences == []
    assert outcome.reported == outcome.second > 0


def test_control_without_the_look_back_second_people_go_unreported(
    seeded_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflicts, "of_ticket", lambda _tx, _ticket: [])
    outcome = Outcome()
    play(databases.sqlite_copy(seeded_sqlite, tmp_path), 0, outcome)
    assert outcome.reported < outcome.second
    assert any("was not reported" in each for each in outcome.differences)
