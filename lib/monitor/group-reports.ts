import { Annotations, AspectPriority, Aspects, type IAspect, type IResolvable, Lazy, Stack, Token } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { bucketLocation } from '../core/bucket-location';
import { excessiveBytes } from '../core/request-size';
import { grantGetObjects, grantKeepObjects, grantListPrefix, grantListPrefixes } from '../core/s3-grants';
import { ValidationError } from '../core/validation-error';
import { FILES, type ReportedMonitors } from '../outcome/contract';
import { reconcilerIdOf, stackNameOf } from '../outcome/monitor-id';
import type { ReportsPlace } from '../outcome/reports-place';
import type { IMonitorGroup } from './monitor-group';

/**
 * Bytes that a rule's input has for it: EventBridge takes templates of 8,192 characters, and the rest has the ARN of a topic and the address of documents.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
 */
const MAX_BYTES = 7 * 1024;

/** All that is read of a group. */
type Reporting = Pick<IMonitorGroup, 'monitorIds' | 'reportsPlaces'>;

/**
 * Where the reports of a group's monitors lie, as what acts on their outcomes is told it; monitors that join the group later are included.
 *
 * @internal
 */
export function reportedMonitors(scope: Construct, monitors: Reporting): IResolvable {
  return Lazy.any({ produce: () => entriesOf(scope, monitors) });
}

/** In order of ids, one for each place: that of most groups is one. */
function entriesOf(scope: Construct, monitors: Reporting): ReportedMonitors[] {
  const entries = new Map<string, ReportedMonitors & { readonly monitorIds: string[] }>();
  const { monitorIds, reportsPlaces } = monitors;
  for (const monitorId of [...new Set(monitorIds)].sort()) {
    const place = knownPlace(scope, monitorId, reportsPlaces);
    const location = place && { ...bucketLocation(scope, place.bucket), prefix: prefixBefore(scope, place, monitorId) };
    const key = JSON.stringify(location ?? null);
    const entry = entries.get(key) ?? { ...location, monitorIds: [] };
    entry.monitorIds.push(monitorId);
    entries.set(key, entry);
  }
  return [...entries.values()];
}

/** What precedes the id of a monitor in the keys of its reports. */
function prefixBefore(scope: Construct, { prefix }: ReportsPlace, monitorId: string): string {
  const end = `/${monitorId}`;
  if (prefix.endsWith(end)) return prefix.slice(0, -end.length);
  const problem = { prop: `reportsPlaces['${monitorId}'].prefix`, got: prefix, allowed: `one that ends with '${end}'` };
  throw new ValidationError('InvalidReportsPlace', [problem], scope);
}

/** Where the reports of a monitor lie; undefined where that is not known, or cannot be named or read from a stack. */
function knownPlace(scope: Construct, monitorId: string, places: Reporting['reportsPlaces']): ReportsPlace | undefined {
  const place = places?.[monitorId];
  if (!place || differs(place.bucket.env.region, Stack.of(scope).region)) return undefined;
  return isNamed(scope, place, monitorId) ? place : undefined;
}

/**
 * Whether a stack can name a bucket without a reference to another stack that nobody asked for: that might close a circle of stacks. A monitor of this stack
 * refers to its bucket already.
 */
function isNamed(scope: Construct, { bucket }: ReportsPlace, monitorId: string): boolean {
  if (!Token.isUnresolved(bucket.bucketName)) return true;
  const here = Stack.of(scope);
  const isOwn = stackNameOf(monitorId) === reconcilerIdOf(scope) || Stack.of(bucket) === here;
  return isOwn && !differs(bucket.env.account, here.account);
}

function differs(one: string, here: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(here) && one !== here;
}

/**
 * Where the reports of a group's monitors lie, of which a stack knows it, and can read them: those of all monitors of a stack in a bucket once.
 *
 * @internal
 */
export function knownPlaces(scope: Construct, { monitorIds, reportsPlaces }: Reporting): ReportsPlace[] {
  return distinctPlaces(monitorIds.flatMap((monitorId) => knownPlace(scope, monitorId, reportsPlaces) ?? []));
}

/** Who acts on the outcomes of a group's monitors. */
export interface OutcomeActor {
  readonly monitors: Reporting;
  readonly grantee: IGrantable;
  /** what somebody may do who puts events: `send a message` */
  readonly deed: string;
  /** what the names of files end with that the actor keeps beside reports; absent where it keeps none */
  readonly notes?: string;
  /** whether it looks for such files where there are none; it does not where absent */
  readonly looksForNotes?: true;
  /** the end of a further file's name that is read beside reports of a monitor; undefined where none is, absent where none ever is */
  readonly beside?: (monitorId: string) => string | undefined;
}

/**
 * Lets a function read the reports of a group's monitors, those that join later included, and refuses monitors whose reports it cannot know, unless it is acknowledged
 * that their events are believed.
 *
 * @param scope to which the refusal belongs, and where it is acknowledged
 * @param owner of the function and its role: they are visited after it, so that whoever examines them sees what they are allowed
 * @internal
 */
export function readReports(scope: Construct, owner: IConstruct, actor: OutcomeActor): void {
  const reading = new ReportReading(scope, actor);
  Aspects.of(owner).add(reading, { priority: AspectPriority.MUTATING });
  scope.node.addValidation({ validate: () => [...sizeFaults(scope, actor.monitors), ...reading.faults()] });
}

