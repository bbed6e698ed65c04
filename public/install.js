// Whether and how this browser can install the app: by its own prompt, or from the share menu.

const installed = navigator.standalone === true || matchMedia('(display-mode: standalone)').matches;
// An iPad identifies as a Mac, but no Mac has a touch screen.
const apple = /iPhone|iPad|iPod/.test(navigator.userAgent)
  || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 0);

let offer;

// `way` is `offer` while `apply` can show the browser's prompt, `share` where the share menu installs the app, else
// empty. The event `counterfoil-install` is fired at the window when it changes.
export const install = {
  way: apple && !installed ? 'share' : '',

  apply() {
    offer?.prompt();
  },
};

export function watchInstall() {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event;
    setWay('offer');
  });
  addEventListener('appinstalled', () => setWay(''));
}

function setWay(way) {
  install.way = way;
  dispatchEvent(new CustomEvent('counterfoil-install'));
}
