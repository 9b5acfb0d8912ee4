/** What became of one item; kept under `status#<id>`. */
export interface Verdict {
  readonly state: 'enforced' | 'rejected';
  /** Of the item's text; of a release `releaseSha256`. */
  readonly sha256: string;
  /** `[CODE] what is wrong — what to do` */
  readonly reason?: string;
}

/** Policy id, `live-<id>` or `release` -> verdict. What is not named keeps the verdict that it has. */
export type Verdicts = Readonly<Record<string, Verdict>>;

/** The id under which the release as a whole is judged. */
export const RELEASE = 'release';

export const enforced = (sha256: string): Verdict => ({ state: 'enforced', sha256 });
export const rejected = (sha256: string, reason: string): Verdict => ({ state: 'rejected', sha256, reason });
