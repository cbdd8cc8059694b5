import pytest

from stage import Stage
from ticketing.cli.main import main


def test_a_report_takes_a_performances_name_or_its_id_and_no_other(
    world: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TICKETING_DATABASE_URL", world.desk.url)
    printed = []
    for name in (world.performance, world.slug(world.performance)):
        assert main(["report", "sales", "--performance", name, "--format", "json"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0].startswith("{")
    assert len({text.count("\n") for text in printed}) == 1
    assert main(["report", "sales", "--performance", "tiandishu"]) == 2
    said = capsys.readouterr().err
    assert "there is no performance 'tiandishu'" in said
    assert "link" not in said
