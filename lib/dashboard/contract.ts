// Names and shapes that a dashboard and the function of its widgets share. Imports types only.
import type { PrefixLocation } from '../core/contract';
import type { ReportedMonitors } from '../outcome/contract';

/** Monitors that the widget of a fleet reads: one that opens for thousands would be slow, and each costs two requests. */
export const MOST_READ = 500;

/** What CloudWatch's console adds to what a widget is told. */
export interface WidgetContext {
  readonly theme?: 'light' | 'dark';
}

/** What both widgets are told, by the dashboard and by the console. */
interface ToldWidget {
  /** the console asks what the widget is, and what it is told */
  readonly describe?: boolean;
  readonly widgetContext?: WidgetContext;
}

/** The newest report of each monitor, and the alarms that fire. */
export interface FleetRequest extends ToldWidget {
  readonly view: 'fleet';
  /** at most `MOST_READ` */
  readonly monitors: readonly ReportedMonitors[];
  readonly monitorCount: number;
}

/** The newest report of one monitor. */
export interface MonitorRequest extends ToldWidget {
  readonly view: 'monitor';
  readonly monitorId: string;
  /** what precedes the id in the keys of its reports, of all monitors that the dashboard knows */
  readonly places: readonly PrefixLocation[];
}

/** What the function is asked. */
export type WidgetRequest = FleetRequest | MonitorRequest;
