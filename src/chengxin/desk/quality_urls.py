"""Addresses of the pages about quality."""

from django.urls import path

from chengxin.desk.views import counts, quality, samples

COUNT = "counts/<slug:unit>/<slug:item>/<str:month>/"

urlpatterns = [
    path("quality/", quality.overview, name="desk-quality"),
    path("quality/table.csv", quality.spreadsheet, name="desk-quality-table"),
    path("quality/<slug:code>/", quality.unit, name="desk-quality-unit"),
    path(
        "quality/<slug:code>/<slug:item>/<str:month>/<slug:count>/",
        quality.rows,
        name="desk-quality-rows",
    ),
    path("counts/", counts.counts, name="desk-counts"),
    path(COUNT, counts.count, name="desk-count"),
    path(f"{COUNT}confirm/", counts.review, {"act": "confirm"}, name="desk-count-confirm"),
    path(f"{COUNT}send-back/", counts.review, {"act": "send-back"}, name="desk-count-return"),
    path("samples/", samples.samples, name="desk-samples"),
    path("samples/<uuid:sample_id>/", samples.sample, name="desk-sample"),
]
