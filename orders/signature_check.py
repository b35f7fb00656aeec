"""A detached signature against the bytes it may stand for; runs in the limited subprocess.

OpenSSL does the checking, where it is installed. What it does not know, above all GOST, is said to be
unknown, never wrong. Only the signature is checked, not who issued the certificate; nothing is ever called
qualified here.
"""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from documents.intake.signatures import signed_data

SECONDS = 5
#: Digests that say something today (RFC 5754); sha1 and md5 no longer do.
_DIGESTS = {"2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"}
_DIGEST = re.compile(r"digestAlgorithm:\s+algorithm: .*?\(([\d.]+)\)")
_GOST = re.compile(r"\(1\.2\.643\.[\d.]+\)")
_TIME = re.compile(
    r"object: signingTime .*?(?:UTCTIME|GENERALIZEDTIME):(\w{3}\s+\d+ [\d:]+ \d{4}) GMT", re.DOTALL
)
_NAME = re.compile(r"^ {4}(commonName|organizationName)=(.+)$", re.MULTILINE)
_UNTIL = re.compile(r"^notAfter=(.+) GMT$", re.MULTILINE)


def check_signature(signature: str, files: list[str]) -> dict[str, Any]:
    """What is known of the signature at `signature`, and which of `files` (paths) it stands for.

    {"problem": "" or why it cannot be checked, "file": place in `files` or None, "signer", "issuer",
    "signed_at", "valid_until": texts, empty when unknown}.
    """
    found: dict[str, Any] = {"problem": "", "file": None}
    found |= dict.fromkeys(("signer", "issuer", "signed_at", "valid_until"), "")
    data = signed_data(Path(signature).read_bytes())
    if data is None:
        return found | {"problem": "no_signature"}
    if shutil.which("openssl") is None:
        return found | {"problem": "no_program"}
    with tempfile.TemporaryDirectory(prefix="vekha-signature-") as folder:
        source = Path(folder) / "signature.der"
        source.write_bytes(data)
        verdict = _verdict(source, files, folder)
        return found | verdict | _read(source, folder)


def _read(source: Path, folder: str) -> dict[str, Any]:
    """Who signed and when, as the file says."""
    own = Path(folder) / "signer.pem"
    if not own.is_file():  # the signature did not fit: then the first certificate says whose it claims to be
        own.write_bytes(_openssl("pkcs7", "-inform", "DER", "-in", str(source), "-print_certs").stdout)
    options = ("-noout", "-subject", "-issuer", "-dates", "-nameopt", "utf8,sep_multiline,lname,-esc_msb")
    told = _openssl("x509", "-in", str(own), *options).stdout.decode(errors="replace")
    subject, _, issuer = told.partition("issuer=")
    until = _UNTIL.search(told)
    return {
        "signer": _named(subject), "issuer": _named(issuer), "signed_at": _moment(_TIME, _printed(source)),
        "valid_until": _iso(until[1]) if until else "",
    }  # fmt: skip


def _named(text: str) -> str:
    """«Рогожина В. С., Комитет образования» of a distinguished name."""
    parts = dict(reversed(_NAME.findall(text)))
    names = [parts.get("commonName", "").strip(), parts.get("organizationName", "").strip()]
    return ", ".join(dict.fromkeys(name for name in names if name))[:300]


def _moment(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return _iso(found[1]) if found else ""


def _iso(printed: str) -> str:
    try:
        moment = datetime.strptime(" ".join(printed.split()) + " +0000", "%b %d %H:%M:%S %Y %z")
    except ValueError:
        return ""
    return moment.isoformat()


def _printed(source: Path) -> str:
    """The structure in words, as OpenSSL prints it."""
    arguments = ("cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", str(source))
    return _openssl(*arguments).stdout.decode(errors="replace")


def _verdict(source: Path, files: list[str], folder: str) -> dict[str, Any]:
    words = _printed(source)
    digests = set(_DIGEST.findall(words))
    if _GOST.search(words):
        return {"problem": "gost"}
    if not digests or digests - _DIGESTS:
        return {"problem": "algorithm"}
    for place, file in enumerate(files):
        answer = _openssl(
            "cms", "-verify", "-binary", "-noverify", "-inform", "DER", "-in", str(source),
            "-content", file, "-out", os.devnull, "-signer", str(Path(folder) / "signer.pem"),
        )  # fmt: skip
        if answer.returncode == 0:
            return {"problem": "", "file": place}
        if b"signer certificate not found" in answer.stderr:
            return {"problem": "no_certificate"}
    return {"problem": ""}


def _openssl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["openssl", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "OPENSSL_CONF": os.devnull},
        check=False,
    )
