// The emergency page, in plain JavaScript: it says that the data is safe and saves a backup without the app.

const WORDS = {
  start: ['Counterfoil could not start', 'Try again first. If that does not help, save a backup and ask for help.'],
  stop: ['Counterfoil had to stop', 'Try again to continue. What you were typing is lost; everything that was confirmed as “recorded” is stored.'],
};

// Replaces the page. `kind` is `start` (the app did not start) or `stop` (it started and failed); `cause` is shown under
// the details.
export function rescue(kind, cause) {
  if (document.getElementById('rescue')) return;
  const [title, advice] = WORDS[kind];
  const status = tag('p', { role: 'status' });
  const again = tag('button', { type: 'button', className: 'button primary', onclick: () => location.reload() }, 'Try again');
  const backup = tag('button', { type: 'button', className: 'button', onclick: () => backUp(status) }, 'Save a backup');
  const heading = tag('h1', { tabIndex: -1 }, title);
  const page = tag('main', { id: 'rescue', className: 'startup' },
    tag('div', { className: 'stack' },
      heading,
      tag('p', {}, 'Your data is safe: it is stored in this browser, and nothing was changed.'),
      tag('p', {}, advice),
      tag('div', { className: 'actions' }, again, backup),
      status,
      tag('details', {}, tag('summary', {}, 'Technical details'), tag('p', { className: 'muted' }, details(cause)))));
  document.title = title;
  document.body.replaceChildren(page);
  heading.focus();
}

function details(cause) {
  return [cause?.stack ?? cause, navigator.userAgent, location.pathname, new Date().toISOString()].join(' · ');
}

async function backUp(status) {
  try {
    status.textContent = await saveAll();
  } catch (cause) {
    status.textContent = `The data could not be read: ${cause?.message ?? cause}. Close other tabs of Counterfoil and try again.`;
  }
}

// Saves one file per book: the shop's and, if it was opened, the example shop's. Resolves to the message to show.
async function saveAll() {
  const books = (await indexedDB.databases()).map((each) => each.name).filter((name) => name.startsWith('counterfoil-'));
  let saved = 0;
  for (const name of books) {
    const lines = await linesOf(name);
    if (lines.length) save(`${name} ${new Date().toISOString().slice(0, 10)}.jsonl`, lines);
    saved += lines.length;
  }
  return saved ? `Saved ${saved} entries to your downloads.` : 'There are no entries in this browser yet.';
}

// Every line of one book, unchanged, ordered by device, chain and sequence number. A book that was being upgraded has some
// of them in the store of the earlier version, `entries`, which comes first.
async function linesOf(name) {
  const book = await settled(indexedDB.open(name));
  try {
    const stores = ['entries', 'journal'].filter((store) => book.objectStoreNames.contains(store));
    if (!stores.length) return [];
    const read = book.transaction(stores);
    const records = await Promise.all(stores.map((store) => settled(read.objectStore(store).getAll())));
    const rows = records.flat().map(entriesOf);
    return rows.flat().sort((a, b) => indexedDB.cmp(a.place, b.place)).map((row) => row.bytes);
  } finally {
    book.close();
  }
}

// A record of `entries` is one entry; a record of `journal` holds several.
function entriesOf({ places, lines, device, chain, seq, bytes }) {
  if (!places) return [{ place: [device, chain, '', seq], bytes }];
  return lines.split('\n').map((line, at) => ({ place: places[at], bytes: line }));
}

function save(name, lines) {
  const address = URL.createObjectURL(new Blob(lines.map((line) => `${line}\n`), { type: 'application/jsonl' }));
  tag('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab blocks the data'));
  });
}

function tag(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
