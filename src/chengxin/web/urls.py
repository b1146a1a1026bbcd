"""Addresses of the public site. They are permanent: others cite them."""

from django.urls import include, path

from chengxin.web import views

urlpatterns = [
    path("", views.home, name="web-home"),
    path("search", views.search, name="web-search"),
    path("search/suggest", views.suggest, name="web-suggest"),
    path("robots.txt", views.robots, name="web-robots"),
    path("credit/<slug:public_id>", views.organisation, name="web-organisation"),
    path("credit/<slug:public_id>/report", views.report, name="web-report"),
    path(
        "credit/<slug:public_id>/evaluation/<slug:model>.zip",
        views.evaluation_kit,
        name="web-evaluation-kit",
    ),
    path("record/<uuid:record_id>", views.record, name="web-record"),
    path("verify/", views.verify, name="web-verify"),
    path("verify/file", views.verify_file, name="web-verify-file"),
    path("verify/authority.pem", views.authority_file, name="web-authority"),
    path("verify/credential", views.presentation, name="web-presentation"),
    path("verify/authority.crl", views.revoked_file, name="web-revoked"),
    path("verify/status/<slug:month>", views.status_file, name="web-status"),
    path("verify/<slug:code>", views.verify_code, name="web-verify-code"),
    path("verify/<slug:code>/report.pdf", views.report_file, name="web-report-file"),
    path("inspections", views.inspections, name="web-inspections"),
    path("inspections/<slug:number>", views.inspection, name="web-inspection"),
    path("inspections/<slug:number>/proof", views.inspection_proof, name="web-inspection-proof"),
    path("record/<uuid:record_id>/way-out", views.way_out, name="web-way-out"),
    path("verify/repair/<slug:number>", views.repaired, name="web-repaired"),
    path("rights", views.rights, name="web-rights"),
    path("my/", include("chengxin.web.my_urls")),
    path("language/<slug:language>", views.language, name="web-language"),
]
