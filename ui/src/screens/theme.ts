import type { Theme } from '../ipc/generated/contract';

/** Shows these colours, and keeps the choice for the next first paint (`index.html`). */
export function showTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage may be refused; the host keeps the setting anyway.
  }
}
