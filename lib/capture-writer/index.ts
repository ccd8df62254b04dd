export { CaptureError } from './capture-error';
export { CaptureWriter } from './capture-writer';
export type { CaptureWriterOptions, ObjectSender } from './capture-writer-options';
export type { CapturedBody, CapturedInference } from './captured-inference';
