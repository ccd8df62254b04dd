import { type ExecutionReport, PUBLICATION_STEPS } from '../../lib/outcome/contract';
import { decided } from '../../lib/outcome/report-disposition';
import { leftBy } from '../outcome/run';
import { broken, type Seen } from './model';

// That the model says of each thing that does not hold that it does not.

const first = decided(leftBy({}, {}, { published: [] }), undefined, 'a');
const whole = { ...first, published: [...PUBLICATION_STEPS] };
const failed = decided(leftBy({}, { status: 'Failed', health: 2 }), undefined, 'f');
const next = decided(leftBy({}), failed, 'b');
const told = (report: ExecutionReport) => JSON.stringify(report.outcome);

const GOOD: Seen = {
  decisions: [first, whole],
  events: [told(whole), told(whole)],
  metrics: ['Health 0', 'Violations 0', 'Missed 0', 'Missed 1'],
  wasAnalysed: true,
  dueCount: 2,
  isForgetful: false,
};

test.each<[string, Partial<Seen>]>([
  ['a window that is decided and told, twice alike', {}],
  ['a failed run that gives way', { decisions: [failed, next], events: [told(failed), told(next)] }],
  [
    'a window that nobody decided and that was heard',
    { decisions: [], events: [], wasAnalysed: false, metrics: ['Missed 1', 'Missed 1'] },
  ],
  ['a run that is counted twice by who cannot know', { metrics: [...GOOD.metrics, 'Missed 1'], isForgetful: true }],
])('nothing is broken by %s', (_, props) => {
  expect(broken({ ...GOOD, ...props })).toEqual([]);
});

test.each<[string, Partial<Seen>]>([
  ['the first decision has revision 2', { decisions: [next], events: [told(next)] }],
  ['revision 1 was decided twice', { decisions: [first, { ...whole, token: 'b' }] }],
  ['revision 1 forgot what was told', { decisions: [whole, first, whole] }],
  [
    'Completed gave way to Completed',
    { decisions: [whole, decided(leftBy({}), whole, 'b')], events: [told(decided(leftBy({}), whole, 'b'))] },
  ],
  [
    'what was told was never decided',
    { events: [told(whole), told(failed).replace(`${failed.outcome.outcomeId}`, 'x')] },
  ],
  ['revision 1 was told in two ways', { events: [told(whole), told(whole).replace('churn', 'other')] }],
  ['the outcome was not told', { events: [] }],
  ['the health was not told', { metrics: GOOD.metrics.slice(1) }],
  ['the violations were not told', { metrics: GOOD.metrics.filter((metric) => metric !== 'Violations 0') }],
  ['the outcome does not say that it was told', { decisions: [first] }],
  [
    'what was found gave way to a failure',
    { decisions: [failed], events: [told(failed)], metrics: ['Health 2', 'Missed 0', 'Missed 0'] },
  ],
  ['what was concluded is gone', { decisions: [], events: [], metrics: ['Missed 1', 'Missed 1'] }],
  ['nobody heard of the window', { decisions: [], events: [], wasAnalysed: false }],
  ['1 of 2 runs were judged', { metrics: GOOD.metrics.slice(0, 3) }],
  ['2 runs were judged 3 times', { metrics: [...GOOD.metrics, 'Missed 1'] }],
])('it is said that %s', (words, props) => {
  expect(broken({ ...GOOD, ...props })).toEqual([words]);
});
