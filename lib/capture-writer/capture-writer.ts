import { randomUUID } from 'node:crypto';
import { PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import {
  type CaptureWriterOptions,
  type ObjectSender,
  requireVariant,
  type WriterSettings,
  writerSettings,
} from './capture-writer-options';
import { type CapturedInference, recordLine } from './captured-inference';

/** Lines of one variant and hour that wait for their object. */
interface OpenObject {
  /** the time of its first record, whichever came first */
  begun: Date;
  readonly lines: string[];
}

/** An object whose key is drawn: however often it is put, there is one. */
interface SealedObject {
  readonly key: string;
  readonly body: string;
  readonly bytes: number;
}

/**
 * Writes captured records to S3, where a monitor of `MonitoredData.written(...)` reads them: many lines an object, one object per variant and hour of a
 * `flush()`.
 *
 * Records wait in memory until the buffer is full or `flush()` is called. What waits when the process ends, or when Lambda freezes it for good, is lost: a
 * function flushes before it answers, a server every minute or so and when it is asked to stop. Whatever S3 refuses is thrown, to who writes or flushes, and
 * stays in the buffer for the next try, under the same key, so that none is written twice.
 */
export class CaptureWriter {
  private readonly settings: WriterSettings;
  private readonly client: ObjectSender;
  private readonly open = new Map<string, OpenObject>();
  private readonly sealed: SealedObject[] = [];
  private bytes = 0;
  private delivery: Promise<void> = Promise.resolve();

  constructor(private readonly options: CaptureWriterOptions) {
    this.settings = writerSettings(options);
    this.client = options.client ?? new S3Client({});
  }

  /**
   * Takes an inference, if sampling does. Flushes before, where the buffer has no room for it; rejects where that fails, and does not take it then, or where
   * nobody could read it (`CaptureError`).
   */
  async write(inference: CapturedInference): Promise<void> {
    const { samplingPercentage, maximumBufferBytes, variant: ownVariant } = this.settings;
    const { time = new Date(), variant = ownVariant } = inference;
    requireVariant(variant);
    const line = recordLine({ ...inference, time });
    if (Math.random() * 100 >= samplingPercentage) return;
    const size = sizeOf(line);
    while (this.bytes > 0 && this.bytes + size > maximumBufferBytes) await this.flush();
    this.add(line, `${variant}/${hourPath(time)}`, time);
  }

  /** Writes all records that wait; rejects with the first error of S3, and keeps what is not written. */
  flush(): Promise<void> {
    const delivery = this.delivery.then(() => this.deliver());
    this.delivery = delivery.catch(() => {}); // its caller is told; the next one tries again
    return delivery;
  }

  private add(line: string, folder: string, time: Date): void {
    const object = this.open.get(folder) ?? { begun: time, lines: [] };
    this.open.set(folder, object);
    if (time < object.begun) object.begun = time;
    object.lines.push(line);
    this.bytes += sizeOf(line);
  }

  private async deliver(): Promise<void> {
    for (const [folder, object] of this.open) this.sealed.push(this.sealedObject(folder, object));
    this.open.clear();
    for (let [next] = this.sealed; next !== undefined; [next] = this.sealed) {
      await this.put(next);
      this.sealed.shift();
      this.bytes -= next.bytes;
    }
  }

  private sealedObject(folder: string, { begun, lines }: OpenObject): SealedObject {
    const [minute, second, millisecond] = begun.toISOString().slice(14, -1).split(/[:.]/);
    const key = `${this.settings.prefix}/${folder}/${minute}-${second}-${millisecond}-${randomUUID()}.jsonl`;
    const body = lines.map((line) => `${line}\n`).join('');
    return { key, body, bytes: Buffer.byteLength(body) };
  }

  private async put({ key, body }: SealedObject): Promise<void> {
    const { encryptionKeyArn, expectedBucketOwner } = this.options;
    const encryption = encryptionKeyArn && { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: encryptionKeyArn };
    const input: PutObjectCommandInput = {
      Bucket: this.settings.bucket,
      Key: key,
      Body: body,
      ContentType: 'application/jsonl',
      ExpectedBucketOwner: expectedBucketOwner,
      ...encryption,
    };
    await this.client.send(new PutObjectCommand(input) as never);
  }
}

const sizeOf = (line: string) => Buffer.byteLength(line) + 1;

/** `yyyy/mm/dd/hh`, UTC. */
const hourPath = (time: Date) => time.toISOString().slice(0, 13).replace(/[-T]/g, '/');
