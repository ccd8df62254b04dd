// Names and shapes that the construct of pages and their handler share. Imports types only.
import type { BucketLocation } from '../../core/contract';

/** The member of a `PageRequest` by which the target of a rule of pages is known. */
export const PAGE_BUCKETS: keyof PageRequest = 'buckets';

/** What the rule of a stack's pages makes of an event for the handler: which run there is to draw. Nothing else of the event is believed. */
export interface PageRequest {
  /** written by EventBridge, as `region` */
  readonly account: string;
  readonly region: string;
  readonly monitorId: string;
  /** `s3://bucket/prefix/` of the run's files */
  readonly reportUri: string;
  /** of the reports of the stack's monitors */
  readonly buckets: readonly BucketLocation[];
}
