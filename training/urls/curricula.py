"""Addresses of programmes, their curricula, and orders."""

from django.urls import path

from training.views import curricula, orders

urlpatterns = [
    path("training/curricula/", curricula.curricula, name="curricula"),
    path("training/curricula/<slug:ref>/", curricula.curriculum, name="curriculum"),
    path("training/curricula/<slug:ref>/edit/", curricula.edit, name="edit_curriculum"),
    path("training/curricula/<slug:ref>/compare/", curricula.compare, name="compare_curricula"),
    path("training/curricula/<slug:ref>/do/<slug:deed>/", curricula.deed, name="decide_curriculum"),
    path("training/programmes/new/", curricula.new_programme, name="new_programme"),
    path("training/programmes/<slug:programme>/change/", curricula.change_programme, name="change_programme"),
    path("training/programmes/<slug:programme>/draft/", curricula.draft, name="draft_curriculum"),
    path("training/orders/new/", orders.enter, name="enter_order"),
    path("training/orders/<slug:ref>/", orders.order, name="order"),
    path("training/orders/<slug:ref>/<slug:deed>/", orders.deed, name="decide_order"),
]
