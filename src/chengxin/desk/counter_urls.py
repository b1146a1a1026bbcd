"""Addresses of the counter."""

from django.urls import path

from chengxin.desk.views import counter

urlpatterns = [path("counter/", counter.counter, name="desk-counter")]
