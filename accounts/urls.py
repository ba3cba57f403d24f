"""Pages about accounts and appointments. (Signing in: `sign_in_urls`, under the names that django-allauth knows.)"""

from django.urls import path

from accounts.views import account, accounts, appointments, roles, second_factor, sign_in

app_name = "accounts"
urlpatterns = [
    path("activate/", sign_in.activate, name="activate"),
    path("signed-out/", sign_in.signed_out, name="signed_out"),
    path("account/", account.account, name="account"),
    path("account/language/", account.language, name="language"),
    path("account/password/", account.password, name="password"),
    path("account/sessions/", account.sittings, name="sessions"),
    path("account/phone/", account.phone, name="phone"),
    path("account/phone/<str:ref>/stop/", account.stop_phone_change, name="stop_phone_change"),
    path("account/data/", account.data_use, name="data_use"),
    path("account/second-factor/", second_factor.second_factors, name="second_factor"),
    path("account/second-factor/<str:ref>/remove/", second_factor.remove_factor, name="remove_factor"),
    path("roles/", roles.roles, name="roles"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/propose/", appointments.propose, name="propose"),
    path("appointments/people/", appointments.people, name="people"),
    path("appointments/units/", appointments.units, name="units"),
    path("appointments/<str:ref>/", appointments.appointment, name="appointment"),
    path("appointments/<str:ref>/approve/", appointments.approve, name="approve"),
    path("appointments/<str:ref>/refuse/", appointments.refuse, name="refuse"),
    path("appointments/<str:ref>/withdraw/", appointments.withdraw, name="withdraw"),
    path("appointments/<str:ref>/end/", appointments.end, name="end"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/open/", accounts.open_account, name="open_account"),
    path("accounts/<str:ref>/", accounts.one_account, name="one_account"),
    path("accounts/<str:ref>/letter/", accounts.issue_letter, name="issue_letter"),
    path("accounts/<str:ref>/letters/<str:letter>/hand-over/", accounts.hand_over, name="hand_over"),
    path("accounts/<str:ref>/letters/<str:letter>/cancel/", accounts.cancel_letter, name="cancel_letter"),
    path("accounts/<str:ref>/close/", accounts.close, name="close"),
    path("accounts/<str:ref>/reopen/", accounts.reopen, name="reopen"),
]
