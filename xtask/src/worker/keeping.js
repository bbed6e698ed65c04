// Written by the build. Keeps this version of the app, whole and checked, and serves it with or without a network.
const VERSION = '@VERSION@';
// What this version consists of: path below the scope, and the SHA-256 its bytes must have.
const FILES = '@FILES@';

const SCOPE = new URL(self.registration.scope);
// The scope's path is part of the name because several books on one origin share their caches.
const OURS = `counterfoil ${SCOPE.pathname} `;
const CACHE = OURS + VERSION;

// All or nothing: one wrong, cut or missing file, and the version before stays.
self.addEventListener('install', (event) => event.waitUntil(keepAll()));

// The new version stands; only now may the old ones go.
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));

// Nobody is moved to a new version until a page asks: there may be a form open.
self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const file = fileFor(event.request);
  if (file) event.respondWith(kept(file, event.request));
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.keys(FILES).map((path) => keep(cache, path)));
  } catch (cause) {
    await caches.delete(CACHE);
    throw cause;
  }
}

async function keep(cache, path) {
  const address = new URL(path, SCOPE);
  // The browser compares the bytes with `integrity` and refuses the answer when they differ.
  const integrity = `sha256-${FILES[path]}`;
  const answer = await fetch(address, { integrity, cache: 'no-cache', credentials: 'same-origin', redirect: 'error' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  await cache.put(address, answer);
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

// Which kept file answers; none means the network does. The endpoint's `v1/` is never answered from here.
function fileFor(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== SCOPE.origin || !pathname.startsWith(SCOPE.pathname)) return undefined;
  const path = pathname.slice(SCOPE.pathname.length);
  if (path.startsWith('v1/')) return undefined;
  if (Object.hasOwn(FILES, path)) return path;
  // A screen's address: the app itself decides what it shows. A name with a dot would be a file.
  const screen = request.mode === 'navigate' && !path.split('/').pop().includes('.');
  return screen ? 'index.html' : undefined;
}

async function kept(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(file, SCOPE), { ignoreVary: true })) ?? fetch(request);
}