function sizeFaults(scope: Construct, monitors: Reporting): string[] {
  const bytes = excessiveBytes(scope, entriesOf(scope, monitors), MAX_BYTES);
  if (bytes === undefined) return [];
  const got = `${bytes} bytes of ids, buckets and prefixes`;
  const allowed = `at most ${MAX_BYTES} bytes, which the input of a rule has room for`;
  const advice = 'let them report to one bucket, or make a group, and a digest or trigger, for each part';
  return [new ValidationError('TooManyMonitors', [{ prop: 'monitors', got, allowed, advice }], scope).message];
}

/** Grants when the app is complete and not yet written. */
class ReportReading implements IAspect {
  private readonly believed: string[] = [];
  private isDone = false; // what is below the owner is visited as well, and an app may be synthesized again

  constructor(
    private readonly scope: Construct,
    private readonly actor: OutcomeActor,
  ) {}

  public visit(): void {
    if (this.isDone) return;
    this.isDone = true;
    const { monitors, grantee } = this.actor;
    const { monitorIds, reportsPlaces } = monitors;
    const known: ReportsPlace[] = [];
    for (const monitorId of monitorIds) {
      const place = knownPlace(this.scope, monitorId, reportsPlaces);
      if (place) known.push(place);
      else this.believed.push(monitorId);
      if (place) this.allowBeside(monitorId, place);
    }
    allowReports(grantee, distinctPlaces(known), this.actor);
    if (this.believed.length > 0) askForAcknowledgement(this.scope, this.words());
  }

  private allowBeside(monitorId: string, { bucket, stackPattern }: ReportsPlace): void {
    const name = this.actor.beside?.(monitorId);
    if (name === undefined) return;
    grantGetObjects(this.actor.grantee, bucket, `${stackPattern}${name}`);
    grantListPrefix(this.actor.grantee, bucket, `${stackPattern}${name}`);
  }

  /** None where it is acknowledged that events are believed. */
  public faults(): string[] {
    if (this.believed.length === 0 || isAcknowledged(this.scope)) return [];
    const allowed = 'monitors of which it is known where their reports lie';
    const problem = { prop: 'monitors', got: this.believed, allowed, advice: this.words() };
    return [new ValidationError('ReportsUnknown', [problem], this.scope).message];
  }

  private words(): string {
    const then = `else events about them are believed: whoever may put events on the bus may ${this.actor.deed}`;
    return `import them by Monitor.fromMonitorAttributes with 'reportsBucket'; ${then}, which Annotations.of(...).acknowledgeWarning('${BELIEVED_EVENTS}') says is meant`;
  }
}

/** The id of a warning that nobody sees: it is acknowledged, or synthesis fails. What is acknowledged, the CDK knows of warnings alone. */
const BELIEVED_EVENTS = 'cdk-sagemaker-monitoring:believedEvents';

function askForAcknowledgement(scope: Construct, words: string): void {
  Annotations.of(scope).addWarningV2(BELIEVED_EVENTS, words);
}

/** Whether the warning is gone that was asked for: an acknowledgement of the scope, or of what it is in, takes it away. */
function isAcknowledged({ node: { metadata } }: Construct): boolean {
  return !metadata.some(({ data }) => String(data).includes(`[ack: ${BELIEVED_EVENTS}]`));
}

const reportsIn = ({ stackPattern }: ReportsPlace) => `${stackPattern}/${FILES.report}`;

/** The reports of all monitors of a stack by one pattern, so that the policy does not grow with them. */
function allowReports(
  grantee: IGrantable,
  places: readonly ReportsPlace[],
  { notes, looksForNotes }: Pick<OutcomeActor, 'notes' | 'looksForNotes'>,
): void {
  for (const place of places) grantGetObjects(grantee, place.bucket, reportsIn(place));
  const looked = looksForNotes ? notes : undefined;
  for (const { bucket, patterns } of patternsByBucket(places, looked)) allowLooking(grantee, bucket, patterns);
  if (notes === undefined) return;
  for (const { bucket, stackPattern } of places) grantKeepObjects(grantee, bucket, `${stackPattern}${notes}`);
}

/** Lets a missing report look otherwise than a denied one. Buckets with one pattern, as those of a stack, share a statement with all that have the same one. */
function allowLooking(grantee: IGrantable, bucket: IBucket, patterns: readonly string[]): void {
  const [first, ...others] = patterns;
  if (others.length === 0) grantListPrefix(grantee, bucket, first);
  else grantListPrefixes(grantee, bucket, ...patterns);
}

/** What of a bucket's reports is looked for. */
interface Looked {
  readonly bucket: IBucket;
  readonly patterns: string[];
}

function patternsByBucket(places: readonly ReportsPlace[], notes?: string): Iterable<Looked> {
  const found = new Map<string, Looked>();
  for (const place of places) {
    const { bucket } = place;
    const looked = found.get(bucket.bucketArn) ?? { bucket, patterns: [] };
    looked.patterns.push(reportsIn(place), ...(notes === undefined ? [] : [`${place.stackPattern}${notes}`]));
    found.set(bucket.bucketArn, looked);
  }
  return found.values();
}

/** One of those that monitors of a stack have in a bucket. */
function distinctPlaces(places: readonly ReportsPlace[]): ReportsPlace[] {
  const keyOf = ({ bucket, stackPattern }: ReportsPlace) => JSON.stringify([bucket.bucketArn, stackPattern]);
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
