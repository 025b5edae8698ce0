import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KernelProcess, ofType } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
  writeFileSync(join(kernel.folder, 'answers.csv'), 'shape,x,g\n1,2,a\n3,9,b\n5,6,a\n');
  await kernel.execute('%%survey answers answers.csv\nvariables:\n  x: {label: An item, missing: 9}');
});
afterAll(() => kernel.stop());

describe('danfojs in a notebook', () => {
  it('takes a survey as a typed frame, which is shown as a table', async () => {
    expect(await kernel.text('const frame = answers.toDanfo(); frame.shape')).toBe('[ 3, 3 ]');
    const [{ data }] = ofType(await kernel.execute('frame'), 'execute_result') as { data: Record<string, string> }[];
    expect(Object.keys(data)).toEqual(['application/vnd.semlab.survey-table.v1+json', 'text/html', 'text/plain']);
    expect(data['text/plain']).toContain('danfojs DataFrame, 3 rows × 3 columns.');
    expect((await kernel.request('complete_request', { code: 'frame.group', cursor_pos: 11 })).reply.content.matches).toContain('groupby');
  });

  it('knows the types of both directions', async () => {
    expect((await kernel.execute('const wrong: number = answers.toDanfo();')).reply.content.status).toBe('error');
    const { reply } = await kernel.execute("answers.toDanfo({ answer: 'labels' })");
    expect((reply.content.traceback as string[]).join('\n')).toContain('answer');
  });

  it('gives a frame back with its labels, also one made with the danfojs that comes along', async () => {
    expect(await kernel.text("import { fromDanfo } from 'semlab'; const back = fromDanfo(frame.query(frame.column('shape').ne(3)), { like: answers }); [...back.numeric('x'), back.info('x').label!.en]")).toBe("[ 2, 6, 'An item' ]");
    expect(await kernel.text("import { DataFrame } from 'danfojs-node'; import { concat } from 'semlab/danfo'; (concat({ dfList: [new DataFrame({ a: [1] }), new DataFrame({ a: [2] })], axis: 0 }) as DataFrame).shape")).toBe('[ 2, 1 ]');
  });
});
