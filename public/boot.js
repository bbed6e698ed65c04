// Starts the app. In a separate file, so that the page needs no inline script.
import { folder } from './folder.js';
import { install, watchInstall } from './install.js';
import { mirror } from './mirror.js';
import { rescue } from './rescue.js';
import { update, watch } from './update.js';

const { base, js, wasm } = document.querySelector('script[data-wasm]').dataset;

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

// Whether the program is there, from the cache or from the server. `waitForServer` is in `early.js`.
function canBeLoaded(address) {
  return fetch(address).then((answer) => answer.ok, () => false);
}
