// Writes the files of the mirror: it takes bytes and writes them, one request after another. What they are is decided in the
// app. Only a worker can write in place and knows when the bytes are on the disk.

// The file that was written last stays open.
let open;
let turn = Promise.resolve();

self.onmessage = ({ data }) => {
  turn = turn.then(() => answer(data));
};

async function answer({ id, ...request }) {
  try {
    await acts[request.act](request);
    postMessage({ id });
  } catch ({ name, message }) {
    postMessage({ id, error: { name, message } });
  }
}

const acts = {
  async write({ path, name, at, bytes }) {
    const handle = await opened(path, name);
    handle.truncate(at);
    const written = handle.write(bytes, { at });
    handle.flush();
    if (written !== bytes.length) throw new DOMException('Not all bytes could be written.', 'QuotaExceededError');
  },

  async pack({ path, name, packed }) {
    close();
    if (!self.CompressionStream) return;
    const found = await folder(path);
    const file = await (await found.getFileHandle(name)).getFile();
    const bytes = await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
    await acts.write({ path, name: packed, at: 0, bytes: new Uint8Array(bytes) });
    close();
    // Only now is the packed file complete. While both are there, this one counts.
    await found.removeEntry(name);
  },

  async remove({ path, names }) {
    close();
    const found = await folder(path);
    for (const name of names) {
      await found.removeEntry(name, { recursive: true }).catch((cause) => {
        if (cause.name !== 'NotFoundError') throw cause;
      });
    }
  },
};

async function opened(path, name) {
  const key = [...path, name].join('/');
  if (open?.key === key) return open.handle;
  close();
  const file = await (await folder(path)).getFileHandle(name, { create: true });
  open = { key, handle: await file.createSyncAccessHandle() };
  return open.handle;
}

function close() {
  open?.handle.close();
  open = undefined;
}

async function folder(path) {
  let found = await navigator.storage.getDirectory();
  for (const name of path) found = await found.getDirectoryHandle(name, { create: true });
  return found;
}
