"""Addresses of what happens to a link afterwards: undone, doubted, merged, split."""

from django.urls import path

from chengxin.desk.views import cases, lines, links, merges

urlpatterns = [
    path("records/<uuid:record_id>/undo/", links.undo, name="desk-undo"),
    path("records/<uuid:record_id>/not-me/", links.not_me, name="desk-not-me"),
    path("cases/", cases.cases, name="desk-cases"),
    path("cases/<slug:number>/", cases.case, name="desk-case"),
    path("differences/<int:row_id>/", links.difference, name="desk-difference"),
    path("merges/", merges.merges, name="desk-merges"),
    path("merges/new/", merges.propose, name="desk-merge-new"),
    path("merges/<uuid:merge_id>/", merges.merge, name="desk-merge"),
    path("batches/<slug:number>/rows/<int:line>/", lines.line, name="desk-line"),
]
