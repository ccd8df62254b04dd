import { html, Markup } from './html';

/** What CloudWatch's console is drawn in, as it tells a widget. */
export type Theme = 'light' | 'dark';

/**
 * What a widget of a dashboard shows, in the colours of the console around it. The console adds it to a page of its own, so that each rule is of what is inside alone; it
 * runs no script, and takes away what it does not trust.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_security.html
 */
export function widget(theme: Theme, content: Markup): string {
  return html`<style>${new Markup(STYLE)}</style><div class="models ${theme}">${content}</div>`.text;
}

/** Colours reach a contrast of 4.5 to 1 on their background in both schemes. */
const COLOURS: { readonly [theme in Theme]: string } = {
  light:
    '--card:#fff;--text:#171b22;--muted:#545c6a;--line:#dde1e8;--base:#a9b4c4;--now:#1f5fa8;--problem:#b3261e;--good:#1a6b3c;--watch:#7a5200;--problem-soft:#fdecea;--good-soft:#e7f5ec;--watch-soft:#fdf3dc;--quiet-soft:#eceff3',
  dark: '--card:#191d24;--text:#e8ebf1;--muted:#a4adbb;--line:#323844;--base:#5b6677;--now:#7db7f2;--problem:#ff9b91;--good:#7dd3a0;--watch:#f0c36a;--problem-soft:#3d1d1b;--good-soft:#14301f;--watch-soft:#362a10;--quiet-soft:#262b34',
};

const RULES: readonly string[] = [
  '{background:var(--card);color:var(--text);font:13px/1.45 system-ui,sans-serif;padding:8px;overflow-wrap:anywhere}',
  ' p, h3{margin:0 0 8px}',
  ' h3{font-size:14px;margin-top:12px}',
  ' a{color:var(--now)}',
  ' small, caption, .none{color:var(--muted);font-size:12px}',
  ' .scroll{overflow-x:auto}',
  ' table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;background:none}',
  ' caption{text-align:left;padding:0 0 4px}',
  ' th, td{padding:4px 10px 4px 0;text-align:left;font-weight:400;border-top:1px solid var(--line);vertical-align:top;color:var(--text);background:none}',
  ' th[scope=row]{min-width:150px}',
  ' th[scope=col]{color:var(--muted);border:0;white-space:nowrap}',
  ' .name{font-family:ui-monospace,monospace;font-weight:600;unicode-bidi:isolate}',
  ' em{font-style:normal;font-weight:600;border-radius:99px;padding:0 8px;white-space:nowrap;background:var(--quiet-soft);color:var(--muted)}',
  ' em.problem{background:var(--problem-soft);color:var(--problem)}',
  ' em.watch{background:var(--watch-soft);color:var(--watch)}',
  ' em.good{background:var(--good-soft);color:var(--good)}',
  ' .verdict{font-size:15px;font-weight:600;border-radius:8px;padding:8px 12px}',
  ' .verdict.problem{background:var(--problem-soft);color:var(--problem)}',
  ' .verdict.watch{background:var(--watch-soft);color:var(--watch)}',
  ' .verdict.good{background:var(--good-soft);color:var(--good)}',
  ' svg{display:block;width:96px;height:28px}',
  ' .b{fill:var(--base)}',
  ' .c{fill:none;stroke:var(--now);stroke-width:2}',
  ' .time svg{width:100%;max-width:560px;height:auto}',
  ' .time text{fill:var(--text);font-size:11px}',
  ' .w-good{fill:var(--good)}',
  ' .w-watch{fill:var(--watch)}',
  ' .w-problem{fill:var(--problem)}',
  ' .w-none{fill:var(--base)}',
  ' .mark{stroke:var(--now);stroke-width:2}',
];

/** A rule of what is inside the widget alone: its selectors stand before the brace, each with what precedes it. */
function within(rule: string): string {
  const brace = rule.indexOf('{');
  const selectors = rule.slice(0, brace).split(',');
  return `${selectors.map((selector) => `.models${selector}`).join(',')}${rule.slice(brace)}`;
}

const STYLE = [
  ...Object.entries(COLOURS).map(([theme, colours]) => `.models.${theme}{${colours}}`),
  ...RULES.map(within),
].join('\n');
