import type { Command } from './command.ts';
import { longestMessage, quoting, shortened, type Quote } from './condition.ts';

/** One thing that helps. */
export interface Remedy {
  /** What to do, and whose move it is if it is not the reader's, as a clause without full stop: "Push it, or let the nodes read it". */
  readonly text: string;
  /** How, or where to look. */
  readonly command?: Command;
}

/**
 * What a condition, an event or a verdict says. It is put together from parts here and nowhere else, so that words cannot run into
 * commands, and a long quote cannot push the remedy out.
 */
export interface Message {
  /** What is wrong, or what goes on, as a sentence without full stop. What others said does not belong here. */
  readonly what: string;
  /** What helps, the likeliest first. */
  readonly remedies?: readonly Remedy[];
  /** What the cluster or a container said. */
  readonly quote?: Quote | undefined;
}

/** The longest that `what` may be, so that remedies have room. */
const longestWhat = 480;

/**
 * ``what. Remedy: `command`; or remedy: `command`; the kubelet said: …``. A command stands between backticks, which neither our words
 * nor quotes contain.
 */
export function written({ what, remedies = [], quote }: Message, longest = longestMessage): string {
  const told = remedies.map(({ text, command }, index) => {
    const clause = index === 0 ? capital(plain(text)) : `or ${plain(text)}`;
    return command === undefined ? clause : `${clause}: \`${command}\``;
  });
  const first = shortened(plain(what), longestWhat);
  return quoting(told.length === 0 ? first : `${first}. ${told.join('; ')}`, quote, longest);
}

/** The commands of a written message. */
export function commandsIn(message: string): string[] {
  return [...message.matchAll(/`([^`]*)`/g)].map(([, command = '']) => command);
}

function plain(words: string): string {
  return words.replaceAll('`', "'");
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
