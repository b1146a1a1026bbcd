"""Addresses of cases at the workbench."""

from django.urls import path

from chengxin.desk.views import casework

urlpatterns = [
    path("", casework.queue, name="desk-casework"),
    path("<slug:number>/", casework.case, name="desk-casework-case"),
    path("<slug:number>/papers/<uuid:paper_id>/", casework.paper, name="desk-casework-paper"),
]
