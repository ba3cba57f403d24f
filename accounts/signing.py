"""Signing somebody in who has just proved who he or she is by a letter's code."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse


def sign_in_now(request: HttpRequest, user: Any, where: str) -> HttpResponse:
    """This function will sign the user in, as if name and password had just been typed, and lead to `where`."""
    login = Login(user=user, redirect_url=where)
    response: HttpResponse = perform_password_login(request, {"username": user.login}, login)
    return response
