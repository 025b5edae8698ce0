import { LabIcon } from '@jupyterlab/ui-components';

const svg = (body: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24"><g fill="none" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round">${body}</g></svg>`;

/** A latent variable with two indicators. */
export const continuanceIcon: LabIcon = new LabIcon({
  name: 'semlab:continuance',
  svgstr: svg('<ellipse cx="7" cy="12" rx="5" ry="4" stroke="#1d6fb8"/><rect x="17" y="4" width="5" height="5" stroke="#b8741d"/><rect x="17" y="15" width="5" height="5" stroke="#b8741d"/><path stroke="#5a6b7c" d="M11.6 10.4 17 7M11.6 13.6 17 17"/>')
});

/** A speech bubble with a regression line. */
export const wordOfMouthIcon: LabIcon = new LabIcon({
  name: 'semlab:word-of-mouth',
  svgstr: svg('<path stroke="#1d6fb8" d="M3 4h18v13H10l-4 4v-4H3z"/><path stroke="#b8741d" d="M6 14 18 7"/><path stroke="#5a6b7c" d="M8 10v.1M11 12.6v.1M13 8v.1M16 11v.1"/>')
});

export const notebookIcon: LabIcon = new LabIcon({
  name: 'semlab:notebook',
  svgstr: svg('<path stroke="#1d6fb8" d="M5 3h14v18H5zM8.5 3v18"/><path stroke="#b8741d" d="M12 9h4M12 13h4"/>')
});
