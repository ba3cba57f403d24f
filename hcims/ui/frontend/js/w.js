// The phone pages under /w/: what all of them share. WebCrypto alone, no htmx, no govuk-frontend; it works without any of it.
import { startExit } from "./w/exit.js";
import { keepOffline } from "./w/offline.js";

startExit();
keepOffline();
