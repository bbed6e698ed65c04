// Starts the app. In a separate file, so that the page needs no inline script.
import { folder } from './folder.js';
import { install, watchInstall } from './install.js';
import { mirror } from './mirror.js';
import { rescue } from './rescue.js';
import { update, watch } from './update.js';

const { base, js, wasm, parts } = document.querySelector('script[data-wasm]').dataset;

// Where this browser has a book, the parts that open it are requested beside the first one. They are named in release builds.
if (parts && hasBook()) {
  for (const part of parts.split(' ')) {
    const link = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: `${base}${part}` };
    document.head.append(Object.assign(document.createElement('link'), link));
  }
}

// The interface between the app and the scripts of the page.
window.counterfoil = Object.freeze({ base, folder, install, mirror, update, rescue });

// Before the app starts, so that the worker's installation does not wait for it.
watch(base);
watchInstall();

try {
  const { default: start } = await import(js);
  await start({ module_or_path: wasm });
} catch (cause) {
  // A new version became active after this page was loaded, so the files that this page names are gone. Reload.
  if (update.ready) location.reload();
  else if (await canBeLoaded(wasm)) rescue('start', cause);
  else waitForServer();
  throw cause;
}

// The bookmark of the book, as the app stores it. Without it the app looks for a book, and requests the parts when it finds one.
function hasBook() {
  try {
    return localStorage.getItem('counterfoil-book') !== null;
  } catch {
    return false;
  }
}

// Whether the program is there, from the cache or from the server. `waitForServer` is in `early.js`.
function canBeLoaded(address) {
  return fetch(address).then((answer) => answer.ok, () => false);
}
