"""Word files with plans, made on the spot: sections, rows, and edited copies of them."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

import docx

from documents.services import Upload

TITLES = ("№", "Мероприятие", "Ожидаемый результат", "Срок", "Исполнитель", "Форма исполнения")
Row = tuple[str, ...]


@dataclass
class PlanFile:
    """A plan as a Word table: sections as (title, rows), each row with a text per column."""

    sections: list[tuple[str, list[Row]]]
    title: str = "План мероприятий («Дорожная карта») «Наставник» на 2027 год"
    columns: tuple[str, ...] = TITLES
    above: list[str] = field(default_factory=list)

    def bytes(self) -> bytes:
        paper = docx.Document()
        for text in [*self.above, self.title]:
            paper.add_paragraph(text)
        table = paper.add_table(rows=0, cols=len(self.columns))
        fill(table.add_row().cells, self.columns)
        for heading, rows in self.sections:
            if heading:
                cells = table.add_row().cells
                cells[0].merge(cells[-1]).text = heading
            for row in rows:
                fill(table.add_row().cells, row)
        out = io.BytesIO()
        paper.save(out)
        return out.getvalue()

    def upload(self, name: str = "План.docx") -> Upload:
        return Upload(name, io.BytesIO(self.bytes()))


def fill(cells: Iterable[object], texts: Iterable[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text  # type: ignore[attr-defined]


def two_sections() -> PlanFile:
    """A plan of five measures in two sections."""
    return PlanFile(
        [
            (
                "1. Кадры",
                [
                    (
                        "1.1",
                        "Провести семинар наставников",
                        "Семинар проведён",
                        "до 30.06.2027",
                        "Школа",
                        "Приказ",
                    ),
                    ("1.2", "Утвердить положение о конкурсе", "Положение", "сентябрь", "Школа", "Приказ"),
                    ("1.3", "Обучить молодых учителей", "Обучены 20", "ежеквартально", "Служба", "Справка"),
                ],
            ),
            (
                "2. Итоги",
                [
                    ("2.1", "Подготовить отчёт совету", "Отчёт", "декабрь 2027 года", "Служба", "Отчёт"),
                    (
                        "2.4",
                        "Опубликовать итоги на сайте",
                        "Публикация",
                        "до 31.06.2027",
                        "Служба",
                        "Скриншот",
                    ),
                ],
            ),
        ]
    )
