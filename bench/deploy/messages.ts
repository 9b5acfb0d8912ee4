export interface DeployArgs {
  /** Of a synthetic project. */
  readonly root: string;
}

export interface Deployed {
  readonly resources: number;
  /** Milliseconds of the first deployment, and of one that finds nothing to do. */
  readonly first: number;
  readonly again: number;
  /** The most megabytes that the program's process had in memory, and the one that holds the cloud. */
  readonly program: number;
  readonly cloud: number;
}
