import { type EChartsOption, init } from 'echarts';
import { escapeHtml, Markup } from '../../report/html';

/** The colours of the page, light and dark, as style.ts defines them; ECharts writes them into the SVG as they are. */
export const COLOR = {
  text: 'var(--text)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  baseline: 'var(--baseline)',
  current: 'var(--current)',
  problem: 'var(--problem)',
  card: 'var(--card)',
} as const;

/** A picture, and what is said of it to those who cannot see it. */
export interface Chart {
  readonly title: string;
  readonly description: string;
  /** pixels; the page scales the picture to the room there is */
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
}

/**
 * Draws a chart as static SVG, without a document.
 *
 * @see https://echarts.apache.org/handbook/en/how-to/cross-platform/server
 */
export function renderChart({ title, description, width, height, option }: Chart): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit', color: COLOR.text }, ...option });
    return accessible(chart.renderToSVGString(), title, description);
  } finally {
    chart.dispose(); // its timers would keep the process alive
  }
}

/** Replaces the size by a role and a name; drops the style sheet, which is for pointers over elements. */
function accessible(svg: string, title: string, description: string): Markup {
  const names = `<title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc>`;
  return new Markup(
    svg
      .replace(/<style[\s\S]*<\/style>/, '')
      .replace(/ class="zr[^"]*"/g, '')
      .replace(/ (pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, '')
      .replace(/^<svg width="\d+" height="\d+"([^>]*)>/, (_, rest: string) => `<svg role="img"${rest}>${names}`),
  );
}

/** The style of an axis whose values are `labels` or shares. */
export function axisStyle(): object {
  return {
    axisLine: { lineStyle: { color: COLOR.line } },
    axisTick: { show: false },
    axisLabel: { color: COLOR.muted, fontSize: 12 },
    splitLine: { lineStyle: { color: COLOR.line, opacity: 0.6 } },
    nameTextStyle: { color: COLOR.muted, fontSize: 12 },
  };
}
