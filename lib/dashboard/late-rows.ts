import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Rows of widgets that are made when the template is written: monitors and alarms that an app adds after its dashboard are on it. */
export class LateRows implements cloudwatch.IWidget {
  public readonly warnings: string[] = [];
  public readonly width = 24;
  private x = 0;
  private y = 0;

  constructor(private readonly make: () => cloudwatch.IWidget[][]) {}

  public get height(): number {
    return this.column().height;
  }

  public position(x: number, y: number): void {
    [this.x, this.y] = [x, y];
  }

  public toJson(): object[] {
    const column = this.column();
    column.position(this.x, this.y);
    return column.toJson();
  }

  /** Made anew each time: whoever asks early is not answered for good. */
  private column(): cloudwatch.Column {
    return new cloudwatch.Column(...this.make().map((row) => new cloudwatch.Row(...row)));
  }
}
