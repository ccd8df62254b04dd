import { MonitoringDashboard } from '../../lib/dashboard/monitoring-dashboard';
import { newStack } from '../monitor/fixtures';
import { bodyFaults, type DashboardBody } from './body-rules';
import { bodyOf, titled } from './fixtures';

const stack = newStack();
new MonitoringDashboard(stack, 'Models', { accounts: ['222233334444'] });
const TEXT = JSON.stringify(bodyOf(stack));

function mutated(change: (body: DashboardBody) => unknown): string[] {
  const body = JSON.parse(TEXT) as DashboardBody;
  change(body);
  return bodyFaults(body);
}

const expression = (body: DashboardBody) => titled(body, 'Confirmed violations').properties.metrics[0][0];
const replace = (from: string, to: string) => (body: DashboardBody) => {
  const line = expression(body);
  line.expression = line.expression.replace(from, to);
};
const widget = (body: DashboardBody) => titled(body, 'Confirmed violations');

test('a body that nobody changed has no fault', () => expect(mutated(() => undefined)).toEqual([]));

test.each<[string, (body: DashboardBody) => unknown, string]>([
  ['more than 500 widgets', ({ widgets }) => widgets.push(...Array(500).fill(widgets[0])), 'is not 0 to 500'],
  [
    'a widget of a type that there is not',
    ({ widgets }) => Object.assign(widgets[0], { type: 'table' }),
    'type: table',
  ],
  ['a widget beyond the grid', (body) => Object.assign(widget(body), { x: 20 }), 'x + width'],
  ['a widget without height', (body) => Object.assign(widget(body), { height: 0 }), 'height'],
  ['a widget upon another', (body) => Object.assign(widget(body), { x: 4 }), 'lies upon another'],
  ['a view that there is not', (body) => Object.assign(widget(body).properties, { view: 'line' }), 'view: line'],
  ['a widget without a region', (body) => Object.assign(widget(body).properties, { region: '' }), 'region: no text'],
  ['a widget without metrics', (body) => Object.assign(widget(body).properties, { metrics: [] }), 'is not 1 to 500'],
  ['a gauge without ends', (body) => Object.assign(widget(body).properties, { view: 'gauge', yAxis: {} }), 'no number'],
  [
    'lines beside an alarm',
    (body) => Object.assign(widget(body).properties.annotations, { alarms: ['a'] }),
    'and lines',
  ],
  [
    'an alarm twice',
    ({ widgets }) => widgets.push({ ...widgets[0], y: 900, type: 'alarm', properties: { alarms: ['a', 'a'] } }),
    'twice',
  ],
  [
    'a list of no alarms',
    ({ widgets }) => widgets.push({ ...widgets[0], y: 900, type: 'alarm', properties: { alarms: [] } }),
    '1 to 100',
  ],
  [
    'a query of no logs',
    (body) => Object.assign(titled(body, /^Errors/).properties, { query: 'limit 1' }),
    'names no log group',
  ],
  ['a period of 90 seconds', (body) => Object.assign(expression(body), { period: 90 }), 'period: 90'],
  ['an account of 3 digits', (body) => Object.assign(expression(body), { accountId: '123' }), 'accountId: 123'],
  ['a search with an open quote', replace('"CHOSEN-MONITOR"', '"CHOSEN-MONITOR'), 'quotes of'],
  ['a search with a quote that ends it', replace('CHOSEN-MONITOR', "a'b"), 'without its three parts'],
  ['a search of too many characters', replace('CHOSEN-MONITOR', 'a'.repeat(1000)), 'is not 1 to 1024'],
  ['a statistic that there is not', replace('Maximum', 'Median'), 'statistic Median'],
  ['a period of a search', replace('3600', '90'), 'period 90'],
  ['a search without a schema', replace('{SageMakerMonitoring,MonitorId} ', ''), 'no schema'],
  ['a variable twice', ({ variables = [] }) => variables.push(variables[0]), 'variables.id: one of them twice'],
  ['a variable without choices', ({ variables = [] }) => Object.assign(variables[2], { values: [] }), 'values'],
  [
    'a variable of both kinds of choices',
    ({ variables = [] }) => Object.assign(variables[2], { search: 'a' }),
    'values or search',
  ],
  [
    'a variable with a long name',
    ({ variables = [] }) => Object.assign(variables[0], { label: 'a'.repeat(31) }),
    'label',
  ],
  ['26 variables', ({ variables = [] }) => variables.push(...Array(23).fill(variables[0])), 'is not 0 to 25'],
  ['a time that is none', (body) => Object.assign(body, { start: '7 days' }), 'start: 7 days'],
  [
    'a rule for periods that there is not',
    (body) => Object.assign(body, { periodOverride: 'never' }),
    'periodOverride',
  ],
])('finds %s', (_, change, fault) => {
  expect(mutated(change).join('\n')).toContain(fault);
});
