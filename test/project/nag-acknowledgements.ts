import { hashFragment } from '../../lib/core/stack-fragment';

/** A finding of cdk-nag on one resource, and why it stands. */
export interface NagAcknowledgement {
  /** Path of the resource in the app that it belongs to. */
  readonly path: string;
  /** The rule, with the finding in brackets where it has one. */
  readonly id: string;
  readonly reason: string;
}

const ACCESS_LOGS = 'server access logs need a bucket of their own, which the owner of the account chooses';
const CAPTURED = 'the service names captured objects by variant and hour, below the prefix of this one endpoint';
const CDK_GRANT = "the CDK's own grant to read or write, in the part of an example that is written by hand";
const CHILD_EXECUTIONS = 'the Distributed Map names its child executions itself, below the name of this one machine';
const CLARIFY_NAMES = 'Clarify itself names the endpoint that it starts for a job, with this prefix';
const DATASET = 'the data are all that lies below a prefix, as their owner said';
const DEAD_LETTERS = 'the queue is itself the place for what could not be delivered';
const ENCRYPTION = "the CDK's own grant to encrypt: GenerateDataKey with and without the plain text, on one key";
const ENDPOINT_WIDE = 'ecr:GetAuthorizationToken knows no resources, and metrics are limited by their namespace';
const FILES = 'files that the deployment makes lie in folders by the hash of their content';
const HAND_WRITTEN = 'written by hand, with all that should not be there: the README says how to take it away';
const JOB_WIDE =
  'ecr:GetAuthorizationToken knows no resources, the job publishes to namespaces of SageMaker alone, and the actions that attach it to a VPC are not to be restricted';
const LISTING = 'sagemaker:ListMonitoringExecutions knows no resources';
const LOG_DELIVERY =
  'the actions of log delivery and tracing, which Step Functions calls for an execution, know no resources';
const MERGED = 'what the merge with labels wrote for this monitor is what its analysis reads';
const METRICS = 'cloudwatch:PutMetricData knows no metric as resource, so it is limited by the namespace';
const REPORTS = 'reports lie in folders by monitor and hour, below the folder of this stack';
const SCHEDULES =
  'the names of all schedules of this stack end in a part of the hash of its name, and those of no other stack';
const SERVICE_JOBS = 'SageMaker itself names the jobs of a schedule, and says nothing of how';
const SERVICE_LOGS = 'SageMaker itself names the log groups and streams of endpoints and jobs below this prefix';

/** As cdk-nag writes what the deployment knows. */
const OWN_BUCKET = '<Data666C94C7.Arn>';
const REPORTS_BUCKET = '<SageMakerMonitoringReportsBF1D34C8.Arn>';
const ANYWHERE = '<AWS::Region>:<AWS::AccountId>';

/** Resources that a role's policy names with a wildcard, and why. */
type Reasons = { readonly [resource: string]: string };

/** A stack with monitors. */
interface Place {
  readonly stack: string;
  /** ARN of the bucket with the reports. */
  readonly reports: string;
  /** Region and account, as they stand in ARNs. */
  readonly env: string;
}

/** A stack with monitors on Model Monitor, by the names of its constructs. */
interface Monitors extends Place {
  /** What every monitor's role may read beside what is its own. */
  readonly input: Reasons;
  readonly monitors: { readonly [id: string]: Reasons };
}

function finding(path: string, id: string, reason: string): NagAcknowledgement {
  return { path, id: `AwsSolutions-${id}`, reason };
}

/** A role, or a policy beside it. */
function role(path: string, reasons: Reasons): NagAcknowledgement[] {
  return Object.entries(reasons).map(([resource, reason]) =>
    finding(`${path}/Resource`, `IAM5[Resource::${resource}]`, reason),
  );
}

/** The CDK's grants by actions with wildcards. */
function grants(path: string, actions: readonly string[]): NagAcknowledgement[] {
  return actions.map((action) => finding(`${path}/Resource`, `IAM5[Action::${action}]`, CDK_GRANT));
}

