"""`flask documents requisites` prints JSON and nothing else, and asks no database."""

import json

from click.testing import CliRunner, Result

from documents.cli import group

TEXT = "ОТДЕЛ ОБРАЗОВАНИЯ\n\nПРИКАЗ\n\nот 30.07.2021\n\n№ 60/1\n\nОб итогах приказа от 12.03.2020 № 15\n"


def run(*words: str) -> Result:
    """The command as it runs without any application."""
    return CliRunner().invoke(group, ["requisites", *words])


def test_a_text_file_gives_one_object(tmp_path):
    file = tmp_path / "приказ.txt"
    file.write_text(TEXT, encoding="utf-8")

    found = json.loads(run(str(file), "--json").stdout)

    assert (found["file"], found["kind"], found["number"], found["date"]) == (
        "приказ.txt",
        "приказ",
        "60/1",
        "2021-07-30",
    )
    assert found["cited_acts"] == [
        {
            "kind": "приказ",
            "number": "15",
            "date": "2020-03-12",
            "authority": None,
            "title": None,
            "relation": "basis",
        }
    ]


def test_an_old_windows_text_is_read_too(tmp_path):
    file = tmp_path / "old.txt"
    file.write_bytes(TEXT.encode("cp1251"))

    assert json.loads(run(str(file), "--json").stdout)["issuing_authority"] == "ОТДЕЛ ОБРАЗОВАНИЯ"


def test_a_batch_gives_a_list_in_its_order(tmp_path):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"id": "b", "text": TEXT}, {"id": "a", "text": ""}]), encoding="utf-8")

    found = json.loads(run("--batch", str(file), "--json").stdout)

    assert [(row["id"], row["number"], row["cited_acts"] != []) for row in found] == [
        ("b", "60/1", True),
        ("a", None, False),
    ]


def test_neither_files_nor_a_batch_is_refused():
    assert run("--json").exit_code == 2


def test_a_batch_that_is_no_list_of_rows_is_refused(tmp_path):
    file = tmp_path / "rows.json"
    file.write_text("{", encoding="utf-8")

    assert run("--batch", str(file)).exit_code == 2
