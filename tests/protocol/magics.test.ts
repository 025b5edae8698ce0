import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { magics } from '../../src/magics/index.js';
import { executeContent, KernelProcess, ofType, streamText } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start({ SEMLAB_ALLOW_BASH: '' });
  const rows = Array.from({ length: 60 }, (_, i) => [1, 2, 3].map((item) => 1 + ((i * 7 + item * 3 + (i % 5) * 2) % 5)).join(','));
  writeFileSync(join(kernel.folder, 'answers.csv'), `SAT1,SAT2,SAT3\n${rows.join('\n')}\n`);
});
afterAll(() => kernel.stop());

async function traceback(code: string): Promise<string> {
  const { reply } = await kernel.execute(code);
  expect(reply.content.status).toBe('error');
  return (reply.content.traceback as string[]).join('\n');
}

async function matches(code: string, cursor: number = code.length): Promise<readonly string[]> {
  return (await kernel.request('complete_request', { code, cursor_pos: cursor })).reply.content.matches as string[];
}

describe('a magic cell', () => {
  it('binds a typed value that later cells complete and check', async () => {
    expect((await kernel.execute('%%survey answers answers.csv\nconstructs:\n  SAT: {label: Satisfaction, items: SAT1..SAT3}')).reply.content).toMatchObject({ status: 'ok' });
    expect(await kernel.text('answers.kind')).toBe("'survey'");
    expect(await matches('answers.colu')).toContain('columns');
    expect(await traceback('answers.colums')).toContain('did you mean `columns`?');
  });

  it('knows the type of what it will bind before it runs', async () => {
    expect(await kernel.text('const before: import("semlab").Survey = answers; before.kind')).toBe("'survey'");
    expect(await traceback('const wrong: number = answers;')).toContain("is not assignable to type 'number'");
  });

  it('shows each value as one output with several MIME types', async () => {
    const outputs = ofType(await kernel.execute('%describe answers SAT'), 'display_data') as { data: Record<string, unknown> }[];
    expect(outputs.length).toBeGreaterThan(0);
    const types = Object.keys(outputs[0].data);
    expect(types).toEqual(expect.arrayContaining(['text/html', 'text/plain']));
    expect(types.some((type) => type.startsWith('application/vnd.semlab.'))).toBe(true);
  });

  it('completes its body: columns and constructs of the survey', async () => {
    expect(await matches('%%sem answers\nsat =~ SAT')).toEqual(expect.arrayContaining(['SAT1', 'SAT2', 'SAT3']));
  });

  it('completes its header: surveys, options, choices', async () => {
    expect(await matches('%%sem ans')).toEqual(['answers']);
    expect(await matches('%%sem answers --estim')).toEqual(['--estimator']);
    expect(await matches('%%sem answers --estimator M')).toContain('ML');
    expect(await matches('%describe answers SAT')).toContain('SAT1');
  });

  it('points into its body when the model is wrong', async () => {
    const text = await traceback('%%sem answers\nsat =~ SAT1 + SAT2\nsat =~ SAT9');
    expect(text).toMatch(/%%sem:3:/);
    expect(text).toContain('SAT9');
    expect(text).toMatch(/did you mean `SAT\d`/);
  });
});

describe('headers', () => {
  it('suggest the nearest magic, option and choice, with a caret', async () => {
    expect(await traceback('%%sme answers')).toMatch(/no magic `%%sme`[^]*did you mean `%%sem`/);
    expect(await traceback('%%sem answers --estimater ML\nf =~ SAT1')).toMatch(/no option `--estimater`[^]*\^{11}\n[^]*did you mean `--estimator`/);
    expect(await traceback('%%sem answers --estimator MLX\nf =~ SAT1')).toMatch(/--estimator[^]*found `MLX`/);
    expect(await traceback('%%sem anwsers\nf =~ SAT1')).toContain('did you mean `answers`?');
    expect(await traceback('%%describe answers')).toContain('write `%describe`');
  });

  it('say which argument is missing', async () => {
    expect(await traceback('%%survey only')).toMatch(/needs .*FILE/i);
  });

  it('every magic has a manual page by --help, also where arguments are missing', async () => {
    for (const magic of magics) {
      const sign = magic.forms.includes('cell') ? '%%' : '%';
      const [page] = ofType(await kernel.execute(`${sign}${magic.name} --help`), 'display_data') as { data: Record<string, string> }[];
      expect(page.data['text/markdown']).toContain(`${sign}${magic.name}`);
    }
  });

  it('--code shows TypeScript, and runs nothing', async () => {
    const [shown] = ofType(await kernel.execute('%%html --code\n<b>1</b>'), 'display_data') as { data: Record<string, string> }[];
    expect(shown.data['text/plain']).toBe('display({ "text/html": "<b>1</b>" });');
  });
});

describe('line magics', () => {
  it('stand among TypeScript, and lines after them keep their numbers', async () => {
    const exchange = await kernel.execute('const first = 1;\n%who\nconst second = first + 1;\nconsole.log(second);');
    expect(streamText(exchange)).toBe('2\n');
    expect(await traceback('%who\n\nnosuch')).toContain('In[');
    expect(await traceback('%who\n\nnosuch')).toMatch(/:3:1\n3 \| nosuch/);
  });

  it('are not found in templates, comments and expressions', async () => {
    expect(await kernel.text('const template = `\n%who\n`;\n/*\n%who\n*/\nconst rest = (7\n%template.length); rest')).toBe('1');
  });
});

