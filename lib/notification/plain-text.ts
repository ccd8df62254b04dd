import type { ExecutionCompletedDetail } from '../outcome/contract';

/** Of one text, as a feature's name or a reason, when it is escaped. */
const MOST_CHARACTERS = 500;

/** Of a list; events carry so many. */
const MOST_ITEMS = 20;

/** Control characters, line breaks, what turns or hides text (as U+202E), what has no meaning, and halves of characters. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** After which mail clients see a link: `https://`, and addresses of other kinds. */
const SCHEME = /:(?=\/\/)|(?<=\b(?:mailto|tel|sms|data|javascript)):/giu;

/** A dot, in any of the writings that names of hosts know, before what may be a domain: `evil.example`, `me@evil.example`. */
const DOMAIN_DOT = /[.\u3002\uff0e\uff61](?=[\p{L}\p{M}]{2})/gu;

/**
 * A text of strangers as one line that nobody can click: names of columns are whatever a request said, and a mail shows them to people who trust its sender.
 *
 * What is not printable is written as `\u{a}`, what would become a link with brackets (`https[:]//evil[.]example`), and what is longer than 500 characters is cut.
 * The empty text stays empty.
 */
export function plain(text: string): string {
  const escaped = text.replace(UNPRINTABLE, (one) => `\\u{${Number(one.codePointAt(0)).toString(16)}}`);
  const characters = [...escaped.replace(SCHEME, '[:]').replace(DOMAIN_DOT, '[.]')];
  return characters.length <= MOST_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, MOST_CHARACTERS - 3).join('')}...`;
}

/** What a message says of a run: each text `plain`, of lists the first 20. The place of the report stays, as a link is made of it. */
export function plainDetail(detail: ExecutionCompletedDetail): ExecutionCompletedDetail {
  return { ...plainTexts(detail), reportUri: detail.reportUri };
}

/** What is told, each text of it `plain`, of lists the first 20. */
export const plainTexts = <T extends object>(told: T): T => plainValue(told) as T;

function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainValue(member)]));
}