function bucket(path: string): NagAcknowledgement {
  return finding(`${path}/Resource`, 'S1', ACCESS_LOGS);
}

function queue(path: string): NagAcknowledgement {
  return finding(`${path}/Resource`, 'SQS3', DEAD_LETTERS);
}

function model(stack: string, prefix: string, env = ANYWHERE): NagAcknowledgement[] {
  return role(`${stack}/Model/Role`, {
    [`arn:<AWS::Partition>:logs:${env}:log-group:/aws/sagemaker/Endpoints/*`]: SERVICE_LOGS,
    '*': ENDPOINT_WIDE,
    ...(prefix ? { [`${OWN_BUCKET}/${prefix}/*`]: CAPTURED } : {}),
  });
}

/** What both engines make once per stack. */
function watched({ stack, reports }: Place, further: Reasons = {}): NagAcknowledgement[] {
  return role(`${stack}/SageMakerMonitoringReconciler/ReconcileRole`, {
    '*': METRICS,
    [`${reports}/model-monitoring/${stack}/*`]: REPORTS,
    [`${reports}/model-monitoring/${stack}/*/reconciled.json`]: REPORTS,
    ...further,
  });
}

/** What the serverless engine makes, for one monitor with a dataset. */
function serverless(place: Place, input: Reasons): NagAcknowledgement[] {
  const { stack, reports } = place;
  const work = { [`${reports}/model-monitoring/${stack}/*/work/*`]: REPORTS };
  const analysis = `${stack}/SageMakerMonitoringAnalysis`;
  const executions = `arn:<AWS::Partition>:states:${place.env}:execution:<SageMakerMonitoringAnalysisE2C26905.Name>`;
  return [
    ...watched(place),
    ...role(`${analysis}/Role`, { '*': LOG_DELIVERY, ...work }),
    ...role(`${analysis}/PlanRole`, work),
    ...role(`${analysis}/ProfileRole`, { ...work, ...input }),
    ...role(`${analysis}/ConcludeRole`, {
      '*': METRICS,
      [`${reports}/model-monitoring/${stack}/*`]: REPORTS,
    }),
    ...role(`${analysis}/DistributedMapPolicy`, {
      [`${executions}:*`]: CHILD_EXECUTIONS,
      [`${executions}/*:*`]: CHILD_EXECUTIONS,
    }),
  ];
}

/** What Model Monitor's engine makes: roles of monitors, and the drain. */
function modelMonitor(place: Monitors): NagAcknowledgement[] {
  const { stack, reports, env, input, monitors } = place;
  const roles = Object.entries(monitors).flatMap(([id, own]) =>
    role(`${stack}/Monitoring/${id}/Role`, {
      '*': JOB_WIDE,
      [`arn:<AWS::Partition>:logs:${env}:log-group:/aws/sagemaker/ProcessingJobs:*`]: SERVICE_LOGS,
      ...input,
      [`${reports}/model-monitoring/${stack}/Monitoring/${id}/*`]: REPORTS,
      ...ownFolders(place, id, own),
    }),
  );
  return [
    ...roles,
    ...watched(place, { [`${reports}/model-monitoring/${stack}/*/report.json`]: REPORTS }),
    ...role(`${stack}/SageMakerMonitoringDrain/DrainingRole`, {
      '*': LISTING,
      [`arn:<AWS::Partition>:sagemaker:${env}:monitoring-schedule/*-${hashFragment(stack)}`]: SCHEDULES,
      [`arn:<AWS::Partition>:sagemaker:${env}:processing-job/*`]: SERVICE_JOBS,
    }),
    ...role(`${stack}/SageMakerMonitoringDrain/Machine/Role`, { '*': LOG_DELIVERY }),
    queue(`${stack}/SageMakerMonitoringDigest/DeadLetters`),
  ];
}

/** Folders that begin with a dot lie in the monitor's own. */
function ownFolders({ stack, reports }: Place, id: string, own: Reasons): Reasons {
  const folder = `${reports}/model-monitoring/${stack}/Monitoring/${id}`;
  return Object.fromEntries(Object.entries(own).map(([name, reason]) => [name.replace(/^\./, folder), reason]));
}

