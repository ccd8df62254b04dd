import { sectionUrl } from '../core/contract';
import { type ExecutionCompletedDetail, FILES } from '../outcome/contract';
import type { MessageSettings } from './contract';
import { newsOf } from './headline';
import { plain } from './plain-text';

/** Where what a message links to is read. */
export interface MessageContext extends MessageSettings {
  /** of the endpoint and the report, as `us-east-1` */
  readonly region: string;
  /** where the runbook and the errors are read */
  readonly documentationUrl: string;
}

/** An address of a message. */
export interface MessageLink {
  readonly name: 'Report' | 'Training' | 'Console' | 'Page' | 'Dashboard' | 'Runbook';
  readonly address: string;
}

/** The addresses of a message; the first is no link to a mail client, and those of the console are there where it has a public address. */
export function linksOf(detail: ExecutionCompletedDetail, context: MessageContext): MessageLink[] {
  const { reportUri } = detail;
  const { region, hasPages, documentationUrl } = context;
  const console: [MessageLink['name'], string | undefined][] = [
    ['Console', consoleLink(reportUri, region)],
    ['Page', hasPages ? pageLink(reportUri, region) : undefined],
  ];
  return [
    { name: 'Report', address: plainUri(reportUri) },
    ...console.flatMap(([name, link]) => (link ? [{ name, address: signedIn(link, context) }] : [])),
    ...dashboardLinks(context),
    { name: 'Runbook', address: runbook(detail, documentationUrl) },
  ];
}

/** The section of the alarm that fires for the same run. */
function runbook(detail: ExecutionCompletedDetail, documentationUrl: string): string {
  const { status } = detail;
  const isAboutFailures = status === 'Failed' || newsOf(detail) === 'FailuresEnded';
  const isUnjudged = status === 'LabelsMissing' || status === 'NoData';
  if (isUnjudged && !isAboutFailures) return sectionUrl(documentationUrl, 'runbook', 'Health');
  return sectionUrl(documentationUrl, 'runbook', isAboutFailures ? 'Failed' : 'Drift');
}

/** By way of the page where an organization signs in, if it has one. */
function signedIn(link: string, { consoleSignIn }: MessageSettings): string {
  return consoleSignIn === undefined ? link : `${consoleSignIn}${encodeURIComponent(link)}`;
}

/** An address in S3 is no link to a mail client, but for what stands in it. */
function plainUri(uri: string): string {
  return FOLDER.test(uri) ? uri : plain(uri);
}

/**
 * A bucket, and a key on one line in which no other address stands.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const FOLDER = /^s3:\/\/([a-z0-9.-]{1,63})\/((?!.*www\.)[^\p{C}\p{Zl}\p{Zp}:@]*)$/iu;

/**
 * A link to a folder in the S3 console; undefined for what is no such folder, and for regions whose console has no public address.
 *
 * The hosts of the China and GovCloud regions are not on that page; they are those that people's links there use.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
export function consoleLink(folderUri: string, region: string): string | undefined {
  return storageLink('buckets', folderUri, region);
}

/** A link to the page of a run, which lies in its folder some seconds after it is told: the console opens it from there. */
export function pageLink(folderUri: string, region: string): string | undefined {
  return storageLink('object', `${folderUri}${FILES.page}`, region);
}

function storageLink(what: 'buckets' | 'object', uri: string, region: string): string | undefined {
  const match = FOLDER.exec(uri);
  const host = consoleHost(region);
  if (!match || !host) return undefined;
  return `https://${host}/s3/${what}/${match[1]}?region=${region}&prefix=${encodeURI(match[2])}`;
}

/** The link to the dashboard that messages link to, if they do and it has a public address. */
export function dashboardLinks(context: Omit<MessageContext, 'documentationUrl'>): MessageLink[] {
  const { region, dashboardName: name } = context;
  const host = name === undefined ? undefined : consoleHost(region);
  if (name === undefined || host === undefined) return [];
  const link = `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${encodeURIComponent(name)}`;
  return [{ name: 'Dashboard', address: signedIn(link, context) }];
}

function consoleHost(region: string): string | undefined {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return /-iso|^eusc-/.test(region) ? undefined : `${region}.console.aws.amazon.com`;
}
