"""What production refuses to start with. Settings ask; a mistake here would be a service without locks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

SHORTEST_KEY = 32
KEYS = {
    "SECRET_KEY": "HCIMS_SECRET_KEY",
    "BLIND_INDEX_KEY": "HCIMS_BLIND_INDEX_KEY",
    "AUDIT_SIGNING_KEY": "HCIMS_AUDIT_SIGNING_KEY",
    "ROUND_SIGNING_KEY": "HCIMS_ROUND_SIGNING_KEY",
}
HOW_TO_MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'


def dangers(settings: Mapping[str, Any]) -> list[str]:
    """Each reason not to start, with the variable that mends it. Shape: `settings` by the names of hcims/settings.py."""
    found = _keys(settings)
    if settings["DEBUG"]:
        found.append("HCIMS_DEBUG is on: error pages would show code and data. Unset it.")
    if settings["IS_SQLITE"] and not settings["ALLOW_SQLITE_IN_PRODUCTION"]:
        found.append("the database is SQLite. Set HCIMS_DATABASE_URL to PostgreSQL, or HCIMS_ALLOW_SQLITE=true.")
    if not settings["SECOND_FACTOR_COMPULSORY"]:
        found.append("HCIMS_SECOND_FACTOR is off: only the demo may relax it. Unset it.")
    if "*" in settings["ALLOWED_HOSTS"]:
        found.append("HCIMS_ALLOWED_HOSTS lets every host name in. Name the service's own.")
    return found + _address(settings["PUBLIC_URL"], settings["ALLOWED_HOSTS"])


def _address(public_url: str, allowed_hosts: list[str]) -> list[str]:
    """What is wrong with the address under which people reach the product; http only on the machine itself, and said so."""
    if not public_url:
        return ["HCIMS_PUBLIC_URL is not set: letters name it, and without https cookies travel in clear. Set it."]
    address = urlsplit(public_url)
    host = address.hostname or ""
    if address.scheme != "https" and (address.scheme, host) != ("http", "localhost"):
        return [
            "HCIMS_PUBLIC_URL is not https: sign-ins would travel in clear. Put a proxy with a certificate in front."
        ]
    if not any(host == each or (each[:1] == "." and f".{host}".endswith(each)) for each in allowed_hosts):
        return [f"HCIMS_ALLOWED_HOSTS does not name {host}, the host of HCIMS_PUBLIC_URL: every page would be refused."]
    return []


def _keys(settings: Mapping[str, Any]) -> list[str]:
    values = {variable: settings[name] for name, variable in KEYS.items()}
    values |= {"HCIMS_FIELD_KEYS" + f" (number {n})" * (n > 1): key for n, key in enumerate(settings["FIELD_KEYS"], 1)}
    found = [
        f"{variable} is the one printed in the source. Make one: {HOW_TO_MAKE_A_KEY}"
        for variable, value in values.items()
        if value == settings["INSECURE_KEY"]
    ]
    own = {variable: value for variable, value in values.items() if value != settings["INSECURE_KEY"]}
    found += [
        f"{variable} is shorter than {SHORTEST_KEY} characters."
        for variable, value in own.items()
        if len(value) < SHORTEST_KEY
    ]
    if not settings["FIELD_KEYS"]:
        found.append("HCIMS_FIELD_KEYS is empty: personal fields could not be encrypted.")
    if len(set(own.values())) < len(own):
        found.append("two keys are the same: give each purpose a key of its own, so that one can be changed alone.")
    return found
