"""Addresses of evaluations and of plans of inspection."""

from django.urls import path

from chengxin.desk.views import evaluations, plans

urlpatterns = [
    path("evaluations/", evaluations.evaluations, name="desk-evaluations"),
    path("evaluations/<uuid:evaluation_id>/", evaluations.evaluation, name="desk-evaluation"),
    path("plans/", plans.plans, name="desk-plans"),
    path("plans/new/", plans.draft, name="desk-plan-new"),
    path("plans/<str:number>/", plans.plan, name="desk-plan"),
]
