import { alarmBound } from '../data-quality/detectors/alarm-bound';
import { drawn, KINDS, type Tallies, type Tally, UNCHANGED } from './tally';

const SEED = Number(process.env.SEED ?? 20200602);
/** Of all windows in which nothing changed, whatever a monitor with the defaults finds. */
const FALSE_ALARMS = 0.001;
/** One-sided, of 99.9 %. */
const SEEDS = 1000;

/** Tests so many windows of each kind, each of an endpoint with a baseline of its own, as a monitor with the defaults tells of them. */
export function testSilence(draws: number): void {
  let tallies: Tallies;
  beforeAll(async () => {
    tallies = await drawn(draws, SEED);
    if (process.env.FIGURES) process.stdout.write(figures(tallies));
  }, 3_600_000);

  test.each(Object.keys(KINDS))(
    `of ${draws} windows in which %s, no more are told wrongly than is stated (seed ${SEED})`,
    (kind) => {
      const { draws: count, wrong, byVariant } = tallyOf(kind);
      expect(count).toBe(draws);
      for (const { name, power } of KINDS[kind]) {
        const tally = byVariant.get(name);
        const told = wrong.filter((each) => each.includes(`, ${name}, `));
        const bound = power === 1 ? 0 : alarmBound(tally?.draws ?? 0, 1 - power, SEEDS);
        expect({ name, told: told.slice(bound) }).toEqual({ name, told: [] });
      }
    },
  );

  test.each(UNCHANGED)(
    `of ${draws} windows in which %s, no more alarm than one in a thousand explains (seed ${SEED})`,
    (kind) => {
      const { draws: count, wrong } = tallyOf(kind);
      expect(count).toBe(draws);
      expect(wrong.slice(alarmBound(draws, FALSE_ALARMS, SEEDS))).toEqual([]);
    },
  );

  test('how values are written makes no difference to what is told', () => {
    expect(tallies.otherwise).toEqual([]);
  });

  const tallyOf = (kind: string): Tally => {
    const tally = tallies.kinds.get(kind);
    if (!tally) throw new Error(`no kind is called ${kind}`);
    return tally;
  };
}

const figures = ({ kinds }: Tallies) =>
  Array.from(kinds, ([kind, { draws, wrong, byVariant }]) => {
    const variants = Array.from(byVariant, ([name, counts]) => `    ${counts.wrong} of ${counts.draws} ${name}\n`);
    return `${wrong.length} of ${draws} in which ${kind}\n${variants.join('')}`;
  }).join('');
