// Whether this browser can make the app one of the device's own, and how: offered by itself, or found in a menu.

const installed = navigator.standalone === true || matchMedia('(display-mode: standalone)').matches;
// An iPad says that it is a Mac; no Mac has a touch screen.
const apple = /iPhone|iPad|iPod/.test(navigator.userAgent)
  || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 0);

let offer;

// `way` is `offer` while `apply` asks for it, `share` where it stands in the share menu, else empty. When it changes,
// `counterfoil-install` is fired at the window.
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
    tell('offer');
  });
  addEventListener('appinstalled', () => tell(''));
}

function tell(way) {
  install.way = way;
  dispatchEvent(new CustomEvent('counterfoil-install'));
}
