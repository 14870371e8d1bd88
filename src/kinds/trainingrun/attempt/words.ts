import { label } from '../../../api/labels.ts';
import { type Remedy, written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Finding } from '../../../workload/diagnosis/finding.ts';
import { type Told, told } from '../../../workload/diagnosis/words.ts';
import { patchCommand } from '../../../api/command.ts';
import { cancelCommand, editCommand, rerunCommand } from '../status/advice.ts';
import type { AttemptFacts } from './facts.ts';

/** Leaves room for what a condition puts before the message of an attempt. */
const longest = 900;

/** Whose pods a finding is about. */
export type Subject = Pick<AttemptFacts, 'key' | 'job'> & { readonly attempt: Pick<AttemptFacts['attempt'], 'name'> };

/** What a finding about an attempt's pods says. */
export function toldOf(finding: Finding, { key, attempt }: Subject, now: Date): Told {
  return told(finding, { namespace: key.namespace, selector: `${label.attempt}=${attempt.name}` }, now);
}

/** What keeps an attempt's pod from working. An edit of the recipe supersedes an attempt that never ran. */
export function waitingMessage(finding: Finding, subject: Subject, now: Date): string {
  const parts = toldOf(finding, subject, now);
  return written({ ...parts, remedies: whileWaiting(finding, subject, parts.remedies) }, longest);
}

function whileWaiting(finding: Finding, subject: Subject, look: readonly Remedy[]): Remedy[] {
  const { move, reason, field, remedy, options } = finding;
  const { key, job } = subject;
  switch (move) {
    case 'Wait':
      return reason === 'Unschedulable' ? withWaiting(finding, look) : [...look];
    case 'Mend':
      return [
        ...look.map((one) => ({ ...one, text: `${one.text}, and it goes on by itself` })),
        { text: 'name another one', command: editCommand(key) },
      ];
    case 'ReadLog':
      return [
        ...look,
        ...(job === undefined ? [] : [{ text: 'end this attempt', command: cancelCommand(key, keyOf(job).name) }]),
      ];
    case 'Provide':
    case 'Edit':
    case 'Repeat': {
      const goesOn = look.map((one) => ({ ...one, text: `${one.text}, and it goes on by itself` }));
      if (field === undefined) return goesOn;
      if (options !== undefined)
        return [
          { text: `set ${field} to one that it can run as`, command: patchCommand('trun', key, { pod: options }) },
          ...goesOn,
        ];
      const text = remedy.includes(field) ? 'edit it' : `edit ${field}`;
      return [...goesOn, { text, command: editCommand(key) }];
    }
  }
}

function withWaiting({ needsChange }: Finding, look: readonly Remedy[]): Remedy[] {
  const wait = { text: 'wait, it starts by itself once that changes' };
  return needsChange ? [...look, wait] : [wait, ...look];
}

/** Why an attempt's pod failed. An edit of the recipe starts another attempt. */
export function failureMessage(finding: Finding, subject: Subject, now: Date): string {
  const parts = toldOf(finding, subject, now);
  return written({ ...parts, remedies: afterFailure(finding, subject, parts.remedies) }, longest);
}

function afterFailure({ move, remedy, field }: Finding, { key }: Subject, look: readonly Remedy[]): Remedy[] {
  const again = rerunCommand(key);
  if (move === 'Mend') {
    return [
      { text: 'correct the spec, if that names the wrong thing', command: editCommand(key) },
      { text: `${remedy}, and run it again, also after an edit of spec.storage`, command: again },
    ];
  }
  if (move === 'ReadLog') {
    const raise = { text: `if one of its processes took too much, raise ${field}`, command: editCommand(key) };
    return [...look, ...(field === undefined ? [] : [raise]), { text: 'run it again as it is', command: again }];
  }
  if (field !== undefined) {
    const edit = { text: remedy, command: editCommand(key) };
    // An edit of what is not the recipe starts nothing.
    return field.startsWith('spec.storage') ? [edit, { text: 'then run it again', command: again }] : [edit];
  }
  const [first] = look;
  return first?.command === undefined
    ? [{ text: `${remedy}, then run it again`, command: again }]
    : [...look, { text: 'once that is done, run it again', command: again }];
}
