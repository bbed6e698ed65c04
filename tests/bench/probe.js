// Records when events happen in the page, without changing its behaviour. Runs before the app in every document.
(() => {
  const recorded = { readable: null, submits: [], received: [], pauses: [], memory: null, changed: null };
  window.bench = recorded;

  new PerformanceObserver(list => recorded.pauses.push(...list.getEntries().map(each => each.duration)))
    .observe({ type: 'longtask', buffered: true });

  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const result = await instantiate(...args);
    // The first Wasm part owns the memory; the second part uses the same one.
    recorded.memory ??= result.instance.exports.memory;
    return result;
  };

  // A figure that is not known yet is shown as a dash. The time counts when the first digit has been painted.
  const known = () => [...document.querySelectorAll('main dd, main tbody td')].some(cell => /\d/.test(cell.textContent));
  const painted = then => requestAnimationFrame(() => setTimeout(then));
  new MutationObserver((_, watch) => {
    if (!known()) return;
    watch.disconnect();
    painted(() => { recorded.readable = performance.now() });
  }).observe(document, { childList: true, subtree: true, characterData: true });

  // A submit: from the click through the transaction to the confirmation on the screen.
  let submit = null;
  addEventListener('click', event => {
    if (event.target.closest?.('button[type=submit]')) submit = { at: performance.now() };
  }, true);
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const transaction = begin.call(this, stores, mode, ...rest);
    const own = mode === 'readwrite' ? submit : null;
    if (own) {
      own.opened ??= performance.now();
      transaction.addEventListener('complete', () => { own.durable = performance.now() });
    }
    return transaction;
  };
  new MutationObserver(() => {
    if (!submit?.durable || !document.querySelector('main')?.textContent.includes(' recorded')) return;
    recorded.submits.push({ pressed: performance.timeOrigin + submit.at, decided: submit.opened - submit.at, durable: submit.durable - submit.at, shown: performance.now() - submit.at });
    submit = null;
    notify();
  }).observe(document, { childList: true, subtree: true, characterData: true });

  // A backup that is received: from the choice of the file to the message about its entries. What the file brings is added as
  // soon as the page shows it: the user of the bench has no PIN.
  let chosen = null, before = null;
  const told = () => /\d+ missing entr(y was|ies were) added/.exec(document.querySelector('main')?.textContent)?.[0];
  addEventListener('change', event => {
    if (!event.target.files?.length) return;
    chosen = performance.now();
    before = told();
  }, true);
  let added = null;
  new MutationObserver(() => {
    const review = document.querySelector('main form.panel');
    if (chosen !== null && review !== added) {
      added = review;
      review?.requestSubmit();
    }
    if (chosen === null || [before, undefined].includes(told())) return;
    recorded.received.push(performance.now() - chosen);
    chosen = null;
  }).observe(document, { childList: true, subtree: true, characterData: true });

  // Clicks the submit button; the promise resolves when the times are recorded. WebDriver is not used meanwhile, because
  // its mouse events and queries would take part of the measured time.
  let notify = () => {};
  recorded.submit = () => new Promise(done => {
    notify = done;
    document.querySelector('main button[type=submit]').click();
  });

  // Watches the figures of the page: `changed` is the time at which they are others, on the clock that all browsers of this machine
  // have.
  recorded.watch = () => {
    const figures = () => document.querySelector('main .balance')?.textContent;
    const before = figures();
    recorded.changed = null;
    new MutationObserver((_, watch) => {
      if (figures() === before) return;
      watch.disconnect();
      recorded.changed = performance.timeOrigin + performance.now();
    }).observe(document, { childList: true, subtree: true, characterData: true });
    return true;
  };

  // Types a text into a field key by key; resolves to the milliseconds from each key until its results are laid out.
  const next = () => new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  });
  const idle = () => new Promise(done => requestIdleCallback(done));
  recorded.type = async (field, text) => {
    const times = [];
    for (let length = 1; length <= text.length; length++) {
      await idle();
      const from = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text.slice(0, length));
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await next();
      document.body.getBoundingClientRect();
      times.push(performance.now() - from);
    }
    return times;
  };
})();
