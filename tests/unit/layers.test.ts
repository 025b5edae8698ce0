import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Rank of each room; a file imports only from rooms of lower rank, or from its own room. */
const RANK: readonly (readonly [prefix: string, rank: number])[] = [
  ['src/shared', 0],
  ['src/numerics', 1],
  ['src/survey', 1],
  ['src/language', 1],
  ['src/statistics', 2],
  ['src/models/fit.ts', 3],
  ['src/models/drawChunks.ts', 3],
  ['src/models/regression', 3.5],
  ['src/models/sem', 3.5],
  ['src/studies', 4],
  ['src/report', 4],
  ['src/magics', 5],
  ['src/api', 5.4],
  ['src/index.ts', 5.5],
  ['kernel/vendor', 0],
  ['kernel/src', 6],
  ['extension/src', 6]
];

function room(path: string): readonly [string, number] {
  const found = RANK.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
  if (!found) throw new Error(`${path} lies in no room of the layer list`);
  return found;
}

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    if (name === 'node_modules' || name === 'lib' || name === 'dist') continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

const IMPORT = /(?:^|[\s;}])(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function imports(text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2]);
}

const files = [...sources(join(root, 'src')), ...sources(join(root, 'kernel/src')), ...sources(join(root, 'extension/src'))];

interface Edge {
  from: string;
  to: string;
}
const edges: Edge[] = [];
const outside: { from: string; name: string }[] = [];
for (const file of files) {
  const from = relative(root, file);
  for (const target of imports(readFileSync(file, 'utf8'))) {
    if (target.startsWith('.')) edges.push({ from, to: relative(root, resolve(dirname(file), target)).replace(/\.js$/, '.ts') });
    else outside.push({ from, name: target });
  }
}

describe('layers', () => {
  it('reads imports at all', () => {
    expect(edges.length).toBeGreaterThan(5);
  });

  it('a file imports only from lower layers or its own room', () => {
    const upward = edges.filter(({ from, to }) => {
      const [ownRoom, ownRank] = room(from);
      const [otherRoom, otherRank] = room(to);
      if (ownRoom === otherRoom) return false;
      if (ownRoom === 'extension/src') return otherRoom !== 'src/shared';
      return otherRank >= ownRank;
    });
    expect(upward).toEqual([]);
  });

  it('files of src/ are free of Node', () => {
    expect(outside.filter(({ from, name }) => from.startsWith('src/') && (name.startsWith('node:') || name === 'fs' || name === 'path'))).toEqual([]);
  });

  it('src/shared imports nothing outside itself', () => {
    expect(outside.filter(({ from }) => from.startsWith('src/shared/'))).toEqual([]);
  });

  it('each outside package of src/ is imported in exactly one folder', () => {
    const doors = new Map<string, Set<string>>();
    for (const { from, name } of outside) {
      if (!from.startsWith('src/') || name.startsWith('node:')) continue;
      const packageName = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : name.split('/')[0];
      if (!doors.has(packageName)) doors.set(packageName, new Set());
      doors.get(packageName)?.add(dirname(from));
    }
    const shared = [...doors].filter(([, folders]) => folders.size > 1).map(([name, folders]) => `${name}: ${[...folders].join(', ')}`);
    expect(shared).toEqual([]);
  });

  it('imports make no circle', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const target of next.get(file) ?? []) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of next.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});
