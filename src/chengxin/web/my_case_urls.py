"""Addresses of a subject's cases, under /my/."""

from django.urls import path

from chengxin.web.views.my import cases

urlpatterns = [
    path("records/<uuid:record_id>/objection/", cases.objection, name="my-objection"),
    path("records/<uuid:record_id>/repair/", cases.repair, name="my-repair"),
    path("records/<uuid:record_id>/proceeding/", cases.proceeding, name="my-proceeding"),
    path("complaint/", cases.complaint, name="my-complaint"),
    path("cases/", cases.cases, name="my-cases"),
    path("cases/<slug:number>/", cases.case, name="my-case"),
    path("cases/<slug:number>/papers/<uuid:paper_id>/", cases.paper, name="my-paper"),
]
