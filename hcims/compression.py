"""Pages go out compressed: a page of a hundred kilobytes is ten on the line, and half of the telephones here are on 2G or 3G."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

WORTH_IT = ("text/", "application/json")


class CompressionMiddleware(GZipMiddleware):
    """Compresses text. Workbooks, papers and photographs are compressed already and go as they are.

    Against guessing secrets by the size of an answer: Django adds a random number of bytes, and masks its tokens anew.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(WORTH_IT):
            return response
        return super().process_response(request, response)
