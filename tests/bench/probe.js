// Notes when things happen in a page, and changes nothing of what it does. Runs before the app in every document.
(() => {
  const noted = { readable: null, presses: [], pauses: [], memory: null };
  window.bench = noted;

  new PerformanceObserver(list => noted.pauses.push(...list.getEntries().map(each => each.duration)))
    .observe({ type: 'longtask', buffered: true });

  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...given) => {
    const made = await instantiate(...given);
    // The first part of the program owns it; the later one works in the same.
    noted.memory ??= made.instance.exports.memory;
    return made;
  };

  // A figure that is not known yet is a dash; the frame that shows the first digit counts, once it is painted.
  const known = () => [...document.querySelectorAll('main dd, main tbody td')].some(cell => /\d/.test(cell.textContent));
  const painted = then => requestAnimationFrame(() => setTimeout(then));
  new MutationObserver((_, watch) => {
    if (!known()) return;
    watch.disconnect();
    painted(() => { noted.readable = performance.now() });
  }).observe(document, { childList: true, subtree: true, characterData: true });

  // A press: from the button's event over the transaction to the word on the screen.
  let press = null;
  addEventListener('click', event => {
    if (event.target.closest?.('button[type=submit]')) press = { at: performance.now() };
  }, true);
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const made = begin.call(this, stores, mode, ...rest);
    const own = mode === 'readwrite' ? press : null;
    if (own) {
      own.opened ??= performance.now();
      made.addEventListener('complete', () => { own.durable = performance.now() });
    }
    return made;
  };
  new MutationObserver(() => {
    if (!press?.durable || !document.querySelector('main')?.textContent.includes(' recorded')) return;
    noted.presses.push({ decided: press.opened - press.at, durable: press.durable - press.at, shown: performance.now() - press.at });
    press = null;
    told();
  }).observe(document, { childList: true, subtree: true, characterData: true });

  // Presses the button of the form; whoever waits is told when that was noted. Nobody looks at the page meanwhile: a
  // driver that moves a mouse and asks for what is there takes some of the time that it measures.
  let told = () => {};
  noted.press = () => new Promise(done => {
    told = done;
    document.querySelector('main button[type=submit]').click();
  });

  // Types a text into a field key by key; of each, the milliseconds until its results are laid out.
  const next = () => new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  });
  const idle = () => new Promise(done => requestIdleCallback(done));
  noted.type = async (field, text) => {
    const took = [];
    for (let length = 1; length <= text.length; length++) {
      await idle();
      const from = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text.slice(0, length));
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await next();
      document.body.getBoundingClientRect();
      took.push(performance.now() - from);
    }
    return took;
  };
})();
