import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** What a widget draws, over the whole width of the grid or a part of it. */
export interface Chart {
  readonly title: string;
  readonly metrics: cloudwatch.IMetric[];
  /** of 24 columns */
  readonly width: number;
  /** lines to hold the values to */
  readonly limits?: cloudwatch.HorizontalAnnotation[];
  /** at which the axis ends, where values have a limit */
  readonly most?: number;
  /** whether values may be below 0 */
  readonly isSigned?: boolean;
}

const HEIGHT = 6;

/** Lines over time. */
export function lines({ title, metrics, width, limits, most, isSigned }: Chart): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title,
    left: metrics,
    leftAnnotations: limits,
    leftYAxis: { min: isSigned ? undefined : 0, max: most, showUnits: false },
    legendPosition: cloudwatch.LegendPosition.BOTTOM,
    width,
    height: HEIGHT,
  });
}

/** One row for each metric, with the highest value of the time that is looked at beside the newest ones. */
export function table({ title, metrics, width }: Chart): cloudwatch.TableWidget {
  return new cloudwatch.TableWidget({
    title,
    metrics,
    layout: cloudwatch.TableLayout.VERTICAL,
    summary: { columns: [cloudwatch.TableSummaryColumn.MAXIMUM], sticky: true },
    width,
    height: HEIGHT,
  });
}

/** A part of the dashboard begins here. */
export function heading(markdown: string, height = 2): cloudwatch.TextWidget {
  const background = cloudwatch.TextWidgetBackground.TRANSPARENT; // older versions of the CDK have no default
  return new cloudwatch.TextWidget({ markdown, width: 24, height, background });
}

/** A line that an alarm is about. */
export const limit = (value: number, label: string): cloudwatch.HorizontalAnnotation => ({
  value,
  label,
  color: cloudwatch.Color.RED,
});
