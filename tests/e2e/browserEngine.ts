/**
 * What the browser test runs on both sides: data in, the numbers of every part
 * of the engine out. `src/` knows neither Node nor the page.
 */
import { bootstrap, CONTINUANCE_MODEL, correlate, diagramToSvg, pathDiagram, readSurvey, regress, reliability, sem, tidy } from '../../src/index.js';

export interface Numbers {
  readonly sem: readonly (number | null)[];
  readonly ordinal: readonly (number | null)[];
  readonly bootstrap: readonly (number | null)[];
  readonly regression: readonly (number | null)[];
  readonly alpha: number | null;
  readonly correlations: readonly (number | null)[];
  readonly diagram: string;
}

const ORDINAL = 'SAT =~ SAT1 + SAT2 + SAT3\nCONF =~ CONF1 + CONF2 + CONF3\nSAT ~ CONF';

export async function numbersOf(continuance: Uint8Array, wom: Uint8Array): Promise<Numbers> {
  const users = await readSurvey(continuance, { name: 'continuance.sav' });
  const buyers = await readSurvey(wom, { name: 'wom.csv' });
  const fit = sem(CONTINUANCE_MODEL, users);
  const ordinal = sem(ORDINAL, users, { ordered: true });
  const draws = await bootstrap(fit, { draws: 40, seed: 7 });
  const items = ['CONF1', 'CONF2', 'CONF3'];
  return {
    sem: tidy(fit).rows.flatMap(({ estimate, stdError }) => [estimate, stdError] as (number | null)[]),
    ordinal: tidy(ordinal).rows.flatMap(({ estimate, stdError }) => [estimate, stdError] as (number | null)[]),
    bootstrap: draws.estimates.map(({ stdError }) => stdError),
    regression: tidy(regress('WOM1 ~ gender + EXP1 * FUN1 + CRE1', buyers)).rows.map(({ estimate }) => estimate as number | null),
    alpha: reliability(users, items).alpha,
    correlations: [...correlate(users, items).matrix],
    diagram: diagramToSvg(pathDiagram(fit))
  };
}
