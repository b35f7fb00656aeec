"""The settings of the running instance, and hashes under its key, for rooms that know no HTTP."""

import hashlib
import hmac

from flask import Flask, current_app

from config import Settings


def settings() -> Settings:
    """The settings the application was started with."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def application() -> Flask:
    """The running application."""
    found: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return found


def keyed_hash(purpose: str, text: str) -> str:
    """HMAC-SHA256 of `text` under the instance's secret key, 64 hex digits; purposes never collide."""
    key = current_app.config["SECRET_KEY"]
    return hmac.new(key.encode(), f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()
