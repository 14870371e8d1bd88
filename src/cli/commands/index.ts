import type { CommandDefinition } from '../command.ts';
import { artifacts } from './artifacts.ts';
import { ask } from './ask.ts';
import { completion } from './completion.ts';
import { diff } from './diff.ts';
import { get } from './get.ts';
import { lint } from './lint.ts';
import { logs } from './logs.ts';
import { replay } from './replay.ts';
import { steering } from './steering.ts';
import { versions } from './versions.ts';
import { why } from './why.ts';

/** In the order in which `--help` lists them. */
export const commands: readonly CommandDefinition[] = [
  get,
  why,
  logs,
  ask,
  lint,
  artifacts,
  versions,
  diff,
  replay,
  ...steering,
  completion,
];
