"""A special report as a credential: the holder shows what is asked, to one reader, once."""

from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook
from chengxin.reports import queries, services
from chengxin.reports.errors import (
    BadHolderKey,
    PeriodTooLong,
    PresentationRefused,
    UnknownClaim,
    UnknownDomain,
)
from chengxin.reports.rules import credentials, jws, special
from chengxin.reports.tests.samples import AT, LIST, PLACE
from chengxin.reports.tests.test_issue import (  # noqa: F401 – fixtures
    installation,
    organisation,
    permit,
)
from chengxin.reports.tests.test_standing import a_list

WINDOW = Actor("window", "", "lyg-xyzx", {"reports.credential": Scope.ALL})
BANK = {"audience": "https://bank.example", "nonce": "7f3a"}
END = AT + timedelta(days=30)
SHOWN = "environment.penalty.serious"


@pytest.fixture(scope="module")
def holder():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def asked():
    book = current_rulebook()
    return special.ask(
        ["environment", "tax"],
        36,
        on=date(2026, 11, 23),
        functions=book.consequences.functions,
        longest=book.on(date(2026, 11, 23), special.LONGEST),
    )


@pytest.fixture(scope="module")
def claims(asked):
    items = catalogue.items(current_rulebook())
    return special.claims(asked, [], items=items, collected={"penalty"}, laws=["《示例》第一条"])


@pytest.fixture(scope="module")
def credential(keys, holder, claims):
    return credentials.issue(
        {
            "as_of": "2026-11-23",
            "issuer": "示例中心",
            "number": "20261123143005K7Q2MX",
            "party": {"name": "示例公司", "uscc": "91320700MA1X0T0X8T"},
            "status": {"status_list": {"idx": PLACE, "uri": LIST}},
        },
        claims,
        holder=holder.public_key(),
        at=AT,
        until=END,
        key=keys.attester.curve,
        certificate=keys.attester.certificate,
    )


@pytest.fixture(scope="module")
def shown(credential, holder):
    return credentials.present(credential, [SHOWN], at=AT, key=holder, **BANK)


def check(presentation, keys, **changes):
    usual = BANK | {"authority": keys.authority, "at": AT}
    return credentials.check(presentation, **(usual | changes))


def refused(presentation, keys, **changes):
    with pytest.raises(PresentationRefused) as refusal:
        check(presentation, keys, **changes)
    return refusal.value.facts["reason"]


def test_only_what_is_chosen_is_shown(shown, credential, keys):
    found = check(shown, keys)
    assert list(found.claims) == [SHOWN]
    assert found.hidden == len(credentials.claims_of(credential)) - 1
    assert "税务" not in shown
    assert "生态环境领域没有严重失信行为的行政处罚公示信息" in found.claims[SHOWN]["zh"]
    assert "截至 2026-11-23，2023-11-23 至 2026-11-23" in found.claims[SHOWN]["zh"]


def test_what_is_never_collected_is_not_said_to_be_none(claims):
    states = {name: claim["state"] for name, claim in claims.items()}
    assert states["environment.penalty.serious"] == "none"
    assert states["environment.serious_breach_list"] == "not_collected"
    assert not any("enforcement" in name for name in states)  # not open to the public


def test_a_presentation_is_for_one_reader_and_one_check(shown, keys):
    assert refused(shown, keys, nonce="another") == "replayed"
    assert refused(shown, keys, audience="https://other.example") == "replayed"
    assert refused(shown, keys, nonce="") == "replayed"


def test_an_old_one_is_refused(shown, keys, credential, holder):
    assert refused(shown, keys, at=AT + timedelta(minutes=11)) == "expired"
    late = END
    again = credentials.present(credential, [SHOWN], at=late, key=holder, **BANK)
    assert refused(again, keys, at=late) == "expired"


def test_a_copy_without_the_holder_is_refused(shown, credential, keys):
    assert refused(shown.rpartition("~")[0] + "~", keys) == "unbound"
    thief = ec.generate_private_key(ec.SECP256R1())
    stolen = credentials.present(credential, [SHOWN], at=AT, key=thief, **BANK)
    assert refused(stolen, keys) == "unbound"


