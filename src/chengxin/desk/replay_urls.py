"""The address of what was said then, and why."""

from django.urls import path

from chengxin.desk.views import replay

urlpatterns = [path("replay/", replay.replay, name="desk-replay")]
