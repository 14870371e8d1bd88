/** What is told where the API server refuses the pods of a revision. */
import { kubectl } from '../../../api/command.ts';
import { shortened } from '../../../api/condition.ts';
import type { Remedy } from '../../../api/message.ts';
import type { Told } from '../../../workload/diagnosis/words.ts';
import { observerName } from './observer.ts';
import { edit, sourceOf, type Subject } from './words.ts';

/** What it says itself comes last; before it, what is understood of that. */
export function toldOfRefusal(words: string, subject: Subject): Told {
  const quote = { by: 'the API server', words };
  const missing = missingOf(words);
  if (missing === undefined) {
    return {
      what: 'the API server refuses its pods',
      remedies: [solving(words, subject), editing(words, subject)],
      quote,
    };
  }
  const { kind, name, field, isNamespaced } = missing;
  const text = 'create it, or see which there are, and it goes on by itself';
  const command = kubectl(isNamespaced ? subject.key.namespace : undefined, 'get', kind.toLowerCase());
  return {
    what: `the API server refuses its pods, since ${kind} ${shortened(name, longestName)} does not exist`,
    remedies: [{ text, command }, edit(`correct spec.server.pod.${field}`, subject)],
    quote,
  };
}

const longestName = 128;

interface Missing {
  readonly kind: string;
  readonly name: string;
  /** Of the options of a pod. */
  readonly field: string;
  readonly isNamespaced: boolean;
}

/** The words of the admission plugins ServiceAccount, Priority and RuntimeClass. */
function missingOf(words: string): Missing | undefined {
  const account = /serviceaccount "([^"]{1,253})" not found/.exec(words)?.[1];
  const priority = /no PriorityClass with name (\S{1,253}) was found/.exec(words)?.[1];
  const runtime = /RuntimeClass "([^"]{1,253})" not found/.exec(words)?.[1];
  if (account !== undefined)
    return { kind: 'ServiceAccount', name: account, field: 'serviceAccountName', isNamespaced: true };
  if (priority !== undefined)
    return { kind: 'PriorityClass', name: priority, field: 'priorityClassName', isNamespaced: false };
  return runtime === undefined
    ? undefined
    : { kind: 'RuntimeClass', name: runtime, field: 'runtimeClassName', isNamespaced: false };
}

function solving(words: string, subject: Subject): Remedy {
  const { namespace } = subject.key;
  return words.includes('exceeded quota')
    ? { text: 'free or raise the quota', command: kubectl(namespace, 'describe', 'quota') }
    : { text: 'solve what it says', command: kubectl(namespace, 'describe', 'rs', '-l', sourceOf(subject).selector) };
}

/** Quotas and ranges name the containers that say nothing of an amount which they count. */
function editing(words: string, subject: Subject): Remedy {
  const isObserver = new RegExp(`must specify .{1,256}\\b${observerName}\\b`).test(words);
  const resources = 'set spec.observe.resources, such as {cpu: "1", memory: 256Mi}';
  return edit(isObserver ? resources : 'change spec.server', subject);
}
