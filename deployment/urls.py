"""Addresses of this module."""

from django.urls import path

from deployment.views import (
    confirmations,
    discrepancies,
    forecast,
    ledger,
    orders,
    overview,
    postings,
    rank_mix,
    skills_gap,
    stations,
)

app_name = "deployment"
urlpatterns = [
    path("postings/", ledger.postings, name="postings"),
    path("postings/new/", postings.new_posting, name="new_posting"),
    path("postings/absence/", postings.new_absence, name="new_absence"),
    path("postings/<str:ref>/", postings.posting, name="posting"),
    path("postings/<str:ref>/return/<str:kind>/", postings.new_return, name="new_return"),
    path("postings/<str:ref>/<str:deed>/", postings.change_posting, name="change_posting"),
    path("orders/new/", orders.new_order, name="new_order"),
    path("orders/<str:ref>/", orders.order, name="order"),
    path("orders/<str:ref>/<str:deed>/", orders.change_order, name="change_order"),
    path("discrepancies/", discrepancies.discrepancy_list, name="discrepancies"),
    path("discrepancies/<str:ref>/", discrepancies.discrepancy, name="discrepancy"),
    path("discrepancies/<str:ref>/<str:deed>/", discrepancies.resolve_discrepancy, name="resolve_discrepancy"),
    path("station-return/", stations.station_returns, name="station_returns"),
    path("station-return/answers/", stations.answers, name="answers"),
    path("station-return/answers/<str:ref>/", stations.resolve, name="resolve"),
    path("station-return/<str:code>/", stations.station_return, name="station_return"),
    path("skills-gap/", skills_gap.skills_gap, name="skills_gap"),
    path("skills-gap/holders/", skills_gap.skill_holders, name="skill_holders"),
    path("skills-gap/<str:skill>/", skills_gap.skill, name="skill"),
    path("skills-gap/<str:skill>/<str:code>/", skills_gap.nearest, name="nearest"),
    path("overview/", overview.overview, name="overview"),
    path("overview/<str:code>/", overview.overview, name="area"),
    path("overview/<str:code>/rest/", overview.rest, name="rest"),
    path("overview/<str:code>/officers/", overview.holders, name="holders"),
    path("overview/<str:code>/confirmed/", confirmations.confirmed, name="confirmed"),
    path("vacancies/", overview.vacancies, name="vacancies"),
    path("vacancies/<str:code>/", overview.vacancies, name="vacancies_of"),
    path("rank-mix/", rank_mix.rank_mix, name="rank_mix"),
    path("rank-mix/<str:code>/", rank_mix.rank_mix, name="rank_mix_of"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/<str:kind>/<int:years>/", forecast.leaving, name="leaving"),
]
