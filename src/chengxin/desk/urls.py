"""Addresses of the workbench."""

from django.urls import include, path

from chengxin.desk.views import batches, home, log, matching, records, upload

urlpatterns = [
    path("", home.home, name="desk-home"),
    path("powers/", home.powers, name="desk-powers"),
    path("upload/", upload.upload, name="desk-upload"),
    path("upload/<str:ticket>/", upload.file, name="desk-file"),
    path("batches/", batches.batches, name="desk-batches"),
    path("batches/<slug:number>/", batches.batch, name="desk-batch"),
    path("batches/<slug:number>/receipt.json", batches.receipt, name="desk-receipt"),
    path("batches/<slug:number>/faults.csv", batches.faults, name="desk-faults"),
    path("batches/<slug:number>/to-mend.xlsx", batches.mend_file, name="desk-mend"),
    path("batches/<slug:number>/accept/", batches.accept, name="desk-accept"),
    path("batches/<slug:number>/release/", batches.release_batch, name="desk-release"),
    path("batches/<slug:number>/return/", batches.return_to_sender, name="desk-return"),
    path("matching/", matching.waiting, name="desk-matching"),
    path("matching/<int:row_id>/", matching.decide, name="desk-decide"),
    path("records/", records.find, name="desk-records"),
    path("records/<uuid:record_id>/", records.record, name="desk-record"),
    path("records/<uuid:record_id>/correct/", records.correct_record, name="desk-correct"),
    path("records/<uuid:record_id>/revoke/", records.revoke_record, name="desk-revoke"),
    path("log/", log.log, name="desk-log"),
    path("casework/", include("chengxin.desk.casework_urls")),
    path("channels/", include("chengxin.desk.channel_urls")),
    path("", include("chengxin.desk.quality_urls")),
    path("", include("chengxin.desk.link_urls")),
    path("", include("chengxin.desk.list_urls")),
    path("", include("chengxin.desk.draw_urls")),
    path("", include("chengxin.desk.replay_urls")),
    path("", include("chengxin.desk.grade_urls")),
    path("", include("chengxin.desk.counter_urls")),
]
