"""Addresses of list entries and measures."""

from django.urls import path

from chengxin.desk.views import lists, measures

urlpatterns = [
    path("lists/", lists.entries, name="desk-lists"),
    path("lists/new/<uuid:record_id>/", lists.propose, name="desk-list-new"),
    path("lists/<uuid:entry_id>/", lists.entry, name="desk-list"),
    path("measures/", measures.measures, name="desk-measures"),
    path("measures/<uuid:measure_id>/", measures.measure, name="desk-measure"),
]
