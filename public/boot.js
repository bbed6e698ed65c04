// Starts the app. A file of its own, so that the page needs no inline script.
import { install, watchInstall } from './install.js';
import { rescue } from './rescue.js';
import { update, watch } from './update.js';

const { base, js, wasm } = document.querySelector('script[data-wasm]').dataset;

// What the app and the page around it know of each other.
window.counterfoil = Object.freeze({ base, install, update, rescue });

// First, so that the worker's install does not wait for the app.
watch(base);
watchInstall();

try {
  const { default: start } = await import(js);
  await start({ module_or_path: wasm });
  document.getElementById('starting').remove();
} catch (cause) {
  // A new version took over between this page and its files: the page as it is now can never start.
  if (update.ready) location.reload();
  else rescue('start', cause);
  throw cause;
}
