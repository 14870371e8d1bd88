import type { ConnectionOptions } from '../api/command.ts';
import { milliseconds } from '../api/duration.ts';
import { longestTimer } from './cluster/cluster.ts';
import { Refused } from './refused.ts';

/** What every command takes, with kubectl's names. */
export interface Flags {
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly requestTimeout?: string;
  readonly color: 'auto' | 'always' | 'never';
}

/** An option as commander reads it: `-o, --output <format>`. */
export interface Option {
  readonly flags: string;
  /** As a sentence without full stop, with unit and default. */
  readonly description: string;
  readonly choices?: readonly string[];
  /** May be given several times; the value is a list. */
  readonly isRepeatable?: true;
}

export const globalOptions: readonly Option[] = [
  { flags: '-n, --namespace <namespace>', description: "Where the objects are; by default the context's namespace" },
  { flags: '--context <context>', description: 'Which context of the kubeconfig; by default its current one' },
  { flags: '--kubeconfig <file>', description: 'Which kubeconfig; by default those that kubectl reads' },
  { flags: '--as <user>', description: 'Whom to impersonate' },
  {
    flags: '--as-group <group>',
    description: 'A group to impersonate with --as; may be given again',
    isRepeatable: true,
  },
  {
    flags: '--request-timeout <duration>',
    description:
      'How long one answer of the API server may take, such as 5s or 2m, 0 for as long as it takes; by default 30s',
  },
  {
    flags: '--color <when>',
    description: 'auto: colours where a terminal shows them and NO_COLOR is not set, which is the default',
    choices: ['auto', 'always', 'never'],
  },
];

/** Options that several commands take mean the same to all. */
export const outputOption: Option = {
  flags: '-o, --output <format>',
  description: 'A document for programs instead of text for people',
  choices: ['json', 'yaml'],
};
export const allNamespacesOption: Option = { flags: '-A, --all-namespaces', description: 'In all namespaces' };
export const selectorOption: Option = {
  flags: '-l, --selector <labels>',
  description: 'Only objects with these labels, as kubectl reads them',
};

/** Those that choose the cluster and the user, as they were given: a path that depends on the folder goes on to do so. */
export function connectionOptions({ context, kubeconfig, as, asGroup = [] }: Flags): ConnectionOptions {
  const given = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  return {
    cluster: [...given('--kubeconfig', kubeconfig), ...given('--context', context)],
    user: [...given('--as', as), ...asGroup.flatMap((group) => given('--as-group', group))],
  };
}

/** The time of `--request-timeout` in milliseconds; a number alone is seconds. @throws Refused if it is none. */
export function timeoutOf({ requestTimeout }: Flags): number | undefined {
  if (requestTimeout === undefined) return undefined;
  const time = /^\d{1,6}$/.test(requestTimeout) ? Number(requestTimeout) * 1000 : milliseconds(requestTimeout);
  if (time === undefined) {
    throw new Refused(`--request-timeout ${requestTimeout} is no time; write one such as 5s or 2m, or 0 for none`, 2);
  }
  return time === 0 ? longestTimer : time;
}
