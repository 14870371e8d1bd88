import type { Command } from './command.ts';
import { mend } from './ends.ts';

export const save: Command = () => Promise.reject(mend('save is not made yet'));
