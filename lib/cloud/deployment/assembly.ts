import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CloudError } from '../cloud-error';
import { isMembers, type Members, objectMember, optionalText, textList, textMember } from '../members';

/** One stack of a cloud assembly. */
export interface AssemblyStack {
  /** the artifact's id, unique within its assembly */
  readonly id: string;
  readonly name: string;
  /** absent where the app leaves it to the deployment */
  readonly accountId?: string;
  readonly region?: string;
  readonly template: Members;
  /** construct paths without the stack, by logical id */
  readonly titles: ReadonlyMap<string, string>;
}

/** A file or folder that a template refers to by the bucket and key that it is published to. */
export interface FileAsset {
  /** the hash that the asset manifest names it by */
  readonly hash: string;
  /** absolute */
  readonly path: string;
  readonly packaging: 'file' | 'zip';
  /** may hold `${AWS::AccountId}` and the like */
  readonly bucket: string;
  readonly objectKey: string;
}

/** What a synthesized app consists of. */
export interface Assembly {
  /** dependencies first */
  readonly stacks: AssemblyStack[];
  readonly assets: FileAsset[];
}

interface Artifact {
  readonly id: string;
  readonly folder: string;
  readonly type: string;
  readonly dependencies: string[];
  readonly members: Members;
}

/**
 * Reads a cloud assembly (`cdk.out`), stages included.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html
 */
export function readAssembly(directory: string): Assembly {
  const folder = resolve(directory);
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new CloudError(
      'UnusableAssembly',
      `'${directory}' is no cloud assembly: it has no manifest.json (make one with 'cdk synth')`,
    );
  }
  const artifacts = artifactsOf(folder);
  const assets = artifacts.filter(({ type }) => type === 'cdk:asset-manifest').flatMap(assetsOf);
  const stacks = inOrder(artifacts).filter(({ type }) => type === 'aws:cloudformation:stack');
  if (stacks.length === 0) {
    throw new CloudError('UnusableAssembly', `'${directory}' holds no stack`);
  }
  return { stacks: stacks.map(stackOf), assets };
}

function artifactsOf(folder: string): Artifact[] {
  const artifacts = objectMember(readJson(join(folder, 'manifest.json')), 'artifacts', 'manifest.json');
  return Object.entries(artifacts).flatMap(([id, members]) => {
    if (!isMembers(members)) {
      throw new CloudError('UnusableAssembly', `manifest.json: artifact '${id}' is no object`);
    }
    const type = textMember(members, 'type', id);
    if (type === 'cdk:cloud-assembly') {
      return artifactsOf(join(folder, textMember(objectMember(members, 'properties', id), 'directoryName', id)));
    }
    return [{ id, folder, type, members, dependencies: textList(members, 'dependencies', id) }];
  });
}

/** Artifacts after what they depend on; the order of the manifest otherwise. */
function inOrder(artifacts: Artifact[]): Artifact[] {
  const ordered = new Set<Artifact>();
  const visit = (artifact: Artifact, path: Artifact[]): void => {
    if (path.includes(artifact)) {
      throw new CloudError('UnusableAssembly', `manifest.json: '${artifact.id}' depends on itself`);
    }
    for (const id of artifact.dependencies) {
      const dependency = artifacts.find((other) => other.id === id && other.folder === artifact.folder);
      if (dependency !== undefined) {
        visit(dependency, [...path, artifact]);
      }
    }
    ordered.add(artifact);
  };
  for (const artifact of artifacts) {
    visit(artifact, []);
  }
  return [...ordered];
}

/** `environment` is `aws://<account>/<region>`, with `unknown-account` and `unknown-region` where the app says none. */
function stackOf({ id, folder, members }: Artifact): AssemblyStack {
  const properties = objectMember(members, 'properties', id);
  const [, , accountId = 'unknown-account', region = 'unknown-region'] = textMember(members, 'environment', id).split(
    '/',
  );
  return {
    id,
    name: optionalText(properties, 'stackName', id) ?? id,
    ...(accountId === 'unknown-account' ? {} : { accountId }),
    ...(region === 'unknown-region' ? {} : { region }),
    template: readJson(join(folder, textMember(properties, 'templateFile', id))),
    titles: titlesOf(metadataOf({ folder, members })),
  };
}

/** Newer assemblies keep it in a file of its own. */
function metadataOf({ folder, members }: Pick<Artifact, 'folder' | 'members'>): Members {
  const file = members.additionalMetadataFile;
  return {
    ...(isMembers(members.metadata) ? members.metadata : {}),
    ...(typeof file === 'string' ? readJson(join(folder, file)) : {}),
  };
}

/** `/Stack/Monitoring/Digest/Resource` becomes `Monitoring/Digest`. */
function titlesOf(metadata: Members): Map<string, string> {
  const titles = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata)) {
    const named = Array.isArray(entries) ? entries.find((entry) => entry.type === 'aws:cdk:logicalId') : undefined;
    if (typeof named?.data === 'string') {
      titles.set(
        named.data,
        path
          .split('/')
          .slice(2)
          .join('/')
          .replace(/\/Resource$/, ''),
      );
    }
  }
  return titles;
}

function assetsOf({ id, folder, members }: Artifact): FileAsset[] {
  const file = textMember(objectMember(members, 'properties', id), 'file', id);
  const files = readJson(join(folder, file)).files;
  return Object.entries(isMembers(files) ? files : {}).flatMap(([hash, asset]) => {
    const where = `${file}, file ${hash}`;
    const source = isMembers(asset) ? objectMember(asset, 'source', where) : {};
    const destinations = isMembers(asset) ? objectMember(asset, 'destinations', where) : {};
    return Object.values(destinations).map((destination) => {
      const target = isMembers(destination) ? destination : {};
      const packaging = textMember(source, 'packaging', where);
      if (packaging !== 'file' && packaging !== 'zip') {
        throw new CloudError(
          'NotRehearsed',
          `${where}: packaging '${packaging}' is unknown, 'file' and 'zip' are known`,
        );
      }
      return {
        hash,
        path: join(folder, textMember(source, 'path', where)),
        packaging,
        bucket: textMember(target, 'bucketName', where),
        objectKey: textMember(target, 'objectKey', where),
      };
    });
  });
}

function readJson(file: string): Members {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isMembers(content)) {
    throw new CloudError('UnusableAssembly', `'${file}' is no JSON object`);
  }
  return content;
}
