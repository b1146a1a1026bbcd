"""Addresses of what subjects come with: the counter, their questions."""

from django.urls import path

from chengxin.desk.views import counter, questions, snooping

urlpatterns = [
    path("counter/", counter.counter, name="desk-counter"),
    path("log/snooping/", snooping.snooping, name="desk-snooping"),
    path("questions/", questions.questions, name="desk-questions"),
]
