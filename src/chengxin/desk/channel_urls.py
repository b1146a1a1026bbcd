"""Addresses of the channels of intake, below /desk/channels/."""

from django.urls import path

from chengxin.desk.views import channels

urlpatterns = [
    path("", channels.channels, name="desk-channels"),
    path("deliveries/<uuid:number>/", channels.delivery, name="desk-delivery"),
    path("deliveries/<uuid:number>/dismiss/", channels.dismiss, name="desk-dismiss"),
    path("<slug:code>/", channels.channel, name="desk-channel"),
]
