// The emergency page, in plain JavaScript: it saves a backup without the app, from the database and from the mirror.
import { mirror } from './mirror.js';

// Milliseconds after which a database that does not answer is left out.
const PATIENCE = 10_000;

// The language that `early.js` has set.
const WORDS = {
  en: {
    save: ['Save what can be read', 'The backup contains what the database and the second copy on this device have. Keep it, also if it is not complete.'],
    start: ['Counterfoil could not start', 'Try again first. If that does not help, save a backup and ask for help.'],
    stop: ['Counterfoil had to stop', 'Try again to continue. What you were typing is lost; everything that was confirmed as “recorded” is stored.'],
    again: 'Try again',
    backup: 'Save a backup',
    nothing: 'This page changes nothing in your data and has not looked at it yet. A backup contains what can still be read of it.',
    details: 'Technical details',
    failed: (why) => `The data could not be read: ${why}. Close other tabs of Counterfoil and try again.`,
    list: 'The list of databases',
    database: 'The database',
    mirror: 'The second copy',
    found: (saved) => `A file with ${saved} entries was offered to your downloads. Look whether it is there.`,
    none: 'No entries were found in this browser.',
    unread: (which) => `Not everything could be read. ${which}`,
    blocked: 'another tab blocks the data',
    silent: 'the browser does not answer',
  },
  de: {
    save: ['Speichern, was lesbar ist', 'Die Sicherung enthält, was die Datenbank und die zweite Kopie auf diesem Gerät haben. Behalten Sie sie, auch wenn sie nicht vollständig ist.'],
    start: ['Counterfoil konnte nicht starten', 'Versuchen Sie es zuerst noch einmal. Hilft das nicht, speichern Sie eine Sicherung, und holen Sie Hilfe.'],
    stop: ['Counterfoil musste anhalten', 'Versuchen Sie es noch einmal, um weiterzuarbeiten. Was Sie gerade geschrieben haben, ist verloren; alles, was als „erfasst“ bestätigt wurde, ist gespeichert.'],
    again: 'Noch einmal versuchen',
    backup: 'Sicherung speichern',
    nothing: 'Diese Seite ändert nichts an Ihren Daten und hat sie noch nicht angesehen. Eine Sicherung enthält, was davon noch lesbar ist.',
    details: 'Technische Einzelheiten',
    failed: (why) => `Die Daten konnten nicht gelesen werden: ${why}. Schließen Sie andere Tabs von Counterfoil, und versuchen Sie es noch einmal.`,
    list: 'Die Liste der Datenbanken',
    database: 'Die Datenbank',
    mirror: 'Die zweite Kopie',
    found: (saved) => `Eine Datei mit ${saved} Einträgen wurde zum Herunterladen angeboten. Sehen Sie nach, ob sie da ist.`,
    none: 'In diesem Browser wurden keine Einträge gefunden.',
    unread: (which) => `Nicht alles konnte gelesen werden. ${which}`,
    blocked: 'ein anderer Tab hält die Daten fest',
    silent: 'der Browser antwortet nicht',
  },
  fr: {
    save: ['Enregistrer ce qui est lisible', 'La sauvegarde contient ce qu’ont la base de données et la deuxième copie sur cet appareil. Gardez-la, même si elle n’est pas complète.'],
    start: ['Counterfoil n’a pas pu démarrer', 'Réessayez d’abord. Si cela n’aide pas, faites une sauvegarde et demandez de l’aide.'],
    stop: ['Counterfoil a dû s’arrêter', 'Réessayez pour continuer. Ce que vous étiez en train de saisir est perdu ; tout ce qui a été confirmé comme « enregistré » est gardé.'],
    again: 'Réessayer',
    backup: 'Faire une sauvegarde',
    nothing: 'Cette page ne change rien à vos données et ne les a pas encore regardées. Une sauvegarde contient ce qui en est encore lisible.',
    details: 'Détails techniques',
    failed: (why) => `Les données n’ont pas pu être lues : ${why}. Fermez les autres onglets de Counterfoil et réessayez.`,
    list: 'La liste des bases de données',
    database: 'La base de données',
    mirror: 'La deuxième copie',
    found: (saved) => `Un fichier de ${saved} écritures a été proposé au téléchargement. Regardez s’il est là.`,
    none: 'Aucune écriture n’a été trouvée dans ce navigateur.',
    unread: (which) => `Tout n’a pas pu être lu. ${which}`,
    blocked: 'un autre onglet bloque les données',
    silent: 'le navigateur ne répond pas',
  },
}[document.documentElement.lang];

// Replaces the page. `kind` is `start` (the app did not start), `stop` (it started and failed) or `save` (it cannot open the
// data); `cause` is shown under the details.
export function rescue(kind, cause) {
  if (document.getElementById('rescue')) return;
  const [title, advice] = WORDS[kind];
  const status = tag('p', { role: 'status' });
  const again = tag('button', { type: 'button', className: 'button primary', onclick: () => location.reload() }, WORDS.again);
  const backup = tag('button', { type: 'button', className: 'button', onclick: () => backUp(status) }, WORDS.backup);
  const heading = tag('h1', { tabIndex: -1 }, title);
  const page = tag('main', { id: 'rescue', className: 'startup' },
    tag('div', { className: 'stack' },
      heading,
      tag('p', {}, WORDS.nothing),
      tag('p', {}, advice),
      tag('div', { className: 'actions' }, again, backup),
      status,
      tag('details', {}, tag('summary', {}, WORDS.details), tag('p', { className: 'muted' }, details(cause)))));
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
    status.textContent = WORDS.failed(cause?.message ?? cause);
  }
}

// Saves one file per book: the shop's and, if it was opened, the example shop's. Resolves to the message to show.
async function saveAll() {
  const unread = [];
  const orNone = (what, wanted) => wanted.catch((cause) => unread.push(`${what}: ${cause?.message ?? cause}`) && []);
  const databases = await orNone(WORDS.list, indexedDB.databases());
  const mirrors = await orNone(WORDS.mirror, mirror.stores());
  const books = [...databases.map((each) => each.name).filter((name) => name.startsWith('counterfoil-')), ...mirrors];
  let saved = 0;
  for (const name of new Set(books)) {
    const stored = databases.some((each) => each.name === name) ? await orNone(WORDS.database, rowsOf(name)) : [];
    const lines = inOrder([...stored, ...(await orNone(WORDS.mirror, rowsOfMirror(name)))]);
    if (lines.length) save(`${name} ${new Date().toISOString().slice(0, 10)}.jsonl`, await withSides(lines));
    saved += lines.length;
  }
  const found = saved
    ? WORDS.found(saved)
    : WORDS.none;
  return [found, ...(unread.length ? [WORDS.unread(unread.join(' '))] : [])].join(' ');
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
    request.onblocked = () => reject(new Error(WORDS.blocked));
    setTimeout(() => reject(new Error(WORDS.silent)), PATIENCE);
  });
}

function tag(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
