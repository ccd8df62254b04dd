import { DatasetFormat, RecordFilter, RecordFormat, RecordTransformation } from '../../lib';
import type { EngineName } from '../../lib/kind/kind-sheet';
import type { Evidence } from './evidence';
import { byHand, CAPTURE, type Input, recordsRead, transformsRead } from './inputs';

/** One of the forms that data have. */
export interface Format {
  /** As the page calls it. */
  readonly name: string;
  /** An input that has it, for every engine to take or to refuse; absent where all take it. */
  readonly make?: Input['make'];
  readonly of: { readonly [engine in EngineName]: Evidence };
}

const FILTER = 'monitor/record-filter.test.ts';
const FORMAT = 'monitor/record-format.test.ts';
const TRANSFORMED = 'monitor/transform-rows.test.ts';
const COLUMNS = 'analysis/labels/column-records.test.ts';
const DATASET = 'baseline/dataset.test.ts';
const PROFILE = 'handlers/profile.test.ts';

/** In the order of the page. */
export const FORMATS: readonly Format[] = [
  {
    name: 'captured CSV, captured JSON',
    of: {
      serverless: { tests: { reading: 'analysis/reading/capture-record.test.ts', profiling: PROFILE } },
      'model-monitor': { source: ['content types', 'capture'] },
    },
  },
  {
    name: 'records left out by a [`RecordFilter`](captured-data.md#records-that-are-left-out)',
    make: recordsRead({ filter: RecordFilter.inferenceIdPrefix('canary-') }),
    of: {
      serverless: {
        tests: {
          request: FILTER,
          reading: 'analysis/reading/record-filter.test.ts',
          'labels and attributions': 'analysis/labels/filtered-lines.test.ts',
        },
      },
      'model-monitor': { tests: { test: FILTER } },
    },
  },
  {
    name: 'rows of captured JSON by a [`RecordFormat`](captured-data.md#rows-in-lists-or-below-keys)',
    make: recordsRead({ format: RecordFormat.rowsAt({ request: 'instances[*]' }) }),
    of: {
      serverless: {
        tests: {
          request: FORMAT,
          templates: 'monitor/content-template.test.ts',
          reading: 'analysis/reading/record-format.test.ts',
          'any form': 'analysis/reading/record-forms.test.ts',
          'labels and attributions': COLUMNS,
          rehearsal: 'rehearsal/lists.test.ts',
        },
      },
      'model-monitor': { tests: { test: FORMAT } },
    },
  },
  {
    name: 'rows changed by a [`RecordTransformation`](captured-data.md#changes-to-rows)',
    make: recordsRead({ transformations: [RecordTransformation.drop('id')] }),
    of: {
      serverless: {
        tests: {
          request: FORMAT,
          reading: 'analysis/reading/record-transformation.test.ts',
          'labels and attributions': COLUMNS,
        },
      },
      'model-monitor': { tests: { test: FORMAT } },
    },
  },
  {
    name: '[lists inside of a row](captured-data.md#lists-inside-of-a-row), of a declared length',
    make: recordsRead({ transformations: [RecordTransformation.spread('embedding', 3)] }),
    of: {
      serverless: { tests: { 'captured and in a dataset': 'analysis/reading/list-columns.test.ts' } },
      'model-monitor': { tests: { captured: FORMAT, dataset: 'engine/model-monitor/baseline-job.test.ts' } },
    },
  },
  {
    name: 'captured data in base64, where the app shows it',
    make: byHand(({ config }) => {
      config.dataCaptureConfig = { ...CAPTURE, captureContentTypeHeader: undefined };
    }),
    of: {
      serverless: { tests: { test: 'endpoint/monitoring-problems.test.ts' } },
      'model-monitor': { tests: { test: 'endpoint/monitoring-problems.test.ts' } },
    },
  },
  {
    name: 'input or output of [transform jobs](captured-data.md#batch-transform) as CSV, JSON, JSON Lines, Parquet',
    of: {
      serverless: {
        tests: {
          synthesis: 'monitor/batch-transform-data.test.ts',
          reading: PROFILE,
          'generated ids': 'analysis/reading/generated-ids.test.ts',
          rehearsal: 'rehearsal/batch-transform.test.ts',
        },
        note: 'Parquet is not rehearsed',
      },
      'model-monitor': { tests: { test: 'engine/model-monitor/batch-transform.test.ts' } },
    },
  },
  {
    name: 'rows of [transform jobs](captured-data.md#batch-transform) left out by columns, read by a `RecordFormat` of JSON, changed',
    make: transformsRead(DatasetFormat.JSON_LINES, {
      filter: RecordFilter.noneOf(RecordFilter.column('tenant', 'test')),
      format: RecordFormat.rowsAt({ request: 'instances[*]', response: 'predictions[*]' }),
      transformations: [RecordTransformation.drop('tenant')],
    }),
    of: {
      serverless: {
        tests: {
          request: TRANSFORMED,
          reading: 'analysis/reading/table-record.test.ts',
          'labels and attributions': 'analysis/labels/table-files.test.ts',
          rehearsal: 'rehearsal/batch-transform.test.ts',
        },
      },
      'model-monitor': { tests: { test: TRANSFORMED } },
    },
  },
  {
    name: 'dataset of a baseline',
    of: {
      serverless: { tests: { dataset: DATASET, profiling: PROFILE } },
      'model-monitor': { tests: { dataset: DATASET, jobs: 'engine/model-monitor/baseline-job.test.ts' } },
    },
  },
];
