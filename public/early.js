// Set before anything is shown or run: the chosen theme, the language, the only Trusted Types policy, and what is said when a script
// cannot be loaded. A classic script, because a module would run after the first paint.

try {
  const theme = JSON.parse(localStorage.getItem('counterfoil-theme'));
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // No storage, or an invalid value: the device's theme applies.
}

// The language: the choice in the settings, otherwise the first language of the browser that the app is written in. The texts of
// another language than English are a file, which is fetched while the program is.
const LANGUAGES = ['en', 'de', 'fr'];
const LANGUAGE = language();
document.documentElement.lang = LANGUAGE;
{
  const { base, texts, parts } = document.currentScript.dataset;
  const request = (name) => {
    const link = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: `${base}${name}` };
    document.head.append(Object.assign(document.createElement('link'), link));
  };
  texts?.split(' ').filter((each) => each.startsWith(`texts-${LANGUAGE}-`)).forEach(request);
  // Where this browser has a book, the parts of the program that open it are requested beside the first one. Release builds name them.
  if (hasBook()) parts?.split(' ').filter(Boolean).forEach(request);
}

// The bookmark of the book, as the app stores it. Without it the app looks for a book, and requests the parts when it finds one.
function hasBook() {
  try {
    return localStorage.getItem('counterfoil-book') !== null;
  } catch {
    return false;
  }
}

// The manifest is named below this script.
addEventListener('DOMContentLoaded', () => {
  const manifest = document.querySelector('link[rel=manifest]');
  if (manifest && LANGUAGE !== 'en') manifest.href = manifest.href.replace('manifest.', `manifest-${LANGUAGE}.`);
});

function language() {
  let chosen;
  try {
    chosen = JSON.parse(localStorage.getItem('counterfoil-language'));
  } catch {
    // As above: the languages of the browser apply.
  }
  const wanted = [chosen, ...navigator.languages].map((tag) => `${tag}`.toLowerCase().split('-')[0]);
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
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
const SERVER_GONE = {
  en: 'A part of Counterfoil could not be loaded, because the server does not answer. The page tries again by itself.',
  de: 'Ein Teil von Counterfoil konnte nicht geladen werden, weil der Server nicht antwortet. Die Seite versucht es von selbst wieder.',
  fr: 'Une partie de Counterfoil n’a pas pu être chargée, car le serveur ne répond pas. La page réessaie d’elle-même.',
};
let waits = false;

function waitForServer() {
  const status = document.querySelector('#starting [role=status]');
  if (waits || !status) return;
  waits = true;
  status.textContent = SERVER_GONE[LANGUAGE];
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
