/** One line of a chart, or one row of a table. */
export interface RehearsedSeries {
  readonly label: string;
  /** epoch milliseconds, and the value of the period that begins then */
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** A value that a chart is held to. */
export interface ChartLimit {
  readonly value: number;
  readonly label?: string;
}

/** A metric that has no value here. */
export interface AbsentMetric {
  readonly name: string;
  readonly reason: string;
}

/** What a widget of metrics shows. */
export interface RehearsedMetrics {
  readonly view: 'lines' | 'table';
  readonly series: readonly RehearsedSeries[];
  readonly limits: readonly ChartLimit[];
  /** at which the axis begins and ends, where the dashboard says so */
  readonly least?: number;
  readonly most?: number;
  /** what of it is not here */
  readonly absent: readonly AbsentMetric[];
}

/** How an alarm stands at the end. */
export interface RehearsedAlarm {
  readonly name: string;
  /** absent of one that the rehearsal does not evaluate */
  readonly state?: string;
}

/** What a widget shows. */
export type WidgetContent =
  | { readonly kind: 'text'; readonly markdown: string }
  | ({ readonly kind: 'metrics' } & RehearsedMetrics)
  | { readonly kind: 'alarms'; readonly alarms: readonly RehearsedAlarm[] }
  /** as the function of the widget has drawn it */
  | { readonly kind: 'drawn'; readonly html: string }
  /** what a rehearsal has not, and why */
  | { readonly kind: 'absent'; readonly reason: string }
  /** what should have been drawn, and why it was not */
  | { readonly kind: 'failed'; readonly reason: string };

/** A widget in the grid of 24 columns. */
export interface RehearsedWidget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly title?: string;
  readonly content: WidgetContent;
}

/** A dashboard of the app, with what the rehearsal has put on it. */
export interface RehearsedDashboard {
  readonly name: string;
  /** what was chosen of each variable, as a person would who looks for what is wrong */
  readonly chosen: readonly { readonly label: string; readonly value?: string }[];
  readonly widgets: readonly RehearsedWidget[];
  /** epoch milliseconds that charts are of */
  readonly from: number;
  readonly until: number;
}
