/** HTML that may go into the page as it is. Made by {@link html} only, so that no other text gets there unescaped. */
export class Markup {
  constructor(public readonly text: string) {}
}

/** What a template takes: markup as it is, any other text escaped, lists joined, nothing for what is absent. */
export type Content = Markup | string | number | undefined | readonly Content[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What would be markup; and control characters, line breaks, what turns or hides text (as U+202E), what has no meaning, and halves of characters. */
const UNSAFE = /[&<>"']|[\p{C}\p{Zl}\p{Zp}]/gu;

/** Escapes text for HTML, inside of elements and of quoted attributes alike. What is not printable is written as `\u{a}`. */
export function escapeHtml(text: string): string {
  return text.replace(UNSAFE, (one) => ENTITIES[one] ?? `\\u{${Number(one.codePointAt(0)).toString(16)}}`);
}

/** Builds markup from a template literal; every value in it is escaped unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

function render(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(render).join('');
  return escapeHtml(String(content));
}

/** Text of several lines, each escaped. */
export function lines(text: string): Markup {
  return new Markup(text.split(/\r?\n/).map(escapeHtml).join('\n'));
}

/** Shortens text that has no room: one line, at most `length` characters, an ellipsis at the end. */
export function shorten(text: string, length: number): string {
  const characters = [
    ...text
      .slice(0, 8 * length)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}

/** Characters of a name that are shown; names of columns are whatever a request said. */
const NAME_CHARACTERS = 120;

/** A name that strangers chose: cut, and kept from turning what stands beside it. */
export function named(name: string): Markup {
  return html`<bdi class="name">${shorten(name, NAME_CHARACTERS)}</bdi>`;
}
