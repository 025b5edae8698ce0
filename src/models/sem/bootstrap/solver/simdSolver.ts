import { NearbyMemory } from '../../../../numerics/optimize/nearby/nearbyMemory.js';
import { plannedArrays } from '../../../../numerics/simd/plannedArrays.js';
import { plainRoom, roomBehind, wasmInstance, type Room } from '../../../../numerics/simd/wasmInstance.js';
import type { GroupSample } from '../../discrepancy/normalTheory.js';
import { derivatives } from '../../implied/derivatives.js';
import type { ModelProblem } from '../../estimation/estimate.js';
import { GroupMemory } from './groupMemory.js';
import type { NearSolver } from './nearSolver.js';
import { SOLVER_WASM } from './solverWasm.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  prepare(solver: number): number;
  readSamples(solver: number): void;
  solve(solver: number, tolerance: number, most: number): number;
}

interface Layout {
  readonly steps: NearbyMemory;
  readonly groups: readonly GroupMemory[];
  readonly address: number;
}

/** `minimizeNear` of the likelihood in factor form, all of it in WebAssembly with SIMD instructions: the same bits as without. */
export class SimdSolver implements NearSolver {
  readonly groupValues: Float64Array;

  private constructor(private readonly exports: Exports, private readonly layout: Layout, private readonly from: Float64Array, private readonly tolerance: number, private readonly most: number) {
    this.groupValues = new Float64Array(layout.groups.length);
  }

  /**
   * Undefined where WebAssembly is missing or forbidden, where latent variables
   * cause each other in a circle, and where nothing is defined at the start. All
   * groups have a factor form, and the model matrices hold the values that stay.
   *
   * @param from the nearby solution
   * @param inverse of the curvature there
   */
  static of(problem: ModelProblem, from: Float64Array, samples: readonly GroupSample[], inverse: Float64Array, tolerance: number, most: number): SimdSolver | undefined {
    if (problem.implied.some(({ paths, structure }) => structure.regressions && !paths)) return undefined;
    const exports = wasmInstance<Exports>(SOLVER_WASM, { math: { log: Math.log } });
    if (!exports) return undefined;
    // laid out twice, since memory that grows forgets the arrays in it: first to see how much it takes
    let bytes = 0;
    layOut(problem, inverse, (more) => {
      bytes += more;
      return plainRoom(more);
    });
    const { buffer, base } = roomBehind(exports, bytes);
    let at = base;
    const layout = layOut(problem, inverse, (more) => {
      const room = { buffer, base: at };
      at += more;
      return room;
    });
    const solver = new SimdSolver(exports, layout, from, tolerance, most);
    solver.read(samples);
    return exports.prepare(layout.address) === 0 ? undefined : solver;
  }

  solve(samples: readonly GroupSample[]): Float64Array | null {
    const { exports, layout, groupValues, from } = this;
    this.read(samples);
    if (exports.solve(layout.address, this.tolerance, this.most) === 0) return null;
    layout.groups.forEach((group, g) => {
      groupValues[g] = group.value;
    });
    return layout.steps.trial.slice(0, from.length);
  }

  private read(samples: readonly GroupSample[]): void {
    const { exports, layout, from } = this;
    layout.groups.forEach((group, g) => group.readSample(samples[g]));
    exports.readSamples(layout.address);
    layout.steps.x.set(from);
  }
}

function layOut({ implied, structure, objective, table }: ModelProblem, inverse: Float64Array, allocate: (bytes: number) => Room): Layout {
  const n = structure.size;
  const steps = new NearbyMemory(inverse, n, allocate);
  const groups = implied.map((group, g) => new GroupMemory(group, derivatives(group.structure, structure.position), table.meanStructure, objective.weights[g], allocate));
  const { address } = plannedArrays({ sizes: [groups.length, n, steps.address], doubles: [n], indices: [groups.map((group) => group.address)] }, allocate);
  return { steps, groups, address };
}
