// The page of last resort, in plain JavaScript: says that the book is safe and saves a backup without the app.

const WORDS = {
  start: ['Counterfoil could not start', 'Try again first. If it stays like this, save a backup and ask for help.'],
  stop: ['Counterfoil had to stop', 'Reload to go on. What you were typing is lost; everything that said “recorded” is kept.'],
};

// `kind` is `start` (the app never ran) or `stop` (it ran and failed); `cause` is shown for whoever helps.
export function rescue(kind, cause) {
  if (document.getElementById('rescue')) return;
  const [title, advice] = WORDS[kind];
  const said = tag('p', { role: 'status' });
  const again = tag('button', { type: 'button', className: 'button primary', onclick: () => location.reload() }, 'Try again');
  const backup = tag('button', { type: 'button', className: 'button', onclick: () => backUp(said) }, 'Save a backup');
  const heading = tag('h1', { tabIndex: -1 }, title);
  const page = tag('main', { id: 'rescue', className: 'startup' },
    tag('div', { className: 'stack' },
      heading,
      tag('p', {}, 'Your book is safe: it is stored in this browser and nothing of it was changed.'),
      tag('p', {}, advice),
      tag('div', { className: 'actions' }, again, backup),
      said,
      tag('details', {}, tag('summary', {}, 'Details for whoever helps you'), tag('p', { className: 'muted' }, details(cause)))));
  document.title = title;
  document.body.replaceChildren(page);
  heading.focus();
}

function details(cause) {
  return [cause?.stack ?? cause, navigator.userAgent, location.pathname, new Date().toISOString()].join(' · ');
}

async function backUp(said) {
  try {
    said.textContent = await saveAll();
  } catch (cause) {
    said.textContent = `The backup could not be read: ${cause?.message ?? cause}. Close other tabs of Counterfoil and press again.`;
  }
}

// One file a book: the shop's own and, where it was tried, the example's.
async function saveAll() {
  const books = (await indexedDB.databases()).map((each) => each.name).filter((name) => name.startsWith('counterfoil-'));
  let saved = 0;
  for (const name of books) {
    const lines = await linesOf(name);
    if (lines.length) save(`${name} ${new Date().toISOString().slice(0, 10)}.jsonl`, lines);
    saved += lines.length;
  }
  return saved ? `Saved ${saved} entries to your downloads.` : 'There is no entry in this browser yet.';
}

// Every line of one book, chain by chain, as it was recorded.
async function linesOf(name) {
  const book = await settled(indexedDB.open(name));
  try {
    if (!book.objectStoreNames.contains('entries')) return [];
    const rows = await settled(book.transaction('entries').objectStore('entries').index('place').getAll());
    return rows.map((row) => row.bytes);
  } finally {
    book.close();
  }
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
    request.onblocked = () => reject(new Error('another tab holds the book'));
  });
}

function tag(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
