import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { DashboardBody, DashboardWidget } from './body-rules';

/** The bodies of a stack's dashboards, with its region and a text in the place of each other reference. */
export function bodiesOf(stack: Stack): DashboardBody[] {
  const dashboards = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  return dashboards.map(({ Properties }) => dashboardBody(Properties.DashboardBody));
}

export function bodyOf(stack: Stack): DashboardBody {
  return bodiesOf(stack)[0];
}

/** A body as a template has it. */
export const dashboardBody = (value: unknown): DashboardBody =>
  JSON.parse(joined(value as Parameters<typeof joined>[0]));

function joined(value: string | { 'Fn::Join': [string, unknown[]] }): string {
  if (typeof value === 'string') return value;
  const [separator, parts] = value['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : referenced(part as object))).join(separator);
}

function referenced(part: object): string {
  const [[kind, of]] = Object.entries(part) as [string, string | string[]][];
  if (of === 'AWS::Region') return 'eu-west-1';
  return kind === 'Fn::GetAtt' && !String(of).includes('Alarm')
    ? `arn:aws:lambda:eu-west-1:111122223333:function:${[of].flat()[0]}`
    : `arn:${[of].flat()[0]}`;
}

export const titled = ({ widgets }: DashboardBody, title: string | RegExp): DashboardWidget => {
  const found = widgets.find(({ properties }) =>
    typeof title === 'string' ? properties.title === title : title.test(properties.title ?? ''),
  );
  if (!found) throw new Error(`no widget ${title}`);
  return found;
};

/** The expressions of all widgets. */
export const expressionsOf = ({ widgets }: DashboardBody): string[] =>
  widgets.flatMap(({ properties }) =>
    (properties.metrics ?? []).flatMap((metric: { expression?: string }[]) => {
      const { expression } = metric[metric.length - 1];
      return expression === undefined ? [] : [expression];
    }),
  );
