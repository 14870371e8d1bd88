import type { Command } from './command.ts';
import { mend } from './ends.ts';

export const checkpoint: Command = () => Promise.reject(mend('checkpoint is not made yet'));
