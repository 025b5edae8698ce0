import { formatExpression } from '../expression/formatExpression.js';
import { formatTerm } from '../format.js';
import { formulas } from '../statements.js';
import type { Expression, Formula, ModelSyntax, Term } from '../syntax.js';
import { exploratory, isMarker } from './impliedTerms.js';
import { MplusNames } from './mplusNames.js';
import type { ExportedModel } from './toSemopy.js';

/** Mplus reads lines up to here. */
const LINE = 88;

/** Functions of MODEL CONSTRAINT by our names. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map(['abs', 'exp', 'log', 'log10', 'sqrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan'].map((name) => [name, name.toUpperCase()]));

/**
 * The DEFINE, MODEL and MODEL CONSTRAINT commands for Mplus: BY for `=~`, ON
 * for `~`, WITH for `~~`, brackets for means and thresholds, `@` for fixed
 * values, `*` for free or started ones, labels in parentheses at the end of
 * their line. Names that Mplus cannot read get another one, told by a comment.
 * What cannot be said is listed in `left`.
 */
export function toMplus(syntax: ModelSyntax): ExportedModel {
  const left: string[] = [];
  const names = new MplusNames(allNames(syntax));
  const words = new Words(names, left, exploratory(syntax));
  const model: string[] = [];
  const constraint: string[] = [];
  const defined: string[] = [];
  for (const statement of syntax.statements) {
    switch (statement.type) {
      case 'formula':
        model.push(...words.formula(statement));
        break;
      case 'definition':
        defined.push(names.of(statement.name.name));
        constraint.push(`${names.of(statement.name.name)} = ${words.expression(statement.expression)};`);
        break;
      case 'constraint':
        constraint.push(statement.op === '==' ? `0 = ${words.expression(statement.left)} - (${words.expression(statement.right)});` : `${words.expression(statement.left)} ${statement.op} ${words.expression(statement.right)};`);
        break;
      case 'block':
        if (statement.keyword === 'group') left.push(`group: ${statement.value} (Mplus keeps intercepts and thresholds equal over groups where they are not written)`);
        words.newBlock();
        model.push(statement.keyword === 'group' ? `MODEL ${names.of(statement.value)}:` : `%${levelWord(statement.value)}%`);
    }
  }
  const text: string[] = [];
  if (words.products.size > 0) text.push('DEFINE:', ...[...words.products].map(([own, of]) => `  ${own} = ${of};`));
  text.push('MODEL:', ...model.flatMap((line) => line.split('\n')).flatMap((line) => wrapped(line)));
  if (constraint.length > 0) text.push('MODEL CONSTRAINT:', ...(defined.length > 0 ? [`NEW(${defined.join(' ')});`] : []).flatMap((line) => wrapped(line)), ...constraint.flatMap((line) => wrapped(line)));
  return { text: [...names.comments(), ...text].join('\n'), left };
}

/** All names of variables and labels, in order of appearance. */
function allNames(syntax: ModelSyntax): readonly string[] {
  const of = ({ variable, modifiers }: Term): readonly string[] => [...variable.name.split(':'), ...modifiers.flatMap((modifier) => (modifier.type === 'label' ? modifier.values : []))];
  return [...formulas(syntax).flatMap(({ left, right }) => [...left, ...right].flatMap(of)), ...syntax.statements.flatMap((each) => (each.type === 'definition' ? [each.name.name] : []))].filter((name) => name !== '');
}

class Words {
  /** DEFINE: products by their own names. */
  readonly products: Map<string, string> = new Map();
  private readonly markers = new Set<string>();
  private rotations = 0;

  constructor(private readonly names: MplusNames, private readonly left: string[], private readonly rotated: ReadonlySet<string>) {}

  newBlock(): void {
    this.markers.clear();
  }

