"""A portal that runs, a firm, and browsers."""

import http.client
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client

from chengxin.city.identifiers import id_number
from chengxin.kernel.actor import Actor
from chengxin.subjects.queries import by_code
from chengxin.subjects.services import import_organisations
from chengxin.visitors.tests.portal import configured, opened

CODE, NAME = "91320700MA1X0T0X8T", "连云港新丝路物流有限公司"
BOSS = {"sub": "p-1", "real_name": "测试法人", "cert_no": id_number(date(1970, 1, 2), 1)}
AGENT = {"sub": "p-2", "real_name": "测试经办", "cert_no": id_number(date(1990, 1, 2), 2)}
FOR_FIRM = {"org_code": CODE, "org_role": "legal"}


@pytest.fixture(scope="module")
def running():
    portal = opened()
    yield portal
    portal.shutdown()
    portal.server_close()


@pytest.fixture
def portal(running, tmp_path, settings):
    settings.CHENGXIN_IDENTITY = configured(tmp_path, running)
    running.person, running.mischief = dict(BOSS), {}
    return running


@pytest.fixture
def firm(db):
    rows = [(2, {"name": NAME, "uscc": CODE, "representative": "测试法人"})]
    import_organisations(rows=rows, by=Actor.system("subjects.import"), on=date(2026, 11, 20))
    return by_code(CODE)


def at_portal(url):
    """What the portal answers a browser: the address it sends it back to."""
    where = urlsplit(url)
    line = http.client.HTTPConnection(where.netloc, timeout=5)
    line.request("GET", f"{where.path}?{where.query}")
    answer = line.getresponse()
    answer.read()
    line.close()
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


@pytest.fixture
def sign_in(portal):
    """`sign_in(person)`: a browser that went to the portal as that person and came back."""

    def run(person, client=None):
        portal.person = dict(person)
        client = client or Client()
        out = client.get("/my/sign-in/portal/")
        assert out.status_code == 302, out.content.decode()
        return client, client.get(at_portal(out["Location"]))

    return run