/** The function that makes the files of baselines. */
function baselines({ stack, reports }: Place): NagAcknowledgement[] {
  const files = { [`${reports}/model-monitoring/${stack}/*/baseline/*`]: FILES };
  return role(`${stack}/SageMakerMonitoringBaselinesRole`, files);
}

/** What makes baselines by jobs, and what writes the configurations of Clarify. */
function baselineJobs(place: Place): NagAcknowledgement[] {
  const { stack, reports, env } = place;
  return [
    ...baselines(place),
    ...role(`${stack}/SageMakerMonitoringBaselineJobs/Role`, { '*': LOG_DELIVERY }),
    ...role(`${stack}/SageMakerMonitoringBaselineJobs/JobRole`, {
      [`arn:<AWS::Partition>:sagemaker:${env}:processing-job/baseline-${hashFragment(stack)}-*`]:
        'the jobs of this stack, each named by the request that it answers',
      [`${reports}/model-monitoring/${stack}/*/baseline/*`]: FILES,
    }),
    ...role(`${stack}/SageMakerMonitoringAnalysisConfigsRole`, {
      [`${reports}/model-monitoring/${stack}/*/config/*`]: FILES,
    }),
  ];
}

const BASELINE = { './baseline/*': FILES };
const LABELS = { [`${OWN_BUCKET}/labels/*`]: DATASET, './merge/*': MERGED };
const CONFIG = { './config/*': FILES };
const TEMPORARY_ENDPOINT = {
  [`arn:<AWS::Partition>:sagemaker:${ANYWHERE}:endpoint-config/sm-clarify-config*`]: CLARIFY_NAMES,
  [`arn:<AWS::Partition>:sagemaker:${ANYWHERE}:endpoint/sm-clarify-*`]: CLARIFY_NAMES,
};
const ALL_FOUR = {
  DataQuality: BASELINE,
  ModelQuality: { ...BASELINE, ...LABELS },
  Bias: { ...BASELINE, ...LABELS, ...CONFIG },
  Explainability: { ...BASELINE, ...CONFIG, ...TEMPORARY_ENDPOINT },
};

function birdStrikes(): NagAcknowledgement[] {
  const place = { stack: 'BirdStrikes', reports: OWN_BUCKET, env: ANYWHERE };
  return [
    bucket('BirdStrikes/Data'),
    ...model('BirdStrikes', 'data-capture'),
    ...serverless(place, { [`${OWN_BUCKET}/data-capture/<EndpointEEF1FD8F.EndpointName>/*`]: CAPTURED }),
    queue('BirdStrikes/SageMakerMonitoringDigest/DeadLetters'),
    queue('BirdStrikes/Retraining/DeadLetters'),
  ];
}

function allFourMonitors(): NagAcknowledgement[] {
  const input = { [`${OWN_BUCKET}/captured/<EndpointEEF1FD8F.EndpointName>/*`]: CAPTURED };
  const place = { stack: 'CreditRisk', reports: OWN_BUCKET, env: ANYWHERE, input, monitors: ALL_FOUR };
  return [
    bucket('CreditRisk/Data'),
    ...model('CreditRisk', 'captured'),
    ...modelMonitor(place),
    ...baselineJobs(place),
    queue('CreditRisk/Retraining/DeadLetters'),
  ];
}

function batchTransform(): NagAcknowledgement[] {
  const prefixes = ['captured', 'loans', 'scores'].map((name) => [`${OWN_BUCKET}/scoring/${name}/*`, DATASET]);
  const input = Object.fromEntries(prefixes);
  const place = { stack: 'NightlyScores', reports: OWN_BUCKET, env: ANYWHERE, input, monitors: ALL_FOUR };
  return [bucket('NightlyScores/Data'), ...model('NightlyScores', ''), ...modelMonitor(place), ...baselineJobs(place)];
}

