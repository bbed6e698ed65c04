// Registers the service worker and reports when a newer version is ready. It never reloads a tab on its own.

const HOUR = 3_600_000;
const worker = isSecureContext ? navigator.serviceWorker : undefined;

let registration;
let requested = false;
// The first worker takes control of a page that had none; that is not an update.
let controlled = Boolean(worker?.controller);

// `ready` becomes true, and the event `counterfoil-update` is fired at the window, when `apply` can apply a newer version.
export const update = {
  ready: false,

  // Reloads this tab with the newer version. Other tabs continue with theirs and get the same offer.
  apply() {
    requested = true;
    if (registration?.waiting) registration.waiting.postMessage('activate');
    else location.reload();
  },
};

export function watch(base) {
  if (!worker) return;
  worker.addEventListener('controllerchange', () => {
    if (requested) location.reload();
    else if (controlled) offer();
    controlled = true;
    cacheLater();
  });
  if (worker.controller) addEventListener('load', cacheLater);
  worker.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' }).then(follow, (cause) => {
    console.warn(`Counterfoil will not start without a network: ${cause}`);
  });
}

// The app has started: what no start needs can be cached, so that the guide is there without a network too.
function cacheLater() {
  // Without an active worker the data of the site was deleted meanwhile.
  worker.ready.then(({ active }) => active?.postMessage('later'));
}

function follow(found) {
  registration = found;
  if (found.waiting && worker.controller) offer();
  found.addEventListener('updatefound', () => {
    const installing = found.installing;
    installing.addEventListener('statechange', () => {
      if (installing.state === 'installed' && worker.controller) offer();
    });
  });
  checkRegularly(found);
}

// A counter stays open for weeks, but the browser checks for updates only when a page is loaded.
function checkRegularly(found) {
  let last = Date.now();
  const check = () => {
    if (document.hidden || !navigator.onLine || Date.now() - last < HOUR) return;
    last = Date.now();
    found.update().catch(() => {}); // Offline or no answer: checked again in an hour.
  };
  document.addEventListener('visibilitychange', check);
  addEventListener('online', check);
  setInterval(check, HOUR);
}

function offer() {
  update.ready = true;
  dispatchEvent(new CustomEvent('counterfoil-update'));
}
