import { ALPHA, BETA, LAMBDA, PSI } from '../structure/modelStructure.js';
import type { ParameterTable } from '../parameterTable.js';
import { rolesOfBlock } from '../structure/blocks.js';
import type { ModelStructure } from '../structure/modelStructure.js';

/**
 * A latent variable whose scale is set by its variance may come out mirrored:
 * all its loadings, slopes and covariances with the other sign fit as well.
 * It is turned so that its first loading is positive, where lavaan's starting
 * values lead too. Nothing is touched where a fixed value or a shared label
 * decides.
 */
export function orient({ structure, table }: { readonly structure: ModelStructure; readonly table: ParameterTable }, x: Float64Array): void {
  const uses = new Int32Array(structure.size);
  for (const k of structure.position) if (k >= 0) uses[k]++;
  structure.groups.forEach((group, block) => {
    const measured = new Set(rolesOfBlock(table, block).latent.map((_, f) => f));
    for (const f of measured) {
      const touched: number[] = [];
      let first = NaN;
      let bound = false;
      for (const { matrix, row, column, parameter } of group.cells) {
        const mine = (matrix === LAMBDA && column === f) || (matrix === BETA && (row === f) !== (column === f)) || (matrix === PSI && (row === f) !== (column === f)) || (matrix === ALPHA && row === f);
        if (!mine) continue;
        const k = structure.position[parameter];
        if (k < 0) bound ||= table.rows[parameter].ustart !== 0;
        else if (uses[k] > 1) bound = true;
        else {
          touched.push(k);
          if (Number.isNaN(first) && table.rows[parameter].op === '=~' && column === f) first = x[k];
        }
      }
      if (bound || !(first < 0)) continue;
      for (const k of touched) x[k] = -x[k];
    }
  });
}