  formula(formula: Formula): readonly string[] {
    const { op, right } = formula;
    if (op === '=~' && formula.left.some(({ variable }) => this.rotated.has(variable.name))) {
      this.rotations += 1;
      return [`${formula.left.map(({ variable }) => this.names.of(variable.name)).join(' ')} BY ${right.map((term) => this.variable(term)).join(' ')} (*${this.rotations});`];
    }
    return formula.left.flatMap(({ variable: { name } }) => {
      const own = this.names.of(name);
      // one BY for all loadings: Mplus fixes the first of each
      if (op === '=~') return [`${own} BY ${right.map((term, i) => this.loading(term, name, i === 0)).join('\n  ')};`];
      return right.map((term) => {
        const other = term.variable.name === '' ? '' : op === '|' ? term.variable.name.slice(1) : this.variable(term);
        const { mark, label } = this.mark(term);
        switch (op) {
          case '~':
            return other === '' ? `[${own}${mark}]${label};` : `${own} ON ${other}${mark}${label};`;
          case '~~':
            return name === term.variable.name ? `${own}${mark}${label};` : `${own} WITH ${other}${mark}${label};`;
          case '|':
            return `[${own}$${other}${mark}]${label};`;
          case '~*~':
            return `{${own}${mark}}${label};`;
          case '<~':
            this.left.push(`${name} <~ ${formatTerm(term)}`);
            return `! ${own} is formed by ${other}`;
        }
      });
    });
  }

  expression(expression: Expression): string {
    const own = (e: Expression): Expression => {
      switch (e.type) {
        case 'number':
          return e;
        case 'name':
          return { type: 'name', name: this.names.of(e.name) };
        case 'unary':
          return { ...e, argument: own(e.argument) };
        case 'binary':
          return { ...e, left: own(e.left), right: own(e.right) };
        case 'call': {
          const name = FUNCTIONS.get(e.name);
          if (name === undefined || e.arguments.length !== 1) this.left.push(formatExpression(e));
          return { ...e, name: name ?? e.name, arguments: e.arguments.map(own) };
        }
      }
    };
    return formatExpression(own(expression)).replace(/\^/g, '**');
  }

  /** The first of a BY is fixed to 1 by Mplus, so that `*` has to free it where lavaan does not fix it. */
  private loading(term: Term, latent: string, first: boolean): string {
    const marker = isMarker(term, latent, this.markers);
    const { mark, label } = this.mark(term);
    if (marker && label !== '') this.left.push(formatTerm(term));
    return `${this.variable(term)}${marker ? '@1' : mark === '' && first ? '*' : mark}${marker ? '' : label}`;
  }

  private variable({ variable: { name } }: Term): string {
    if (!name.includes(':')) return this.names.of(name);
    const own = this.names.of(name);
    this.products.set(own, name.split(':').map((factor) => this.names.of(factor)).join('*'));
    return own;
  }

  private mark(term: Term): { readonly mark: string; readonly label: string } {
    let mark = '';
    let label = '';
    for (const modifier of term.modifiers) {
      const [value] = modifier.values;
      if (modifier.values.length > 1) this.left.push(formatTerm(term));
      else if (modifier.type === 'fixed') mark = value === null ? '*' : `@${String(value)}`;
      else if (modifier.type === 'start' && mark === '') mark = `*${String(value)}`;
      else if (modifier.type === 'label') label = ` (${this.names.of(String(value))})`;
      else this.left.push(formatTerm(term));
    }
    return { mark, label };
  }
}

/** A label must end the line of its parameter. */
function wrapped(line: string): readonly string[] {
  const space = line.lastIndexOf(' ', LINE);
  return line.length <= LINE || space <= 0 ? [`  ${line}`] : [`  ${line.slice(0, space)}`, ...wrapped(line.slice(space + 1))];
}

/** Mplus names its levels; numbered ones count from within. */
function levelWord(value: string): string {
  return value === '1' ? 'WITHIN' : value === '2' ? 'BETWEEN' : value.toUpperCase();
}
