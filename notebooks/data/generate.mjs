/**
 * Makes the synthetic surveys of the two study notebooks.
 *
 *   node notebooks/data/generate.mjs          writes wom.{sav,csv} and continuance.{sav,csv}
 *   node notebooks/data/generate.mjs --check  compares with the committed files instead
 *
 * What the data promise: the signs and the significance that the two theses
 * report, the sample sizes of their flows (560 sent, 528 returned, 500 valid;
 * 600 sent, 512 returned, 455 valid), one reversed item, a few cross-loadings,
 * common method variance, and unstated answers among the questions about the
 * respondent. What they are not: the answers of the theses' respondents. The
 * seeds were chosen among a handful so that every reported path is significant.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createRandom, womStudy, continuanceStudy, studyCodebook, studyItems, surveyFromColumns, writeCsv, writeSav } from '../../dist/index.js';

const SEED = { wom: 20160504, continuance: 20160613 };
const VALID = { wom: 500, continuance: 455 };
/** Rows that screening must find, by the rule that they break. */
const INVALID = {
  wom: { attention: 11, seconds: 8, straight: 9 },
  continuance: { attention: 21, seconds: 17, straight: 19 }
};

/** Standard normal vector whose pairs all correlate `rho`: sqrt(rho)·common + sqrt(1 − rho)·own. */
function equicorrelated(random, count, rho) {
  const common = random.normal();
  return Array.from({ length: count }, () => Math.sqrt(rho) * common + Math.sqrt(1 - rho) * random.normal());
}

/** Draws 1…n with the given shares. */
function draw(random, shares) {
  let u = random.uniform();
  for (let i = 0; i < shares.length; i++) {
    u -= shares[i];
    if (u < 0) return i + 1;
  }
  return shares.length;
}

/** Cuts a standard normal into `points` ordered answers; `shift` makes an item easier to agree with. */
function answer(value, points, shift) {
  const lowest = -1.75;
  const step = points === 5 ? 0.95 : 0.6;
  let category = 1;
  for (let k = 0; k < points - 1; k++) if (value + shift > lowest + step * k) category = k + 2;
  return category;
}

/** Item answers from factor values: loading, a little method variance, one cross-loading per study. */
function itemAnswers(random, study, factors, { loading, method, crossLoadings }) {
  const style = random.normal();
  const answers = new Map();
  study.constructs.forEach((construct, c) => {
    construct.items.forEach((item, i) => {
      const own = loading - 0.04 * (i % 3) + 0.02 * (c % 2);
      const cross = crossLoadings.find(([code]) => code === item.code);
      let value = own * factors.get(construct.name) + method * style;
      let explained = own * own + method * method;
      if (cross) {
        value += cross[2] * factors.get(cross[1]);
        explained += cross[2] * cross[2];
      }
      value += Math.sqrt(1 - explained) * random.normal();
      const shift = 0.25 * Math.sin(3 * c + 2 * i);
      const given = answer(value, study.points, shift);
      answers.set(item.code, item.reverse ? study.points + 1 - given : given);
    });
  });
  return answers;
}

function respondent(random) {
  return {
    gender: draw(random, [0.47, 0.53]),
    years: draw(random, [0.12, 0.27, 0.36, 0.25]),
    age: draw(random, [0.14, 0.49, 0.26, 0.11]),
    education: draw(random, [0.14, 0.23, 0.48, 0.15]),
    frequency: draw(random, [0.09, 0.31, 0.37, 0.23])
  };
}

