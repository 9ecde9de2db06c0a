// Runs before the first paint: a chosen theme must not flash the other one.
// Only the word "light" or "dark" is ever kept here; the setting itself lives in the host.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused; the system's colours do.
}
