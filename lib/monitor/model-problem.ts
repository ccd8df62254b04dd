/** What a model predicts, and where its predictions stand in the captured data. */
export abstract class ModelProblem {
  /** As SageMaker calls it: `Regression`, `BinaryClassification` or `MulticlassClassification`. */
  public abstract readonly problemType: string;
}
