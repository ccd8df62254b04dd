/** A body of a dashboard, as `PutDashboard` takes it. */
export interface DashboardBody {
  readonly widgets: DashboardWidget[];
  readonly variables?: Members[];
  readonly start?: string;
  readonly periodOverride?: string;
}

/** One of its widgets. */
export interface DashboardWidget extends Members {
  readonly type: string;
  readonly properties: Members;
}

/** What a service is sent may be of any form. */
type Members = { [name: string]: ReturnType<typeof JSON.parse> };

/**
 * What CloudWatch would say of a body, with the place of each fault; nothing of one that it takes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function bodyFaults({ widgets, variables = [], start, periodOverride }: Members): string[] {
  if (!Array.isArray(widgets)) return ['widgets: there are none'];
  return [
    ...within('widgets', widgets.length, 0, 500),
    ...within('variables', variables.length, 0, 25),
    ...within('metrics', widgets.flatMap((widget) => widget.properties?.metrics ?? []).length, 0, 2500),
    ...(start === undefined || /^-P(T?\d+[HM]|\d+[DWM])$/.test(start) ? [] : [`start: ${start}`]),
    ...(periodOverride === undefined ? [] : oneOf('periodOverride', periodOverride, ['auto', 'inherit'])),
    ...widgets.flatMap((widget: Members, index: number) => widgetFaults(widget, `widgets[${index}]`)),
    ...variables.flatMap((variable: Members, index: number) => variableFaults(variable, `variables[${index}]`)),
    ...once(
      'variables.id',
      variables.map(({ id }: Members) => id),
    ),
    ...overlaps(widgets),
  ];
}

type Rule = (properties: Members, at: string) => string[];

const RULES: { readonly [type: string]: Rule } = {
  metric: metricFaults,
  text: ({ markdown, background }, at) => [
    ...text(`${at}.markdown`, markdown),
    ...(background === undefined ? [] : oneOf(`${at}.background`, background, ['transparent', 'solid'])),
  ],
  log: ({ query, region, view }, at) => [
    ...text(`${at}.query`, query),
    ...(/^SOURCE '[^']+'( \| SOURCE '[^']+')* \| /.test(query) ? [] : [`${at}.query: names no log group`]),
    ...text(`${at}.region`, region),
    ...oneOf(`${at}.view`, view, ['table', 'timeSeries', 'bar', 'pie']),
  ],
  alarm: ({ alarms, sortBy }, at) => [
    ...within(`${at}.alarms`, alarms?.length ?? 0, 1, 100),
    ...once(`${at}.alarms`, alarms ?? []),
    ...(sortBy === undefined ? [] : oneOf(`${at}.sortBy`, sortBy, ['default', 'stateUpdatedTimestamp', 'timestamp'])),
  ],
  custom: ({ endpoint, updateOn = {} }, at) => [
    ...(/^arn:[a-z-]+:lambda:/.test(endpoint) ? [] : [`${at}.endpoint: ${endpoint}`]),
    ...Object.keys(updateOn).flatMap((name) => oneOf(`${at}.updateOn`, name, ['refresh', 'resize', 'timeRange'])),
  ],
};

function widgetFaults({ type, x, y, width, height, properties }: Members, at: string): string[] {
  const rule = RULES[type];
  if (!rule) return [`${at}.type: ${type}`];
  if (typeof properties !== 'object') return [`${at}.properties: there are none`];
  return [
    ...within(`${at}.x`, x, 0, 23),
    ...within(`${at}.y`, y, 0, Number.MAX_SAFE_INTEGER),
    ...within(`${at}.width`, width, 1, 24),
    ...within(`${at}.height`, height, 1, 1000),
    ...within(`${at}.x + width`, x + width, 1, 24),
    ...rule(properties, `${at}.properties`),
  ];
}

const VIEWS = ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table'];

function metricFaults({ metrics, region, view, period, annotations, yAxis }: Members, at: string): string[] {
  const isAlarm = annotations?.alarms !== undefined;
  return [
    ...text(`${at}.region`, region),
    ...oneOf(`${at}.view`, view, VIEWS),
    ...(period === undefined || (period > 0 && period % 60 === 0) ? [] : [`${at}.period: ${period}`]),
    ...(isAlarm ? within(`${at}.annotations.alarms`, annotations.alarms.length, 1, 1) : []),
    ...(isAlarm && annotations.horizontal ? [`${at}.annotations: an alarm, and lines`] : []),
    ...(annotations?.horizontal ?? []).flatMap((line: Members) => numbers(`${at}.annotations`, [line.value])),
    ...(view === 'gauge' ? numbers(`${at}.yAxis.left`, [yAxis?.left?.min, yAxis?.left?.max]) : []),
    ...(isAlarm && !metrics ? [] : within(`${at}.metrics`, metrics?.length ?? 0, 1, 500)),
    ...(metrics ?? []).flatMap((metric: unknown[], index: number) => lineFaults(metric, `${at}.metrics[${index}]`)),
  ];
}

const STATISTIC = /^(SampleCount|Average|Sum|Minimum|Maximum|IQM|p\d{1,2}(\.\d+)?)$/;

/** One line: names in pairs and how they are drawn, or an expression. */
function lineFaults(metric: unknown[], at: string): string[] {
  const [last] = metric.slice(-1);
  const options = (typeof last === 'object' ? last : {}) as Members;
  const names = metric.filter((one) => typeof one === 'string');
  const { expression, accountId, period, stat } = options;
  return [
    ...(accountId === undefined || /^\d{12}$/.test(accountId) ? [] : [`${at}.accountId: ${accountId}`]),
    ...(period === undefined || period % 60 === 0 ? [] : [`${at}.period: ${period}`]),
    ...(stat === undefined || STATISTIC.test(stat) ? [] : [`${at}.stat: ${stat}`]),
    ...(expression === undefined ? pairs(names, at) : expressionFaults(expression, at)),
    ...(expression !== undefined && names.length > 0 ? [`${at}: an expression, and a metric`] : []),
  ];
}

