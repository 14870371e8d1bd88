import { script } from '@bomb.sh/tab';
import { type Invocation, Refused, type Run } from '../command.ts';
import { shells } from './shells.ts';

const name = 'kubectl-flyball';

/** Prints what a shell has to read. */
export const completion: Run = ({ words: [shell = ''], out }: Invocation) => {
  if (!shells.includes(shell))
    throw new Refused(`"${shell}" is no shell that is known; there are ${shells.join(', ')}`, 2);
  // The library writes it to the console.
  const { log } = console;
  console.log = (words: string) => out.stream.write(`${words}\n`);
  try {
    script(shell, name, name);
  } finally {
    console.log = log;
  }
  return Promise.resolve(0);
};
