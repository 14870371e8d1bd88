import type { Topic } from '../contract.ts';
import { authors } from './authors.ts';
import { children } from './children.ts';
import { exactly } from './exact.ts';
import { forgedJobs } from './forgedjobs.ts';
import { jobRecords } from './jobrecords.ts';
import { monitorsOfOthers } from './monitors.ts';
import { podMakers } from './podmakers.ts';
import { podOptions } from './podoptions.ts';
import { relatives } from './relatives.ts';
import { roles } from './roles.ts';
import { servingPods } from './servingpods.ts';
import { snapshots } from './snapshots.ts';
import { stores } from './stores.ts';
import { trainingPods } from './trainingpods.ts';
import { versions } from './versions.ts';
import { words } from './words.ts';

export const topics: readonly Topic[] = [
  snapshots,
  jobRecords,
  forgedJobs,
  trainingPods,
  servingPods,
  podMakers,
  children,
  versions,
  monitorsOfOthers,
  authors,
  podOptions,
  stores,
  words,
  exactly,
  roles,
  relatives,
];
