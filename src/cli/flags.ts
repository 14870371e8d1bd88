/** What every command takes, with kubectl's names. */
export interface Flags {
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly as?: string;
  readonly asGroup?: readonly string[];
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
