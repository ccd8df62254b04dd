import { Baseline, BiasAnalysis, Facet, GroundTruth, PositiveOutcome } from '../../lib';
import type { BiasAnalysis as AnalysisFile, BiasViolation } from '../../lib/analysis';
import { compareFacetViolations, facetsOf } from '../../lib/cli/parity-bias';
import { type CaseFolder, cutViolations, IncomparableCase, type ParityCase } from '../../lib/cli/parity-case';
import type { Comparison } from '../../lib/cli/parity-comparison';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import type { LabelledApp } from '../../test/rehearsal/fixtures/labelled-app';
import { withDeployedRun } from './deployed-run';

/** What a case does not say: the columns of its records, by what its notebook calls them. */
const HEADERS = [
  ...['Age', 'Workclass', 'fnlwgt', 'Education', 'Education-Num', 'Marital Status', 'Occupation', 'Relationship'],
  ...['Ethnic group', 'Sex', 'Capital Gain', 'Capital Loss', 'Hours per week', 'Country'],
];

/** A monitor of income among men and women, as the notebook of the case has it. */
function addMonitor({ monitoring, bucket }: LabelledApp): void {
  monitoring.addModelBiasMonitor('Bias', {
    analysis: BiasAnalysis.of({
      headers: [...HEADERS, 'Target'],
      label: 'Target',
      positiveOutcome: PositiveOutcome.ofValues([1]),
      facets: [Facet.categorical('Sex', [0])],
      groupVariable: 'Age',
      features: 'instances[*].features',
      prediction: 'predictions[*].predicted_label',
    }),
    groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
    baseline: Baseline.fromFiles({ bucket, constraintsKey: 'analysis.json' }),
  });
}

/** Compares what the machine says of the bias of every run with what the container said. */
export async function compareDeployedBias(
  folder: CaseFolder,
  parity: ParityCase,
  comparison: Comparison,
): Promise<void> {
  const baseline = await folder.constraintsOf<AnalysisFile>('Bias', parity.baseline?.analysis);
  if (!baseline) throw new IncomparableCase('the case has no analysis.json of a baseline');
  const given = parity.runs ?? [];
  const runs = await Promise.all(given.map(async ({ input = '' }) => apart(await folder.text(input))));
  const expected = await Promise.all(given.map((run) => folder.violations<BiasViolation>(run)));
  await withDeployedRun({ add: addMonitor, files: { 'analysis.json': baseline }, runs }, ({ windows, file }) => {
    for (const [index, run] of given.entries()) {
      const name = `run ${run.name ?? index + 1}`;
      const { violations } = file<{ violations: BiasViolation[] }>(windows[index], 'constraint_violations.json');
      const [absent, cut] = [parity.absent ?? [], cutViolations(parity)];
      for (const facet of facetsOf(baseline)) {
        const theirs = { name, baseline, expected: expected[index] ?? [], absent, cut };
        compareFacetViolations(comparison, theirs, { facet, violations });
      }
    }
  });
}

/** Records that were merged with their labels, as they were before: captured records, and labels, of which a line of CSV has one each. */
function apart(text: string): TrafficHour {
  const merged = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
  const records = merged.map(({ groundTruthData, ...record }) => JSON.stringify(record));
  const labels = merged.map(({ groundTruthData, eventMetadata }) => {
    const { instances }: { instances: { label: number }[] } = JSON.parse(groundTruthData.data);
    const data = instances.map(({ label }) => label).join('\n');
    const eventId = eventMetadata.inferenceId ?? eventMetadata.eventId;
    return JSON.stringify({
      groundTruthData: { data, encoding: 'CSV' },
      eventMetadata: { eventId },
      eventVersion: '0',
    });
  });
  return { records, labels };
}
