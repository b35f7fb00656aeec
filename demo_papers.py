"""The archive and the orders of the demonstration: acts filed as a clerk would, one of them under control."""

import io
import json
from datetime import date
from typing import Any

import click
from docx import Document as Paper

from accounts.models import User
from config import ROOT
from core.clock import today
from core.db import db
from demo_year import District, moment_of
from documents.kinds import DocumentKind
from documents.models import Document, Recognition
from documents.queries import named_in
from documents.services import (
    Upload,
    add_draft,
    begin_reading,
    edit_requisites,
    file_document,
    read_on,
    recognise_all,
)
from orders.models import AgreementMode, Decision, Order, Register
from orders.services.acknowledgement import acknowledge, name_readers
from orders.services.agreement import Asked, give_visa, name_visas, send_for_agreement
from orders.services.control import confirm_proposals, propose
from orders.services.drafting import ItemFacts, OrderFacts, draft_order, take_from_archive
from orders.services.papers import print_order
from orders.services.registers import RegisterFacts, open_register
from orders.services.signing import Signature, register_order, sign_order

PAPERS = ROOT / "docs" / "demo" / "papers.json"
HEAD = ("Председатель комитета", "Т.Г. Боярышникова")


def tell_papers(district: District, year: int) -> None:
    """Fill the archive, leave two papers in the inbox, take an act under control, issue orders."""
    text = PAPERS.read_text(encoding="utf-8").replace("{y}", str(year)).replace("{p}", str(year - 1))
    told: dict[str, Any] = json.loads(text)
    with click.progressbar(told["archive"], label="  archive") as papers:
        for paper in papers:
            document = filed(district, paper)
            if paper.get("control"):
                take_under_control(district, document)
    with click.progressbar(told["inbox"], label="  inbox") as papers:
        for paper in papers:
            drafted(district, paper)
    register = open_register(
        district.bodies["municipality"], RegisterFacts("Приказы по основной деятельности", "{n}-од"),
        document_kind=DocumentKind.ORDER, index="01-07", by=clerk_of(district),
    )  # fmt: skip
    with click.progressbar(told["orders"], label="  orders") as acts:
        for act in acts:
            issue(district, register, act)


def clerk_of(district: District) -> User:
    return district.people["deloproizvoditel"]


def drafted(district: District, paper: dict[str, Any]) -> Document:
    """A file in the inbox with everything recognised, as the worker would have it a minute later."""
    with moment_of(date.fromisoformat(paper["day"])):
        upload = Upload(paper["name"], word_of(paper["lines"]))
        document = add_draft(district.bodies["municipality"], upload, by=clerk_of(district))
        begin_reading(document)
        assert document.latest
        read_on(document.latest.sha256)
        recognise_all(document.latest.sha256)
    return document


def filed(district: District, paper: dict[str, Any]) -> Document:
    """A draft accepted with what was recognised in it."""
    document = drafted(district, paper)
    found = db.session.get_one(Recognition, document.id).found
    values: dict[str, Any] = {name: field["value"] for name, field in found.items()}
    values["date"] = date.fromisoformat(values["date"])
    with moment_of(date.fromisoformat(paper["day"]), 15):
        citations = [citation.id for citation in named_in(document)]
        file_document(document, by=clerk_of(district), citations=citations, **values)
        edit_requisites(document, by=clerk_of(district), case_file_index=paper["case"])
    return document


def word_of(lines: list[str]) -> io.BytesIO:
    """A short Word document of these paragraphs."""
    paper, written = Paper(), io.BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(written)
    written.seek(0)
    return written


def take_under_control(district: District, document: Document) -> None:
    """What an archived act assigns becomes measures, as proposed from its text."""
    by = district.coordinator
    with moment_of(document.date or today(), 16):
        order = take_from_archive(document, district.bodies["municipality"], by=by)
        propose(order, by=by)
        confirm_proposals(order, by=by)


def issue(district: District, register: Register, act: dict[str, Any]) -> None:
    """An order from its draft: sent round for visas, or on to signing, the register and control."""
    by, checker = clerk_of(district), district.checker
    items = tuple(ItemFacts(text, executor=who, due_text=due) for text, who, due in act["items"])
    facts = OrderFacts(act["title"], preamble=act["preamble"], items=items, place="с. Приозёрное",
                       signatory_position=HEAD[0], signatory_name=HEAD[1])  # fmt: skip
    order = draft_order(district.bodies["municipality"], facts, by=by)
    print_order(order, by=by)
    name_visas(order, [Asked(checker.id)], mode=AgreementMode.PARALLEL, by=by)
    send_for_agreement(order, by=by)
    if act["goes_to"] == "control":
        carry_out(district, register, order)


def carry_out(district: District, register: Register, order: Order) -> None:
    """Agreed, signed, registered, read by those concerned, and under control."""
    by = clerk_of(district)
    give_visa(order, Decision.AGREED, by=district.checker)
    sign_order(order, Signature(*HEAD, signed_on=today()), by=by)
    register_order(order, register, by=by)
    print_order(order, by=by)
    name_readers(order, [district.people["metodist"], district.people["shkola1"]], by=by)
    acknowledge(order, by=district.people["metodist"])
    propose(order, by=district.coordinator)
    confirm_proposals(order, by=district.coordinator)
