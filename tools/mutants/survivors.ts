const UNIQUE_KEYS =
  'keys of a listing are different from each other: objects with one key, in whatever order, are one object';
const DECIDED_BEFORE = 'decided before it is asked; the condition is for the type';
const EQUAL_THRESHOLDS = 'every method has the same threshold for numbers and for categories';

const ASKED_AGAIN = 'spares the comparison of all names, which says the same';
const SLOWER_WAY = 'who is not read by bytes is read as text, and asked again';

const SOUGHT = 'however it is sought, the same is found: by more steps, or by as many as there may be';
const NO_WEIGHT = 'a side without requests gives a window no weight, and adds nothing';

const IN_ANY_ORDER = 'what of records is written first changes nothing but their order';
const ANY_BATCH = 'batches of any size come to the same';
const HELD = 'of what is held the largest were given up before; what is refused stays so';
const NO_NUMBERS = 'a column without numbers is of a problem that asks for none';
const ASKED_BY_SIZE = 'words that have room are numbers that have room, as their sizes say again';
const ANY_PIECE = 'pieces of any size hold the same words';

const LOWER =
  'what is neither higher nor the same is lower, and counts and minutes are added up by what a window has of them';

const NOTHING_IS_MORE = 'what is undefined is no number, and none is more than it; the condition is for the type';
const FINDING_IS_ACCEPTED = 'what is accepted has a finding, and a snooze has none: others are no exceptions';
const NO_SUCH_TEXT = 'what matches nothing has no parts';
const FOR_THE_TYPE = 'a resource has these properties; what stands in for them is for the type';
const WHEN_SETTLED = 'how often the rows of the lowest ranks are picked out changes nothing but memory';
const LINES_EITHER_WAY = 'an answer of several lines is read line by line either way';
const NO_TREND = 'a value without an error makes the trend no number, which counts as none';
const FROM_THE_MEAN = 'distances from the mean add up to nothing, and so do products with what is added to them';

