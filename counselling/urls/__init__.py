"""The pages of counselling, part by part: the phone (`/w/`), the desk (`/wellbeing/`), sealed cases (`/counselling/`)."""

from counselling.urls import cases, cover, peers, sealed_api, support

app_name = "counselling"
urlpatterns = [
    *peers.urlpatterns,
    *support.urlpatterns,
    *cover.urlpatterns,
    *cases.urlpatterns,
    *sealed_api.urlpatterns,
]
