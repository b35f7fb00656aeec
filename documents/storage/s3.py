"""The store as a bucket of an S3-compatible server. Keys to it come from the usual AWS_* variables."""

import base64
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from documents.storage import CHUNK, FileLost, Kept, StorageDown, StoredBlob, hash_in, key_of

#: What makes boto3 understood by every server of this kind (stack.md §5). One try: the person may repeat.
CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    retries={"total_max_attempts": 1},
    connect_timeout=5,
    read_timeout=60,
)
ABSENT = ("404", "NoSuchKey", "NotFound")


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        lost = error.response.get("Error", {}).get("Code") in ABSENT
        raise (FileLost() if lost else StorageDown()) from error
    except BotoCoreError as error:
        raise StorageDown() from error


class S3Store:
    """Blobs under sha256/ab/cd/… of one bucket."""

    def __init__(self, bucket: str, *, endpoint: str = "", region: str = "us-east-1") -> None:
        self.bucket = bucket
        self._client: Any = boto3.client(
            "s3", endpoint_url=endpoint or None, region_name=region, config=CONFIG
        )

    def put(self, stream: BinaryIO) -> StoredBlob:
        with tempfile.TemporaryFile() as file:
            blob, md5 = _copy(stream, cast(BinaryIO, file))
            file.seek(0)
            with _refusing():
                self._client.put_object(
                    Bucket=self.bucket,
                    Key=key_of(blob.sha256),
                    Body=file,
                    ContentLength=blob.size,
                    ContentMD5=base64.b64encode(md5).decode(),
                )
        return blob

    def open(self, sha256: str) -> BinaryIO:
        with _refusing():
            body = self._client.get_object(Bucket=self.bucket, Key=key_of(sha256))["Body"]
        return cast(BinaryIO, body)

    def stat(self, sha256: str) -> StoredBlob | None:
        try:
            with _refusing():
                found = self._client.head_object(Bucket=self.bucket, Key=key_of(sha256))
        except FileLost:
            return None
        return StoredBlob(sha256, int(found["ContentLength"]))

    def delete(self, sha256: str) -> None:
        with _refusing():
            self._client.delete_object(Bucket=self.bucket, Key=key_of(sha256))

    @contextmanager
    def at_path(self, sha256: str) -> Iterator[Path]:
        with tempfile.NamedTemporaryFile(prefix="vekha-") as file:
            body = self.open(sha256)
            while chunk := body.read(CHUNK):
                file.write(chunk)
            file.flush()
            yield Path(file.name)

    def kept(self) -> Iterator[Kept]:
        with _refusing():
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
                for found in page.get("Contents", []):
                    key = found["Key"]
                    yield Kept(key, hash_in(key), int(found["Size"]), found["LastModified"])

    def sweep(self, found: Kept, *, before: datetime) -> bool:
        with _refusing():
            facts = self._client.head_object(Bucket=self.bucket, Key=found.key)
            if facts["LastModified"] >= before:
                return False
            self._client.delete_object(Bucket=self.bucket, Key=found.key)
        return True


def _copy(stream: BinaryIO, file: BinaryIO) -> tuple[StoredBlob, bytes]:
    """The stream as a file that can be sent with its length; its hash and the MD5 that the server checks."""
    digest, sent, size = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        sent.update(chunk)
        size += len(chunk)
        file.write(chunk)
    return StoredBlob(digest.hexdigest(), size), sent.digest()
