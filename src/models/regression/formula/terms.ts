import { fail, type SourceText, type Span } from '../../../shared/diagnostic.js';
import { writeNode, type FormulaNode, type FormulaSyntax } from './ast.js';

/** A variable of the design: a column, or an expression over columns. */
export interface DesignVariable {
  /** As R prints it: `x`, `log(x)`, `I(x^2)`, `factor(g, ref = "2")`. */
  readonly name: string;
  readonly node: FormulaNode;
}

/** A term: a product of variables. */
export interface Term {
  /** `a`, `a:b`. */
  readonly name: string;
  readonly variables: readonly DesignVariable[];
  readonly span: Span;
}

export interface Terms {
  readonly intercept: boolean;
  /** One list per block; a later block holds its new terms only. */
  readonly blocks: readonly (readonly Term[])[];
}

/** Products of more variables than this are surely a slip of the pen. */
const LARGEST_EXPANSION = 500;

/**
 * Expands R's formula algebra: `a*b` = a + b + a:b, `(a + b + c)^2`, `-` removes
 * a term, `0` or `- 1` the constant, `.` stands for `others`. Within a block
 * main effects come first, then interactions by order, and the variables of an
 * interaction stand in the order in which the formula first names them, as in
 * R: `y ~ b + a:b` has the term `b:a`.
 *
 * @see Wilkinson & Rogers (1973), Symbolic description of factorial models for analysis of variance, Applied Statistics 22
 */
export function expandTerms(syntax: FormulaSyntax, others: readonly string[], sourceName: string = 'formula'): Terms {
  const source: SourceText = { name: sourceName, text: syntax.text };
  let intercept = true;
  const seen = new Set<string>();
  const firstNamed = new Map<string, number>();
  const blocks = syntax.blocks.map((block) => {
    const expander = new Expander(others, source, intercept, firstNamed);
    const terms = expander.expand(block);
    intercept = expander.intercept;
    const fresh = terms.filter((term) => !seen.has(key(term)));
    for (const term of fresh) seen.add(key(term));
    if (fresh.length === 0 && terms.length > 0) fail('repeated-block', 'a block adds nothing to the blocks before it', { span: block.span }, source);
    return fresh.map((term, i) => ({ term, i })).sort((a, b) => a.term.variables.length - b.term.variables.length || a.i - b.i).map(({ term }) => inOrder(term, firstNamed));
  });
  return { intercept, blocks };
}

/** Two terms are one when they multiply the same variables. */
export function key(term: Term): string {
  return term.variables.map(({ name }) => name).sort().join('\u0000');
}

class Expander {
  constructor(
    readonly others: readonly string[],
    readonly source: SourceText,
    public intercept: boolean,
    /** Variable → its place among all that the formula names. */
    readonly firstNamed: Map<string, number>
  ) {}

  single(node: FormulaNode): Term {
    const term = single(node);
    if (!this.firstNamed.has(term.name)) this.firstNamed.set(term.name, this.firstNamed.size);
    return term;
  }

  expand(node: FormulaNode): readonly Term[] {
    switch (node.type) {
      case 'number':
        if (node.value === 1) this.intercept = true;
        else if (node.value === 0) this.intercept = false;
        else fail('bad-term', `\`${node.text}\` is not a term; only 0 and 1 stand for the constant`, { span: node.span, help: 'write `I(…)` for arithmetic' }, this.source);
        return [];
      case 'text':
        return fail('bad-term', `${JSON.stringify(node.value)} is text, a column name was expected`, { span: node.span, help: `for a column of that name write \`${node.value}\` in backticks` }, this.source);
      case 'name':
        if (node.name === '.' && this.others.length > 2 * LARGEST_EXPANSION) fail('too-many-predictors', `\`.\` stands for ${this.others.length} columns, too many for a regression`, { span: node.span, help: 'name the predictors' }, this.source);
        if (node.name === '.') return this.others.map((name) => this.single({ type: 'name', name, span: node.span }));
        return [this.single(node)];
      case 'call':
        return [this.single(node)];
      case 'unary':
        if (node.operator === '+') return this.expand(node.argument);
        return this.remove([], node.argument);
      case 'binary':
        return this.binary(node);
    }
  }

  binary(node: FormulaNode & { type: 'binary' }): readonly Term[] {
    switch (node.operator) {
      case '+':
        return this.union(this.expand(node.left), this.expand(node.right));
      case '-':
        return this.remove(this.expand(node.left), node.right);
      case ':':
        return this.cross(this.expand(node.left), this.expand(node.right), node.span);
      case '*': {
        const left = this.expand(node.left);
        const right = this.expand(node.right);
        return this.union(this.union(left, right), this.cross(left, right, node.span));
      }
      case '/': {
        const left = this.expand(node.left);
        const whole = left.reduce<Term | undefined>((product, term) => (product ? multiply(product, term, node.span) : term), undefined);
        return whole ? this.union(left, this.cross([whole], this.expand(node.right), node.span)) : left;
      }
      case '^': {
        const degree = node.right.type === 'number' ? node.right.value : NaN;
        if (!Number.isInteger(degree) || degree < 1 || degree > 10) fail('bad-power', '`^` in a formula crosses terms and wants a whole number from 1 to 10', { span: node.right.span, help: 'write `I(x^2)` for the square of a column' }, this.source);
        const base = this.expand(node.left);
        if (base.length === 1 && node.left.type === 'name') fail('power-of-column', `\`${writeNode(node)}\` crosses \`${node.left.name}\` with itself, which is \`${node.left.name}\``, { span: node.span, help: `write \`I(${writeNode(node)})\` for the power of the column` }, this.source);
        let result = base;
        for (let k = 1; k < degree; k++) result = this.union(result, this.cross(result, base, node.span));
        return result;
      }
    }
  }

  union(a: readonly Term[], b: readonly Term[]): readonly Term[] {
    const seen = new Set(a.map(key));
    return [...a, ...b.filter((term) => !seen.has(key(term)) && seen.add(key(term)))];
  }

  cross(a: readonly Term[], b: readonly Term[], span: Span): readonly Term[] {
    if (a.length * b.length > LARGEST_EXPANSION) fail('too-many-terms', `this product makes ${a.length * b.length} terms, at most ${LARGEST_EXPANSION} are allowed`, { span }, this.source);
    return this.union([], a.flatMap((left) => b.map((right) => multiply(left, right, span))));
  }

  remove(from: readonly Term[], node: FormulaNode): readonly Term[] {
    if (node.type === 'number') {
      if (node.value !== 0 && node.value !== 1) this.expand(node);
      this.intercept = node.value === 0;
      return from;
    }
    const gone = new Set(this.expand(node).map(key));
    return from.filter((term) => !gone.has(key(term)));
  }
}

function inOrder(term: Term, firstNamed: ReadonlyMap<string, number>): Term {
  if (term.variables.length < 2) return term;
  const place = ({ name }: DesignVariable): number => firstNamed.get(name) ?? Infinity;
  const variables = [...term.variables].sort((a, b) => place(a) - place(b));
  return { ...term, variables, name: variables.map(({ name }) => name).join(':') };
}

function single(node: FormulaNode): Term {
  const name = writeNode(node);
  return { name, variables: [{ name, node }], span: node.span };
}

function multiply(a: Term, b: Term, span: Span): Term {
  const variables = [...a.variables, ...b.variables.filter((variable) => !a.variables.some(({ name }) => name === variable.name))];
  return { name: variables.map(({ name }) => name).join(':'), variables, span };
}
