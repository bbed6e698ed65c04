// Written by the build for the edit loop: keeps nothing, so that each reload is the newest.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(forget()));

async function forget() {
  const ours = `counterfoil ${new URL(self.registration.scope).pathname} `;
  for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
}
