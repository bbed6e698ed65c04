// Set before anything is shown or run: the chosen theme, the only Trusted Types policy, and what is said when a script cannot be
// loaded. A classic script, because a module would run after the first paint.

try {
  const theme = JSON.parse(localStorage.getItem('counterfoil-theme'));
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // No storage, or an invalid value: the device's theme applies.
}

// Allows the static markup of the views and refuses markup that could run a script.
if (self.trustedTypes && !trustedTypes.defaultPolicy) {
  const workers = ['sw.js', 'mirror-worker.js'].map((name) => new URL(name, document.currentScript.src).href);
  const runs = /<(?:script|iframe|frame|object|embed|base|meta|link)\b|[\s/"']on[a-z]+\s*=|javascript:|\bsrcdoc\s*=/i;
  trustedTypes.createPolicy('default', {
    createHTML(markup) {
      if (runs.test(markup)) throw new TypeError('This markup could run a script and was refused.');
      return markup;
    },
    createScriptURL(address) {
      if (workers.includes(new URL(address, location.href).href)) return address;
      throw new TypeError(`Only the app's own workers may be started, not ${address}.`);
    },
  });
}

// The server is gone in the middle of a first visit: the page says so, and loads again as soon as the server answers.
const PAUSE = 3_000;
let waits = false;

function waitForServer() {
  const status = document.querySelector('#starting [role=status]');
  if (waits || !status) return;
  waits = true;
  status.textContent = 'A part of Counterfoil could not be loaded, because the server does not answer. The page tries again by itself.';
  setTimeout(tryServer, PAUSE);
}

async function tryServer() {
  const answers = await fetch(location.href, { cache: 'no-store' }).then((answer) => answer.ok, () => false);
  if (answers) location.reload();
  else setTimeout(tryServer, PAUSE);
}

// Errors of loading do not bubble.
addEventListener('error', ({ target }) => {
  if (!(target instanceof HTMLScriptElement)) return;
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', waitForServer);
  else waitForServer();
}, true);
