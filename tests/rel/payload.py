"""One form that fills every form: good values for all fields that any page has."""

PAYLOAD = {
    "note": "Нужно уточнить", "reason": "Болезнь лектора", "ground": "приказ от 01.02.2026 № 5", "do": "refuse",
    "text": "Семинар проведён", "comment-text": "Ждём приказ", "answer-text": "Зал найден", "claim": "in_progress",
    "title": "Наставничество", "name": "Школа у озера", "short_name": "Школа", "number": "2", "position": "1",
    "year_from": "2026", "year_to": "2027", "plan_kind": "roadmap", "period": "2026 год", "period_text": "2026",
    "wanted_end": "01.10.2027", "new_end": "01.10.2027", "end": "01.10.2027", "start": "01.09.2027",
    "due_text": "до 01.10.2027", "as_of": "20.11.2026", "done_on": "01.10.2026", "day": "01.10.2026",
    "executors": "Школа № 1", "condition": "", "form_of_execution": "Приказ", "measure": "1", "section": "1",
    "level": "institution", "surname": "Новиков", "login": "novikov", "email": "novikov@example.ru", "role": "reader",
    "kind": "order", "url": "https://example.ru/news/1", "size": "l", "language": "en", "password": "озёрная тропа",
    "term_shift": "preceding", "remind_days": "7", "back": "/", "key": "k1",
}  # fmt: skip
