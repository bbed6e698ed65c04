// The page of last resort, in plain JavaScript: says that the book is safe and saves a backup without the app.

const WORDS = {
  start: ['Counterfoil could not start', 'Try again first. If it stays like this, save a backup and ask for help.'],
  stop: ['Counterfoil had to stop', 'Reload to go on. What you were typing is lost; everything that said “recorded” is kept.'],
};

// `kind` is `start` (the app never ran) or `stop` (it ran and failed); `cause` is shown for whoever helps.
export function rescue(kind, cause) {
  if (document.querySelector('main.rescue')) return;
  const [title, advice] = WORDS[kind];
  const said = tag('p', { role: 'status' });
  const page = tag('main', { className: 'rescue' },
    tag('h1', {}, title),
    tag('p', {}, 'Your book is safe: it is stored in this browser and nothing of it was changed.'),
    tag('p', {}, advice),
    tag('p', {},
      tag('button', { type: 'button', onclick: () => location.reload() }, 'Try again'),
      ' ',
      tag('button', { type: 'button', onclick: () => backUp(said) }, 'Save a backup')),
    said,
    tag('details', {}, tag('summary', {}, 'Details for whoever helps you'), tag('pre', {}, String(cause?.stack ?? cause))));
  document.title = title;
  document.body.replaceChildren(page);
  const heading = page.querySelector('h1');
  heading.tabIndex = -1;
  heading.focus();
}

async function backUp(said) {
  try {
    const books = (await indexedDB.databases()).map((each) => each.name).filter((name) => name.startsWith('counterfoil-'));
    let saved = 0;
    for (const name of books) {
      const lines = await linesOf(name);
      if (lines.length) save(`${name}.jsonl`, lines);
      saved += lines.length;
    }
    said.textContent = saved ? `Saved ${saved} entries to your downloads.` : 'There is no entry in this browser yet.';
  } catch (cause) {
    said.textContent = `The backup could not be read: ${cause?.message ?? cause}. Close other tabs of Counterfoil and press again.`;
  }
}

// Every line of one book, chain by chain, as it was recorded.
async function linesOf(name) {
  const book = await settled(indexedDB.open(name));
  try {
    if (!book.objectStoreNames.contains('entries')) return [];
    const store = book.transaction('entries').objectStore('entries');
    const [keys, rows] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    const found = rows.map((row, at) => ({ chain: keys[at].slice(1), line: row.bytes }));
    return found.sort((a, b) => indexedDB.cmp(a.chain, b.chain)).map((each) => each.line);
  } finally {
    book.close();
  }
}

function save(name, lines) {
  const parts = lines.flatMap((line) => [line, '\n']);
  const address = URL.createObjectURL(new Blob(parts, { type: 'application/jsonl' }));
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
