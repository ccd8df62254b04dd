import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Rows of widgets that are made when the template is written: monitors and alarms that an app adds after its dashboard are on it. */
export class LateRows implements cloudwatch.IWidget {
  public readonly warnings: string[] = [];
  public readonly width = 24;
  private made?: cloudwatch.Column;
  private x = 0;
  private y = 0;

  constructor(private readonly make: () => cloudwatch.IWidget[][]) {}

  public get height(): number {
    return this.column.height;
  }

  public position(x: number, y: number): void {
    [this.x, this.y] = [x, y];
  }

  /** Made anew each time, as an app may be synthesized again after something was added to it. */
  public toJson(): object[] {
    this.made = undefined;
    this.column.position(this.x, this.y);
    return this.column.toJson();
  }

  private get column(): cloudwatch.Column {
    this.made ??= new cloudwatch.Column(...this.make().map((row) => new cloudwatch.Row(...row)));
    return this.made;
  }
}
