"""The URL map: one line a module. Who may open each view, the view says itself."""

from django.contrib import admin
from django.urls import include, path

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.imports.urls import pages as imports

IMPORTERS, SECONDS = opens_to(P.IMPORT_ROLL), opens_to(P.IMPORT_ROLL, P.CONFIRM_LARGE_IMPORT)

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("ui/", include("hcims.ui.urls")),
    path("admin/", admin.site.urls),
    path("imports/", include((imports(IMPORTERS, SECONDS), "imports"), namespace="imports")),
    path("training/sheets/", include((imports(opens_to(P.RUN_TRAINING)), "imports"), namespace="sheets")),
    path("payroll/", include((imports(opens_to(P.COMPARE_PAYROLL)), "imports"), namespace="payroll")),
    path("", include("organisation.urls")),
    path("", include("personnel.urls")),
    path("", include("deployment.urls")),
    path("", include("transfers.urls")),
    path("", include("counselling.urls")),
    path("", include("training.urls")),
    path("", include("desk.urls")),
    path("audit/", include("hcims.audit.urls")),
    path("", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("jobs/", include("hcims.jobs.urls")),
    path("", include("hcims.letters.urls")),
    path("", include("hcims.notify.urls")),
    path("status/", include("hcims.status.urls")),
]

handler404 = "hcims.access.views.not_found"
handler500 = "hcims.access.views.server_error"
