import {
  checkWindow,
  decodeProfile,
  encodeProfile,
  mergeProfiles,
  type PartialProfile,
  type WindowFindings,
} from '../../../../lib/analysis';
import { declaredBaseline } from '../../../../lib/analysis/data-quality/declared-columns';
import { alarmBound } from '../detectors/alarm-bound';
import { type Random, random, weighted } from '../detectors/traffic';
import { drawn, word } from '../text/text-traffic';

const SEED = Number(process.env.SEED ?? 20200602);
const FALSE_ALARMS = 0.001;

type Draw = () => string;
const { floor } = Math;

/** Categories that are called by words or by codes of digits, of which the k-th is the rarer the larger k is. */
function source(count: number, isCode: boolean, next: Random): Draw {
  const power = 0.8 + next();
  const index = weighted(Array.from({ length: count }, (_, at) => 1 / (at + 3) ** power));
  return () => (isCode ? `0${1000 + index(next)}` : word(index(next)));
}

const column = (rows: number, category: Draw): PartialProfile => drawn(rows, () => 0, { category });

/** In one part, or in two as functions read them. */
function parted(rows: number, draw: Draw, next: Random): PartialProfile {
  if (next() < 0.5) return column(rows, draw);
  const first = floor(rows * next());
  return mergeProfiles([first, rows - first].map((part) => decodeProfile(encodeProfile(column(part, draw)))));
}

/** A baseline with a histogram; undefined of a source that gave too many values for one. */
function baselineOf(rows: number, draw: Draw) {
  const { statistics, constraints } = declaredBaseline(column(rows, draw), { category: 'Categorical' });
  const has = statistics.features[0].string_statistics?.distribution !== undefined;
  return has ? { baselineStatistics: statistics, baselineConstraints: constraints } : undefined;
}

const told = ({ findings }: WindowFindings) => findings.map(({ entry }) => entry.constraint_check_type);

/**
 * Tests so many windows with more different values than a histogram has, of baselines with one: those that are drawn as their baselines are, and those in
 * which a fifth or more of the values are new, mostly other ones each.
 */
export function testManyCategories(draws: number): void {
  const next = random(SEED);

  test(`of ${draws} windows of rare categories, no more alarm than one in a thousand explains (seed ${SEED})`, () => {
    const wrong: string[] = [];
    for (let draw = 0; draw < draws; ) {
      const categories = source(100 + floor(300 * next()), draw % 2 === 0, next);
      const baseline = baselineOf(200 + floor(800 * next()), categories);
      if (!baseline) continue;
      const profile = parted([400, 1500, 6000][floor(3 * next())], categories, next);
      if (!hasMany(profile)) continue;
      const found = told(checkWindow({ profile, ...baseline, drift: { method: 'MassShift' } }));
      if (found.length > 0) wrong.push(`draw ${draw}: ${found}`);
      draw += 1;
    }
    expect(wrong.slice(alarmBound(draws, FALSE_ALARMS, 1000))).toEqual([]);
  });

  test(`of ${draws} windows of categories that became many, each is named, and compared (seed ${SEED})`, () => {
    const wrong: unknown[] = [];
    for (let draw = 0; draw < draws; draw++) {
      const isCode = draw % 2 === 0;
      const usual = source(2 + floor(20 * next()), isCode, next);
      const baseline = baselineOf(200 + floor(800 * next()), usual);
      if (!baseline) throw new Error('no baseline of few categories');
      const share = 0.2 + 0.8 * next();
      const many = 500 + floor(20_000 * next());
      const other = () => (isCode ? `${5000 + floor(many * next())}` : `x-${word(floor(many * next()))}`);
      const profile = parted(1000 + floor(3000 * next()), () => (next() < share ? other() : usual()), next);
      const found = checkWindow({ profile, ...baseline, drift: { method: 'MassShift' } });
      const isRight = told(found).includes('categorical_values_check') && told(found).includes('baseline_drift_check');
      if (!isRight) wrong.push({ draw, share, many, told: told(found), notEvaluated: found.notEvaluated });
    }
    expect(wrong).toEqual([]);
  });
}

const hasMany = (profile: PartialProfile) => (profile.mainTable()?.columns[0].distinct.estimate() ?? 0) > 120;
