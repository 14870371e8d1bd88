import type { Fault } from './fault.ts';
import { forgedJobs } from './forgery/jobs.ts';
import { forgedPods } from './forgery/pods.ts';
import { forgedServers } from './forgery/servers.ts';
import { forgedSnapshots } from './forgery/snapshots.ts';
import { forgedVersions } from './forgery/versions.ts';

/** A person who may write in the namespace passes off as the operator's what it has not made. */
export const forgeries: readonly Fault[] = [
  ...forgedSnapshots,
  ...forgedJobs,
  ...forgedPods,
  ...forgedVersions,
  ...forgedServers,
];
