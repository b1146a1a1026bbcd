"""Accounts, powers and tokens: who may, and who may not."""

from datetime import date

import pytest

from chengxin.access.errors import (
    LoginTaken,
    UnknownOfficer,
    UnknownRole,
    UnknownToken,
    UnknownUnit,
    WeakPassword,
)
from chengxin.access.models import ApiToken, Officer
from chengxin.access.queries import actor_named, actor_of_token, demonstration_officers
from chengxin.access.rules import powers_of
from chengxin.access.services import (
    change_password,
    close_account,
    issue_token,
    register_officer,
)
from chengxin.audit import queries as audit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook

BOOK = current_rulebook()
ADMIN = Actor.system("access.manage")
GOOD = "港口-灯塔-潮汐-2026"


def open_account(login="hong", **changes):
    usual = {
        "login": login,
        "name": "经办人",
        "unit": "lyg-scjg",
        "roles": ["data_officer"],
        "password": GOOD,
        "by": ADMIN,
        "known_roles": BOOK.roles,
        "known_units": BOOK.units,
    }
    return register_officer(**(usual | changes))


@pytest.mark.django_db
class TestAccounts:
    def test_an_officer_has_the_powers_of_the_roles_in_the_rulebook(self):
        open_account()
        actor = actor_named("hong", BOOK.roles)
        assert actor.may("intake.submit", "lyg-scjg")
        assert not actor.may("intake.submit", "lyg-tyj")
        assert not actor.may("intake.release", "lyg-scjg")

    def test_only_who_manages_accounts_opens_one(self):
        with pytest.raises(NotPermitted):
            open_account(by=Actor("someone", "", "lyg-scjg", {}))
        assert Officer.objects.count() == 0

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"roles": ["emperor"]}, UnknownRole),
            ({"unit": "lyg-nowhere"}, UnknownUnit),
            ({"password": "12345678"}, WeakPassword),
        ],
    )
    def test_what_does_not_fit_is_refused(self, change, refusal):
        with pytest.raises(refusal):
            open_account(**change)

    def test_a_login_is_given_once(self):
        open_account()
        with pytest.raises(LoginTaken):
            open_account()

    def test_the_password_is_not_kept_and_opening_is_logged(self):
        officer = open_account()
        assert GOOD not in officer.password
        assert [e.verb for e in audit.about("officer:hong")] == ["access.register_officer"]

    def test_an_inactive_account_is_nobody(self):
        open_account()
        Officer.objects.update(is_active=False)
        with pytest.raises(UnknownOfficer):
            actor_named("hong", BOOK.roles)

    def test_demonstration_accounts_are_counted(self):
        open_account(password="x", is_demonstration=True)
        assert demonstration_officers() == 1

    def test_a_token_stands_for_its_officer_until_it_ends(self):
        open_account()
        token = issue_token(login="hong", label="系统对接", expires_on=date(2026, 12, 31), by=ADMIN)
        assert actor_of_token(token, BOOK.roles, date(2026, 12, 31)).login == "hong"
        with pytest.raises(UnknownToken):
            actor_of_token(token, BOOK.roles, date(2027, 1, 1))
        with pytest.raises(UnknownToken):
            actor_of_token(token + "x", BOOK.roles, date(2026, 12, 31))
        assert token not in ApiToken.objects.get().token_hash

    def test_a_new_password_ends_a_demonstration_account(self):
        open_account(password="x", is_demonstration=True)
        with pytest.raises(WeakPassword):
            change_password(login="hong", password="12345678", by=ADMIN)
        change_password(login="hong", password=GOOD, by=ADMIN)
        assert demonstration_officers() == 0
        assert Officer.objects.get().check_password(GOOD)

    def test_a_closed_account_is_nobody_and_neither_are_its_tokens(self):
        open_account()
        token = issue_token(login="hong", label="x", expires_on=date(2026, 12, 31), by=ADMIN)
        close_account(login="hong", by=ADMIN)
        with pytest.raises(UnknownOfficer):
            actor_named("hong", BOOK.roles)
        with pytest.raises(UnknownToken):
            actor_of_token(token, BOOK.roles, date(2026, 11, 1))

    @pytest.mark.parametrize("verb", [change_password, close_account])
    def test_only_who_manages_accounts_changes_them(self, verb):
        open_account()
        more = {"password": GOOD} if verb is change_password else {}
        with pytest.raises(NotPermitted):
            verb(login="hong", by=Actor("a", "", "", {}), **more)

    def test_who_does_not_manage_accounts_gets_no_token(self):
        open_account()
        with pytest.raises(NotPermitted):
            issue_token(
                login="hong", label="x", expires_on=date(2026, 12, 31), by=Actor("a", "", "", {})
            )


class Role:
    def __init__(self, **powers):
        self.powers = powers


def test_of_two_roles_the_wider_scope_holds_and_an_unknown_role_gives_nothing():
    defined = {"own": Role(read=Scope.OWN_UNIT), "all": Role(read=Scope.ALL)}
    assert powers_of(["all", "own", "gone"], defined) == {"read": Scope.ALL}
    assert powers_of(["gone"], defined) == {}
