/** Reads commands of messages as a shell and kubectl would, so that a test fails where one could not be run. */
import { commandsIn } from '../../src/api/message.ts';

/** What there is where a command is run. */
export interface World {
  readonly namespace: string;
  /** The names of objects by the plural of their resource, or of containers; a resource that is left out may have any. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

interface Resource {
  readonly plural: string;
  readonly others: readonly string[];
  readonly isNamespaced: boolean;
}

/** What may stand in commands, as `kubectl api-resources` has it. A test holds ours against crds/. */
export const resources: readonly Resource[] = [
  namespaced('trainingruns', 'trainingrun', 'trun'),
  namespaced('modelversions', 'modelversion', 'mver'),
  namespaced('modeldeployments', 'modeldeployment', 'mdep'),
  namespaced('monitors', 'monitor', 'mon'),
  namespaced('pods', 'pod', 'po'),
  namespaced('jobs', 'job'),
  namespaced('services', 'service', 'svc'),
  namespaced('deployments', 'deployment', 'deploy'),
  namespaced('replicasets', 'replicaset', 'rs'),
  namespaced('poddisruptionbudgets', 'poddisruptionbudget', 'pdb'),
  namespaced('persistentvolumeclaims', 'persistentvolumeclaim', 'pvc'),
  namespaced('resourcequotas', 'resourcequota', 'quota'),
  namespaced('limitranges', 'limitrange', 'limits'),
  namespaced('events', 'event', 'ev'),
  namespaced('secrets', 'secret'),
  namespaced('configmaps', 'configmap', 'cm'),
  { plural: 'nodes', others: ['node', 'no'], isNamespaced: false },
];

interface Verb {
  /** How many names follow the resource. */
  readonly names: readonly [least: number, most: number];
  /** The flags that it takes: with a value, or without. */
  readonly valued: readonly string[];
  readonly bare: readonly string[];
  /** Whether a selector stands for the names. */
  readonly selects: boolean;
}

const verbs: Readonly<Record<string, Verb>> = {
  get: { names: [0, 3], valued: ['-o', '-l'], bare: ['-w', '--watch'], selects: true },
  describe: { names: [0, 3], valued: ['-l'], bare: [], selects: true },
  edit: { names: [1, 1], valued: [], bare: [], selects: false },
  delete: { names: [1, 1], valued: [], bare: [], selects: false },
  patch: { names: [1, 1], valued: ['--type', '-p'], bare: [], selects: false },
  label: { names: [2, 2], valued: [], bare: ['--overwrite'], selects: false },
  events: { names: [0, 0], valued: ['--for'], bare: [], selects: false },
  logs: { names: [0, 1], valued: ['-c', '-l', '--tail'], bare: ['--previous', '-f', '--prefix'], selects: true },
};

const dnsName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** What is wrong with the commands of a message; empty if each can be run. */
export function commandProblems(message: string, world: World): string[] {
  if ((message.split('`').length - 1) % 2 !== 0) return [`a command does not end in: ${message}`];
  if (/\bkubectl\b/.test(message.replaceAll(/`[^`]*`/g, ''))) return [`a command runs into words in: ${message}`];
  return commandsIn(message).flatMap((command) => problemsOf(command, world).map((what) => `${what}: ${command}`));
}

/** What is wrong with the messages anywhere in a value, such as a status. */
export function messageProblems(value: unknown, world: World): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]: [string, unknown]) =>
    field === 'message' && typeof inner === 'string' ? commandProblems(inner, world) : messageProblems(inner, world),
  );
}

/** What a shell makes of it; undefined where it would do more than run one program. */
export function shellWords(command: string): string[] | undefined {
  const words: string[] = [];
  let rest = command;
  while (rest !== '') {
    const word = /^(?:[A-Za-z0-9_@%+=:,./-]|'[^']*'|\\'|"(?:[^"$`\\]|\\"|\$\(date -u \+%FT%TZ\))*")+/.exec(rest)?.[0];
    if (word === undefined) return undefined;
    words.push(unquoted(word));
    rest = rest.slice(word.length);
    if (rest !== '' && !rest.startsWith(' ')) return undefined;
    rest = rest.slice(1);
    if (rest.startsWith(' ')) return undefined;
  }
  return words;
}

