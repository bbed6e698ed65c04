// Set before anything is shown or run: the chosen theme, and the only Trusted Types policy. A classic script, because a
// module would run after the first paint.

try {
  const theme = JSON.parse(localStorage.getItem('counterfoil-theme'));
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // No storage, or an invalid value: the device's theme applies.
}

// Allows the static markup of the views and refuses markup that could run a script.
if (self.trustedTypes && !trustedTypes.defaultPolicy) {
  const worker = new URL('sw.js', document.currentScript.src).href;
  const runs = /<(?:script|iframe|frame|object|embed|base|meta|link)\b|[\s/"']on[a-z]+\s*=|javascript:|\bsrcdoc\s*=/i;
  trustedTypes.createPolicy('default', {
    createHTML(markup) {
      if (runs.test(markup)) throw new TypeError('This markup could run a script and was refused.');
      return markup;
    },
    createScriptURL(address) {
      if (new URL(address, location.href).href === worker) return address;
      throw new TypeError(`Only the app's own worker may be started, not ${address}.`);
    },
  });
}
