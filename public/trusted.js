// The one Trusted Types policy: the static markup of the views passes, anything that could run does not.
// A classic script loaded before all others, because the policy must stand before the first view is built.
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
