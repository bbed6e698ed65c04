// The files of the mirror, in the private file system of this origin: read in the page, written by a worker, which alone can
// write in place. What is written when is decided in the app. A packed file has `.gz` behind its name.

const ROOT = 'counterfoil';
const PACKED = '.gz';

let worker;
let last = 0;
const waiting = new Map();

// The interface that the app uses. All functions return promises.
export const mirror = {
  // The names of the folders, one for each store.
  async stores() {
    const root = await folder([ROOT]);
    return root ? names(root) : [];
  },

  // The names of the files of a store; a packed file has its name without the ending.
  async list(store) {
    const found = await folder([ROOT, store]);
    if (!found) return [];
    return [...new Set((await names(found)).map((name) => (name.endsWith(PACKED) ? name.slice(0, -PACKED.length) : name)))];
  },

  // The content of a file, unpacked as far as that is possible. Empty if there is none.
  async read(store, name) {
    const found = await folder([ROOT, store]);
    const plain = found && (await file(found, name));
    if (plain) return new Uint8Array(await plain.arrayBuffer());
    const packed = found && (await file(found, name + PACKED));
    return packed ? unpack(packed) : new Uint8Array();
  },

  write: (store, name, at, bytes) => ask({ act: 'write', path: [ROOT, store], name, at, bytes }),
  pack: (store, name) => ask({ act: 'pack', path: [ROOT, store], name, packed: name + PACKED }),
  remove: (store, name) => ask({ act: 'remove', path: [ROOT, store], names: [name, name + PACKED] }),
  forget: (store) => ask({ act: 'remove', path: [ROOT], names: [store] }),
};

// Throws when the browser has no private file system or forbids it.
async function folder(path) {
  let found = await navigator.storage.getDirectory();
  try {
    for (const name of path) found = await found.getDirectoryHandle(name);
    return found;
  } catch (cause) {
    if (cause.name === 'NotFoundError') return undefined;
    throw cause;
  }
}

async function names(found) {
  const all = [];
  for await (const name of found.keys()) all.push(name);
  return all;
}

async function file(found, name) {
  try {
    return await (await found.getFileHandle(name)).getFile();
  } catch (cause) {
    if (cause.name === 'NotFoundError') return undefined;
    throw cause;
  }
}

async function unpack(packed) {
  const reader = packed.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts = [];
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  } catch {
    // Damaged: what came before is used.
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function ask(request) {
  return new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    try {
      started().postMessage({ id: last, ...request });
    } catch (cause) {
      waiting.delete(last);
      reject(cause);
    }
  });
}

function started() {
  if (worker) return worker;
  const { base } = document.querySelector('script[data-wasm]').dataset;
  worker = new Worker(`${base}mirror-worker.js`);
  worker.onmessage = ({ data: { id, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new DOMException(error.message, error.name));
    else resolve();
  };
  // The file of the worker could not be loaded.
  worker.onerror = () => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Error('the worker of the mirror could not be started'));
    waiting.clear();
  };
  return worker;
}
