"""Addresses of courses, their versions and their conditions of entry."""

from django.urls import path

from training.views import course_versions, courses

urlpatterns = [
    path("training/courses/", courses.courses, name="courses"),
    path("training/courses/new/", courses.new, name="new_course"),
    path("training/courses/<slug:course>/", courses.course, name="course"),
    path("training/courses/<slug:course>/change/", courses.change, name="change_course"),
    path("training/courses/<slug:course>/condition/", courses.add_condition, name="add_condition"),
    path("training/courses/<slug:course>/draft/", course_versions.draft, name="draft_course_version"),
    path("training/conditions/<slug:ref>/<slug:deed>/", courses.condition, name="condition"),
    path("training/course-versions/<slug:ref>/", course_versions.version, name="course_version"),
    path("training/course-versions/<slug:ref>/edit/", course_versions.edit, name="edit_course_version"),
    path("training/course-versions/<slug:ref>/compare/", course_versions.compare, name="compare_course_versions"),
    path("training/course-versions/<slug:ref>/do/<slug:deed>/", course_versions.deed, name="decide_course_version"),
]