const pairs = (names: unknown[], at: string) =>
  names.length >= 2 && names.length % 2 === 0 && names.length <= 62 ? [] : [`${at}: ${names.length} names`];

const SEARCH = /SEARCH\('([^']*)'\s*,\s*'([^']*)'(?:\s*,\s*(\d+))?\)/g;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html */
function expressionFaults(expression: string, at: string): string[] {
  const searches = [...expression.matchAll(SEARCH)];
  const count = expression.split('SEARCH(').length - 1;
  return [
    ...(searches.length === count ? [] : [`${at}: a search without its three parts: ${expression}`]),
    ...searches.flatMap(([, query, statistic, period]) => [
      ...within(`${at}: characters of the search`, query.length, 1, 1024),
      ...(STATISTIC.test(statistic) ? [] : [`${at}: statistic ${statistic}`]),
      ...(period === undefined || Number(period) % 60 === 0 ? [] : [`${at}: period ${period}`]),
      ...(query.split('"').length % 2 === 1 ? [] : [`${at}: quotes of ${query}`]),
      ...(/^\{[^{}]+\}( |$)/.test(query) ? [] : [`${at}: no schema in ${query}`]),
    ]),
  ];
}

function variableFaults(variable: Members, at: string): string[] {
  const { id, label, type, inputType, property, pattern, values, search, populateFrom } = variable;
  const isPattern = type === 'pattern';
  return [
    ...oneOf(`${at}.type`, type, ['property', 'pattern']),
    ...oneOf(`${at}.inputType`, inputType, ['input', 'select', 'radio']),
    ...within(`${at}.id`, id?.length ?? 0, 1, 32),
    ...(label === undefined ? [] : within(`${at}.label`, label.length, 1, 30)),
    ...text(`${at}.${isPattern ? 'pattern' : 'property'}`, isPattern ? pattern : property),
    ...((values === undefined) === (search === undefined) && inputType !== 'input' ? [`${at}: values or search`] : []),
    ...((search === undefined) === (populateFrom === undefined) ? [] : [`${at}.populateFrom`]),
    ...(values === undefined ? [] : within(`${at}.values`, values.length, 1, 500)),
  ];
}

const oneOf = (at: string, got: string, allowed: readonly string[]) =>
  allowed.includes(got) ? [] : [`${at}: ${got} is none of ${allowed}`];

const within = (at: string, got: number, least: number, most: number) =>
  Number.isInteger(got) && got >= least && got <= most ? [] : [`${at}: ${got} is not ${least} to ${most}`];

const text = (at: string, got: unknown) => (typeof got === 'string' && got !== '' ? [] : [`${at}: no text`]);

const numbers = (at: string, got: readonly unknown[]) =>
  got.every((one) => typeof one === 'number') ? [] : [`${at}: no number`];

const once = (at: string, got: readonly string[]) =>
  new Set(got).size === got.length ? [] : [`${at}: one of them twice`];

/** Widgets that lie upon others, which the console moves away from where they were meant. */
function overlaps(widgets: readonly Members[]): string[] {
  return widgets.flatMap((one, index) =>
    widgets
      .slice(index + 1)
      .filter((other) => meets(one, other, 'x', 'width') && meets(one, other, 'y', 'height'))
      .map(() => `widgets[${index}]: lies upon another`),
  );
}

const meets = (one: Members, other: Members, from: string, size: string) =>
  one[from] < other[from] + other[size] && other[from] < one[from] + one[size];
