"""Who asks too much is told so, and when to go on; nobody else waits."""

from datetime import timedelta

import pytest

from chengxin.access import services
from chengxin.access.models import Allowance
from chengxin.access.rules import asker_of, bucket_of
from chengxin.access.services import take
from chengxin.access.values import Granted, Rate
from chengxin.kernel.clock import now
from chengxin.web.views.metering import SEARCHING

pytestmark = pytest.mark.django_db
NEAR, FAR = "192.0.2.7", "198.51.100.9"


def ask(client, address=NEAR, path="/search", **headers):
    return client.get(path, {"q": "没有"}, REMOTE_ADDR=address, headers=headers)


def test_the_allowance_is_told_and_at_its_end_kindly_refused(client):
    first = ask(client)
    assert (first.status_code, first["X-RateLimit-Limit"]) == (200, "60")
    assert first["X-RateLimit-Remaining"] == "59"
    Allowance.objects.update(left=0.4)
    refused = ask(client)
    assert refused.status_code == 429
    assert refused["Retry-After"] == refused["X-RateLimit-Reset"] == "1"
    assert refused["X-RateLimit-Remaining"] == "0"
    text = refused.content.decode()
    assert "1 秒后即可继续" in text
    assert "/api/v1/openapi.json" in text
    assert "验证码" not in text
    assert ask(client, FAR).status_code == 200


def test_a_suggestion_costs_a_tenth_of_a_search(client):
    for _ in range(5):
        answer = ask(client, path="/search/suggest")
    assert answer["X-RateLimit-Remaining"] == "59"


def test_the_bucket_fills_up_again_and_never_over(monkeypatch):
    rate, at = Rate(capacity=3, per_second=0.5), now()
    monkeypatch.setattr(services, "now", lambda: at)
    asked = {"asker": NEAR, "what": "test", "cost": 1.0, "rate": rate}
    assert [take(**asked).allowed for _ in range(4)] == [True, True, True, False]
    assert take(**asked) == Granted(allowed=False, left=0, seconds=2)
    monkeypatch.setattr(services, "now", lambda: at + timedelta(seconds=2))
    assert [take(**asked).allowed for _ in range(2)] == [True, False]
    monkeypatch.setattr(services, "now", lambda: at + timedelta(hours=3))
    assert take(**asked).left == 2


def test_nothing_kept_tells_who_asked(client):
    ask(client)
    (kept,) = Allowance.objects.values_list("key", flat=True)
    assert len(kept) == 64
    assert NEAR not in kept


def test_this_machine_is_not_metered(client):
    assert "X-RateLimit-Limit" not in ask(client, "127.0.0.1")
    assert not Allowance.objects.exists()


def test_behind_own_proxies_the_asker_is_who_asked_them(client, settings):
    settings.CHENGXIN_PROXIES = 1
    ask(client, "127.0.0.1", **{"X-Forwarded-For": f"made up, {FAR}"})
    ask(client, "127.0.0.1", **{"X-Forwarded-For": f"{NEAR}, {FAR}"})
    (kept,) = Allowance.objects.all()
    assert kept.left == pytest.approx(SEARCHING.capacity - 2, abs=0.5)


@pytest.mark.parametrize(
    ("near", "forwarded", "proxies", "asker"),
    [
        (NEAR, FAR, 0, NEAR),
        (NEAR, "", 1, NEAR),
        (NEAR, f"x, {FAR}", 1, FAR),
        (NEAR, f"{FAR}, 10.0.0.1", 2, FAR),
    ],
)
def test_only_own_proxies_are_believed(near, forwarded, proxies, asker):
    assert asker_of(near, forwarded, proxies) == asker


def test_one_subscriber_is_one_asker():
    assert bucket_of("2001:db8::1") == bucket_of("2001:db8::ffff") != bucket_of("2001:db8:0:1::1")
    assert bucket_of("::ffff:192.0.2.7") == NEAR
    assert bucket_of("nonsense") == "unknown"
