// Keeps the phone pages on the phone. The worker is asked after once a day at most: what it may not cost is a visit.
export function keepOffline() {
  navigator.serviceWorker?.register("/w/sw.js", { scope: "/w/", updateViaCache: "all" }).catch(() => {});
}
