import { largestOnModelMonitor } from './apps';
import { templatesOf, temporaryFolder } from './synthesis';

/** Resources that an endpoint with four monitors, five alarms and a topic may add to a stack. */
const RESOURCES_PER_ENDPOINT = 28;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const RESOURCES_PER_STACK = 500;
const TEMPLATE_BYTES = 1_000_000;

function templateOf(endpoints: number) {
  const [template] = templatesOf(largestOnModelMonitor({ outdir: temporaryFolder() }, endpoints)).values();
  return template;
}

function countsOf(endpoints: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(templateOf(endpoints).Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

test(`an endpoint with all kinds of monitor adds at most ${RESOURCES_PER_ENDPOINT} resources to what its stack shares`, () => {
  const [one, two] = [countsOf(1), countsOf(2)];
  expect(total(two) - total(one)).toBeLessThanOrEqual(RESOURCES_PER_ENDPOINT);
  const added = [...two]
    .map(([type, count]) => [type, count - (one.get(type) ?? 0)])
    .filter(([, count]) => count !== 0);
  expect(Object.fromEntries(added)).toEqual({
    'AWS::CloudWatch::Alarm': 5,
    'AWS::Events::Rule': 1,
    'AWS::IAM::Role': 5,
    'AWS::SNS::Topic': 1,
    'AWS::SNS::TopicPolicy': 1,
    'AWS::SageMaker::DataQualityJobDefinition': 1,
    'AWS::SageMaker::Endpoint': 1,
    'AWS::SageMaker::EndpointConfig': 1,
    'AWS::SageMaker::Model': 1,
    'AWS::SageMaker::ModelBiasJobDefinition': 1,
    'AWS::SageMaker::ModelExplainabilityJobDefinition': 1,
    'AWS::SageMaker::ModelQualityJobDefinition': 1,
    'AWS::SageMaker::MonitoringSchedule': 4,
    'Custom::SageMakerMonitoringAnalysisConfig': 2,
    'Custom::SageMakerMonitoringBaseline': 1,
  });
});

test('15 such endpoints fit into one stack, with room for what a user adds', () => {
  const template = templateOf(15);
  expect(Object.keys(template.Resources).length).toBeLessThan(RESOURCES_PER_STACK);
  expect(JSON.stringify(template).length).toBeLessThan(TEMPLATE_BYTES);
});

test('more of them are an error at synthesis that says what to do', () => {
  const app = largestOnModelMonitor({ outdir: temporaryFolder() }, 19);
  expect(() => app.synth()).toThrow(/StackTooLarge.*at most 500 resources in a stack.*another stack/s);
});
