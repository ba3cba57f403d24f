"""Addresses of advice, the queue, decisions, stops and directions."""

from django.urls import path

from transfers.views import advice, case, decide, queue

urlpatterns = [
    path("transfers/advice/", advice.advice, name="advice"),
    path("transfers/advice/<slug:ref>/", advice.advise, name="advise"),
    path("transfers/queue/", queue.queue, name="queue"),
    path("transfers/queue/decide/", decide.decide_many, name="decide_many"),
    path("transfers/queue/decided/", decide.decided, name="decided"),
    path("transfers/queue/<slug:ref>/", case.case, name="case"),
    path("transfers/queue/<slug:ref>/decide/", decide.decide, name="decide"),
    path("transfers/queue/<slug:ref>/undo/", case.undo, name="undo"),
    path("transfers/queue/<slug:ref>/advice/", advice.type_advice, name="type_advice"),
    path("transfers/queue/<slug:ref>/pass-over/", case.pass_over, name="pass_over"),
    path("transfers/queue/<slug:ref>/direct/", case.direct, name="direct"),
    path("transfers/queue/<slug:ref>/review/", case.review, name="review"),
    path("transfers/directions/<slug:ref>/paper/", case.attach, name="attach"),
    path("transfers/directions/<slug:ref>/file/", case.direction_paper, name="direction_paper"),
    path("transfers/grounds/<slug:ref>/evidence/", case.evidence, name="evidence"),
    path("transfers/stops/", queue.lifted, name="lifted"),
    path("transfers/stops/<slug:ref>/lift/", case.lift, name="lift"),
    path("transfers/protected/", queue.sealed, name="sealed"),
]
