"""Webhooks: those that somebody looks after, making one, its log, and what is done about it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.casework.keys.services import system
from parvis.casework.people.policies import Act, ActRefused, user_may
from parvis.casework.webhooks import services
from parvis.casework.webhooks.selectors import (
    SubscriptionLine,
    deliveries_of,
    subscription_of,
    subscriptions_seen_by,
    system_subscriptions,
)
from parvis.lib import clock
from parvis.web.keys.views import asking
from parvis.web.showing import show
from parvis.web.signed_in import own
from parvis.web.webhooks.form import webhook_form
from parvis.web.webhooks.pages import SecretPage, WebhooksPage, row_of, webhook_page

if TYPE_CHECKING:
    from parvis.casework.people.models import User

MOST = 50
_DIGITS = 18


@require_safe
@own
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show the webhooks that somebody looks after."""
    user = asking(request)
    rows = tuple(map(row_of, _looked_after(user)))
    page = WebhooksPage(rows, user_may(Act.MANAGE_KEYS, user))
    return show(request, "webhooks/webhooks.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@own
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def add(request: HttpRequest) -> HttpResponse:
    """Ask of what software is to be told and where, and tell the secret this once."""
    user, now = asking(request), clock.now()
    manages = user_may(Act.MANAGE_KEYS, user)
    typed = request.POST if request.method == "POST" else QueryDict()
    form = webhook_form(typed, for_systems=manages)
    if request.method != "POST":
        return show(request, "webhooks/add.html", form)
    try:
        told = services.subscribe(
            owner=system(code=form.system, at=now) if manages else user,
            name=form.name,
            url=form.url,
            kinds=form.chosen_kinds,
            programs=form.chosen_programs,
            by=user,
            at=now,
        )
    except ActRefused as refused:
        page = replace(form, wrong=refused.reason)
        return show(request, "webhooks/add.html", page, status=422)
    page_told = SecretPage(told.id, form.name, told.secret, rotated=False)
    return show(request, "webhooks/secret.html", page_told)


@require_safe
@own
def webhook(request: HttpRequest, webhook: int) -> HttpResponse:
    """Show one webhook with the last of what was delivered, fifty at a time."""
    line = _one(request, webhook)
    after = request.GET.get("before", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) <= _DIGITS else None
    found = deliveries_of(line.id, most=MOST + 1, before=before)
    page = webhook_page(line, found, most=MOST, first=before is None)
    return show(request, "webhooks/webhook.html", page)


@require_POST
@own
def again(request: HttpRequest, webhook: int) -> HttpResponse:
    """Send a delivery once more."""
    line = _one(request, webhook)
    told = request.POST.get("delivery", "")
    delivery = int(told) if told.isascii() and told.isdigit() and len(told) <= _DIGITS else 0
    if subscription_of(delivery) != line.id:
        messages.error(request, _("This delivery is not there any more."))
        return redirect("webhook", webhook=line.id)
    try:
        services.send_again(delivery=delivery, by=asking(request), at=clock.now())
    except ActRefused:
        messages.error(request, _("This webhook was stopped."))
    else:
        messages.success(request, _("It is sent again, under the same id."))
    return redirect("webhook", webhook=line.id)


@require_POST
@own
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def secret(request: HttpRequest, webhook: int) -> HttpResponse:
    """Sign with another secret, and tell it this once."""
    line = _one(request, webhook)
    try:
        told = services.rotate_secret(subscription=line.id, by=asking(request), at=clock.now())
    except ActRefused:
        messages.error(request, _("This webhook was stopped."))
        return redirect("webhook", webhook=line.id)
    page = SecretPage(line.id, line.name, told.secret, rotated=True)
    return show(request, "webhooks/secret.html", page)


@require_POST
@own
def stop(request: HttpRequest, webhook: int) -> HttpResponse:
    """Stop a webhook at once."""
    line = _one(request, webhook)
    services.stop(subscription=line.id, by=asking(request), at=clock.now())
    messages.success(request, _("The webhook is stopped. Nothing more is sent."))
    return redirect("webhooks")


def _looked_after(user: "User") -> list[SubscriptionLine]:
    if user_may(Act.MANAGE_KEYS, user):
        return system_subscriptions()
    return subscriptions_seen_by(user)


def _one(request: HttpRequest, webhook: int) -> SubscriptionLine:
    """Return a webhook that somebody looks after; any other is not there."""
    for line in _looked_after(asking(request)):
        if line.id == webhook:
            return line
    raise Http404
