import { readFileSync } from 'node:fs';
import { isMembers, type Members, objectList, objectMember, optionalText, textMember } from '../../members';
import type { ObjectAddress, ObjectStore } from '../../stand-in/object-store';
import type { Authorizer } from '../authorizer';
import type { ContainerFile } from './container';

/** What jobs read and write with. */
export interface JobStorageProps {
  readonly objects: ObjectStore;
  readonly authorizer: Authorizer;
}

/** S3 as the container of a job sees it: with the permissions of the job's own role. */
export class JobStorage {
  public constructor(private readonly props: JobStorageProps) {}

  /** Why the inputs of a request cannot be downloaded; undefined when they can. Only inputs of S3 are looked at. */
  public refusalOfInputs(request: Members): string | undefined {
    for (const input of objectList(request, 'ProcessingInputs', 'CreateProcessingJob')) {
      if (input.S3Input !== undefined) {
        const uri = textMember(objectMember(input, 'S3Input', 'CreateProcessingJob'), 'S3Uri', 'S3Input');
        const refusal = this.refusalOfInput(uri, textMember(request, 'RoleArn', 'CreateProcessingJob'));
        if (refusal !== undefined) {
          return `input '${input.InputName}' (${uri}): ${refusal}`;
        }
      }
    }
    return undefined;
  }

  /** What the inputs of S3 bring into the container; none where their download was refused. */
  public filesOf(request: Members): ContainerFile[] {
    const inputs = objectList(request, 'ProcessingInputs', 'CreateProcessingJob').map(({ S3Input }) => S3Input);
    return inputs.filter(isMembers).flatMap((input) => {
      const { bucket, key: prefix } = addressOf(textMember(input, 'S3Uri', 'S3Input'));
      const localPath = optionalText(input, 'LocalPath', 'S3Input') ?? '';
      return this.props.objects.list(bucket, prefix).map(({ key, file }) => ({
        path: `${localPath}/${key === prefix ? key.split('/').at(-1) : key.slice(prefix.length).replace(/^\//, '')}`,
        uri: `s3://${bucket}/${key}`,
        content: readFileSync(file),
      }));
    });
  }

  /** Writes files by `{output name}/{path}`; returns why that is not allowed, undefined when all are written. */
  public write(request: Members, files: Readonly<Record<string, string | Buffer>>): string | undefined {
    const config =
      request.ProcessingOutputConfig === undefined ? {} : objectMember(request, 'ProcessingOutputConfig', '');
    const outputs = objectList(config, 'Outputs', 'ProcessingOutputConfig');
    for (const [name, content] of Object.entries(files)) {
      const output = outputs.find(({ OutputName }) => name.startsWith(`${OutputName}/`));
      const uri = output && optionalText(objectMember(output, 'S3Output', name), 'S3Uri', name);
      if (output === undefined || uri === undefined) {
        return `no output takes '${name}': there are ${outputs.map(({ OutputName }) => OutputName).join(', ')}`;
      }
      const path = name.slice(String(output.OutputName).length + 1);
      const refusal = this.put(`${uri.replace(/\/$/, '')}/${path}`, content, String(request.RoleArn));
      if (refusal !== undefined) {
        return refusal;
      }
    }
    return undefined;
  }

  /** Puts one object with a role; returns why that is not allowed. */
  public put(uri: string, content: string | Buffer, roleArn: string): string | undefined {
    const address = addressOf(uri);
    const refusal = this.refusal(roleArn, 's3:PutObject', address);
    if (refusal !== undefined) {
      return refusal;
    }
    if (!this.props.objects.hasBucket(address.bucket)) {
      return `no bucket ${address.bucket}`;
    }
    this.props.objects.put(address, content);
    return undefined;
  }

  private refusalOfInput(uri: string, roleArn: string): string | undefined {
    const { objects, authorizer } = this.props;
    const { bucket, key } = addressOf(uri);
    const list = {
      action: 's3:ListBucket',
      resource: `arn:aws:s3:::${bucket}`,
      context: { 's3:prefix': key },
    };
    const notListed = authorizer.refuseRole(roleArn, list, 'analysis');
    if (notListed !== undefined) {
      return notListed;
    }
    if (!objects.hasBucket(bucket)) {
      return `no such bucket: ${bucket}`;
    }
    const found = objects.list(bucket, key);
    if (found.length === 0) {
      return 'no S3 objects found under the prefix';
    }
    return found.map((object) => this.refusal(roleArn, 's3:GetObject', { bucket, key: object.key })).find(Boolean);
  }

  private refusal(roleArn: string, action: string, { bucket, key }: ObjectAddress): string | undefined {
    return this.props.authorizer.refuseRole(roleArn, { action, resource: `arn:aws:s3:::${bucket}/${key}` }, 'analysis');
  }
}

/** Bucket and key of `s3://bucket/key`; the key may be empty. */
export function addressOf(uri: string): ObjectAddress {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  return { bucket, key };
}
