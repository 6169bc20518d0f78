"""The tests are as strict as they claim: what they should not let pass, they do not."""

import socket
import warnings

import pytest
from django.contrib.auth.models import Group
from django.template import Context, Template
from pytest_socket import SocketConnectBlockedError


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_an_undefined_name_in_a_template_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="nobody_defined_this"):
        Template("{{ nobody_defined_this }}").render(Context())


@pytest.mark.django_db
def test_rows_come_back_in_order_only_where_one_was_asked_for() -> None:
    Group.objects.bulk_create(Group(name=f"{number:02}") for number in range(30))
    names = [f"{number:02}" for number in range(30)]
    assert [group.name for group in Group.objects.order_by("name")] == names
    unordered = [group.name for group in Group.objects.all()]
    assert unordered != names
    assert sorted(unordered) == names


def test_no_connection_leaves_the_machine() -> None:
    # An address kept for documentation (RFC 5737): nobody is there, were it to get through.
    with socket.socket() as line, pytest.raises(SocketConnectBlockedError):
        line.connect(("192.0.2.1", 80))
