// Registers the worker and knows whether a newer version is ready. It never reloads a tab that did not ask.

const HOUR = 3_600_000;
const worker = isSecureContext ? navigator.serviceWorker : undefined;

let registration;
let asked = false;
// The very first worker claims a page that had none; that is not an update.
let controlled = Boolean(worker?.controller);

// `ready` turns true, and `counterfoil-update` is fired at the window, when a newer version can be had by `apply`.
export const update = {
  ready: false,

  // Moves this tab to the newer version. Other tabs keep running theirs and are offered the same.
  apply() {
    asked = true;
    if (registration?.waiting) registration.waiting.postMessage('activate');
    else location.reload();
  },
};

export function watch(base) {
  if (!worker) return;
  worker.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    else if (controlled) offer();
    controlled = true;
  });
  worker.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' }).then(follow, (cause) => {
    console.warn(`Counterfoil will not start without a network: ${cause}`);
  });
}

function follow(found) {
  registration = found;
  if (found.waiting && worker.controller) offer();
  found.addEventListener('updatefound', () => {
    const coming = found.installing;
    coming.addEventListener('statechange', () => {
      if (coming.state === 'installed' && worker.controller) offer();
    });
  });
  askNowAndThen(found);
}

// A counter stays open for weeks; the browser itself asks only when a page is loaded.
function askNowAndThen(found) {
  let last = Date.now();
  const ask = () => {
    if (document.hidden || !navigator.onLine || Date.now() - last < HOUR) return;
    last = Date.now();
    found.update().catch(() => {}); // No answer is no news: asked again in an hour.
  };
  document.addEventListener('visibilitychange', ask);
  addEventListener('online', ask);
  setInterval(ask, HOUR);
}

function offer() {
  update.ready = true;
  dispatchEvent(new CustomEvent('counterfoil-update'));
}