def test_a_claim_changed_added_or_doubled_is_refused(shown, credential, keys):
    token, claim, binding = shown.split("~")
    other = next(one for one in credential.split("~")[1:-1] if one != claim)
    made = jws.encode(b'["salt","environment.penalty","none"]')
    for salted in ([made], [claim, claim], [claim, other], [], [claim[:-2] + "AA"]):
        assert refused("~".join((token, *salted, binding)), keys) == "altered"


def test_every_character_counts(shown, keys):
    for place in range(0, len(shown), 41):
        changed = shown[:place] + ("A" if shown[place] != "A" else "B") + shown[place + 1 :]
        assert refused(changed, keys) in {"altered", "unbound"}


def test_a_withdrawn_one_is_refused_with_the_list_at_hand(shown, keys):
    assert check(shown, keys).standing is None
    assert check(shown, keys, status=a_list(keys)).standing is True
    assert refused(shown, keys, status=a_list(keys, {PLACE})) == "withdrawn"


def test_another_authority_does_not_vouch(shown, other_keys):
    assert refused(shown, other_keys) == "altered"


def test_what_the_credential_does_not_say_cannot_be_shown(credential, holder):
    with pytest.raises(UnknownClaim):
        credentials.present(credential, ["tax.penalty.none"], at=AT, key=holder, **BANK)


@pytest.mark.parametrize(
    ("names", "months"), [(["magic"], 12), ([], 12), (["tax"], 61), (["tax"], 0)]
)
def test_domains_and_period_are_the_rulebook_s(names, months):
    book = current_rulebook()
    with pytest.raises((UnknownDomain, PeriodTooLong)):
        special.ask(
            names,
            months,
            on=today(),
            functions=book.consequences.functions,
            longest=book.on(today(), special.LONGEST),
        )


@pytest.mark.django_db
class TestIssued:
    def test_at_the_counter_after_the_agent_was_checked(self, organisation, permit, holder):  # noqa: F811
        issued = self.issue(organisation, holder)
        shown = credentials.present(issued.credential, [SHOWN], at=now(), key=holder, **BANK)
        found = check(shown, queries_keys(), at=now())
        assert found.party["uscc"] == "91320700MA1X0T0X8T"
        assert issued.report.kind == issued.report.CREDENTIAL

    def test_by_nobody_else_and_to_no_bad_key(self, organisation, holder):  # noqa: F811
        with pytest.raises(NotPermitted):
            self.issue(organisation, holder, by=services.PUBLIC)
        with pytest.raises(BadHolderKey):
            self.issue(organisation, holder, holder={"kty": "RSA"})

    @staticmethod
    def issue(subject, key, **changes):
        usual = {
            "domains": ["environment"],
            "months": 36,
            "holder": jws.public_jwk(key.public_key()),
            "on": today(),
            "by": WINDOW,
            "book": current_rulebook(),
        }
        return services.issue_credential(subject=subject, **(usual | changes))


@pytest.mark.django_db
def test_on_the_page_a_number_counts_once(client, organisation, permit, holder):  # noqa: F811
    issued = TestIssued.issue(organisation, holder)
    client.cookies["chengxin_language"] = "zh-hans"
    page = client.get("/verify/credential")
    nonce = page.context["nonce"]
    site = {"audience": "https://credit.example", "nonce": nonce}
    text = credentials.present(issued.credential, [SHOWN], at=now(), key=holder, **site)

    answer = client.post("/verify/credential", {"text": text, "nonce": nonce})
    assert answer.status_code == 200
    assert "本系统未归集行政处罚信息，不能说明有无" in answer.content.decode()
    for given in ({"text": text, "nonce": nonce}, {"text": text, "nonce": "x"}, {}):
        again = client.post("/verify/credential", given)
        assert again.status_code == 422
        assert "核验不通过" in again.content.decode()


def queries_keys():
    """The authority of the installation, where `keys` is expected."""

    class Own:
        authority = queries.authority()

    return Own
