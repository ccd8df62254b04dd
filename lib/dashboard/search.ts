import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Which metrics of an account and region are meant, known at synthesis or not. */
export interface Search {
  readonly namespace: string;
  /** all that the metrics have, and no others */
  readonly dimensions: readonly string[];
  /** values of dimensions, in full */
  readonly where?: { readonly [dimension: string]: string };
  /** in full; absent: what has all of `words` in its name or dimensions */
  readonly metricName?: string;
  readonly words?: string;
}

/** What is drawn of the metrics that are found. */
export interface Drawn {
  readonly statistic: string;
  readonly period: Duration;
  /** of each line; dynamic labels of CloudWatch */
  readonly label: string;
  /** whose metrics they are; absent: what the account of the dashboard sees */
  readonly account?: string;
  /** what is made of them, with `SEARCH` in the place of the search */
  readonly formula?: string;
}

/** Time series that one search finds at most: of more, CloudWatch takes any. */
export const MOST_FOUND = 500;

/**
 * The terms of a search.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export function searchTerms({ namespace, dimensions, where = {}, metricName, words }: Search): string {
  const schema = [namespace, ...dimensions].map(quotedIfNeeded).join(',');
  const values = Object.entries(where).map(([dimension, value]) => `${quotedIfNeeded(dimension)}="${value}"`);
  const name = metricName === undefined ? [] : [`MetricName="${metricName}"`];
  return [`{${schema}}`, ...name, ...values, ...(words === undefined ? [] : [words])].join(' ');
}

/** Names of letters, digits and slashes stand as they are. */
const quotedIfNeeded = (name: string) => (/^[A-Za-z\d/]+$/.test(name) ? name : `"${name}"`);

/** All metrics that are found whenever somebody looks, those of monitors and endpoints included that no synthesis of the dashboard knew. */
export function found(search: Search, { statistic, period, label, account, formula = 'SEARCH' }: Drawn) {
  const expression = `SEARCH('${searchTerms(search)}', '${statistic}', ${period.toSeconds()})`;
  return new cloudwatch.MathExpression({
    expression: formula.replace('SEARCH', () => expression),
    usingMetrics: {},
    period,
    label,
    searchAccount: account,
  });
}

/** What a line is called: a property of its metric. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html */
export const propertyLabel = (property: string) => `\${PROP('${property}')}`;

/** What a line is called: the value of a dimension of its metric. */
export const dimensionLabel = (dimension: string) => propertyLabel(`Dim.${dimension}`);

/** Time between two values of most runs: of slower monitors most of these have none. */
export const HOUR = Duration.hours(1);