function existingEndpoint(): NagAcknowledgement[] {
  const place = (stack: string, captured: string) => ({
    stack,
    reports: REPORTS_BUCKET,
    env: ANYWHERE,
    input: { [captured]: CAPTURED },
    monitors: { DataQuality: {} },
  });
  const byHand = `${OWN_BUCKET}/data-capture/<CreditEndpoint222C2669.EndpointName>/*`;
  const handWritten = 'MonitoredByHand/Credit/Role/DefaultPolicy';
  return [
    bucket('MonitoredByHand/Data'),
    ...['MonitoredByHand', 'MonitoredByName'].map((stack) => bucket(`${stack}/SageMakerMonitoringReports`)),
    ...grants(handWritten, ['s3:GetObject*', 's3:GetBucket*', 's3:List*']),
    ...role(handWritten, { '*': ENDPOINT_WIDE, [`${OWN_BUCKET}/data-capture/*`]: CAPTURED }),
    ...modelMonitor(place('MonitoredByHand', byHand)),
    ...modelMonitor(
      place('MonitoredByName', 'arn:<AWS::Partition>:s3:::credit-platform-data/captured/Credit-Risk-Live/*'),
    ),
  ];
}

function migrated(): NagAcknowledgement[] {
  const data = '<CreditData658ED1F1.Arn>';
  const place = {
    stack: 'Credit',
    reports: data,
    env: ANYWHERE,
    input: { [`${data}/captured/<CreditEndpoint222C2669.EndpointName>/*`]: CAPTURED },
    monitors: {
      DataQuality: BASELINE,
      ModelQuality: { ...BASELINE, [`${data}/labels/*`]: DATASET, './merge/*': MERGED },
    },
  };
  const policy = 'Credit/Credit/Role/DefaultPolicy';
  const fullAccess = 'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSageMakerFullAccess]';
  return [
    bucket('Credit/Credit/Data'),
    finding('Credit/Credit/Role/Resource', fullAccess, HAND_WRITTEN),
    ...grants(policy, ['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:Abort*']),
    ...role(policy, { [`${data}/*`]: HAND_WRITTEN }),
    ...modelMonitor(place),
    ...baselines(place),
  ];
}

function everyOption(): NagAcknowledgement[] {
  const env = 'eu-west-1:111122223333';
  const input = { [`${OWN_BUCKET}/data-capture/<EndpointEEF1FD8F.EndpointName>/*`]: CAPTURED };
  const place = { stack: 'ModelMonitor', reports: REPORTS_BUCKET, env, input, monitors: { DataQuality: BASELINE } };
  return [
    bucket('ModelMonitor/Data'),
    bucket('ModelMonitor/SageMakerMonitoringReports'),
    ...model('ModelMonitor', 'data-capture', env),
    ...modelMonitor(place),
    ...baselines(place),
  ];
}

function threeStacks(): NagAcknowledgement[] {
  const data = 'Serving:ExportsOutputFnGetAttData666C94C7Arn0D7E21B7';
  const endpoint = 'Serving:ExportsOutputFnGetAttEndpointEEF1FD8FEndpointName40AFC3ED';
  return [
    bucket('Serving/Data'),
    bucket('Watching/SageMakerMonitoringReports'),
    ...model('Serving', 'data-capture'),
    finding('Serving/Model/Role/Resource', 'IAM5[Action::kms:GenerateDataKey*]', ENCRYPTION),
    ...serverless(
      { stack: 'Watching', reports: REPORTS_BUCKET, env: ANYWHERE },
      { [`${data}/data-capture/${endpoint}/*`]: CAPTURED, [`${data}/training/*`]: DATASET },
    ),
    queue('Training/Retraining/DeadLetters'),
  ];
}

export const NAG_ACKNOWLEDGEMENTS: readonly NagAcknowledgement[] = [
  birdStrikes,
  allFourMonitors,
  batchTransform,
  existingEndpoint,
  migrated,
  everyOption,
  threeStacks,
].flatMap((findings) => findings());
