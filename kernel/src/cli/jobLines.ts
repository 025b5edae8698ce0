import { SurveyError } from '../../../src/shared/diagnostic.js';

export type ParsedJob = { readonly job: unknown } | { readonly problem: SurveyError };

/**
 * Reads jobs as lines arrive: a job a line, or one JSON object spread over
 * several lines. A line that is broken does not swallow the ones after it.
 */
export class JobLines {
  private pending: string[] = [];

  push(line: string): readonly ParsedJob[] {
    const text = this.pending.length === 0 ? line.replace(/^\ufeff/, '') : line;
    if (this.pending.length === 0) {
      if (text.trim() === '') return [];
      const parsed = parse(text);
      if (parsed.ok) return [{ job: parsed.value }];
      if (!/^\s*[{[]/.test(text) || closes(text)) return [{ problem: badJson(text) }];
      this.pending.push(text);
      return [];
    }
    // A whole object on one line starts a new job: what was pending is broken.
    const alone = parse(text);
    if (alone.ok && typeof alone.value === 'object' && alone.value !== null && !Array.isArray(alone.value) && isTopLevel(this.pending, text)) {
      const problem = badJson(this.pending.join('\n'));
      this.pending = [];
      return [{ problem }, { job: alone.value }];
    }
    this.pending.push(text);
    const joined = parse(this.pending.join('\n'));
    if (!joined.ok) return [];
    this.pending = [];
    return [{ job: joined.value }];
  }

  end(): readonly ParsedJob[] {
    if (this.pending.length === 0) return [];
    const problem = badJson(this.pending.join('\n'));
    this.pending = [];
    return [{ problem }];
  }
}

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** True when the braces outside strings are balanced, so that more lines cannot mend the text. */
function closes(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (inString) {
      if (c === '\\') i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') depth--;
  }
  return depth <= 0;
}

/** True when an object on its own line cannot be an element of the pending text: that would need a `,`, `[` or `:` before it. */
function isTopLevel(pending: readonly string[], line: string): boolean {
  const before = pending[pending.length - 1].trimEnd();
  return !/[,[:]$/.test(before) && !/^\s/.test(line);
}

function badJson(text: string): SurveyError {
  let reason = '';
  try {
    JSON.parse(text);
  } catch (error) {
    reason = error instanceof Error ? error.message : '';
  }
  return new SurveyError({ severity: 'error', code: 'bad-json', message: `this job is not JSON: ${reason}`, help: 'one JSON object a line' });
}
