import type { Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline, Dataset, MonitoringEngine, MonitoringFrequency, Weekday } from '../../../lib';
import { PACKAGE } from './serverless-app';
import type { Changes, Recipe } from './settings';

const data = (stack: Stack) => stack.node.findChild('Data') as s3.IBucket;

const FREQUENCIES: readonly Recipe[] = [
  () => MonitoringFrequency.everyMinutes(15),
  () => MonitoringFrequency.hourly(),
  () => MonitoringFrequency.everyHours(6),
  () => MonitoringFrequency.dailyAt(3),
  () => MonitoringFrequency.weeklyAt(Weekday.MONDAY, 3),
];

const BASELINES: readonly Recipe[] = [
  (stack) => {
    const keys = { statisticsKey: 'given/statistics.json', constraintsKey: 'given/constraints.json' };
    return Baseline.fromFiles({ bucket: data(stack), ...keys });
  },
  (stack) => Baseline.fromDataset(Dataset.csv(data(stack), 'training/captured.csv')),
  (stack) => Baseline.fromModelPackage(PACKAGE, { bucket: data(stack) }),
];

const ENGINES: readonly Recipe[] = [() => MonitoringEngine.serverless(), () => MonitoringEngine.modelMonitor()];

/** Apps on the way through every change from one frequency, and from one baseline on one engine, to every other. */
export const PAIRS: Readonly<Record<string, readonly Changes[]>> = {
  'every frequency to every other': roundTrip(
    FREQUENCIES.map((frequency) => ({ 'MonitorOptions.frequency': frequency })),
  ),
  'every baseline and engine to every other': roundTrip(
    ENGINES.flatMap((engine) =>
      BASELINES.map((baseline) => ({ 'ModelMonitoringProps.engine': engine, 'MonitorOptions.baseline': baseline })),
    ),
  ),
};

/** A walk that goes from every state to every other: out and back, by pairs. */
function roundTrip(states: readonly Changes[]): Changes[] {
  const pairs = states.flatMap((from, index) => states.slice(index + 1).map((to) => [from, to, from]));
  return pairs.flat().filter((state, index, all) => state !== all[index - 1]);
}
