// The theme that was chosen in the app; without a choice, that of the device.
try {
  const theme = JSON.parse(localStorage.getItem('counterfoil-theme'));
  if (theme) document.documentElement.dataset.theme = theme;
} catch {}
