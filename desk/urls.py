"""Addresses of the pages that join modules."""

from django.urls import path

from desk.views import (
    activation,
    balance,
    bulk,
    entering,
    home,
    me,
    officer_file,
    officer_list,
    search,
    unit,
    unit_changes,
    version,
    version_grid,
)

app_name = "desk"

units = [
    path("units/open/", unit_changes.open_unit, name="open_unit"),
    path("units/<str:code>/", unit.unit, name="unit"),
    path("units/<str:code>/offices/", unit.offices, name="unit_offices"),
    path("units/<str:code>/move/", unit_changes.move, name="move_unit"),
    path("units/<str:code>/rename/", unit_changes.rename, name="rename_unit"),
    path("units/<str:code>/class/", unit_changes.give_class, name="class_unit"),
    path("units/<str:code>/facts/", unit_changes.correct, name="correct_unit"),
    path("units/<str:code>/close/", unit_changes.close, name="close_unit"),
    path("units/<str:code>/reopen/", unit_changes.reopen, name="reopen_unit"),
]

establishment = [
    path("establishment/<str:ref>/", version.version, name="version"),
    path("establishment/<str:ref>/posts/", version_grid.edit, name="edit_version"),
    path("establishment/<str:ref>/table/", version_grid.table, name="version_table"),
    path("establishment/<str:ref>/facts/", version_grid.revise, name="revise_version"),
]

officers = [
    path("officers/", officer_list.officers, name="officers"),
    path("officers/new/", entering.enter_officer, name="enter_officer"),
    path("officers/bulk/", bulk.bulk, name="bulk"),
    path("officers/bulk/<str:ref>/", bulk.deed, name="bulk_deed"),
    path("officers/bulk/<str:ref>/undo/", bulk.undo, name="bulk_undo"),
    path("officers/<str:number>/", officer_file.officer, name="officer"),
    path("officers/<str:number>/purpose/", officer_file.purpose, name="purpose"),
    path("officers/<str:number>/photo/", officer_file.photo, name="photo"),
    path("officers/<str:number>/sign-in/", activation.activation, name="activation"),
    path("officers/<str:number>/left/", entering.leave, name="leave"),
    path("officers/<str:number>/void/", entering.void, name="void"),
]

own = [
    path("me/", me.me, name="me"),
    path("me/correction/", me.correction, name="me_correction"),
    path("me/skill/", me.skill, name="me_skill"),
    path("me/background/", me.background, name="me_background"),
    path("me/readers/", me.readers, name="readers"),
    path("me/record/<str:format>/", me.download, name="me_download"),
]

start = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("balance/", balance.report, name="balance"),
    path("search/palette/", search.palette, name="palette"),
]

urlpatterns = [*start, *units, *establishment, *officers, *own]
