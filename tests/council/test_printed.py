"""What minutes say: in full, in short, as an extract."""

import pytest
import time_machine

from council.models import Choice, Presence
from council.printed import MinutesForm, printed
from council.rules import Rules
from council.services.attendance import mark_attendance
from council.services.deciding import decide_item, note_item, withdraw_item
from council.services.sittings import close_sitting
from council.services.voting import cast_vote, open_voting
from tests.council import scene as scenes

FULL, SHORT, EXTRACT = MinutesForm.FULL, MinutesForm.SHORT, MinutesForm.EXTRACT
F, R, A, X = Choice.FOR, Choice.FOR_WITH_REMARKS, Choice.AGAINST, Choice.ABSTAINED


@pytest.fixture
def held(scene):
    """Two items: one decided with all kinds of votes, one taken off; one member away, a guest in the hall."""
    sitting = scene.planned("О школах", "О дорогах", guests="Озеров О. О., директор школы")
    sitting = scene.opened(sitting, present=8)
    away = sitting.voters[-1]
    mark_attendance(sitting, {away.id: Presence.ABSENT}, reasons={away.id: "отпуск"}, by=scene.secretary)
    sitting = scene.seen(sitting)
    open_voting(sitting.items[0], by=scene.secretary)
    item = scene.voted(scene.seen(sitting).items[0], [F, R, F, F, F, F, A, X])
    said = {"heard": "Тополеву С. М.\nО подготовке зданий", "spoke": "Берёзкин А. А."}
    note_item(item, **said, decisions=scenes.DECISIONS, by=scene.secretary)
    decide_item(item, by=scene.chair)
    withdraw_item(scene.seen(sitting).items[1], reason="Нет докладчика", by=scene.secretary)
    close_sitting(sitting, by=scene.secretary)
    return scene.seen(sitting)


def test_full_minutes_tell_who_was_there_who_spoke_and_who_voted_how(held):
    said = printed(held, FULL)

    assert (said["kind"], said["number"], said["date"]) == ("ПРОТОКОЛ", "1", "27 января 2027 г.")
    head = "\n".join(said["head"])
    assert f"Отсутствовали: {held.voters[-1].name}, Специалист (отпуск)" in head
    assert "Приглашены: Озеров О. О., директор школы." in head
    assert "Членов с правом голоса: 9, присутствуют 8. Кворум" in head
    school, roads = said["items"]
    assert school["heard"] == ["СЛУШАЛИ: Тополеву С. М.", "О подготовке зданий"]
    assert school["spoke"] == ["ВЫСТУПИЛИ: Берёзкин А. А."]
    figures, named, remark = school["voted"]
    assert figures.startswith("ГОЛОСОВАЛИ: за — 6, против — 1, воздержались — 1. Для решения нужно 5")
    assert f"{held.voters[6].name} — против" in named
    assert remark == f"Замечание ({held.voters[1].name}): Уточнить п. 2"
    assert school["decided"] == [
        "РЕШИЛИ: Решение принято.",
        "1.1. Отчёт рассмотреть.",
        "1.2. Провести сверку показателей. Ответственный: Отдел общего образования. Срок: до 01.03.2027.",
    ]
    assert roads["decided"] == ["РЕШИЛИ: Вопрос снят с рассмотрения."]
    assert "Нет докладчика" in roads["spoke"][0]


def test_short_minutes_leave_the_talk_out(held):
    short, full = printed(held, SHORT), printed(held, FULL)

    assert [item["heard"] + item["spoke"] for item in short["items"]] == [[], []]
    assert [item["decided"] for item in short["items"]] == [item["decided"] for item in full["items"]]
    assert short["signatures"] == full["signatures"]


def test_an_extract_repeats_one_item_and_is_certified_by_the_secretary(held):
    said = printed(held, EXTRACT, held.items[0])

    assert said["kind"] == "ВЫПИСКА ИЗ ПРОТОКОЛА"
    assert [item["title"] for item in said["items"]] == ["1. О школах"]
    assert not any("Отсутствовали" in line for line in said["head"])
    assert said["signatures"] == [{"post": "Верно. Секретарь", "name": held.secretary.name}]


def test_minutes_of_a_secret_vote_name_nobody(session):
    with time_machine.travel(scenes.NOW, tick=True):
        scene = scenes.build(Rules(is_secret=True))
        item = scene.voting()
        for person in scene.voters:
            cast_vote(item, F, by=person)
        decide_item(scene.seen(item.sitting).items[0], by=scene.chair)
        said = printed(scene.seen(item.sitting), FULL)["items"][0]["voted"]

    assert len(said) == 1
    assert said[0].startswith("ГОЛОСОВАЛИ (тайно): за — 9, против — 0, воздержались — 0.")
