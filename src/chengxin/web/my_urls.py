"""Addresses of the subject's own space, under /my/."""

from django.urls import include, path

from chengxin.web.views.my import agents, home, looks, signing

urlpatterns = [
    path("", home.home, name="my-home"),
    path("sign-in/", signing.sign_in, name="my-sign-in"),
    path("sign-in/<slug:code>/", signing.leave_for, name="my-leave-for"),
    path("sign-in/<slug:code>/back/", signing.come_back, name="my-come-back"),
    path("choose/", signing.choose, name="my-choose"),
    path("sign-out/", signing.sign_out, name="my-sign-out"),
    path("records/", home.records, name="my-records"),
    path("records/<uuid:record_id>/", home.record, name="my-record"),
    path("uses/", home.uses, name="my-uses"),
    path("looks/", looks.looks, name="my-looks"),
    path("looks/<uuid:look_id>/ask/", looks.ask, name="my-ask"),
    path("questions/", looks.questions, name="my-questions"),
    path("copy.json", looks.copy, {"form": "json"}, name="my-copy-json"),
    path("copy.pdf", looks.copy, {"form": "pdf"}, name="my-copy-pdf"),
    path("", include("chengxin.web.my_case_urls")),
    path("agents/", agents.agents, name="my-agents"),
    path("agents/<uuid:mandate_id>/end/", agents.end, name="my-agent-end"),
]
