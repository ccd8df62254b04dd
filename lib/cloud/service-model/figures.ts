import dynamodb from './figures/dynamodb.json';
import events from './figures/events.json';
import lambda from './figures/lambda.json';
import logs from './figures/logs.json';
import monitoring from './figures/monitoring.json';
import s3 from './figures/s3.json';
import sagemaker from './figures/sagemaker.json';
import sagemakerRuntime from './figures/sagemaker-runtime.json';
import scheduler from './figures/scheduler.json';
import sns from './figures/sns.json';
import states from './figures/states.json';

/** What a service's published model says of one type of value. */
export interface Shape {
  readonly type:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'integer'
    | 'long'
    | 'float'
    | 'double'
    | 'boolean'
    | 'timestamp'
    | 'blob';
  /** of a structure: names of shapes by member */
  readonly members?: Readonly<Record<string, string>>;
  /** of a structure: members that have to be there */
  readonly required?: readonly string[];
  /** of a list: the shape of its items */
  readonly member?: string;
  /** of a map: the shapes of its keys and values */
  readonly key?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  /** a regular expression that the whole text has to match */
  readonly pattern?: string;
  /** the least and the most: characters of a text, items of a list, entries of a map, or the number itself */
  readonly min?: number;
  readonly max?: number;
}

/** The input shapes of some operations of one service, from the model that AWS publishes with its SDKs. */
export interface ServiceModel {
  /** where the figures are from */
  readonly source: string;
  readonly version: string;
  /** names of the input's shape, by operation */
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const MODELS = {
  dynamodb,
  events,
  lambda,
  logs,
  monitoring,
  s3,
  sagemaker,
  'sagemaker-runtime': sagemakerRuntime,
  scheduler,
  sns,
  states,
};

/** Services whose figures are known, by the name that requests are signed for. */
export type ModelledService = keyof typeof MODELS;

/** The figures of all services that are known; `test/cloud/service-model/extract.ts` takes them from botocore. */
export const SERVICE_MODELS = MODELS as unknown as Readonly<Record<ModelledService, ServiceModel>>;