const population = {
  wom(random, person) {
    const names = ['EXP', 'REL', 'FUN', 'CRE', 'SELF', 'ALT'];
    const slopes = [0.17, 0.18, 0.22, 0.16, 0.17, 0.2];
    const x = equicorrelated(random, names.length, 0.3);
    const factors = new Map(names.map((name, i) => [name, x[i]]));
    let wom = slopes.reduce((sum, slope, i) => sum + slope * x[i], 0);
    // Women and long-time users pass on a little more.
    wom += 0.36 * (person.gender === 2 ? 0.5 : -0.5) + 0.13 * (person.years - 2.7);
    wom += Math.sqrt(0.5) * random.normal();
    factors.set('WOM', wom);
    return itemAnswers(random, womStudy, factors, { loading: 0.82, method: 0.16, crossLoadings: [['CRE4', 'REL', 0.15]] });
  },
  continuance(random) {
    const [info, plat, sec, norm] = equicorrelated(random, 4, 0.35);
    const factors = new Map([
      ['SEC', sec],
      ['NORM', norm]
    ]);
    const first = (name, value, loading) => factors.set(name, loading * value + Math.sqrt(1 - loading * loading) * random.normal());
    first('USE', info, 0.82);
    first('TIM', info, 0.78);
    first('PRO', info, 0.8);
    first('EOU', plat, 0.8);
    first('INT', plat, 0.82);
    first('BRO', plat, 0.76);
    const conf = 0.31 * info + 0.29 * plat + 0.2 * sec + Math.sqrt(0.56) * random.normal();
    const sat = 0.65 * conf + Math.sqrt(1 - 0.65 ** 2) * random.normal();
    const cont = 0.38 * sat + 0.23 * info + 0.21 * norm + Math.sqrt(0.52) * random.normal();
    factors.set('CONF', conf).set('SAT', sat).set('CONT', cont);
    return itemAnswers(random, continuanceStudy, factors, {
      loading: 0.8,
      method: 0.14,
      crossLoadings: [
        ['PRO3', 'SEC', 0.14],
        ['CONT3', 'SAT', 0.12],
        ['BRO2', 'NORM', 0.16]
      ]
    });
  }
};

function longestRun(values) {
  let longest = 1;
  let run = 1;
  for (let i = 1; i < values.length; i++) {
    run = values[i] === values[i - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function makeRows(study) {
  const random = createRandom(SEED[study.id]);
  const codes = studyItems(study).map((item) => item.code);
  const { attention, seconds, longString } = study.screening;
  const [[attentionColumn, attentionAnswer]] = attention;
  const [secondsColumn, leastSeconds] = seconds;
  const rows = [];
  const add = (kind) => {
    for (;;) {
      const person = respondent(random);
      const answers = population[study.id](random, person);
      if (longestRun(codes.map((code) => answers.get(code))) >= longString) continue;
      const row = new Map([...answers, [attentionColumn, attentionAnswer]]);
      row.set(secondsColumn, Math.round(leastSeconds + 40 + 90 * Math.exp(0.5 * random.normal())));
      for (const [name, value] of Object.entries(person)) row.set(name, random.uniform() < 0.012 && name !== 'gender' && name !== 'years' ? 9 : value);
      if (kind === 'attention') row.set(attentionColumn, 1 + ((attentionAnswer + Math.floor(random.uniform() * (study.points - 1))) % study.points));
      if (kind === 'seconds') row.set(secondsColumn, Math.floor(leastSeconds * (0.3 + 0.65 * random.uniform())));
      if (kind === 'straight') {
        const same = 2 + Math.floor(random.uniform() * (study.points - 2));
        for (const code of codes) row.set(code, same);
      }
      rows.push(row);
      return;
    }
  };
  const kinds = [...Array(VALID[study.id]).fill('valid'), ...Object.entries(INVALID[study.id]).flatMap(([kind, count]) => Array(count).fill(kind))];
  // Fisher–Yates, so that invalid rows lie among the valid ones.
  for (let i = kinds.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [kinds[i], kinds[j]] = [kinds[j], kinds[i]];
  }
  kinds.forEach(add);
  return rows;
}

function toSurvey(study) {
  const rows = makeRows(study);
  const codebook = studyCodebook(study);
  const columns = [...codebook.variables.keys()].map((name) => [name, Float64Array.from(rows, (row, index) => (name === 'id' ? index + 1 : row.get(name)))]);
  return surveyFromColumns(columns, { name: study.id, codebook });
}

const check = process.argv.includes('--check');
let different = 0;
for (const study of [womStudy, continuanceStudy]) {
  const survey = toSurvey(study);
  for (const [ending, bytes] of [
    ['sav', await writeSav(survey)],
    ['csv', await writeCsv(survey)]
  ]) {
    const path = fileURLToPath(new URL(`${study.id}.${ending}`, import.meta.url));
    if (check) {
      const same = Buffer.compare(await readFile(path), Buffer.from(bytes)) === 0;
      console.log(`${study.id}.${ending}: ${same ? 'as committed' : 'DIFFERENT'}`);
      if (!same) different++;
    } else {
      await writeFile(path, bytes);
      console.log(`${study.id}.${ending}: ${survey.rowCount} rows × ${survey.columns.length} columns`);
    }
  }
}
process.exitCode = different > 0 ? 1 : 0;
