"""Addresses whose names django-allauth asks for; only these of its pages exist (no sign-up, no mails, no reset by mail)."""

from django.urls import path

from accounts.views import second_factor, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/passkey/", sign_in.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/code/", sign_in.second_step, name="mfa_authenticate"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/again/", sign_in.password_again, name="account_reauthenticate"),
    path("account/again/code/", sign_in.code_again, name="mfa_reauthenticate"),
    path("account/again/passkey/", sign_in.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("account/second-factor/", second_factor.second_factors, name="mfa_index"),
    path("account/second-factor/app/", second_factor.set_up_app, name="mfa_activate_totp"),
    path("account/second-factor/passkey/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("account/second-factor/recovery-codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
]
