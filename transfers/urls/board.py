"""Addresses of the board, of trials, of "why not me?", of appeals, and of the exchange window."""

from django.urls import path

from transfers.views import appeals, board, exchange, redress, trials, why

urlpatterns = [
    path("transfers/board/", board.boards, name="boards"),
    path("transfers/rounds/<slug:code>/board/", board.board, name="board"),
    path("transfers/rounds/<slug:code>/proof/", board.proof, name="round_proof"),
    path("transfers/rounds/<slug:code>/board/awards/", board.awards, name="board_awards"),
    path("transfers/rounds/<slug:code>/board/strength/", board.strength, name="board_strength"),
    path("transfers/rounds/<slug:code>/board/accept/", board.accept, name="board_accept"),
    path("transfers/rounds/<slug:code>/board/reopen/", board.reopen, name="board_reopen"),
    path("transfers/rounds/<slug:code>/trials/", trials.trials, name="trials"),
    path("transfers/rounds/<slug:code>/trials/try/<slug:question>/", trials.common, name="common_trial"),
    path("transfers/runs/<slug:ref>/", trials.run, name="run"),
    path("transfers/awards/<slug:ref>/", board.award, name="award"),
    path("transfers/awards/<slug:ref>/restore/", board.restore, name="award_restore"),
    path("transfers/why/", why.results, name="results"),
    path("transfers/why/<slug:ref>/", why.award, name="why"),
    path("transfers/why/<slug:ref>/change/", why.work_out, name="work_out"),
    path("transfers/decisions/<slug:ref>/", why.decision, name="why_decision"),
    path("transfers/exchange/<slug:code>/", exchange.window, name="exchange_window"),
    path("transfers/exchange/<slug:code>/withdraw/", exchange.withdraw, name="exchange_withdraw"),
    path("transfers/exchange/<slug:code>/circles/", exchange.find, name="exchange_circles"),
    path("transfers/appeals/", appeals.appeals, name="appeals"),
    path("transfers/appeals/outcomes/", appeals.outcomes, name="appeal_outcomes"),
    path("transfers/appeals/against-award/<slug:ref>/", appeals.lodge_award, name="appeal_award"),
    path("transfers/appeals/against-decision/<slug:ref>/", appeals.lodge_decision, name="appeal_decision"),
    path("transfers/appeals/<slug:ref>/", appeals.appeal, name="appeal"),
    path("transfers/appeals/<slug:ref>/panel/", appeals.panel, name="appeal_panel"),
    path("transfers/appeals/<slug:ref>/again/", appeals.again, name="appeal_again"),
    path("transfers/appeals/<slug:ref>/view/", appeals.own_view, name="appeal_view"),
    path("transfers/appeals/<slug:ref>/decide/", appeals.decide, name="appeal_decide"),
    path("transfers/appeals/<slug:ref>/withdraw/", appeals.withdraw, name="appeal_withdraw"),
    path("transfers/redress/", redress.owed_list, name="redress"),
    path("transfers/redress/<slug:ref>/sign/", redress.sign, name="sign_return"),
    path("transfers/protected/returns/<slug:ref>/", redress.sign_sealed, name="sign_sealed_return"),
    path("transfers/appeals/<slug:ref>/paper/", appeals.paper, name="appeal_paper"),
]
