import type { Account } from '../../cloud/account/account';
import { serviceOf } from '../../cloud/account/targets';
import type { DeployedResource } from '../../cloud/deployment/resource';
import {
  isMembers,
  type Members,
  objectList,
  optionalNumber,
  optionalText,
  textList,
  textMember,
} from '../../cloud/members';
import type { TimeRange } from '../../cloud/semantics/metric-search/expression';
import { outcomes } from '../windows';
import { chosenBody } from './choices';
import { metricWidget } from './metric-widget';
import type { RehearsedDashboard, RehearsedWidget, WidgetContent } from './rehearsed-dashboard';

const HOUR = 3_600_000;
/** As the console opens a dashboard of this library. */
const SHOWN = 7 * 24 * HOUR;

/**
 * The dashboards of the app as somebody sees them when the rehearsal is over: charts of what was published, alarms as they stand, and what the functions of its widgets draw. What the rehearsal
 * has not says so.
 */
export async function rehearsedDashboards(
  account: Account,
  resources: readonly DeployedResource[],
): Promise<RehearsedDashboard[]> {
  const found: RehearsedDashboard[] = [];
  const [{ endpointName } = { endpointName: undefined }] = outcomes(account.recorder.events);
  for (const { type, ref, properties } of resources) {
    if (type !== 'AWS::CloudWatch::Dashboard') continue;
    const { body, chosen } = chosenBody(textMember(properties, 'DashboardBody', ref), account, endpointName);
    const range = rangeOf(account);
    const widgets: RehearsedWidget[] = [];
    for (const widget of objectList(body, 'widgets', ref)) widgets.push(await placed(widget, account, range));
    found.push({ name: ref, chosen, widgets, from: range.from.getTime(), until: range.until.getTime() });
  }
  return found;
}

/** From the first value on, a week at most. */
function rangeOf({ recorder, simulation }: Account): TimeRange {
  const until = simulation.now.getTime();
  const first = recorder.metrics.reduce((least, { time }) => Math.min(least, Date.parse(time)), until - HOUR);
  const from = Math.max(Math.floor(first / HOUR) * HOUR, until - SHOWN);
  return { from: new Date(from), until: new Date(until) };
}

async function placed(widget: Members, account: Account, range: TimeRange): Promise<RehearsedWidget> {
  const number = (name: string, otherwise: number) => optionalNumber(widget, name, 'a widget') ?? otherwise;
  const properties = isMembers(widget.properties) ? widget.properties : {};
  return {
    ...{ x: number('x', 0), y: number('y', 0), width: number('width', 6) },
    title: optionalText(properties, 'title', 'a widget'),
    content: await contentOf(textMember(widget, 'type', 'a widget'), properties, { account, range }),
  };
}

async function contentOf(
  type: string,
  properties: Members,
  { account, range }: { readonly account: Account; readonly range: TimeRange },
): Promise<WidgetContent> {
  switch (type) {
    case 'text':
      return { kind: 'text', markdown: textMember(properties, 'markdown', 'a text') };
    case 'metric':
      return { kind: 'metrics', ...metricWidget(properties, account, range) };
    case 'alarm':
      return { kind: 'alarms', alarms: alarmsOf(properties, account) };
    case 'custom':
      return drawn(properties, account);
    case 'log':
      return {
        kind: 'absent',
        reason: `${sourcesOf(properties)}: CloudWatch Logs Insights searches them, and the rehearsal keeps no logs`,
      };
    default:
      return { kind: 'absent', reason: `the rehearsal draws no widget of type ${type}` };
  }
}

const RANKS = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];

/** Those that fire first. */
function alarmsOf(properties: Members, { alarms, recorder }: Account) {
  const states = alarms.states();
  const found = textList(properties, 'alarms', 'alarms').map((arn) => ({
    name: recorder.title(arn),
    state: states.get(arn),
  }));
  return found.sort((one, other) => RANKS.indexOf(one.state ?? 'OK') - RANKS.indexOf(other.state ?? 'OK'));
}

/** Whoever looks asks the function, as the console does. */
async function drawn(properties: Members, account: Account): Promise<WidgetContent> {
  const arn = textMember(properties, 'endpoint', 'a custom widget');
  const { view, ...params } = isMembers(properties.params) ? properties.params : {};
  const lambda = serviceOf(arn) === 'lambda' ? account.functions.find(arn) : undefined;
  if (!lambda || !VIEWS.includes(String(view)))
    return {
      kind: 'absent',
      reason: `${account.recorder.title(arn)} draws it, which is asked for the library's own widgets alone`,
    };
  try {
    const html = await account.functions.invoke(
      arn,
      { ...params, view, widgetContext: { theme: 'light' } },
      'the console',
    );
    return { kind: 'drawn', html: withoutLinks(String(html)) };
  } catch (error) {
    return { kind: 'failed', reason: `${account.recorder.title(arn)}: ${(error as Error).message}` };
  }
}

/** What the function of this library's widgets is asked to draw. */
const VIEWS = ['fleet', 'monitor'];

/** Links of widgets lead into the console of an account that there is not. */
const withoutLinks = (html: string) => html.replace(/<a [^>]*>[^<]*<\/a>/g, '');

/** The log groups of a query. */
function sourcesOf(properties: Members): string {
  const groups = [...textMember(properties, 'query', 'a query').matchAll(/SOURCE '([^']+)'/g)].map(
    ([, group]) => group,
  );
  return groups.join(', ') || 'logs';
}
