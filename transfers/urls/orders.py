"""Addresses of orders: the officer's own, those of an area, the deeds on each."""

from django.urls import path

from transfers.views import orders, signals

urlpatterns = [
    path("transfers/queue/<slug:ref>/publish/", orders.publish, name="publish"),
    path("transfers/orders/", orders.order_list, name="orders"),
    path("transfers/orders/mine/", orders.own_orders, name="own_orders"),
    path("transfers/orders/mine/<slug:ref>/confirm/", orders.confirm, name="confirm_payment"),
    path("transfers/orders/mine/<slug:ref>/later/", orders.ask_later, name="ask_later"),
    path("transfers/orders/payroll/", orders.payroll, name="payroll_export"),
    path("transfers/signals/", signals.signal_list, name="signals"),
    path("transfers/signals/new/<slug:code>/", signals.compose, name="compose_signal"),
    path("transfers/signals/<slug:ref>/", signals.signal, name="signal"),
    path("transfers/signals/<slug:ref>/file/", signals.signal_file, name="signal_file"),
    path("transfers/orders/<slug:ref>/", orders.order, name="order"),
    path("transfers/orders/<slug:ref>/letter/", orders.letter, name="order_letter"),
    path("transfers/orders/<slug:ref>/release/", orders.release, name="release"),
    path("transfers/orders/<slug:ref>/later/", orders.answer_deferment, name="answer_deferment"),
    path("transfers/orders/<slug:ref>/<slug:deed>/", orders.change_order, name="change_order"),
]
