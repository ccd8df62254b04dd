import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import {
  AnalysisWindow,
  Baseline,
  BiasAnalysis,
  Dataset,
  Facet,
  GroundTruth,
  ModelProblem,
  MonitoringFrequency,
  PositiveOutcome,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
} from '../../lib';
import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import type { TrafficRow } from '../../lib/rehearsal/traffic';
import { newFolder } from '../../test/rehearsal/fixtures/app';
import { type LabelledApp, labelledAssembly } from '../../test/rehearsal/fixtures/labelled-app';

/** What the monitors of a simulated app have that is not the same for all. */
export interface SimulatedTimes {
  /** between runs; 1 where absent */
  readonly hours?: number;
  /** by which labels come later; none where absent */
  readonly labelDelayHours?: number;
}

const COLUMNS = { label: 'paid', prediction: 'predicted', probability: 'score' };
const LABELLED = `${['score,predicted,paid,size', ...rows(600).map(labelledLine)].join('\n')}\n`;
const CAPTURED = `${['score,size', ...rows(600).map(({ output, input }) => [...output, ...input].join(','))].join('\n')}\n`;

/** Rows of a model that answers with a probability, each of them another. */
export function rows(count: number): TrafficRow[] {
  return Array.from({ length: count }, (_, index) => {
    const share = ((index * 37) % count) / count;
    return { output: [(share / 2 + 0.25).toFixed(6)], input: [(10 * share).toFixed(4)] };
  });
}

function labelledLine({ output: [score], input }: TrafficRow): string {
  const predicted = Number(score) > 0.5 ? 1 : 0;
  return [score, predicted, predicted, ...input].join(',');
}

/** The assembly of an app whose one endpoint is watched in these ways. */
export function simulatedApp(kinds: readonly MonitorKindName[], times: SimulatedTimes = {}): string {
  const folder = newFolder();
  const baselines = Object.entries({ captured: CAPTURED, labelled: LABELLED }).map(([name, text]) => {
    const file = join(folder, `${name}.csv`);
    writeFileSync(file, text);
    return file;
  });
  return labelledAssembly(folder, 'Simulated', (app) => {
    for (const kind of kinds) ADDED[kind](app, baselines, times);
  });
}

type Adding = (app: LabelledApp, baselines: readonly string[], times: SimulatedTimes) => void;

const ADDED: { readonly [kind in MonitorKindName]: Adding } = {
  DataQuality: ({ monitoring }, [captured], times) => {
    monitoring.addDataQualityMonitor('Data', {
      baseline: Baseline.fromDataset(Dataset.csvFile(captured)),
      frequency: frequencyOf(times),
    });
  },
  ModelQuality: ({ monitoring, bucket }, [, labelled], times) => {
    monitoring.addModelQualityMonitor('Quality', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      baseline: Baseline.fromDataset(Dataset.csvFile(labelled, { columns: COLUMNS })),
      ...labels(bucket, times),
    });
  },
  ModelBias: ({ monitoring, bucket }, [, labelled], times) => {
    monitoring.addModelBiasMonitor('Bias', {
      analysis: BiasAnalysis.of({
        headers: ['size', 'paid'],
        label: 'paid',
        positiveOutcome: PositiveOutcome.ofValues([1]),
        facets: [Facet.continuous('size', 5)],
        probability: '0',
        threshold: 0.5,
      }),
      baseline: Baseline.fromDataset(Dataset.csvFile(labelled, { columns: COLUMNS })),
      ...labels(bucket, times),
    });
  },
  ModelExplainability: ({ monitoring, model }, [, labelled], times) => {
    monitoring.addModelExplainabilityMonitor('Attributions', {
      analysis: ShapAnalysis.of({
        predictor: Predictor.fromModel(model),
        baseline: ShapBaseline.rows([[5]]),
        headers: ['size'],
      }),
      baseline: Baseline.fromDataset(Dataset.csvFile(labelled, { columns: COLUMNS })),
      frequency: frequencyOf(times),
    });
  },
};

const frequencyOf = ({ hours = 1 }: SimulatedTimes) => MonitoringFrequency.everyHours(hours);

function labels(bucket: LabelledApp['bucket'], times: SimulatedTimes) {
  const { labelDelayHours } = times;
  const window = labelDelayHours ? AnalysisWindow.delayedBy(Duration.hours(labelDelayHours)) : undefined;
  return { groundTruth: GroundTruth.fromBucket(bucket, 'labels'), frequency: frequencyOf(times), window };
}