/** Mutants that no test can notice or need notice, by file and change, each with the reason. */
export const SURVIVORS: { readonly [file: string]: { readonly [change: string]: string } } = {
  'lib/analysis/reading/lines-left-out.ts': {
    'bytes.length === 0 → false': 'nothing is held of nothing',
    'rest > 0 → true': 'nothing is handed on of nothing',
    'rest > 0 → rest >= 0': 'nothing is handed on of nothing',
    'feed < 0 → feed <= 0': 'what stands behind a mark does not begin the bytes',
    'this.leftOut += 1 → this.leftOut -= 1': 'asked is only whether there are any',
  },
  'lib/engine/serverless/handler/own-call-check.ts': {
    '{ return undefined; // it is read, and reported, as all that cannot be… → {}': 'returns nothing either way',
  },
  'lib/engine/serverless/own-calls.ts': {
    '[] → ["…"]': NO_SUCH_TEXT,
  },
  'lib/analysis/model-quality/decay/decay.ts': {
    'adjusted[index] <= rate → adjusted[index] < rate': 'no window comes to the rate itself',
    'values.some(([, error]) => !(error > 0)) → values.every(([, error]) => !(error > 0))': NO_TREND,
    '([, error]) => !(error > 0) → () => undefined': NO_TREND,
    'error > 0 → true': NO_TREND,
    'error > 0 → error >= 0': NO_TREND,
  },
  'lib/analysis/model-quality/decay/falling-trend.ts': {
    'one - middle → one + middle': FROM_THE_MEAN,
    'values[index][0] - value → values[index][0] + value': FROM_THE_MEAN,
  },
  'lib/kind/kind-signals.ts': {
    '[] → ["…"]': 'a text is no concern of any kind, and has no check',
  },
  'lib/endpoint/handler/told-baking.ts': {
    '\'\' → "…"': FOR_THE_TYPE,
    '[] → ["…"]': FOR_THE_TYPE,
    'requests !== undefined → true': NOTHING_IS_MORE,
  },
  'lib/triage/exception-change.ts': {
    '\'\' → "…"': 'no exception has such an id, and any text stands for no finding',
    "kind === 'Accepted' && finding → kind === 'Accepted' || finding": FINDING_IS_ACCEPTED,
    "kind === 'Accepted' → true": FINDING_IS_ACCEPTED,
    '[] → ["…"]': NO_SUCH_TEXT,
    '/^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{3})?)?)?Z?$/ → /\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{3})?)?)?Z?$/':
      'with more before it, it is no time either',
    '/Z$/ → /Z/': 'there is none but at the end',
  },
  'lib/triage/override-code.ts': {
    '[] → ["…"]': 'of no side nothing is made',
    'prop && side → prop || side': 'a prop comes with its side; the condition is for the type',
  },
  'lib/analysis/attribution/row-sample.ts': {
    'this.kept.length > 2 * this.capacity → true': WHEN_SETTLED,
    'this.kept.length > 2 * this.capacity → false': WHEN_SETTLED,
    'this.kept.length > 2 * this.capacity → this.kept.length >= 2 * this.capacity': WHEN_SETTLED,
    'this.kept.length > 2 * this.capacity → this.kept.length <= 2 * this.capacity': WHEN_SETTLED,
    '2 * this.capacity → 2 / this.capacity': WHEN_SETTLED,
    'a.rank < b.rank → a.rank <= b.rank': 'each rank is there once',
  },
  'lib/analysis/attribution/model-requests.ts': {
    '\'\' → "…"': 'CSV needs no template, and JSON has those that it needs',
    "typeof value !== 'string' → false": 'a number is written as JSON writes it either way',
  },
  'lib/analysis/attribution/model-scores.ts': {
    '/json-?lines|ndjson/ → /json-lines|ndjson/': LINES_EITHER_WAY,
    'isLines && path → false': LINES_EITHER_WAY,
    'data.trim() → data': 'white space around an answer is no row of it',
    '\'\' → "…"': 'no text without a type is JSON',
    '/^\\[.*\\]$/s → /\\[.*\\]$/s': 'with more around it, a list has no numbers either',
    '/^\\[.*\\]$/s → /^\\[.*\\]/s': 'with more around it, a list has no numbers either',
  },
  'lib/analysis/labels/written-record.ts': {
    'head < 0 → head <= 0': 'no request is without rows',
  },
  'lib/variant-test/handler/test-progress.ts': {
    "{ by: 'counts', better: 'lower' } → {}": LOWER,
    "{ by: 'minutes', better: 'lower' } → {}": LOWER,
    '\'counts\' → ""': LOWER,
    '\'minutes\' → ""': LOWER,
    '\'lower\' → ""': LOWER,
  },
  'lib/outcome/unseen/time-without-data.ts': {
    '[] → ["…"]': 'who names a place without variants names these, and the others there',
  },
  'lib/outcome/incident/incidents.ts': {
    'failed?.failures → failed.failures':
      'a failed window has failures, its own at least; the condition is for the type',
    "window.status === 'Analysed' → true": 'a window of another status has no violations',
    '[] → ["…"]': 'a text is no finding',
  },
  'lib/notification/headline.ts': {
    'incidents?.incident → incidents.incident': DECIDED_BEFORE,
    '\'\' → "…"': 'a text that is no time is none',
    '[] → ["…"]': 'what matches nothing has no parts',
  },
  'lib/outcome/unseen/data-place.ts': {
    "report.outcome.status === 'NoData' → true": 'a report of another outcome says nothing of time without data',
  },
  'lib/analysis/labels/ranged-records.ts': {
    'true → false': 'who has no room has none among what is held either',
    'false → true':
      'held or written, records come to the same; other settings are said before they are asked, or of records that are refused',
    'this.heldCount > 0 → true': IN_ANY_ORDER,
    'this.heldCount > 0 → false': IN_ANY_ORDER,
    'this.heldCount > 0 → this.heldCount >= 0': IN_ANY_ORDER,
    'this.heldCount > 0 → this.heldCount <= 0': IN_ANY_ORDER,
    'this.isWrittenAsRead && this.heldCount >= least → true': ANY_BATCH,
    'this.isWrittenAsRead && this.heldCount >= least → this.isWrittenAsRead || this.heldCount >= least': ANY_BATCH,
    'this.heldCount >= least → true': ANY_BATCH,
    'this.heldCount >= least → this.heldCount > least': ANY_BATCH,
    'this.isWrittenAsRead && this.refusal === undefined → true': HELD,
    'this.isWrittenAsRead && this.refusal === undefined → this.isWrittenAsRead || this.refusal === undefined': HELD,
    'this.refusal === undefined → true': HELD,
    '[...rowColumns.keys()].filter((index) => rowColumns[index].numbers.len… → [...rowColumns.keys()]': NO_NUMBERS,
    'rowColumns[index].numbers.length > 0 → true': NO_NUMBERS,
    'rowColumns[index].numbers.length > 0 → rowColumns[index].numbers.length >= 0': NO_NUMBERS,
    'ids.length === 0 → false':
      'of no labels nothing is written, and whether they are fractions is said again with the first',
    'this.writtenColumns → false': 'all rows have the same columns',
    'word < ID_WORDS → word <= ID_WORDS': 'the word behind an identifier is written over',
    'sum(parts.map(({ part }) => part.wordCount(from, to))) <= numbers → false': ASKED_BY_SIZE,
    'sum(parts.map(({ part }) => part.wordCount(from, to))) <= numbers → sum(parts.map(({ part }) => part.wordCount(from, to))) < numbers':
      ASKED_BY_SIZE,
    '({ part }) => part.wordCount(from, to) → () => undefined': ASKED_BY_SIZE,
    'dictionary === undefined → false': 'what has no dictionary has no recoding',
    'texts.length === 0 → false': 'what stands for nothing is a fraction, which is not recoded',
  },
  'lib/analysis/labels/parts-meeting.ts': {
    'this.records.refusal === undefined → true': 'of what is refused no further batch is taken either',
  },
  'lib/analysis/labels/ranged-part.ts': {
    'this.used <= this.words.length → false': ANY_PIECE,
    'this.used <= this.words.length → this.used < this.words.length': ANY_PIECE,
    'Math.min(2 * this.words.length, MOST_WORDS) → Math.max(2 * this.words.length, MOST_WORDS)': ANY_PIECE,
    '2 * this.words.length → 2 / this.words.length': ANY_PIECE,
    '16 * 1024 → 16 / 1024': ANY_PIECE,
    'length - end - 1 → length - end + 1': 'half a word is none',
  },
  'lib/monitor/template-places.ts': {
    '{ return undefined; } → {}': 'who returns nothing returns that',
  },
  'lib/analysis/sequential/boundaries.ts': {
    '2 * squares * sought → 2 * squares / sought': SOUGHT,
    'step < STEPS → step <= STEPS': SOUGHT,
    'step += 1 → step -= 1': SOUGHT,
    'sum / x + Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape)) / … → sum / x - Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape)) / …':
      SOUGHT,
    'Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape)) / lower → Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape)) * lower':
      SOUGHT,
    '(shape - 1) * Math.log(x) → (shape - 1) / Math.log(x)': SOUGHT,
    'Math.abs(change) <= 1e-12 * x → false': SOUGHT,
    'Math.abs(change) <= 1e-12 * x → Math.abs(change) < 1e-12 * x': SOUGHT,
    '1e-12 * x → 1e-12 / x': SOUGHT,
  },
  'lib/analysis/sequential/counted-difference.ts': {
    'reference.count === 0 → false': NO_WEIGHT,
    'candidate.count === 0 → false': NO_WEIGHT,
    'reference.count === 0 || candidate.count === 0 → reference.count === 0 && candidate.count === 0': NO_WEIGHT,
  },
  'lib/analysis/sequential/grouped-difference.ts': {
    'sum + weight * (more[group] - less[group]) → sum - weight * (more[group] - less[group])':
      'asked are the squares of these sums alone',
  },
  'lib/analysis/sequential/timed-difference.ts': {
    '[] → ["…"]': 'a text is no interval',
    'other.high > widest.high → other.high >= widest.high': 'intervals of one width are one interval',
  },
  'lib/notification/comparison-sentence.ts': {
    '[] → ["…"]': 'a text is no metric that is told',
  },
  'lib/notification/decision-message.ts': {
    '\'\' → "…"': 'a training that was started has an ARN; the condition is for the type',
  },
  'lib/analysis/sequential/sequential-test.ts': {
    '[] → ["…"]': 'a text is no metric of any name',
  },
  'lib/engine/serverless/plan-items.ts': {
    'a.key < b.key → a.key <= b.key': UNIQUE_KEYS,
    'a.key > b.key → true': UNIQUE_KEYS,
    'a.key > b.key → false': 'Node.js sorts by whether a comparison is below 0 alone, which no specification says',
    'a.key > b.key → a.key >= b.key': UNIQUE_KEYS,
    'a.key > b.key → a.key <= b.key':
      'Node.js sorts by whether a comparison is below 0 alone, which no specification says',
    '[] → ["…"]':
      'what matches nothing has no parts; of the attempts at an item the last one is taken, whatever stands before the first of each',
    '/\\/attempts\\/(\\d+)\\/[^/]+$/ → /\\/attempts\\/(\\d+)\\/[^/]+/': 'an execution makes nothing below an attempt',
  },
  'lib/analysis/bias/violations.ts': {
    "'threshold' in first && 'threshold' in second → 'threshold' in first || 'threshold' in second":
      'a threshold equals none where there is none',
    'observed → true': 'a metric that the run lacks has a reason; the condition is for the type',
  },
  'lib/analysis/bias/judgement.ts': {
    'adjusted[index] <= falseAlarmRate → adjusted[index] < falseAlarmRate': 'no window comes to the rate itself',
    '[] → ["…"]': 'a text is no group of any name',
  },
  'lib/analysis/model-quality/merged-quality.ts': {
    'refusal !== undefined → true': 'who refuses for no reason refuses nothing',
  },
  'lib/engine/serverless/captured-keys.ts': {
    '[] → ["…"]': 'what matches nothing has no parts',
    'time !== undefined → true': 'no comparison with a time that is none is true; the condition is for the type',
  },
  'lib/retraining/gate-decision.ts': {
    'outcomeId !== undefined → true': 'no list has an outcome without an id; the condition is for the type',
  },
  'lib/outcome/clock-time.ts': {
    'back < DAYS → back <= DAYS': 'a week has fewer days',
    'localTime(timeZone, middle) > local → localTime(timeZone, middle) >= local':
      'the clocks never show what they go over',
  },
  'lib/analysis/data-quality/detectors/detect-drift.ts': {
    "kind === 'numeric' → true": EQUAL_THRESHOLDS,
    "kind === 'numeric' → false": EQUAL_THRESHOLDS,
    "kind === 'numeric' → kind !== 'numeric'": EQUAL_THRESHOLDS,
    '\'numeric\' → ""': EQUAL_THRESHOLDS,
  },
  'lib/analysis/data-quality/detectors/feature-pair.ts': {
    'before.numerical_statistics?.std_dev → before.numerical_statistics.std_dev':
      'a baseline whose sketch has values has these statistics; the condition is for the type',
  },
  'lib/outcome/container-wording.ts': {
    '\'\' → "…"': 'any text that fits no wording does',
  },
  'lib/analysis/reading/header-rows.ts': {
    '\'\' → "…"': 'a row has a cell',
    'cells.length !== this.names.length || !this.names.includes(normal(cell… → false': ASKED_AGAIN,
    'cells.length !== this.names.length || !this.names.includes(normal(cell… → cells.length !== this.names.length && !this.names.includes(normal(cell…':
      ASKED_AGAIN,
    'cells.length !== this.names.length → false': ASKED_AGAIN,
    'width !== this.names.length || this.firstBytes[memory[starts[size]]] =… → false': ASKED_AGAIN,
    'width !== this.names.length || this.firstBytes[memory[starts[size]]] =… → width !== this.names.length && this.firstBytes[memory[starts[size]]] =…':
      ASKED_AGAIN,
    'width !== this.names.length → false': ASKED_AGAIN,
    'this.firstBytes[memory[starts[size]]] === 0 → false': ASKED_AGAIN,
    'false → true': SLOWER_WAY,
    '!this.names.includes(normal(textOf(memory, starts[size], ends[size]))) → false': ASKED_AGAIN,
  },
  'lib/engine/model-monitor/schedule/drain/handler/other-drains.ts': {
    '[] → ["…"]': 'a text is no execution that runs, and its name says no time',
    'made > ownMade → made >= ownMade': 'times that are equal are not asked here',
    'Number(other.startDate) > Number(own.startDate) → Number(other.startDate) >= Number(own.startDate)':
      'two requests of one second start in different milliseconds',
  },
  'lib/engine/model-monitor/schedule/drain/handler/drain-name.ts': {
    '/:drain-(\\d{8}T\\d{6}Z)-[^:]*$/ → /:drain-(\\d{8}T\\d{6}Z)-[^:]*/': 'no name of an execution has a colon',
  },
  'lib/outcome/reported-violation.ts': {
    'value > 0 → value >= 0': 'it is infinite there',
  },
  'lib/baseline/handler/baseline-fulfilment.ts': {
    'spec.job !== undefined → true': 'a wait condition comes with a job only',
  },
  'lib/analysis/validation/clarify-files.ts': {
    'analysis[section]?.facets → analysis[section].facets': DECIDED_BEFORE,
  },
  'lib/analysis/validation/overrides.ts': {
    '\'Meaning\' → ""': 'of overrides every problem is told, whatever it weighs',
  },
  'lib/analysis/data-quality/baseline-drift.ts': {
    'baseline?.numerical_statistics → baseline.numerical_statistics': DECIDED_BEFORE,
    'baseline?.string_statistics → baseline.string_statistics': DECIDED_BEFORE,
    'column.numbers?.sketch → column.numbers.sketch': DECIDED_BEFORE,
    '[] → ["…"]': 'a column of numbers has a sketch of them',
  },
  'lib/analysis/data-quality/constraints.ts': {
    '\'deequ-2.0\' → ""': 'asked is only whether it is the older one',
  },
  'lib/analysis/data-quality/data-quality.ts': {
    'observed < expected → observed <= expected': 'equal numbers of columns are no finding',
  },
  'lib/analysis/data-quality/window-check.ts': {
    "drift.method === 'ModelMonitor' → false": DECIDED_BEFORE,
    '\'ModelMonitor\' → ""': DECIDED_BEFORE,
  },
  'lib/training/handler/work-issues.ts': {
    'longestMinutes !== undefined && went !== undefined → true': NOTHING_IS_MORE,
    'longestMinutes !== undefined && went !== undefined → longestMinutes !== undefined || went !== undefined':
      NOTHING_IS_MORE,
    'longestMinutes !== undefined → true': NOTHING_IS_MORE,
    'went !== undefined → true': NOTHING_IS_MORE,
    'stuckMinutes !== undefined && silent !== undefined → true': NOTHING_IS_MORE,
    'stuckMinutes !== undefined && silent !== undefined → stuckMinutes !== undefined || silent !== undefined':
      NOTHING_IS_MORE,
    'stuckMinutes !== undefined → true': NOTHING_IS_MORE,
    'silent !== undefined → true': NOTHING_IS_MORE,
  },
  'lib/outcome/exception/exceptions.ts': {
    "typeof value !== 'string' → false": 'what is no text is not equal to the text of its time either',
    "one.finding && one.kind === 'Accepted' → one.finding || one.kind === 'Accepted'": FINDING_IS_ACCEPTED,
    "one.kind === 'Accepted' → true": FINDING_IS_ACCEPTED,
  },
  'lib/engine/serverless/object-sample.ts': {
    'a.rank < b.rank → a.rank <= b.rank': 'no two objects have the same hash',
  },
};
