import { type Command, kubectl } from '../../api/command.ts';
import type { Milliseconds } from '../../api/duration.ts';
import { lasting } from '../../api/lasting.ts';
import type { Message, Remedy } from '../../api/message.ts';
import { adderOf, type Evidence, type Finding } from './finding.ts';

/** Whose pods they are, as far as commands have to know. */
export interface Source {
  readonly namespace: string;
  /** What selects them: "flyball.dev/attempt=fraud-1". */
  readonly selector: string;
}

/** What is told of a finding: the parts of a message, to which a kind adds the remedies that it knows. */
export interface Told extends Message {
  readonly remedies: readonly Remedy[];
  /** For how long, as `what` has it; absent until that is worth a word. */
  readonly length?: string;
  /** When the words change by time alone. */
  readonly after?: Milliseconds;
}

/** A finding in words, with its length if it lasts, and the remedy with the command that shows more. */
export function told(finding: Finding, source: Source, now: Date): Told {
  const { what, remedy, evidence, quote, since } = finding;
  const { words, after } = finding.lasts ? lasting(since, now) : {};
  const command = evidence && evidenceCommand(evidence, source);
  return {
    what: `${what}${words === undefined ? '' : `, ${words}`}${ownerOf(finding)}`,
    remedies: [command === undefined ? { text: remedy } : { text: remedy, command }],
    ...(quote !== undefined && { quote }),
    ...(words !== undefined && { length: words }),
    ...(after !== undefined && { after }),
  };
}

/** Whose a container is that the user did not declare, unless the remedy says it. */
function ownerOf({ owner, container, remedy }: Finding): string {
  const isTold = container === undefined || remedy.includes(adderOf(container));
  return owner === 'Injected' && !isTold ? `; container ${container} was injected` : '';
}

/** The command that shows more, at this moment. */
export function evidenceCommand(evidence: Evidence, { namespace, selector }: Source): Command {
  switch (evidence.type) {
    case 'Log': {
      const { pod, container, previous, lines } = evidence;
      const last = lines === undefined ? [] : ['--tail', String(lines)];
      return kubectl(namespace, 'logs', pod, '-c', container, ...(previous ? ['--previous'] : []), ...last);
    }
    case 'Logs':
      return kubectl(namespace, 'logs', '-l', selector, '-c', evidence.container, '--prefix', '--tail', linesOfEach);
    case 'Pods':
      return kubectl(namespace, 'describe', 'pods', '-l', selector);
    case 'Claims':
      return evidence.names.length === 0
        ? kubectl(namespace, 'get', 'pvc')
        : kubectl(namespace, 'describe', 'pvc', ...evidence.names.slice(0, mostNames));
    case 'Nodes':
      return kubectl(undefined, 'describe', 'nodes');
    case 'Taints':
      return kubectl(undefined, 'get', 'nodes', '-o', 'custom-columns=NAME:.metadata.name,TAINTS:.spec.taints');
    case 'Node':
      return kubectl(undefined, 'describe', 'node', evidence.name);
  }
}

/** Enough for a traceback. */
const linesOfEach = '40';

/** A command has to fit into a message. */
const mostNames = 3;
