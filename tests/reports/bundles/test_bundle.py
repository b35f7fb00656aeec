"""An inspection bundle: what is in it, that it is the same every time, and that it checks itself offline."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from core.db import transaction
from core.errors import NotFound, NotYours
from core.outbox import publish  # noqa: F401  (the worker's table is known)
from core.worker import run_due
from documents.models import Confidentiality
from reports.bundles import services, verify
from reports.bundles.making import archive_of
from reports.bundles.queries import bundle_of
from reports.bundles.services import ask_bundle
from tests import factories


def members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_it_holds_the_report_its_evidence_the_journal_and_the_sums(archive, bundle):
    inside = members(archive)

    assert {
        "index.html", "manifest.json", "opis.csv", "journal.jsonl", "report/report.docx", "report/data.json",
        "verify.py", "blocks.json", "SHA256SUMS",
    } <= inside.keys()  # fmt: skip
    assert len([name for name in inside if name.startswith("evidence/")]) == 2
    assert verify.sha256(inside["report/report.docx"]) == bundle.report_version.stamped_sha256
    assert verify.sha256(inside["SHA256SUMS"]) == bundle.seal


def test_the_same_bundle_has_the_same_bytes(archive, bundle, told):
    told.version(told.report("2027 год"))

    again, seal = archive_of(bundle)

    assert again == archive
    assert seal == bundle.seal


def test_a_whole_bundle_has_no_faults(archive, bundle, tmp_path: Path):
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        found.extractall(tmp_path)

    assert list(verify.archive_faults(archive, bundle.seal)) == []
    assert list(verify.faults(verify.folder_members(str(tmp_path)), bundle.seal)) == []


def test_its_own_script_checks_it_without_anything_of_ours(archive, bundle, tmp_path: Path):
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        found.extractall(tmp_path / "bundle")
    (tmp_path / "bundle.zip").write_bytes(archive)

    def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
        script = [sys.executable, "-I", "-B", str(tmp_path / "bundle" / "verify.py"), *arguments]
        return subprocess.run(script, capture_output=True, text=True, cwd=tmp_path, check=False)

    assert asked().returncode == 0, asked().stdout
    assert asked("bundle.zip", "--seal", bundle.seal).returncode == 0
    (tmp_path / "bundle" / "opis.csv").write_bytes(b"x")
    refused = asked()
    assert (refused.returncode, "opis.csv" in refused.stdout) == (1, True)
    assert asked("bundle.zip", "--seal", "0" * 64).returncode == 1


def test_the_script_needs_the_standard_library_only():
    names = {line.split()[1].split(".")[0] for line in Path(verify.__file__).read_text("utf-8").splitlines()
             if line.startswith(("import ", "from "))}  # fmt: skip

    assert names <= set(sys.stdlib_module_names)


def test_the_index_needs_nothing_around_it(archive):
    page = members(archive)["index.html"].decode()

    assert "<style>" in page and "<script" not in page and "http" not in page
    assert "Опись" in page


def test_the_journal_of_the_bundle_carries_the_chain(archive, told, bundle):
    entries = [json.loads(line) for line in members(archive)["journal.jsonl"].decode().splitlines()]

    scopes = {f"plan:{told.plan.id}", f"report:{bundle.report_version.report_id}"}
    assert {entry["scope"] for entry in entries} == scopes
    assert all(len(entry["mac"]) == 64 and len(entry["chain"]) == 64 for entry in entries)
    assert entries[-1]["action"].startswith("report_version.")


def test_what_the_asker_may_not_read_stays_out_and_is_named(told):
    with transaction():
        told.measures[0].dossier.access = Confidentiality.RESTRICTED
    data, _seal = archive_of(ask_bundle(told.decided(), by=told.coordinator))

    inside = members(data)

    assert len([name for name in inside if name.startswith("evidence/")]) == 1
    assert "доступ ограничен" in inside["opis.csv"].decode("utf-8-sig")


def test_a_large_bundle_is_packed_by_the_worker(told, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "AT_ONCE", 10)
    bundle = ask_bundle(told.decided(), by=told.coordinator)
    was_ready = bundle.is_ready

    run_due()

    assert not was_ready and bundle_of(bundle.id, seen_by=told.coordinator).is_ready


def test_a_bundle_is_for_whoever_asked(bundle, told):
    with pytest.raises(NotFound):
        bundle_of(bundle.id, seen_by=told.secretary)
    with pytest.raises(NotYours):
        ask_bundle(bundle.report_version, by=told.executor)


def test_the_page_gives_the_bundle_with_its_seal(told, bundle, signed_in, archive):
    browser = signed_in(told.coordinator)
    page = browser.get(f"/reports/{bundle.report_version.report_id}/versions/1/bundles").get_data(
        as_text=True
    )

    assert bundle.seal in page
    assert browser.get(f"/reports/bundles/{bundle.id}.zip").data == archive
    assert signed_in(factories.coordinator()).get(f"/reports/bundles/{bundle.id}.zip").status_code == 404
