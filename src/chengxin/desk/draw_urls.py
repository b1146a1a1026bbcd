"""Addresses of the pages about random inspections."""

from django.urls import path

from chengxin.desk.views import draws

urlpatterns = [
    path("draws/", draws.draws, name="desk-draws"),
    path("draws/new/", draws.commit, name="desk-draw-new"),
    path("draws/<slug:number>/", draws.draw, name="desk-draw"),
    path("draws/<slug:number>/abandon/", draws.abandon, name="desk-draw-abandon"),
    path("draws/<slug:number>/proof/", draws.proof, name="desk-draw-proof"),
]
