"""Signing in through a provider that runs, and every way to cheat it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from chengxin.audit.models import AuditEntry
from chengxin.city.identifiers import id_number
from chengxin.kernel.clock import today
from chengxin.visitors.models import Mandate, Visitor
from chengxin.visitors.tests.conftest import AGENT, BOSS, CODE, FOR_FIRM, NAME, at_portal

ON = date(2026, 11, 20)


def test_a_legal_representative_the_portal_names_comes_in_for_its_firm(firm, sign_in):
    client, answer = sign_in(BOSS | FOR_FIRM)
    assert answer["Location"] == "/my/choose/"
    page = client.get("/my/choose/")
    firm_option = next(one for one, _ in page.context["options"] if one.called == NAME)

    home = client.post("/my/choose/", {"mandate": firm_option.mandate}, follow=True)

    assert home.status_code == 200
    assert NAME in home.content.decode()
    assert home.context["actor"].subject == firm.id
    assert AuditEntry.objects.filter(verb="visitors.step_in", target=f"subject:{firm.id}").exists()


def test_a_person_comes_in_for_itself_and_nothing_of_it_stands_open(firm, sign_in):
    client, answer = sign_in(BOSS)

    assert answer["Location"] == "/my/"
    assert client.get("/my/").context["capacity"] == "本人"
    stored = " ".join(str(vars(one)) for one in (Visitor.objects.get(), Mandate.objects.get()))
    logged = " ".join(str(vars(one)) for one in AuditEntry.objects.all())
    for secret in (BOSS["cert_no"], BOSS["real_name"]):
        assert secret not in stored + logged


@pytest.mark.parametrize(
    ("mischief", "reason"),
    [
        ({"claims": {"aud": "somebody-else"}}, "aud"),
        ({"claims": {"aud": ["chengxin", "other"]}}, "azp"),
        ({"claims": {"iss": "http://127.0.0.1:1"}}, "iss"),
        ({"claims": {"exp": 1000}}, "exp"),
        ({"claims": {"exp": "never"}}, "exp"),
        ({"claims": {"iat": 99999999999}}, "iat"),
        ({"claims": {"nonce": "another"}}, "nonce"),
        ({"claims": {"nonce": None}}, "nonce"),
        ({"alg": "none"}, "signature"),
        ({"alg": "HS256"}, "signature"),
        ({"key": "stranger"}, "signature"),
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(firm, portal, sign_in, mischief, reason):
    portal.mischief = mischief

    client, answer = sign_in(BOSS)

    assert answer.status_code == 401
    assert f"（{reason}" in answer.content.decode()
    assert client.get("/my/")["Location"].startswith("/my/sign-in/")
    assert not Visitor.objects.exists()


def test_an_answer_is_good_once_in_the_browser_that_asked(firm, portal):
    client, other = Client(), Client()
    out = client.get("/my/sign-in/portal/")["Location"]
    back = at_portal(out)

    assert other.get(back).status_code == 400  # stolen
    assert client.get(back.replace("state=", "state=x")).status_code == 400  # forged
    assert client.get(back).status_code == 400  # and used up by the forgery
    fresh = at_portal(client.get("/my/sign-in/portal/")["Location"])
    assert client.get(fresh).status_code == 302
    assert client.get(fresh).status_code == 400  # replayed


def test_a_code_the_provider_took_already_is_refused_there(firm, portal):
    client = Client()
    back = at_portal(client.get("/my/sign-in/portal/")["Location"])
    portal.codes.clear()

    assert client.get(back).status_code == 401


def test_a_stranger_code_fails_at_the_verifier(firm, portal):
    """The attacker's code in the victim's browser: its verifier is another."""
    attacker, victim = Client(), Client()
    stolen = at_portal(attacker.get("/my/sign-in/portal/")["Location"]).split("code=")[1]
    own = at_portal(victim.get("/my/sign-in/portal/")["Location"])
    mixed = own.split("code=")[0] + "code=" + stolen.split("&")[0] + "&" + own.split("&", 1)[1]

    assert victim.get(mixed).status_code == 401


def test_new_keys_of_the_provider_are_fetched_when_met(firm, portal, sign_in):
    sign_in(BOSS)
    portal.turn_keys()

    _, answer = sign_in(BOSS)

    assert answer.status_code == 302


@pytest.mark.parametrize("path", ["/token", "/jwks"])
def test_a_provider_that_is_down_is_said_to_be(firm, portal, sign_in, path):
    portal.turn_keys()
    portal.mischief = {} if path == "/token" else {"down": path}
    client = Client()
    back = at_portal(client.get("/my/sign-in/portal/")["Location"])
    if path == "/token":
        portal.id_token = lambda nonce: 42  # not a token at all

    answer = client.get(back)

    portal.__dict__.pop("id_token", None)
    assert answer.status_code in {401, 502}
    assert "没有登录" in answer.content.decode()


def test_a_provider_nobody_answers_at_and_one_unknown(settings, tmp_path, db):
    from chengxin.visitors.tests.portal import CONFIG

    (tmp_path / "portal.secret").write_text("x")
    file = tmp_path / "identity.toml"
    settings.CHENGXIN_IDENTITY = file
    file.write_text(CONFIG.format(issuer="http://127.0.0.1:9"), encoding="utf-8")
    assert Client().get("/my/sign-in/portal/").status_code == 502
    assert Client().get("/my/sign-in/other/").status_code == 404

    file.write_text(CONFIG.format(issuer="http://portal.example"), encoding="utf-8")
    assert Client().get("/my/sign-in/").status_code == 500  # not encrypted


def test_an_unknown_organisation_and_half_an_identity_are_refused(firm, sign_in):
    unknown = "91320706MA1TWD5Y2B"
    from chengxin.kernel.ids import IdKind, check

    code = unknown if check(unknown, IdKind.USCC).publishable else "91320000134767253W"
    assert sign_in(BOSS | {"org_code": code, "org_role": "legal"})[1].status_code in {401, 404}
    assert sign_in(BOSS | {"cert_no": "123"})[1].status_code == 401
    assert sign_in({"sub": "p-3", "real_name": "测试"})[1].status_code == 401
    assert not Mandate.objects.filter(subject=firm.id).exists()


def _step(client, name):
    page = client.get("/my/choose/")
    one = next(option for option, _ in page.context["options"] if option.called == name)
    return client.post("/my/choose/", {"mandate": one.mandate}, follow=True)


def _authorise(client, **changed):
    said = {
        "name": AGENT["real_name"],
        "number": AGENT["cert_no"],
        "role": "agent",
        "since": today().isoformat(),
        "until": (today() + timedelta(days=30)).isoformat(),
        "document": "授权书1号",
    }
    return client.post("/my/agents/", said | changed)


def test_an_agent_acts_while_authorised_and_not_one_click_longer(firm, sign_in):
    boss, _ = sign_in(BOSS | FOR_FIRM)
    _step(boss, NAME)
    agent, answer = sign_in(AGENT | {"org_code": CODE, "org_role": "staff"})
    assert answer["Location"] == "/my/"  # for itself only: nobody authorised it
    assert _authorise(boss).status_code == 302
    assert _step(agent, NAME).status_code == 200
    assert _authorise(agent).status_code == 403  # an agent passes nothing on
    listed = boss.get("/my/agents/").content.decode()
    assert AGENT["real_name"] in listed
    assert AGENT["cert_no"] not in listed

    mandate = Mandate.objects.get(capacity="agent")
    assert agent.post(f"/my/agents/{mandate.id}/end/").status_code == 403
    boss.post(f"/my/agents/{mandate.id}/end/", {"reason": "离职"})

    assert agent.get("/my/").status_code == 403
    assert agent.get("/my/")["Location"] == "/my/choose/"


@pytest.mark.parametrize(
    "changed",
    [
        {"until": "2020-01-01"},
        {"until": "2099-01-01"},
        {"since": "2020-01-01"},
        {"role": "representative"},
        {"number": "320799199001020011"},
        {"name": " "},
    ],
)
def test_a_mandate_out_of_bounds_is_not_given(firm, sign_in, changed):
    boss, _ = sign_in(BOSS | FOR_FIRM)
    _step(boss, NAME)

    assert _authorise(boss, **changed).status_code == 422
    assert not Mandate.objects.filter(capacity="agent").exists()


def test_a_mandate_moves_to_the_body_its_subject_was_merged_into(firm, sign_in):
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.clock import now
    from chengxin.subjects.models import Merge
    from chengxin.subjects.queries import by_code
    from chengxin.subjects.services import import_organisations

    boss, _ = sign_in(BOSS | FOR_FIRM)
    _step(boss, NAME)
    kept_code = "91320000134767253W"
    rows = [(2, {"name": "江苏测试集团有限公司", "uscc": kept_code})]
    import_organisations(rows=rows, by=Actor.system("subjects.import"), on=ON)
    Merge.objects.create(
        kept_id=by_code(kept_code).id,
        absorbed_id=firm.id,
        state="confirmed",
        proposed_by="a",
        proposed_at=now(),
        decided_by="b",
        decided_at=now(),
    )

    home = boss.get("/my/")

    assert home.context["subject_name"] == "江苏测试集团有限公司"
    assert home.context["actor"].subject == by_code(kept_code).id


def test_one_account_at_the_provider_never_becomes_another_person(firm, sign_in):
    sign_in(BOSS)

    _, answer = sign_in(AGENT | {"sub": BOSS["sub"]})

    assert answer.status_code == 401
    assert not Mandate.objects.filter(number_lookup="").exists()
    assert Visitor.objects.count() == 1


def test_a_sign_in_leads_nowhere_but_into_the_own_space(firm, portal):
    client = Client()
    client.get("/my/sign-in/?next=https://evil.example/my/")
    back = at_portal(client.get("/my/sign-in/portal/")["Location"])

    assert client.get(back)["Location"] == "/my/"


def test_a_demonstration_has_sign_ins_and_production_refuses_them(firm, monkeypatch):
    from chengxin.kernel.actor import Actor
    from chengxin.site.environment import Environment
    from chengxin.site.errors import DemonstrationInProduction
    from chengxin.site.fitness import refuse_known_officers
    from chengxin.visitors.rules import identity_at_hand
    from chengxin.visitors.services import register_demonstration

    someone = identity_at_hand("demonstration", "演示人", id_number(date(1980, 2, 3), 4))
    register_demonstration(
        identity=someone, login="person", password="demonstration", by=Actor.system("access.manage")
    )
    client = Client()
    assert "演示登录" in client.get("/my/sign-in/").content.decode()
    wrong = client.post("/my/sign-in/", {"login": "person", "password": "no"})
    assert wrong.status_code == 401
    right = client.post("/my/sign-in/", {"login": "person", "password": "demonstration"})
    assert right["Location"] == "/my/"
    assert client.get("/my/").status_code == 200

    production = Environment.read({"CHENGXIN_MODE": "production"})
    with pytest.raises(DemonstrationInProduction):
        refuse_known_officers(production)
