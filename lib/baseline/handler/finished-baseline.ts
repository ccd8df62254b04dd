import { Failure } from '../../runtime/failure';
import { objectExists, readJson, s3Uri, writeContent, writeJson } from '../../runtime/s3';
import type { BaselineSpec, ProcessingJobRequest } from '../contract';
import { type BaselineFolder, baselineAttributes, isRewritten } from './baseline-request';
import { decimalJson } from './decimal-json';
import { requireUsable } from './given-files';
import { type AnyConstraints, overriddenConstraints } from './overridden-constraints';

/** `baseline.json`: what made the files that lie beside it. */
export interface BaselineRecord {
  readonly version: '1';
  readonly jobName: string;
  readonly request: ProcessingJobRequest;
}

/**
 * Finishes the files of a job that has completed, and returns the custom resource's attributes.
 *
 * Throws `BaselineNotWritten` if the job left a file out. The record is written once the job's own files are there, so that a later
 * deployment with other overrides need not run the job again.
 */
export async function finishJob(
  spec: BaselineSpec,
  folder: BaselineFolder,
  record: BaselineRecord,
): Promise<Record<string, string>> {
  for (const file of [folder.statistics, folder.suggested]) {
    if (file === undefined || (await objectExists(file))) continue;
    const what = `processing job '${record.jobName}' completed, but there is no object ${s3Uri(file)}`;
    throw new Failure('BaselineNotWritten', `${what}; an image of your own has to write the file to its output`);
  }
  await writeJson(folder.record, record);
  return finishFiles(spec, folder);
}

/** Writes the constraints that the monitor reads, where they are not those that are suggested, and returns the attributes. */
export async function finishFiles(spec: BaselineSpec, folder: BaselineFolder): Promise<Record<string, string>> {
  if (isRewritten(spec)) {
    const suggested = await readJson<AnyConstraints>(folder.suggested);
    requireUsable(spec, { constraints: suggested });
    await writeConstraints(spec, folder, suggested);
  }
  return baselineAttributes(folder);
}

/** Writes constraints as the specification wants them: with overrides applied and, for model quality, without exponents. */
export async function writeConstraints(
  { overrides, decimal }: BaselineSpec,
  { constraints }: BaselineFolder,
  suggested: AnyConstraints,
): Promise<void> {
  const overridden = overriddenConstraints(suggested, overrides);
  if (decimal) await writeContent(constraints, decimalJson(overridden));
  else await writeJson(constraints, overridden);
}

/** Whether an earlier deployment left the files of a job whole. */
export async function isFinished(folder: BaselineFolder): Promise<boolean> {
  return objectExists(folder.record);
}
