import { html, Markup } from './html';
import { STYLE } from './style';

/** A page that needs nothing else: no network, no script, no font. */
export interface Page {
  /** as plain text */
  readonly title: string;
  readonly header: Markup;
  readonly content: Markup;
  readonly footer?: Markup;
  /** beyond what all pages have */
  readonly style?: string;
}

/** Makes one HTML document; what it says follows from its arguments alone. */
export function renderPage({ title, header, content, footer, style = '' }: Page): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no"><meta name="referrer" content="no-referrer">
<title>${title}</title><style>${new Markup(STYLE + style)}</style></head>
<body><main><header>${header}</header>
${content}
${footer && html`<footer>${footer}</footer>`}</main></body></html>
`.text;
}

/** A part of the page with its heading. */
export function section(title: string, content: Markup): Markup {
  return html`<section><h2>${title}</h2><div class="panel">${content}</div></section>`;
}