describe('magics of the kernel', () => {
  it('%time runs code in the notebook\u2019s scope and says how long it took', async () => {
    const exchange = await kernel.execute('%%time\nconst timed = 5;\ntimed * 2');
    expect(streamText(exchange)).toMatch(/^wall time [\d.]+ (ms|µs|s), processor time/);
    expect(ofType(exchange, 'display_data')).toMatchObject([{ data: { 'text/plain': '10' } }]);
    expect(await kernel.text('timed')).toBe('5');
    expect(await traceback('%time thrownBefore()')).toContain("Cannot find name 'thrownBefore'");
  });

  it('%%html, %%markdown and %%latex show their body', async () => {
    for (const [name, type] of [['html', 'text/html'], ['markdown', 'text/markdown'], ['latex', 'text/latex']]) {
      expect(ofType(await kernel.execute(`%%${name}\n<b>x</b>`), 'display_data')).toMatchObject([{ data: { [type]: '<b>x</b>' } }]);
    }
  });

  it('%load offers the text of a file as the next input', async () => {
    writeFileSync(join(kernel.folder, 'part.ts'), 'const loaded = 1;\n');
    const { reply } = await kernel.execute('%load part.ts');
    expect(reply.content.payload).toEqual([{ source: 'set_next_input', text: '// %load part.ts\nconst loaded = 1;\n', replace: true }]);
    expect(await traceback('%load prat.ts')).toContain('did you mean `part.ts`?');
  });

  it('%%bash is off unless it was allowed', async () => {
    expect(await traceback('%%bash\necho hello')).toContain('SEMLAB_ALLOW_BASH=1');
    const trusting = await KernelProcess.start({ SEMLAB_ALLOW_BASH: '1' });
    const exchange = await trusting.execute('%%bash\necho out; echo err >&2; pwd');
    expect(streamText(exchange)).toMatch(/^out\n/);
    expect(streamText(exchange, 'stderr')).toBe('err\n');
    expect(await trusting.failure('%%bash\nexit 3')).toContain('exit code 3');
    await trusting.stop();
  });

  it('%npm refuses what is no package', async () => {
    expect(await traceback('%npm install ../../evil')).toContain('is not the name of a package');
    expect(await traceback('%npm publish x')).toContain('can `install` and `uninstall`');
  });
});

describe('magics from cells', () => {
  it('are defined by defineMagic, run, bind typed values, complete and are listed', async () => {
    await kernel.text(`import { defineMagic } from "semlab";
const cube = defineMagic({
  name: 'cube', forms: ['cell', 'line'], summary: 'cube a number',
  arguments: [{ name: 'X', kind: 'text', summary: 'number' }],
  options: { as: { type: 'variable', summary: 'name of the result' } },
  example: '%cube 3 --as c',
  binds: (call) => (call.options.as ? { [String(call.options.as)]: 'number' } : {}),
  run(call, context) {
    const value = Number(call.arguments[0]) ** 3;
    context.print(\`cubed \${call.arguments[0]}\`);
    return { show: [], ...(call.options.as ? { bind: { [String(call.options.as)]: value } } : {}) };
  }
});`);
    expect(streamText(await kernel.execute('%cube 3 --as cubed'))).toBe('cubed 3\n');
    expect(await kernel.text('cubed.toFixed(0)')).toBe("'27'");
    expect(await matches('%cub')).toEqual(['%cube']);
    expect(JSON.stringify((await kernel.execute('%magics')).outputs.map((message) => message.content))).toContain('cube a number');
  });

  it('show progress in place, at most four times a second, and end with the last state', async () => {
    await kernel.text(`const ticker = defineMagic({
  name: 'ticker', forms: ['line'], summary: 'count', arguments: [], options: {}, example: '%ticker',
  async run(call, context) {
    const update = context.display({ data: { 'text/plain': 'start' } });
    for (let i = 1; i <= 100; i++) { update({ data: { 'text/plain': String(i) } }); await new Promise((r) => setTimeout(r, 10)); }
    return { show: [] };
  }
});`);
    const exchange = await kernel.execute('%ticker');
    const updates = ofType(exchange, 'update_display_data') as { data: Record<string, string>; transient: object }[];
    expect(ofType(exchange, 'display_data').length).toBe(1);
    const seconds = (Date.parse(exchange.outputs[exchange.outputs.length - 1].header.date) - Date.parse(exchange.outputs[0].header.date)) / 1000;
    expect(updates.length).toBeLessThanOrEqual(4 * seconds + 2);
    expect(updates[updates.length - 1].data['text/plain']).toBe('100');
  });

  it('hear of an interrupt through their signal', async () => {
    await kernel.text(`const patient = defineMagic({
  name: 'patient', forms: ['line'], summary: 'wait', arguments: [], options: {}, example: '%patient',
  async run(call, context) {
    context.print('start');
    await new Promise((resolve) => context.signal.addEventListener('abort', () => { console.log('told'); resolve(0); }));
    return { show: [] };
  }
});`);
    const id = await kernel.post('execute_request', executeContent('%patient', { stop_on_error: false }));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream'), 'start');
    await kernel.request('interrupt_request', {}, 'control');
    expect((await kernel.reply(id)).content).toMatchObject({ status: 'error', ename: 'Interrupted' });
    const outputs = await kernel.outputs(id);
    expect(outputs.filter((message) => message.header.msg_type === 'stream').map((message) => message.content.text).join('')).toBe('start\ntold\n');
  });
});
