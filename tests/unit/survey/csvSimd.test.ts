import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { NUMERIC, SKIP, TEXT } from '../../../src/survey/formats/csv/cells.js';
import { scan, type Scanned } from '../../../src/survey/formats/csv/scan.js';
import { widened, type ColumnNumbers } from '../../../src/survey/narrowNumbers.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const MISSING = new Set(['', 'NA', '.', '(跳过)', '（跳过）', 'a missing word that is long']);

const doubles = (numbers: ColumnNumbers | undefined): Float64Array | undefined => (numbers instanceof Int8Array ? widened(numbers) : numbers);

interface Told {
  readonly scanned?: Scanned;
  readonly error?: string;
}

async function told(text: string, kinds: readonly number[], simd: boolean, dialect = { delimiter: 44, decimal: 46 }): Promise<Told> {
  try {
    return { scanned: await scan({ bytes: encode(text), start: 0, line: 2, dialect, kinds: Uint8Array.from(kinds), missing: MISSING }, { simd }) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Both scans agree in every cell (bit by bit), stray, count and error. */
async function agree(text: string, kinds: readonly number[], dialect?: { delimiter: number; decimal: number }): Promise<Told> {
  const fast = await told(text, kinds, true, dialect);
  const plain = await told(text, kinds, false, dialect);
  expect(fast.error).toEqual(plain.error);
  if (!fast.scanned || !plain.scanned) return fast;
  const { numbers, texts, ...rest } = fast.scanned;
  const { numbers: plainNumbers, texts: plainTexts, ...plainRest } = plain.scanned;
  expect(rest).toEqual(plainRest);
  numbers.forEach((column, j) => {
    const values = doubles(column);
    const wanted = doubles(plainNumbers[j]);
    expect(values === undefined).toBe(wanted === undefined);
    const differs = values?.findIndex((value, i) => !Object.is(value, wanted?.[i])) ?? -1;
    if (differs >= 0) throw new Error(`column ${j}, row ${differs}: ${values?.[differs]} for ${wanted?.[differs]}`);
    expect(values?.length).toBe(wanted?.length);
  });
  expect(texts).toEqual(plainTexts);
  return fast;
}

describe('the scan in WebAssembly', () => {
  const random = createRandom(7);
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random.uniform() * list.length)];
  const digits = (most: number): string => Array.from({ length: 1 + Math.floor(random.uniform() * most) }, () => Math.floor(random.uniform() * 10)).join('');

  const number = (): string => pick([() => digits(1), () => digits(1), () => digits(4), () => `${digits(3)}.${digits(5)}`, () => `-${digits(2)}.${digits(12)}`, () => `.${digits(3)}`, () => `${digits(2)}.`, () => `-${digits(1)}`, () => digits(20), () => `0.${digits(18)}`, () => `${digits(2)}e-${digits(2)}`, () => '', () => 'NA', () => '（跳过）', () => ` ${digits(3)} `, () => `"${digits(2)}"`, () => `"${digits(1)}.${digits(3)}"`, () => '+5', () => '-0', () => '""'])();
  const word = (): string => pick([() => 'x', () => '北京', () => 'a longer city name', () => digits(12), () => 'thirty-two bytes, no more, or one'.replaceAll(',', ';'), () => `a text that is longer than a slot takes ${digits(2)}`, () => '', () => 'NA', () => '"quoted, with comma"', () => '"he said ""no"""', () => '"two\nlines"', () => '"two\r\nlines"', () => 'a missing word that is long', () => ' padded ', () => 'é', () => '""'])();

  it.each(['\n', '\r\n', '\r'])('agrees with the plain scan on records of all kinds that end with %j', async (end) => {
    const kinds = [NUMERIC, NUMERIC, TEXT, ...Array.from({ length: 12 }, () => NUMERIC), SKIP, TEXT, NUMERIC];
    for (let file = 0; file < 12; file++) {
      const records = Array.from({ length: 400 }, () => {
        const fields = kinds.map((kind, j) => (kind === NUMERIC ? (j >= 4 && j < 12 ? digits(1) : number()) : word()));
        const kept = random.uniform() < 0.02 ? fields.slice(0, 1 + Math.floor(random.uniform() * fields.length)) : random.uniform() < 0.02 ? [...fields, ''] : fields;
        return (random.uniform() < 0.02 ? end : '') + kept.join(',');
      });
      const { scanned } = await agree(records.join(end) + end, kinds);
      expect(scanned?.rowCount).toBeGreaterThan(390);
    }
  });

  it.each(['\n', '\r\n'])('agrees on answers of one digit with others among them, ended by %j', async (end) => {
    const others = [() => '', () => 'NA', () => digits(2), () => '-9', () => '"3"', () => `${digits(2)}e1`, () => ' 4', () => '-0', () => '3.5', () => '（跳过）', () => '"5,6"', () => 'x'];
    for (const share of [0, 0.0005, 0.02, 0.3]) {
      for (let file = 0; file < 4; file++) {
        const kinds = Array.from({ length: 8 + Math.floor(random.uniform() * 40) }, (_, j) => (random.uniform() < 0.06 && j % 9 === 8 ? TEXT : NUMERIC));
        const strange = others.slice(0, file < 2 ? others.length - 2 : others.length);
        const records = Array.from({ length: 3000 }, () => kinds.map((kind) => (kind === TEXT ? word().replace(/[\r\n]+/g, ' ') : random.uniform() < share ? pick(strange)() : digits(1))).join(','));
        await agree(records.join(end) + end, kinds);
      }
    }
  });

  it('keeps whole numbers in a byte each as long as they fit, to the bit', async () => {
    const small = Array.from({ length: 3000 }, (_, i) => [i % 10, i % 101, (i % 255) - 127, i % 7 === 0 ? '' : i % 5, i % 9]);
    const narrow = await agree(small.map((row) => `${row.join(',')}\n`).join(''), small[0].map(() => NUMERIC));
    expect(narrow.scanned?.numbers.every((column) => column instanceof Int8Array)).toBe(true);
    for (const [column, odd] of ['128', '-128', '-0', '0.5', '1e1', '1234567'].entries()) {
      const rows = small.map((row, i) => `${(i === 2500 ? row.map((cell, j) => (j === column % 5 ? odd : cell)) : row).join(',')}\n`);
      const { scanned } = await agree(rows.join(''), small[0].map(() => NUMERIC));
      expect(scanned?.numbers.map((values) => values instanceof Float64Array)).toEqual(small[0].map((_, j) => j === column % 5));
    }
  });

  it('rounds as the language does', async () => {
    const written = Array.from({ length: 5000 }, () => `${random.uniform() < 0.5 ? '-' : ''}${digits(9)}.${digits(9)}`);
    const { scanned } = await agree(`${written.join('\n')}\n`, [NUMERIC]);
    expect([...(doubles(scanned?.numbers[0]) ?? [])]).toEqual(written.map(Number));
  });

  it('agrees on decimal commas and other delimiters', async () => {
    await agree(Array.from({ length: 500 }, () => `${digits(2)},${digits(3)};${digits(1)};"${digits(1)},${digits(1)}";${digits(1)}.${digits(1)}\n`).join(''), [NUMERIC, NUMERIC, NUMERIC, TEXT], { delimiter: 59, decimal: 44 });
    await agree(Array.from({ length: 500 }, () => `${digits(2)}\t${digits(1)}\t${digits(1)}\n`).join(''), [NUMERIC, NUMERIC, NUMERIC], { delimiter: 9, decimal: 46 });
  });

  it('agrees where chunks and tiles end, and on more different texts than there are slots', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i % 10},${i % 7},${i / 8},id-${i},${pick(['男', '女'])},${i}`);
    const { scanned } = await agree(`${rows.join('\n')}\n`, [NUMERIC, NUMERIC, NUMERIC, TEXT, TEXT, NUMERIC]);
    expect(scanned?.rowCount).toBe(30_000);
    expect(scanned?.texts[3]?.[29_999]).toBe('id-29999');
    const long = `${'y'.repeat(300_000)},1\n`;
    await agree(`a,1\n${long}b,2\n${long}`, [TEXT, NUMERIC]);
  });

  it('finds the same strays and faults, in the same places', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i % 5},${i % 3},${i}`);
    const changed = (at: number, row: string): string => `${rows.map((text, i) => (i === at ? row : text)).join('\n')}\n`;
    expect((await agree(changed(2500, '3 o,1,2'), [NUMERIC, NUMERIC, NUMERIC])).scanned?.strays).toEqual(new Map([[0, { line: 2502, text: '3 o' }]]));
    expect((await agree(changed(2500, '3,1,2,4'), [NUMERIC, NUMERIC, NUMERIC])).error).toContain('line 2502 has a field number 4');
    expect((await agree(changed(2500, '3,"1,2'), [NUMERIC, NUMERIC, NUMERIC])).error).toContain('line 2502, column 3');
    expect((await agree(changed(2500, '3,"1"x,2'), [NUMERIC, TEXT, NUMERIC])).scanned?.oddQuotes).toEqual({ count: 1, firstLine: 2502 });
    expect((await agree(changed(2500, '3,1'), [NUMERIC, NUMERIC, NUMERIC])).scanned?.short).toEqual({ count: 1, firstLine: 2502 });
  });

  it('agrees on damaged texts', async () => {
    const kinds = [NUMERIC, TEXT, NUMERIC, NUMERIC, TEXT];
    const text = Array.from({ length: 300 }, () => [number(), word(), digits(1), number(), word()].join(',')).join('\n');
    for (let round = 0; round < 150; round++) {
      const characters = [...text];
      for (let edits = 1 + Math.floor(random.uniform() * 3); edits > 0; edits--) {
        const at = Math.floor(random.uniform() * characters.length);
        characters.splice(at, Math.floor(random.uniform() * 40), pick(['"', ',', '\n', '\r', '""', ',,', '\u0000', 'é', '5', '']));
      }
      await agree(`${characters.join('')}\n`, kinds);
    }
  });

  it('takes rows that become much shorter or longer than the first', async () => {
    const wide = Array.from({ length: 4000 }, () => `"${'w'.repeat(120)}",1\n`).join('');
    const narrow = Array.from({ length: 200_000 }, () => 'n,2\n').join('');
    expect((await agree(wide + narrow, [TEXT, NUMERIC])).scanned?.rowCount).toBe(204_000);
    expect((await agree(narrow + wide, [TEXT, NUMERIC])).scanned?.rowCount).toBe(204_000);
  });
});
