import { kubectl, patchCommand } from '../../../api/command.ts';
import { label } from '../../../api/labels.ts';
import { type Remedy, written } from '../../../api/message.ts';
import type { Key } from '../../../api/resource.ts';
import type { Finding } from '../../../workload/diagnosis/finding.ts';
import type { Place } from '../../../workload/diagnosis/place.ts';
import { type Source, type Told, told } from '../../../workload/diagnosis/words.ts';
import { transferContainers } from '../../../workload/transfers.ts';

/** Where a ModelDeployment declares what its pods are made from. */
export const place: Place = {
  container: 'spec.server',
  claims: 'spec.model',
  pod: 'spec.server.pod',
  ours: ['observer', ...transferContainers],
  serves: true,
};

/** Leaves room for what a condition says around it: which revision, and what serves meanwhile. */
const longest = 700;

/** Whose pods they are. */
export interface Subject {
  /** Of the ModelDeployment. */
  readonly key: Key;
  readonly revision: string;
}

/** What is wrong with the pods of a revision, in parts. */
export function toldOf(finding: Finding, subject: Subject, now: Date): Told {
  const parts = told(finding, sourceOf(subject), now);
  const { field, options } = finding;
  if (field !== undefined && options !== undefined) {
    const command = patchCommand('mdep', subject.key, { server: { pod: options } });
    return { ...parts, remedies: [{ text: `set ${field} to one that it can run as`, command }, ...parts.remedies] };
  }
  const wait = waiting(finding);
  const first = finding.needsChange ? [...parts.remedies, ...wait] : [...wait, ...parts.remedies];
  return { ...parts, remedies: [...first, ...editing(finding, subject)] };
}

/** As a sentence that others may follow. */
export function sentence(parts: Told): string {
  const text = written(parts, longest - 1);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

export function sourceOf({ key, revision }: Subject): Source {
  const selector = `${label.modelDeployment}=${key.name},${label.revision}=${revision}`;
  return { namespace: key.namespace, selector };
}

function waiting({ move, reason }: Finding): Remedy[] {
  return move === 'Wait' && reason === 'Unschedulable' ? [{ text: 'wait, it starts by itself once that changes' }] : [];
}

/** The remedy of what merely waits names the field itself. */
function editing({ move, field, remedy }: Finding, subject: Subject): Remedy[] {
  if (move === 'Mend') return [edit('name another one', subject)];
  if (field === undefined || move === 'Wait') return [];
  return [edit(remedy.includes(field) ? 'edit it' : `correct ${field}`, subject)];
}

/** Changes what is declared, and so makes another revision. */
export function edit(text: string, { key: { namespace, name } }: Subject): Remedy {
  return { text, command: kubectl(namespace, 'edit', 'mdep', name) };
}
