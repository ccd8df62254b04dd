import { BOOLEAN, optional, requireProps } from './prop-shapes';

/** How CSV objects are written. */
export interface CsvFormatOptions {
  /**
   * Whether the first line of each object holds the names of the columns. Without, they are called `_c0`, `_c1`, ...
   *
   * @default true
   */
  readonly header?: boolean;
}

/**
 * How the objects of a dataset are written.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringDatasetFormat.html
 */
export class DatasetFormat {
  /** An array of objects; keys of nested objects are joined by a dot. */
  public static readonly JSON = new DatasetFormat('json');

  /** One JSON object a line; keys of nested objects are joined by a dot. */
  public static readonly JSON_LINES = new DatasetFormat('jsonLines');

  /** Apache Parquet. */
  public static readonly PARQUET = new DatasetFormat('parquet');

  /** Comma-separated values, UTF-8. */
  public static csv(options: CsvFormatOptions = {}): DatasetFormat {
    requireProps(options, { header: optional(BOOLEAN) });
    return new DatasetFormat('csv', options.header ?? true);
  }

  private constructor(
    /** `csv`, `json`, `jsonLines` or `parquet`. */
    public readonly name: string,
    /** Whether the first line of each CSV object holds the names of the columns; false for the other formats. */
    public readonly header: boolean = false,
  ) {}
}
