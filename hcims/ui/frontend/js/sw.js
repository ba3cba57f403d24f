// The service worker of pages that a phone keeps. What it answers for stands before this text: hcims/ui/offline.py.
// PAGES and FILES come from the phone, without a request; LATER from the server, and from the phone where there is none.
// Everything else, what a person signed in reads above all, goes the ordinary way and is never kept.
/* global NAME, VERSION, PAGES, FILES, LATER */
const CACHE = `${NAME}-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...PAGES, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const older = (names) => names.filter((name) => name.startsWith(`${NAME}-`) && name !== CACHE);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(older(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { origin, pathname, search } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (PAGES.includes(pathname)) event.respondWith(page(pathname, search, event));
  else if (FILES.includes(pathname)) event.respondWith(file(pathname, event.request));
  else if (LATER.includes(pathname)) event.respondWith(later(event));
});

async function file(path, request) {
  return (await caches.match(path)) || fetch(request);
}

async function later({ request }) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request, { ignoreSearch: true })) || Response.error();
  }
}

async function page(path, search, event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path + search);
  if (kept) return kept;
  try {
    const answer = await fetch(path + search);
    if (answer.ok) event.waitUntil(learn(cache, search));
    return answer;
  } catch {
    return (await cache.match(path)) || Response.error();
  }
}

// Another language was chosen: all pages are kept in it, and from now on the app opens in it.
async function learn(cache, search) {
  if (!/^\?lang=[a-z]{2}$/.test(search)) return;
  await cache.addAll(PAGES.map((path) => path + search));
  for (const path of PAGES) await cache.put(path, await cache.match(path + search));
}
