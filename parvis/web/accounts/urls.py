"""The addresses of signing up, signing in and of the account. allauth knows them by its names."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as services
from django.urls import path, re_path

from parvis.web.accounts import devices, linking, views

_NEW_PASSWORD = r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"  # noqa: S105 - an address

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/staff/", views.staff_sign_in, name="staff_sign_in"),
    path("sign-in/stopped/", services.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/code/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", account.signup, name="account_signup"),
    path("sign-up/passkey/", account.signup_by_passkey, name="account_signup_by_passkey"),
    path("sign-up/passkey/make/", passkeys.signup_webauthn, name="mfa_signup_webauthn"),
    path("sign-up/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(_NEW_PASSWORD, account.password_reset_from_key, name="account_reset_password_from_key"),
    path("account/", views.account, name="account"),
    path("account/application/", linking.link, name="link_file"),
    path("account/language/", views.language, name="account_language"),
    path("account/devices/", devices.devices, name="usersessions_list"),
    path("account/address/", account.email, name="account_email"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/new/", account.password_set, name="account_set_password"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/sign-in/", factors.index, name="mfa_index"),
    path("account/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
