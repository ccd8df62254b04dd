/** One file that lies in a container. */
export interface ContainerFile {
  /** absolute, in the container */
  readonly path: string;
  /** where it was downloaded from */
  readonly uri: string;
  readonly content: Buffer;
}

/** What a container finds when it begins. */
export interface ContainerStart {
  readonly imageUri: string;
  readonly environment: Readonly<Record<string, string>>;
  /** of all inputs of S3, in the order of inputs and of keys */
  readonly files: readonly ContainerFile[];
}

/** How a container ended. */
export interface ContainerEnd {
  readonly status: 'Completed' | 'Failed';
  /** what it wrote below the paths of the job's outputs, by absolute path in the container */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly exitMessage?: string;
  readonly failureReason?: string;
  /** who did the work of the image, where the image itself did not run: told in the timeline */
  readonly by?: string;
}

/** Does what the container of a job does. What it throws is a bug: a failure of the job is an end. */
export type Container = (start: ContainerStart) => Promise<ContainerEnd>;

/** The file at a path; undefined when there is none. */
export function fileAt({ files }: ContainerStart, path: string): ContainerFile | undefined {
  return files.find((file) => file.path === path);
}

/** Files below a path, and the one at it. */
export function filesBelow({ files }: ContainerStart, path: string): ContainerFile[] {
  return files.filter((file) => file.path === path || file.path.startsWith(`${path}/`));
}
