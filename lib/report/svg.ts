import { html, type Markup } from './html';

/** What a picture is called, and what is said of it to those who cannot see it. */
export interface PictureName {
  readonly title: string;
  readonly description?: string;
}

/** The room of a picture in its own units. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A picture with a name; the style sheet gives its parts their colours by class, so that they follow the reader's scheme. */
export function picture({ title, description }: PictureName, size: PictureSize, content: Markup): Markup {
  const words = description === undefined ? undefined : html`<desc>${description}</desc>`;
  return html`<svg role="img" viewBox="0 0 ${size.width} ${size.height}"><title>${title}</title>${words}${content}</svg>`;
}

/** A coordinate, with as many digits as can be seen. */
export function at(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Columns from the floor up, one beside the other, as one path: heights are shares of the picture's, 0 to 1. */
export function columns(heights: readonly number[], { width, height }: PictureSize, gap = 1): string {
  const step = width / heights.length;
  return heights
    .map((share, index) => [share, index] as const)
    .filter(([share]) => share > 0)
    .map(([share, index]) => {
      const top = at(Math.max(1, share * height));
      return `M${at(index * step)} ${height}v-${top}h${at(step - gap)}v${top}z`;
    })
    .join('');
}

/** The upper edge of columns, as one line. */
export function steps(heights: readonly number[], { width, height }: PictureSize): string {
  const step = width / heights.length;
  const level = (share: number) => at(height - share * height);
  return heights
    .map((share, index) => `${index === 0 ? `M0 ${level(share)}` : `V${level(share)}`}H${at((index + 1) * step)}`)
    .join('');
}

/** A line through points. */
export function line(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('');
}
