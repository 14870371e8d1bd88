import type { Command } from './command.ts';
import { longestMessage, quoting, shortened, type Quote } from './condition.ts';
import { oneLine } from './text.ts';

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
  /** What the cluster or containers said. */
  readonly quote?: Quote | readonly Quote[] | undefined;
}

/** The longest that `what` may be, so that remedies have room. */
const longestWhat = 480;

/** What is left of `what` where remedies are long. */
const shortestWhat = 160;

/**
 * ``what. Remedy: `command`; or remedy: `command`; the kubelet said: …``. A command stands between backticks, which neither our words
 * nor quotes contain. A remedy is whole or not there: the last ones give way.
 */
export function written(message: Message, longest = longestMessage): string {
  const { what, remedies = [], quote } = message;
  const told = remedies.map(toldRemedy).join('; ');
  const room = longest - (told === '' ? 0 : told.length + 2);
  if (room < shortestWhat && remedies.length > 0) {
    return written({ ...message, remedies: remedies.slice(0, -1) }, longest);
  }
  const first = shortened(oneLine(what), Math.min(longestWhat, room));
  return quoting(told === '' ? first : `${first}. ${told}`, quote, longest);
}

/**
 * A written message without its remedies: what is told later than it was written, when its commands may not work any more. What is wrong and
 * what others said stay. A message without commands stays as it is.
 */
export function withoutRemedies(message: string): string {
  return message.replace(/\. [^`]*?`[^`]*`.*?(?=; [^;`]{1,80} said: |$)/, '');
}

/** What a written message says first: its first sentence, without remedies, commands and quotes. */
export function whatOf(message: string): string {
  const [first = ''] = message.split(/(?:\. (?=[^a-z])|; [^;`]{1,80} said: )/, 1);
  return first.replace(/\.$/, '');
}

/** The commands of a written message. */
export function commandsIn(message: string): string[] {
  return [...message.matchAll(/`([^`]*)`/g)].map(([, command = '']) => command);
}

function toldRemedy({ text, command }: Remedy, index: number): string {
  const words = oneLine(text);
  const clause = index === 0 ? withFirst(words, 'toUpperCase') : `or ${withFirst(words, 'toLowerCase')}`;
  return command === undefined ? clause : `${clause}: \`${command}\``;
}

function withFirst(words: string, how: 'toUpperCase' | 'toLowerCase'): string {
  return `${words.slice(0, 1)[how]()}${words.slice(1)}`;
}
