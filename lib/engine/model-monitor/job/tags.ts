import { type CfnTag, Token } from 'aws-cdk-lib';
import { MONITOR_TAG } from '../../../core/contract';
import { countProblems } from '../../../core/limits';
import type { Problem } from '../../../core/validation-error';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';

/** Limits of SageMaker: of tags on a resource, and of characters. */
const MAX_TAGS = 50;
/** Beside the one that says which monitor it is. */
const MAX_OWN_TAGS = MAX_TAGS - 1;
const MAX_KEY = 128;
const MAX_VALUE = 256;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * The tags as CloudFormation takes them, with the one that says which monitor it is.
 *
 * @internal
 */
export function tagsOf({ tags = {} }: ModelMonitorEngineOptions, monitorId: string): CfnTag[] {
  return Object.entries({ [MONITOR_TAG]: monitorId, ...tags }).map(([key, value]) => ({ key, value }));
}

/**
 * What is wrong with the tags.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html
 * @internal
 */
export function tagProblems({ tags = {} }: ModelMonitorEngineOptions): Problem[] {
  const keys = Object.keys(tags);
  const own = keys.filter((key) => key !== MONITOR_TAG);
  return [
    ...(own.length > MAX_OWN_TAGS ? countProblems('tags', own, { maximum: MAX_OWN_TAGS, unit: 'tags' }) : []),
    ...keys.filter((key) => !isKey(key)).map((got) => ({ prop: 'tags', got, allowed: KEY })),
    ...keys.filter((key) => !isText(tags[key], MAX_VALUE)).map((key) => valueProblem(key, tags[key])),
  ];
}

const CHARACTERS = 'letters, digits, spaces and _.:/=+-@';
const KEY = `a key of 1 to ${MAX_KEY} ${CHARACTERS}, that does not begin with aws:`;

function valueProblem(key: string, got: string): Problem {
  return { prop: `tags.${key}`, got, allowed: `at most ${MAX_VALUE} ${CHARACTERS}` };
}

function isKey(key: string): boolean {
  return key !== '' && !/^aws:/i.test(key) && isText(key, MAX_KEY);
}

function isText(text: string, maximum: number): boolean {
  return Token.isUnresolved(text) || (text.length <= maximum && TAG_TEXT.test(text));
}
