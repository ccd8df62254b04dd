import { type Members, optionalNumber, optionalText } from '../members';
import { ServiceError } from './service';

/** What a List operation answers with, of all that was selected. */
export interface PageProps<T> {
  readonly items: readonly T[];
  /** name of the answer's list */
  readonly member: string;
  /** items a page without MaxResults */
  readonly size: number;
  readonly summary: (item: T) => Members;
}

/** One page, by the input's MaxResults and NextToken. */
export function page<T>(input: Members, { items, member, size, summary }: PageProps<T>): Members {
  const token = optionalText(input, 'NextToken', member) ?? 'page-0';
  const start = Number(/^page-(\d+)$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) {
    throw new ServiceError('ValidationException', `NextToken '${token}' is not of this stand-in`);
  }
  const end = start + (optionalNumber(input, 'MaxResults', member) ?? size);
  const next = end < items.length ? { NextToken: `page-${end}` } : {};
  return { [member]: items.slice(start, end).map(summary), ...next };
}

/** Tells whether a time lies strictly between two members of an input, epoch seconds; an absent one is no bound. */
export function isBetween(input: Members, time: Date, members: readonly [after: string, before: string]): boolean {
  const [after, before] = members.map((name) => optionalNumber(input, name, 'a List operation'));
  const value = time.getTime() / 1000;
  return value > (after ?? Number.NEGATIVE_INFINITY) && value < (before ?? Number.POSITIVE_INFINITY);
}

/** A copy in the order of a key; ascending only where the input's SortOrder says so. */
export function sorted<T>(input: Members, items: readonly T[], key: (item: T) => string | number): T[] {
  const sign = input.SortOrder === 'Ascending' ? 1 : -1;
  return [...items].sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
}
