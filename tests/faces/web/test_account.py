"""A user's own account: a new password ends other sessions, and a second factor is asked for and locks."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from asterism.store.ledger.models import User
from asterism.store.ledger.second_factor import passes, set_factor

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana", "email": "ana@example.org", "password": "a long and quiet night", "workspace": "Aurora"}
IN = {"email": ANA["email"], "password": ANA["password"]}


@pytest.fixture
def ana(client):
    """Ana, signed up and signed in."""
    client.post("/sign-up", ANA)
    return client


def with_factor():
    """Ana's secret and recovery codes once she has a second factor."""
    secret = pyotp.random_base32()
    return secret, set_factor(User.objects.get(), secret, 0)


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(ana):
    other = Client()
    other.post("/sign-in", IN)
    assert other.get("/w/aurora/").status_code == 200
    wrong = ana.post("/account/password", {"old": "something else", "new": "another long night"})
    assert wrong.status_code == 403
    assert ana.post("/account/password", {"old": ANA["password"], "new": "short"}).status_code == 422
    assert ana.post("/account/password", {"old": ANA["password"], "new": "another long night"}).status_code == 303
    assert ana.get("/w/aurora/").status_code == 200
    assert other.get("/w/aurora/").status_code == 403


def test_a_second_factor_is_set_up_by_its_first_code(ana):
    shown = ana.post("/account/factor").content.decode()
    secret = ana.session["factor"]
    assert secret in shown
    assert "<svg" in shown
    assert ana.post("/account/factor/confirm", {"code": "000000"}).status_code == 422
    done = ana.post("/account/factor/confirm", {"code": pyotp.TOTP(secret).now()})
    assert b"The second factor is on" in done.content
    assert User.objects.get().totp_secret == secret
    assert len(User.objects.get().recovery) == 8


def test_signing_in_asks_for_the_code_and_the_password_alone_opens_nothing(ana):
    secret, _ = with_factor()
    visitor = Client()
    assert b"Enter the code" in visitor.post("/sign-in", IN).content
    assert visitor.get("/w/aurora/").status_code == 403
    assert visitor.post("/sign-in/code", {"code": "123"}).status_code == 403
    assert visitor.post("/sign-in/code", {"code": pyotp.TOTP(secret).now()}).status_code == 303
    assert visitor.get("/w/aurora/").status_code == 200


def test_a_code_is_taken_once(ana):
    secret, _ = with_factor()
    now, code = timezone.now(), pyotp.TOTP(secret).now()
    assert passes(User.objects.get(), code, now)
    assert not passes(User.objects.get(), code, now)
    later = now + timedelta(seconds=60)
    assert passes(User.objects.get(), pyotp.TOTP(secret).at(later), later)


def test_an_old_code_opens_nothing(ana):
    secret, _ = with_factor()
    now = timezone.now()
    assert not passes(User.objects.get(), pyotp.TOTP(secret).at(now - timedelta(minutes=3)), now)


def test_a_recovery_code_opens_once(ana):
    _, codes = with_factor()
    assert passes(User.objects.get(), codes[3].upper(), timezone.now())
    assert not passes(User.objects.get(), codes[3], timezone.now())
    assert len(User.objects.get().recovery) == 7


def test_guessing_codes_locks_the_door_although_the_password_is_right(ana):
    secret, _ = with_factor()
    visitor = Client()
    for _ in range(4):
        visitor.post("/sign-in", IN)
        visitor.post("/sign-in/code", {"code": "1"})
        visitor.post("/sign-in/code", {"code": "2"})
    visitor.post("/sign-in", IN)
    assert visitor.post("/sign-in/code", {"code": pyotp.TOTP(secret).now()}).status_code in (403, 429)
    assert visitor.get("/w/aurora/").status_code == 403


def test_the_second_step_alone_opens_nothing(ana):
    with_factor()
    assert Client().post("/sign-in/code", {"code": "000000"}).status_code == 403


def test_the_second_factor_ends_with_the_password(ana):
    with_factor()
    assert ana.post("/account/factor/drop", {"password": "wrong"}).status_code == 403
    assert ana.post("/account/factor/drop", {"password": ANA["password"]}).status_code == 303
    assert User.objects.get().totp_secret == ""
