// Written by `cargo xtask dev`: caches nothing, so that each reload loads the newest version.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(deleteCaches()));

async function deleteCaches() {
  const ours = `counterfoil ${new URL(self.registration.scope).pathname} `;
  for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
}
