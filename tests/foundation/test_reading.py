"""How Chinese is typed by those who look for it."""

import pytest

from ticketing.foundation.reading import search_text


def test_names_pinyin_and_initials_are_all_there() -> None:
    found = search_text({"zh": "天地树", "en": "Tree of Heaven and Earth"})
    assert found == "天地树 tree of heaven and earth tiandishu tds"


@pytest.mark.parametrize("typed", ["张振航", "zhang zhenhang", "zhangzhenhang", "zzh"])
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    assert typed in search_text({"zh": "张振航", "en": "Zhang Zhenhang"})


def test_a_reading_that_is_given_replaces_the_computed_one() -> None:
    found = search_text({"zh": "重山", "en": ""}, ["chong shan"]).split()
    assert found == ["重山", "chongshan", "cs"]


def test_signs_that_have_no_reading_are_left_out() -> None:
    assert search_text({"zh": "湖上·🎭“夜”"}).split()[-2:] == ["hushangye", "hsy"]
