import { FieldBatch } from '../batch/field-batch';
import { CaptureFields } from './capture-fields';

/**
 * The memory that the readers of one profiler share: each fills and empties it within a call, so that none needs a batch of its own. It is
 * made when the first reader of bytes asks for it.
 */
export class Workspace {
  private fieldBatch?: FieldBatch;
  private capture?: CaptureFields;

  get batch(): FieldBatch {
    this.fieldBatch ??= new FieldBatch();
    return this.fieldBatch;
  }

  /** Gives the memory back when all files have ended: what was read of them has none of it. */
  close(): void {
    this.fieldBatch?.close();
    this.fieldBatch = undefined;
    this.capture = undefined;
  }

  /** Where captured lines are matched. */
  get captureFields(): CaptureFields {
    this.capture ??= new CaptureFields(this.batch);
    return this.capture;
  }
}
