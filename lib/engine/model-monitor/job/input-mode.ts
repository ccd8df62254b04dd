/**
 * How captured data reach the container of a run.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
 */
export enum InputMode {
  /** They are copied to the instance's volume before the analysis begins. */
  FILE = 'File',
  /** They are streamed through a named pipe while the analysis runs, for an image that reads one. */
  PIPE = 'Pipe',
}