function unquoted(word: string): string {
  const parts = word.match(/'[^']*'|"(?:[^"\\]|\\.)*"|\\'|[^'"\\]+/g) ?? [];
  return parts
    .map((part) => {
      if (part.startsWith("'")) return part.slice(1, -1);
      return part.startsWith('"')
        ? part
            .slice(1, -1)
            .replaceAll(String.raw`\"`, '"')
            .replace('$(date -u +%FT%TZ)', '2026-11-24T10:00:00Z')
        : part.replace('\\', '');
    })
    .join('');
}

function problemsOf(command: string, world: World): string[] {
  const words = shellWords(command);
  if (words === undefined) return ['a shell reads it differently'];
  const [program, ...rest] = words;
  if (program !== 'kubectl') return ['it runs something else'];
  const isIn = rest[0] === '-n';
  if (isIn && rest[1] !== world.namespace) return [`the namespace is ${world.namespace}`];
  const [verb = '', ...operands] = isIn ? rest.slice(2) : rest;
  if (verb === 'api-resources')
    return isIn || !/^--api-group=[a-z.]*$/.test(operands.join(' ')) ? ['it is no query'] : [];
  if (verb === 'auth') return canIProblems(operands);
  const grammar = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  return grammar === undefined ? [`there is no verb ${verb}`] : verbProblems(verb, grammar, operands, isIn, world);
}

function verbProblems(verb: string, grammar: Verb, operands: readonly string[], isIn: boolean, world: World): string[] {
  const { flags, plain } = separated(grammar, operands);
  if (flags === undefined) return ['a flag is unknown or has no value'];
  const [type, names] = operandsOf(verb, plain, flags);
  const resource = resources.find(({ plural, others }) => plural === type || others.includes(type));
  if (resource === undefined) return [`there is no resource ${type}`];
  const [least, most] = grammar.names;
  const isSelected = grammar.selects && flags.has('-l');
  const isNamed = isSelected ? names.length === 0 : names.length >= least && names.length <= most;
  return [
    ...(resource.isNamespaced === isIn ? [] : ['a namespace is missing or too much']),
    ...(isNamed ? [] : ['names are missing or too many']),
    ...(verb === 'label' ? names.slice(0, 1) : names).flatMap((name) => nameProblems(resource.plural, name, world)),
    ...nameProblemsOf('containers', flags.get('-c'), world),
    ...(verb === 'logs' && !isSelected && names.length === 0 ? ['nobody is named'] : []),
    ...(flags.has('-l') && !isSelector(flags.get('-l') ?? '') ? ['it selects by nothing'] : []),
    ...(verb === 'patch' && !isPatch(flags.get('-p') ?? '') ? ['the patch is none'] : []),
    ...(verb === 'label' && !isSelector(names[1] ?? '') ? ['the label is none'] : []),
  ];
}

/** Flags with their values, and what is left; no flags if one is unknown. */
function separated(grammar: Verb, operands: readonly string[]) {
  const flags = new Map<string, string>();
  const plain: string[] = [];
  for (let at = 0; at < operands.length; at += 1) {
    const word = operands[at] ?? '';
    const value = operands[at + 1];
    if (!word.startsWith('-')) plain.push(word);
    else if (grammar.bare.includes(word)) flags.set(word, '');
    else if (grammar.valued.includes(word) && value !== undefined && !value.startsWith('-')) {
      flags.set(word, value);
      at += 1;
    } else return { flags: undefined, plain };
  }
  return { flags, plain };
}

/** The resource, and what follows it. Logs are of a pod, or of what has pods: "job/fraud-1-train". */
function operandsOf(
  verb: string,
  plain: readonly string[],
  flags: ReadonlyMap<string, string>,
): readonly [string, readonly string[]] {
  if (verb === 'events')
    return /^[a-z]+\/[a-z0-9.-]+$/.test(flags.get('--for') ?? '') ? ['events', plain] : ['', plain];
  const [of = '', ...more] = plain;
  if (verb !== 'logs') return [of, more];
  const [type = '', name] = of.split('/');
  return name === undefined ? ['pods', plain] : [type, [name, ...more]];
}

function canIProblems(operands: readonly string[]): string[] {
  const line = operands.join(' ');
  return /^can-i [a-z]+ [a-z]+(\.[a-z0-9.-]+)? --all-namespaces( --as \S+)?$/.test(line) ? [] : ['it asks for nothing'];
}

function nameProblems(plural: string, name: string, world: World): string[] {
  if (!dnsName.test(name)) return [`${name} is no name`];
  const known = world.names?.[plural];
  return known === undefined || known.includes(name) ? [] : [`there is no ${name} among ${plural}`];
}

function nameProblemsOf(plural: string, name: string | undefined, world: World): string[] {
  return name === undefined ? [] : nameProblems(plural, name, world);
}

function isSelector(text: string): boolean {
  return /^[a-z0-9./-]+=[A-Za-z0-9._-]+(,[a-z0-9./-]+=[A-Za-z0-9._-]+)*$/.test(text);
}

function isPatch(text: string): boolean {
  try {
    const patch: unknown = JSON.parse(text);
    return typeof patch === 'object' && patch !== null && Object.keys(patch).join() === 'spec';
  } catch {
    return false;
  }
}

function namespaced(plural: string, ...others: readonly string[]): Resource {
  return { plural, others, isNamespaced: true };
}
