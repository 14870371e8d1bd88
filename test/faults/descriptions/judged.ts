import type { Kind, Resource } from '../../../src/api/resource.ts';

/** What has to be known of an operator in order to judge it. */
export interface Judged {
  /** The kinds that people write and whose status the operator writes. */
  readonly parents: readonly Kind[];
  /** The kinds that it makes objects of. */
  readonly children: readonly Kind[];
  /** The records that it makes for good: never changed and never deleted. */
  readonly records: readonly Kind[];
  /** What its Lease promises, in milliseconds. */
  readonly lease: {
    readonly name: string;
    readonly duration: number;
    readonly renewDeadline: number;
    readonly writeTimeout: number;
  };
  /** By what the attempt is known that a Job works for; undefined for a Job that is none of its own. */
  attemptOf(job: Resource): string | undefined;
  /** Whether a parent's status says that an attempt makes room for another one before anything of it ran. */
  isGivenUp?(parent: Resource, attempt: string): boolean;
}
