/** JupyterLab marks dark themes on the body; pages without the mark count as light. */
export function isDarkPage(): boolean {
  return document.body.dataset.jpThemeLight === 'false';
}

/** Calls back when the page turns dark or light; the returned function ends it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-light'] });
  return () => observer.disconnect();
}
