"""All addresses of the house: each door brings its own list."""

from importlib import import_module
from importlib.util import find_spec

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, URLResolver, include, path

from chengxin.site.views import healthy


def _door(prefix: str, module: str) -> list[URLPattern | URLResolver]:
    """Return the addresses of a door that is built; none for one that is not."""
    return [path(prefix, include(module))] if find_spec(module) else []


def _machine_door() -> list[URLPattern | URLResolver]:
    if not find_spec("chengxin.api.urls"):
        return []
    return [path("api/v1/", import_module("chengxin.api.urls").api.urls)]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthy, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sign-in/", LoginView.as_view(template_name="site/sign_in.html"), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    *_machine_door(),
    *_door("desk/", "chengxin.desk.urls"),
    *_door("", "chengxin.web.urls"),
]
