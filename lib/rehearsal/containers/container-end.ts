import type { Unreadable } from '../../analysis';
import type { ContainerEnd, ContainerStart } from '../../cloud/account/sagemaker/container';

/** Who does the work of SageMaker's containers in a rehearsal, in the words of the timeline. */
export const OUR_ANALYZER = "this library's analyzer";

/** How the service's containers begin the reason of their own failure, and their last words about violations. */
const ALGORITHM_ERROR = 'AlgorithmError';
const WITH_VIOLATIONS = 'CompletedWithViolations';

const OUTPUT = '/opt/ml/processing/output';

/**
 * The end of a container that found something out; of a run with the number of violations.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/blob/v3.20.0/sagemaker-core/src/sagemaker/core/model_monitor/model_monitoring.py (the exit messages' prefixes)
 */
export function completed(files: Readonly<Record<string, string>>, violationCount = 0): ContainerEnd {
  const exitMessage =
    violationCount === 0
      ? 'Completed: Job completed successfully with no violations.'
      : `${WITH_VIOLATIONS}: Job completed successfully with ${violationCount} violations.`;
  return { status: 'Completed', files, exitMessage, by: OUR_ANALYZER };
}

/** The end of a container that could not do its work. */
export function failed(reason: string): ContainerEnd {
  return { status: 'Failed', failureReason: `${ALGORITHM_ERROR}: ${reason}`, by: OUR_ANALYZER };
}

/** Files by name as a container writes them to its output. */
export function jsonFiles(
  { environment }: Pick<ContainerStart, 'environment'>,
  files: Readonly<Record<string, object>>,
): Record<string, string> {
  const folder = environment.output_path ?? OUTPUT;
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [`${folder}/${name}`, JSON.stringify(content)]),
  );
}

/** "2 unreadable records, the first in s3://bucket/key line 4 (not-json)", or that there was none at all. */
export function textOfUnreadable({
  unreadableCount,
  recordCount,
  outsideWindow,
  samples: [first],
}: Unreadable): string {
  if (first !== undefined) {
    return `${unreadableCount} unreadable records, the first in ${first.file} line ${first.line} (${first.reason})`;
  }
  return `${recordCount} records${outsideWindow === 0 ? '' : `, ${outsideWindow} outside of the window`}`;
}
