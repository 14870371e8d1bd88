import type { Deed } from '../contract.ts';
import { clusters } from './clusters.ts';
import { deletions } from './deletions.ts';
import { options } from './options.ts';
import { people } from './people.ts';

/** What has to work under the policies as without them, so that nobody mistakes for safety that nothing works. */
export const lawful: readonly Deed[] = [...clusters, ...people, ...options, ...deletions];
