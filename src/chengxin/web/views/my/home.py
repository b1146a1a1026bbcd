"""我的信用空间: the first page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chengxin.web.views.my.acting import SpeakingRequest, my_page, speaking


@require_safe
@speaking
def home(request: SpeakingRequest) -> HttpResponse:
    """Who I am here, and what I can do."""
    return my_page(request, "my/home.html", here="my-home")
