// The emergency page, in plain JavaScript: it saves a backup without the app, from the database and from the mirror.
import { mirror } from './mirror.js';

// Milliseconds after which a database that does not answer is left out.
const PATIENCE = 10_000;

const WORDS = {
  save: ['Save what can be read', 'The backup contains what the database and the second copy on this device have. Keep it, also if it is not complete.'],
  start: ['Counterfoil could not start', 'Try again first. If that does not help, save a backup and ask for help.'],
  stop: ['Counterfoil had to stop', 'Try again to continue. What you were typing is lost; everything that was confirmed as “recorded” is stored.'],
};

// Replaces the page. `kind` is `start` (the app did not start), `stop` (it started and failed) or `save` (it cannot open the
// data); `cause` is shown under the details.
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
      tag('p', {}, 'This page changes nothing in your data and has not looked at it yet. A backup contains what can still be read of it.'),
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
  const unread = [];
  const orNone = (what, wanted) => wanted.catch((cause) => unread.push(`${what}: ${cause?.message ?? cause}`) && []);
  const databases = await orNone('The list of databases', indexedDB.databases());
  const mirrors = await orNone('The second copy', mirror.stores());
  const books = [...databases.map((each) => each.name).filter((name) => name.startsWith('counterfoil-')), ...mirrors];
  let saved = 0;
  for (const name of new Set(books)) {
    const stored = databases.some((each) => each.name === name) ? await orNone('The database', rowsOf(name)) : [];
    const lines = inOrder([...stored, ...(await orNone('The second copy', rowsOfMirror(name)))]);
    if (lines.length) save(`${name} ${new Date().toISOString().slice(0, 10)}.jsonl`, await withSides(lines));
    saved += lines.length;
  }
  const found = saved
    ? `A file with ${saved} entries was offered to your downloads. Look whether it is there.`
    : 'No entries were found in this browser.';
  return [found, ...(unread.length ? [`Not everything could be read. ${unread.join(' ')}`] : [])].join(' ');
}

// Every line with what a server said about it, if one did.
async function withSides(rows) {
  const texts = [];
  for (const row of rows) {
    texts.push(row.bytes);
    const side = await sideOf(row);
    if (side) texts.push(side);
  }
  return texts;
}

// The side record of a row of the database (docs/journal.md). In the details are its arrival, its order, its verdict, its
// number in the log, its signature and its branch; `-` stands for what there is not.
async function sideOf({ bytes, details }) {
  if (!details || !crypto.subtle) return undefined;
  try {
    const [, time, count, verdict, number, signed] = details.split(' ');
    const { device, chain, seq, clock } = JSON.parse(bytes);
    const order = [Number(time), Number(count)];
    const [lseq, signature] = [number === '-' ? null : Number(number), signed === '-' ? null : signed];
    if (verdict === 'ok' && lseq === null && signature === null && `${order}` === `${clock}`) return undefined;
    const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`counterfoil entry 1\n${bytes}`));
    const hash = [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return JSON.stringify({ side: { device, chain, seq, hash, order, verdict, lseq, signature } });
  } catch {
    return undefined; // A damaged row.
  }
}

// Every line once, unchanged, by device, chain, branch and sequence number; lines that cannot be ordered come last.
function inOrder(rows) {
  // Of two rows with the same line, the one of the database: it comes first, and has what a server said.
  const once = [...new Map([...rows].reverse().map((row) => [row.bytes, row])).values()];
  const known = once.filter((row) => row.place).sort((a, b) => indexedDB.cmp(a.place, b.place));
  return [...known, ...once.filter((row) => !row.place)];
}

// The lines in the mirror: each row has a checksum, a number and a branch before the line.
async function rowsOfMirror(name) {
  const rows = [];
  for (const file of (await mirror.list(name)).filter((each) => /^\d+-\d+$/.test(each)).sort()) {
    for (const row of new TextDecoder().decode(await mirror.read(name, file)).split('\n')) {
      const [, branch, bytes] = row.match(/^\S+ \d+ (\S+) (\{.*\})$/) ?? [];
      const place = bytes && placeOf(bytes, branch === '-' ? '' : branch);
      if (place) rows.push({ place, bytes });
    }
  }
  return rows;
}

function placeOf(bytes, branch) {
  try {
    const { id, device, chain, seq } = JSON.parse(bytes);
    return id && device && seq ? [device, chain, branch, seq] : undefined;
  } catch {
    return undefined; // A damaged row.
  }
}

// The rows of one book. A book that was being upgraded has some of them in the store of the earlier version, `entries`.
async function rowsOf(name) {
  const book = await settled(indexedDB.open(name));
  try {
    const stores = ['entries', 'journal'].filter((store) => book.objectStoreNames.contains(store));
    if (!stores.length) return [];
    const read = book.transaction(stores);
    const records = await Promise.all(stores.map((store) => settled(read.objectStore(store).getAll())));
    return records.flat().map(entriesOf).flat();
  } finally {
    book.close();
  }
}

// A record of `entries` is one entry; a record of `journal` holds several.
function entriesOf({ places, lines, details, device, chain, seq, bytes }) {
  if (!places) return [{ place: key([device, chain, '', seq]), bytes }];
  const told = (details ?? '').split('\n');
  return lines.split('\n').map((line, at) => ({ place: key(places[at]), bytes: line, details: told[at] }));
}

// A place by which entries can be ordered; otherwise undefined.
function key(place) {
  try {
    indexedDB.cmp(place, place);
    return place;
  } catch {
    return undefined;
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
    request.onblocked = () => reject(new Error('another tab blocks the data'));
    setTimeout(() => reject(new Error('the browser does not answer')), PATIENCE);
  });
}

function tag(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
