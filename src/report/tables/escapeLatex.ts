const GREEK: readonly (readonly [letters: string, command: string])[] = [
  ['α', 'alpha'], ['β', 'beta'], ['γ', 'gamma'], ['δ', 'delta'], ['ε', 'varepsilon'], ['ζ', 'zeta'], ['η', 'eta'], ['θ', 'theta'], ['κ', 'kappa'], ['λ', 'lambda'], ['μ', 'mu'],
  ['ν', 'nu'], ['ξ', 'xi'], ['π', 'pi'], ['ρ', 'rho'], ['σ', 'sigma'], ['τ', 'tau'], ['φ', 'varphi'], ['χ', 'chi'], ['ψ', 'psi'], ['ω', 'omega'],
  ['Γ', 'Gamma'], ['Δ', 'Delta'], ['Θ', 'Theta'], ['Λ', 'Lambda'], ['Ξ', 'Xi'], ['Π', 'Pi'], ['Σ', 'Sigma'], ['Φ', 'Phi'], ['Ψ', 'Psi'], ['Ω', 'Omega'],
  ['≤', 'le'], ['≥', 'ge'], ['≠', 'ne'], ['≈', 'approx'], ['→', 'rightarrow'], ['←', 'leftarrow'], ['↔', 'leftrightarrow'], ['×', 'times'], ['±', 'pm'], ['·', 'cdot'], ['∞', 'infty'], ['√', 'surd']
];

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['%', '\\%'],
  ['_', '\\_'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['<', '$<$'],
  ['>', '$>$'],
  ['\u2212', '$-$'],
  ['²', '\\textsuperscript{2}'],
  ['′', "$'$"],
  ['ₚ', '\\textsubscript{p}'],
  ['\u00a0', '~'],
  ...GREEK.map(([letter, command]): readonly [string, string] => [letter, `$\\${command}$`])
]);

/** Text that LaTeX prints as it stands. */
export function escapeLatex(text: string): string {
  let escaped = '';
  // Chinese fonts set this apostrophe as wide as a character: inside Latin words it is the Latin one
  for (const character of text.replace(/(?<=[A-Za-z])\u2019(?=[A-Za-z ])/g, "'")) escaped += COMMANDS.get(character) ?? character;
  return escaped;
}

const STARRED = /^(?<number>.*?)(?<stars>\*{0,3})(?<room>\u00a0*)$/su;

/** A cell: stars behind a number stand raised, and the room of missing ones is kept so that digits align. */
export function latexCell(text: string): string {
  const { number, stars, room } = STARRED.exec(text)?.groups ?? { number: text, stars: '', room: '' };
  const raised = stars === '' ? '' : `\\textsuperscript{${stars}}`;
  const kept = room === '' ? '' : `\\phantom{\\textsuperscript{${'*'.repeat(room.length)}}}`;
  // a sign and its number stay on one line
  return escapeLatex(number.replace(/^< (?=[\d.])/u, '<\u00a0')) + raised + kept;
}
