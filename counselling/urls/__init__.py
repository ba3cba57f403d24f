"""The pages of counselling, part by part: the phone (`/w/`), the desk (`/wellbeing/`), sealed cases (`/counselling/`)."""

from counselling.urls import cases, cover, peers, support

app_name = "counselling"
urlpatterns = [*peers.urlpatterns, *support.urlpatterns, *cover.urlpatterns, *cases.urlpatterns]
