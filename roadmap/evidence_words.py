"""The words by which forms of execution name documents, and the kind of document each stands for."""

import re

KINDS = (
    "order", "directive", "decree", "decision", "minutes", "minutes_extract", "contract", "letter", "memo",
    "report", "plan", "regulation", "concept", "list", "photo", "publication", "certificate", "other",
)  # fmt: skip

# (kinds, stem, endings of the nominative): the stem finds the word in any case; the nominative tells
# a document that is asked for («приказ, план») from one spoken of («приказ об утверждении плана»).
WORDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("order", "directive", "decree", "regulation"), r"локальн\w+(?: нормативн\w+)? акт", "|ы"),
    (
        ("order", "directive", "decree", "regulation"),
        r"(?:нормативн\w+|правов\w+|распорядительн\w+)"
        r"(?:[ -]правов\w+)? (?:акт|документ)",
        "|ы",
    ),
    (("order",), "приказ", "|ы"),
    (("directive",), "распоряжени", "е|я"),
    (("decree",), "постановлени", "е|я"),
    (("minutes_extract",), r"выписк", "а|и"),
    (("minutes",), "протокол", "|ы"),
    (("decision",), r"решени", "е|я"),
    (("decision",), r"резолюци", "я|и"),
    (("contract",), "договор", "|ы|а"),
    (("contract",), "соглашени", "е|я"),
    (("contract",), "контракт", "|ы"),
    (("letter",), "письм", "о|а"),
    (("memo",), r"(?:аналитическ\w+ |информационн\w+ )?справ(?:к|ок)", "а|и|"),
    (("memo",), r"(?:докладн|служебн|объяснительн|пояснительн)\w+(?: записк)?", "|а|и"),
    (("memo",), r"записк", "а|и"),
    (("photo",), r"фото\w*", ""),
    (("photo",), r"видео\w*", ""),
    (("photo",), r"снимк", "и"),
    (("report",), "отчет", "|ы"),
    (("report",), r"информаци", "я"),
    (("report",), r"сведени", "я"),
    (("report",), r"мониторинг", "|и"),
    (("report",), r"аналитическ\w+ (?:материал|отчет)", "|ы"),
    (("plan",), r"план-график", "|и"),
    (("plan",), r"план(?!ер|ир|ов)", "|ы"),
    (("plan",), r"график", "|и"),
    (("plan",), r"программ", "а|ы"),
    (("plan",), r"дорожн\w+ карт", "а|ы"),
    (("plan",), r"расписани", "е|я"),
    (("plan",), r"комплекс\w* мер", "|оприятий"),
    (("regulation",), r"положени", "е|я"),
    (("regulation",), r"поряд(?:ок|к)", "|и"),
    (("regulation",), r"регламент", "|ы"),
    (("regulation",), r"(?:правил|инструкци)", "а|я|и"),
    (("concept",), r"концепци", "я|и"),
    (("list",), r"спис(?:ок|к)", "|и"),
    (("list",), r"реестр", "|ы"),
    (("list",), r"переч(?:ень|н)", "|и"),
    (("publication",), r"ссылк", "а|и"),
    (("publication",), r"публикаци", "я|и"),
    (("publication",), r"стать", "я|и"),
    (("publication",), r"пост(?![а-я]{2})", "|ы"),
    (("publication",), r"скрин(?:шот)?", "|ы"),
    (("publication",), r"новост", "ь|и"),
    (("publication",), r"(?:веб-?)?сайт", "|ы"),
    (("publication",), r"размещени", "е|я"),
    (("certificate",), r"сертификат", "|ы"),
    (("certificate",), r"удостоверени", "е|я"),
    (("certificate",), r"свидетельств", "о|а"),
    (("certificate",), r"диплом", "|ы"),
    (("certificate",), r"грамот", "а|ы"),
)

# «В установленном порядке», «в положении» speak of a manner, and «на сайте» of a place.
MANNER = re.compile(
    r"\bв (?:\w+ ){0,2}(?:порядке|положении|планах|графике)\b|\bпо (?:\w+ )?(?:плану|графику|списку)\b"
)
PLACE_OF_PUBLICATION = re.compile(
    r"(?:на|с) (?:\w+ ){0,2}сайт|ссылк|публикац|в сми\b|соцсет|социальн\w+ сет|размещ"
)

ANY_CASE: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (kinds, re.compile(rf"\b{stem}\w*")) for kinds, stem, _ in WORDS
)
NOMINATIVE: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"\b{stem}(?:{endings})(?!\w)") for _, stem, endings in WORDS
)

# File names are often typed with Latin letters.
TRANSLITERATED = (
    ("order", r"prikaz"), ("directive", r"raspor\w+"), ("decree", r"postanov\w+"),
    ("minutes_extract", r"vypis\w+"),
    ("minutes", r"protokol"), ("decision", r"reshen\w+"), ("contract", r"(?:dogovor|soglashen|kontrakt)"),
    ("letter", r"pis['m]?mo"), ("memo", r"(?:spravka|zapiska)"), ("report", r"(?:otche?t|report)"),
    ("plan", r"(?:plan|grafik|programm)"), ("regulation", r"(?:polozhen|polojen|poryadok|reglament)"),
    ("concept", r"(?:koncep|kontsep)"), ("list", r"(?:spisok|spiski|reestr|perechen)"),
    ("photo", r"(?:photo|foto|img[_ -]?\d|dsc[_ -]?\d|image\d|video)"),
    ("publication", r"(?:screen|skrin|ssylka)"),
    ("certificate", r"(?:sertifikat|certificate|udostover|diplom)"),
)  # fmt: skip
PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif", ".bmp", ".mp4", ".mov")
