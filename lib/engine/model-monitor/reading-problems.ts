import type { Problem } from '../../core/validation-error';
import { KIND_SERVICES } from '../../kind/kind-services';
import { KINDS } from '../../kind/kinds';
import type { MonitorSpec, RecordsInput } from '../../monitor/monitoring-engine';

/** One way of reading captured records that this engine has not. */
interface OtherReading {
  readonly isAsked: boolean;
  readonly prop: string;
  readonly got: string;
  /** what a script does in its place */
  readonly byScript: string;
  /** what the service does where it takes no script */
  readonly otherwise: string;
}

const AS_CAPTURED = 'the service reads captured records as they are for this kind';

/** What the service does not read: its input is an endpoint, or batch transform jobs. */
export function inputProblems({ writtenInput, batchTransformInput }: MonitorSpec): Problem[] {
  const rows = batchTransformInput?._askedRows;
  if (rows)
    return [
      {
        prop: 'data.rows',
        got: `TransformRows.${rows.toUpperCase()}`,
        allowed: 'nothing on modelMonitor()',
        advice: 'the service itself says what it reads of transform jobs; leave it out',
      },
    ];
  if (!writtenInput) return [];
  const allowed = 'MonitoredData.endpoint(...) and MonitoredData.batchTransform(...) on modelMonitor()';
  const advice =
    'the service reads what endpoints and transform jobs capture; engine: MonitoringEngine.serverless() takes it for the kinds that it runs';
  return [{ prop: 'data', got: 'MonitoredData.written(...)', allowed, advice }];
}

/**
 * Says which settings of the monitored data nothing here would follow. What reads records in another way on the service is a script, of the kinds that
 * take one.
 */
export function readingProblems({ kind, endpointInput, batchTransformRows }: MonitorSpec): Problem[] {
  const { prop: options } = KINDS[kind];
  const script = `${options}: { recordPreprocessor: AnalysisScript.fromAsset(...) } of modelMonitor(...)`;
  const asked = otherReadings(endpointInput ?? batchTransformRows).filter(({ isAsked }) => isAsked);
  return asked.map(({ prop, got, byScript, otherwise }) => {
    const advice = KIND_SERVICES[kind].container === 'analyzer' ? `${script} ${byScript}` : otherwise;
    return { prop, got, allowed: 'nothing on modelMonitor()', advice };
  });
}

function otherReadings({
  filter,
  format,
  transformations = [],
  variants,
  perVariant,
  maxBytesPerRun,
}: RecordsInput = {}): OtherReading[] {
  return [
    {
      isAsked: filter !== undefined,
      prop: 'filter',
      got: 'a RecordFilter',
      byScript: 'leaves records out',
      otherwise: 'the service analyses all captured records for this kind',
    },
    {
      isAsked: format?._settings !== undefined,
      prop: 'format',
      got: 'a RecordFormat',
      byScript: 'makes rows of lists',
      otherwise: AS_CAPTURED,
    },
    ...variantReadings({ variants, perVariant }),
    {
      isAsked: transformations.length > 0,
      prop: 'transformations',
      got: `a list of ${transformations.length}`,
      byScript: 'changes records',
      otherwise: AS_CAPTURED,
    },
    sampleReading(maxBytesPerRun),
  ];
}

function sampleReading(maxBytesPerRun: number | undefined): OtherReading {
  const less = 'capture a smaller share, by samplingPercentage of the data capture';
  return {
    isAsked: maxBytesPerRun !== undefined,
    prop: 'maxBytesPerRun',
    got: `${maxBytesPerRun}`,
    byScript: `sees records that were read: ${less}`,
    otherwise: `the service reads all that is captured: ${less}`,
  };
}

function variantReadings({ variants, perVariant }: Pick<RecordsInput, 'variants' | 'perVariant'>): OtherReading[] {
  return [
    {
      isAsked: variants !== undefined,
      prop: 'variants',
      got: `a list of ${variants?.length}`,
      byScript: 'sees records, and not which variant they are of: leave it out',
      otherwise: 'the service reads all variants of an endpoint: leave it out',
    },
    {
      isAsked: perVariant === true,
      prop: 'perVariant',
      got: 'true',
      byScript: 'sees records, and not which variant they are of: capture each variant at an endpoint of its own',
      otherwise: 'the service merges the records of all variants of an endpoint: leave it out',
    },
  ];
}
