/**
 * A rule that SageMaker Debugger brings: of tensors, or, the last eleven, of the profiler, which SageMaker ends on 2027-06-30.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/debugger-built-in-rules.html
 */
export enum BuiltInRule {
  /** gradients become very small */
  VANISHING_GRADIENT = 'VanishingGradient',

  /** tensors have values that are no finite numbers */
  EXPLODING_TENSOR = 'ExplodingTensor',

  /** most neurons with a ReLU do nothing */
  DEAD_RELU = 'DeadRelu',

  /** weights are initialized badly */
  POOR_WEIGHT_INITIALIZATION = 'PoorWeightInitialization',

  /** activations by tanh or sigmoid are at their ends */
  SATURATED_ACTIVATION = 'SaturatedActivation',

  /** weights change by too much or too little in a step */
  WEIGHT_UPDATE_RATIO = 'WeightUpdateRatio',

  /** tensors are all, or nearly all, zero */
  ALL_ZERO = 'AllZero',

  /** classes are of very different size */
  CLASS_IMBALANCE = 'ClassImbalance',

  /** the loss does not fall */
  LOSS_NOT_DECREASING = 'LossNotDecreasing',

  /** the loss of validation leaves that of training */
  OVERFIT = 'Overfit',

  /** the training goes on though nothing gets better */
  OVERTRAINING = 'Overtraining',

  /** tensors are the same as in another training */
  SIMILAR_ACROSS_RUNS = 'SimilarAcrossRuns',

  /** the training makes no progress */
  STALLED_TRAINING_RULE = 'StalledTrainingRule',

  /** the variance of tensors is very high or low */
  TENSOR_VARIANCE = 'TensorVariance',

  /** tensors do not change from step to step */
  UNCHANGED_TENSOR = 'UnchangedTensor',

  /** images of the input are not normalized */
  CHECK_INPUT_IMAGES = 'CheckInputImages',

  /** too many tokens of sequences are padding */
  NLP_SEQUENCE_RATIO = 'NLPSequenceRatio',

  /** a confusion matrix has too little on its diagonal; of XGBoost */
  CONFUSION = 'Confusion',

  /** few features have most of the importance; of XGBoost */
  FEATURE_IMPORTANCE_OVERWEIGHT = 'FeatureImportanceOverweight',

  /** trees are deeper than they should be; of XGBoost */
  TREE_DEPTH = 'TreeDepth',

  /** writes a report of a training with XGBoost */
  CREATE_XGBOOST_REPORT = 'CreateXgboostReport',

  /** runs all rules of the profiler, and writes a report; parameters are `{Rule}_{parameter}` */
  PROFILER_REPORT = 'ProfilerReport',

  /** instances are underused since batches are small */
  BATCH_SIZE = 'BatchSize',

  /** GPUs wait for CPUs */
  CPU_BOTTLENECK = 'CPUBottleneck',

  /** the memory of GPUs grows */
  GPU_MEMORY_INCREASE = 'GPUMemoryIncrease',

  /** GPUs wait for input and output */
  IO_BOTTLENECK = 'IOBottleneck',

  /** GPUs have different loads */
  LOAD_BALANCING = 'LoadBalancing',

  /** GPUs are used little */
  LOW_GPU_UTILIZATION = 'LowGPUUtilization',

  /** how instances are used; finds no issue */
  OVERALL_SYSTEM_USAGE = 'OverallSystemUsage',

  /** how long parts of the framework take; finds no issue */
  OVERALL_FRAMEWORK_METRICS = 'OverallFrameworkMetrics',

  /** initialization takes too long */
  MAX_INITIALIZATION_TIME = 'MaxInitializationTime',

  /** steps take far longer than others */
  STEP_OUTLIER = 'StepOutlier',
}
