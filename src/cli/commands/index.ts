import type { CommandDefinition } from '../command.ts';
import { get } from './get.ts';

/** In the order in which `--help` lists them. */
export const commands: readonly CommandDefinition[] = [get];
