// Written by the build. Caches this version of the app, complete and checked, and serves it with or without a network.
const VERSION = '@VERSION@';
// The files of this version: path below the scope, and SHA-256 of the bytes.
const FILES = '@FILES@';
// The files of the guide, in the same way. No start needs them: they are cached when a page says that it has started.
const LATER = '@LATER@';

const SCOPE = new URL(self.registration.scope);
// The scope's path is part of the name because several books on one origin share one cache storage.
const OURS = `counterfoil ${SCOPE.pathname} `;
const CACHE = OURS + VERSION;

// All or nothing: if one file is wrong, incomplete or missing, the previous version stays.
self.addEventListener('install', (event) => event.waitUntil(cacheAll()));

// The new version is complete: the old ones can be deleted.
self.addEventListener('activate', (event) => event.waitUntil(deleteOldCaches().then(() => self.clients.claim())));

// A new version becomes active only when a page asks for it: a form may be open.
self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting();
  if (event.data === 'later') event.waitUntil(cacheLater());
});

self.addEventListener('fetch', (event) => {
  const file = fileFor(event.request);
  if (file) event.respondWith(cached(file, event.request));
});

async function cacheAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.keys(FILES).map((path) => cacheFile(cache, path)));
  } catch (cause) {
    await caches.delete(CACHE);
    throw cause;
  }
}

// One file after the other, beside what the user does. What cannot be fetched now is fetched at the next start.
async function cacheLater() {
  const cache = await caches.open(CACHE);
  for (const path of Object.keys(LATER)) {
    if (await cache.match(new URL(path, SCOPE))) continue;
    try {
      await cacheFile(cache, path);
    } catch {
      return;
    }
  }
}

async function cacheFile(cache, path) {
  const address = new URL(path, SCOPE);
  // The browser compares the bytes with `integrity` and refuses the answer when they differ.
  const integrity = `sha256-${FILES[path] ?? LATER[path]}`;
  const answer = await fetch(address, { integrity, cache: 'no-cache', credentials: 'same-origin', redirect: 'error' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  await cache.put(address, answer);
}

async function deleteOldCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

// The cached file for a request, or undefined for the network. The endpoint's `v1/` is never served from the cache.
function fileFor(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== SCOPE.origin || !pathname.startsWith(SCOPE.pathname)) return undefined;
  const path = pathname.slice(SCOPE.pathname.length);
  if (path.startsWith('v1/')) return undefined;
  if (Object.hasOwn(FILES, path) || Object.hasOwn(LATER, path)) return path;
  // The address of a screen: the app decides what it shows. A name with a dot is a file.
  const screen = request.mode === 'navigate' && !path.split('/').pop().includes('.');
  return screen ? 'index.html' : undefined;
}

async function cached(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(file, SCOPE), { ignoreVary: true })) ?? fetch(request);
}
