"""Looks for a word everywhere the product could have left it: as text, and in the disguises in which bytes travel.

Used by the proof that what is confidential is found nowhere. Each place answers with sentences: where the word stands.
"""

from __future__ import annotations

import base64
import gzip
import io
import logging
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection

# All that a browser keeps for a page and its service worker, as one text.
KEPT_BY_THE_BROWSER = """async () => {
  const kept = [location.href, document.title, document.cookie, window.name, JSON.stringify(history.state)];
  kept.push(JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) kept.push(request.url, await (await cache.match(request)).text());
  }
  const plain = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? String.fromCharCode(...new Uint8Array(value.buffer || value)) : value && typeof value === "object"
    ? Object.entries(value).map(([name, one]) => name + ":" + plain(one)).join(";") : String(value);
  for (const {name} of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([rows.getAllKeys(), rows.getAll()].map((request) =>
        new Promise((done) => { request.onsuccess = () => done(request.result); })));
      kept.push(plain(keys), plain(values));
    }
    database.close();
  }
  return kept.join("\\n");
}"""


@cache
def disguises(word: str) -> set[bytes]:
    """The word as it may stand in bytes: UTF-8 and UTF-16, any case, hexadecimal, base64 at each offset, in an address."""
    plain = word.encode()
    found = {plain, plain.upper(), plain.lower(), word.encode("utf-16-le"), plain.hex().encode(), quote(word).encode()}
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + plain)
        whole = encoded[4 if offset else 0 : len(encoded) // 4 * 4 - 4]  # without the ends, which the neighbours change
        found |= {whole, whole.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def stands_in(word: str, content: bytes | str) -> bool:
    """Whether the word stands in the content, also where that is compressed by gzip or zlib as a whole."""
    raw = content.encode(errors="replace") if isinstance(content, str) else bytes(content)
    looks = [raw]
    for unpack in (gzip.decompress, zlib.decompress):
        try:
            looks.append(unpack(raw))
        except (OSError, EOFError, zlib.error):
            continue
    return any(disguise in look for disguise in disguises(word) for look in looks)


def in_tables(word: str) -> Iterator[str]:
    """Every column of every table, whatever the models say."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")
            columns = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    content = value if isinstance(value, bytes | memoryview) else str(value)
                    if value is not None and stands_in(
                        word, bytes(content) if not isinstance(content, str) else content
                    ):
                        yield f"table {table}, column {column}"


def in_dump(word: str) -> Iterator[str]:
    """What `manage.py dumpdata` gives."""
    output = io.StringIO()
    call_command("dumpdata", stdout=output)
    if stands_in(word, output.getvalue()):
        yield "dumpdata"


def in_files(word: str, folders: Iterable[Path]) -> Iterator[str]:
    """Every file below the folders, the database's own and its journals among them."""
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            if stands_in(word, _content(path)):
                yield f"file {path.name}"


def _content(path: Path) -> bytes:
    """The file's bytes. A database's own are read by another process: closing the file in this one would let go of the
    locks that SQLite holds on it (POSIX gives them up with any descriptor), and the next writer would meet an I/O error."""
    if ".sqlite3" in path.name:
        return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout
    return path.read_bytes()


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """All that any logger says at any level, while the body runs."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s %(args)s %(exc_text)s"))
    names = ["", *(name for name, each in logging.root.manager.loggerDict.items() if isinstance(each, logging.Logger))]
    loggers = [logging.getLogger(name) for name in names]
    before = [(each.level, each.disabled, each.propagate) for each in loggers]
    for each in loggers:
        each.addHandler(handler)
        each.setLevel(1)
        each.disabled = False
    try:
        yield output
    finally:
        for each, (level, disabled, propagate) in zip(loggers, before, strict=True):
            each.removeHandler(handler)
            each.setLevel(level)
            each.disabled, each.propagate = disabled, propagate


def in_browser(word: str, page: Any) -> Iterator[str]:
    """What the browser keeps beside the document: storage, caches, cookies, address, title."""
    if stands_in(word, page.evaluate(KEPT_BY_THE_BROWSER)):
        yield "the browser's storage"
    if any(stands_in(word, str(cookie)) for cookie in page.context.cookies()):
        yield "a cookie"
