// A folder that the owner chose for automatic backups, where the browser can write to one. The browser keeps the permission in
// the handle, which only a database can store.

// Not a name of a shop's store.
const NAME = 'counterfoil.folder';

export const folder = {
  // Whether this browser can write to a folder.
  can: 'showDirectoryPicker' in window,

  // Asks the owner for a folder. Resolves to its name.
  async choose() {
    const handle = await showDirectoryPicker({ id: 'counterfoil', mode: 'readwrite' });
    await keep(handle);
    return handle.name;
  },

  // The name of the folder and whether it can be written to now; an empty list without a folder.
  async state() {
    const handle = await kept();
    return handle ? [handle.name, (await handle.queryPermission({ mode: 'readwrite' })) === 'granted'] : [];
  },

  // Asks for the permission again, which many browsers forget with the last tab. Resolves to whether it was given.
  async allow() {
    const handle = await kept();
    return Boolean(handle) && (await handle.requestPermission({ mode: 'readwrite' })) === 'granted';
  },

  // Writes a file; resolves when it is complete.
  async save(name, parts) {
    const file = await (await kept()).getFileHandle(name, { create: true });
    const writer = await file.createWritable();
    await writer.write(new Blob(parts));
    await writer.close();
  },

  forget: () => change((store) => store.clear()),
};

const keep = (handle) => change((store) => store.put(handle, 'handle'));

async function kept() {
  const found = await indexedDB.databases();
  return found.some(({ name }) => name === NAME) ? change((store) => store.get('handle')) : undefined;
}

async function change(work) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('folder');
  const database = await settled(opening);
  try {
    return await settled(work(database.transaction('folder', 'readwrite').objectStore('folder')));
  } finally {
    database.close();
  }
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
