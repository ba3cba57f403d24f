"""Addresses of rule books and rounds."""

from django.urls import path

from transfers.views import my_round, publication, round_deeds, round_files, rounds, rule_books, seats  # type: ignore[attr-defined]

urlpatterns = [
    path("transfers/rule-books/", rule_books.rule_books, name="rule_books"),
    path("transfers/rule-books/new/", rule_books.draft, name="new_rule_book"),
    path("transfers/rule-books/<slug:ref>/", rule_books.rule_book, name="rule_book"),
    path("transfers/rule-books/<slug:ref>/file/", rule_books.file, name="rule_book_file"),
    path("transfers/rule-books/<slug:ref>/compare/", rule_books.compare, name="rule_book_compare"),
    path("transfers/rule-books/<slug:ref>/next/", rule_books.next_version, name="rule_book_next"),
    path("transfers/rule-books/<slug:ref>/edit/", rule_books.edit, name="rule_book_edit"),
    path("transfers/rule-books/<slug:ref>/publish/", rule_books.publish, name="rule_book_publish"),
    path("transfers/rounds/", rounds.rounds, name="rounds"),
    path("transfers/rounds/new/", round_deeds.prepare, name="new_round"),
    path("transfers/rounds/<slug:code>/", rounds.round, name="round"),
    path("transfers/rounds/<slug:code>/seats/", seats.seats, name="round_seats"),
    path("transfers/rounds/<slug:code>/mine/", my_round.mine, name="my_round"),
    path("transfers/rounds/<slug:code>/leaf/", round_files.leaf, name="round_leaf"),
    path("transfers/rounds/<slug:code>/public/", round_files.public, name="round_public"),
    path("transfers/rounds/<slug:code>/certificate/", round_files.certificate, name="round_certificate"),
    path("transfers/rounds/<slug:code>/sealed/", round_files.sealed, name="round_sealed"),
    path("transfers/rounds/<slug:code>/announce/", round_deeds.announce, name="round_announce"),
    path("transfers/rounds/<slug:code>/open/", round_deeds.open_lists, name="round_open"),
    path("transfers/rounds/<slug:code>/close/", round_deeds.close_lists, name="round_close"),
    path("transfers/rounds/<slug:code>/freeze/", round_deeds.freeze, name="round_freeze"),
    path("transfers/rounds/<slug:code>/compute/", round_deeds.compute, name="round_compute"),
    path("transfers/rounds/<slug:code>/commit/", round_deeds.commit, name="round_commit"),
    path("transfers/rounds/<slug:code>/reveal/", round_deeds.reveal, name="round_reveal"),
    path("transfers/rounds/<slug:code>/draw/", round_deeds.draw, name="round_draw"),
    path("transfers/rounds/<slug:code>/publish/", publication.publish, name="round_publish"),
    path("transfers/rounds/<slug:code>/publish/letters/", publication.letters, name="round_letters"),
    path("transfers/rounds/<slug:code>/publish/letter/", publication.letter, name="round_letter"),
    path("transfers/rounds/<slug:code>/cancel/", round_deeds.cancel, name="round_cancel"),
]
