import type { MessageFormatName } from './contract';
import type { MessageLink } from './message-links';

/** A message to a topic. */
export interface Digest {
  /** printable ASCII, at most 99 characters */
  readonly subject: string;
  readonly body: string;
}

/** What a message is about, for who sorts messages. */
export interface MessageAbout {
  /** what is new with it; undefined of what knows no news */
  readonly news?: string;
  /** messages of one thread tell how one thing went on */
  readonly thread: string;
  /** tells it from all others */
  readonly id?: string;
  readonly keywords: readonly string[];
  /** what programs are told beside the words, by what it is: an outcome or an issue */
  readonly told: { readonly [what: string]: object };
}

/** What a message says, before it has a form; all texts are `plain`. */
export interface MessageParts {
  readonly about: MessageAbout;
  readonly subject: string;
  /** what and how much, in a line */
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** the runbook's last */
  readonly links: readonly MessageLink[];
  /** what to do, in lines */
  readonly advice: string;
}

/** A message as its topic takes it; the subject is the same in each form. */
export function formatted(parts: MessageParts, format: MessageFormatName = 'Text'): Digest {
  return { subject: parts.subject, body: BODIES[format](parts) };
}

const BODIES: { readonly [format in MessageFormatName]: (parts: MessageParts) => string } = {
  Text: textBody,
  Json: jsonBody,
  AmazonQ: chatBody,
};

function textBody({ title, paragraphs, links, advice }: MessageParts): string {
  const rows = links.map(({ name, address }) => `${name}: ${address}`);
  const last = rows.pop();
  return `${[title, ...paragraphs, rows.join('\n'), `What to do: ${advice}\n${last}`].join('\n\n')}\n`;
}

/** For programs: the words, and what they are of; texts are as harmless as in a mail. */
function jsonBody(parts: MessageParts): string {
  const { subject, links } = parts;
  const { news, thread, told } = parts.about;
  const addresses = Object.fromEntries(links.map(({ name, address }) => [name.toLowerCase(), address]));
  return JSON.stringify({
    version: '1',
    news,
    thread,
    subject,
    text: textBody(parts),
    links: addresses,
    ...told,
  });
}

/**
 * What Amazon Q Developer in chat applications takes; of a text that is longer it takes nothing.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
const CHAT = { title: 250, description: 8000, nextStep: 350, keyword: 75 } as const;

/** Characters of a line in a chat, which is read on a phone. */
const LINE_CHARACTERS = 300;

/** A custom notification: the messages about one thing, as an incident, are one thread. */
function chatBody(parts: MessageParts): string {
  const { title, subject, advice } = parts;
  const { id, keywords, thread: threadId } = parts.about;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: chatText(title, CHAT.title),
      description: description(parts),
      nextSteps: advice.split('\n').map((line) => chatText(line, CHAT.nextStep)),
      keywords: keywords.map((word) => chatText(word, CHAT.keyword)),
    },
    metadata: { threadId, summary: chatText(subject, CHAT.title), enableCustomActions: true },
  });
}

/** What is said as a block of code, so that nothing of it is a style; the addresses, which are the library's own, after it. */
function description({ paragraphs, links }: MessageParts): string {
  const [first, ...others] = links.map(({ name, address }) => `${name}: ${address}`);
  const rows = [codeText(first, LINE_CHARACTERS), ...others].join('\n');
  const room = CHAT.description - rows.length - '```\n\n```\n'.length;
  const lines = paragraphs.join('\n\n').split('\n');
  return `\`\`\`\n${cut(lines.map((line) => codeText(line, LINE_CHARACTERS)).join('\n'), room)}\n\`\`\`\n${rows}`;
}

/** What people read in place of what begins an entity, a mention or a link in Slack or Teams, or ends a block of code. */
const HARMLESS: { readonly [mark: string]: string } = {
  ...{ '`': '\u02cb', '<': '\u2039', '>': '\u203a', '&': '\uff06', '@': '\uff20' },
  // and of what is a style where no code is
  ...{ '*': '\u2217', _: '\uff3f', '~': '\u223c', '|': '\uff5c', '[': '\uff3b', ']': '\uff3d', '\\': '\uff3c' },
};

const codeText = (text: string, characters: number) => harmless(text, /[`<>&@]/g, characters);

const chatText = (text: string, characters: number) => harmless(text, /[`<>&@*_~|[\]\\]/g, characters);

const harmless = (text: string, marks: RegExp, characters: number) =>
  cut(
    text.replace(marks, (mark) => HARMLESS[mark]),
    characters,
  );

/** By whole characters, so that no half of one is left. */
function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters - 3).replace(/[\ud800-\udbff]$/, '')}...`;
}
