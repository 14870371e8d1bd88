import { quoting } from '../../../api/condition.ts';
import type { Key } from '../../../api/resource.ts';
import type { Finding, Place } from '../../../workload/diagnosis/finding.ts';
import { cancelCommand, describeCommand, editCommand, rerunCommand } from '../status/advice.ts';

/** Where a TrainingRun declares what its pods are made from. */
export const place: Place = { container: 'spec', claims: 'the field that names it' };

/** Leaves room for what a condition puts before the message of an attempt. */
const longest = 900;

/** What keeps an attempt's pod from running. An edit waits for the end of the attempt, so the advice to edit comes with how to end it. */
export function waitingMessage(finding: Finding, run: Key, attempt: string, job: string): string {
  const { what, move, field, quote } = finding;
  const remedy = move === 'Wait' ? finding.remedy : capital(finding.remedy);
  const describe = describeCommand(run, attempt);
  const cancel = cancelCommand(run, job);
  const told = () => {
    switch (move) {
      case 'Wait':
        return `It starts by itself once that changes; if it never does, ${remedy}: ${describe}`;
      case 'ReadLog':
        return `${remedy}: ${logsCommand(run, job, finding)} --previous; to end this attempt: ${cancel}`;
      case 'Provide':
      case 'Edit':
      case 'Repeat': {
        const look = finding.reason === 'ClaimMissing' ? `kubectl -n ${run.namespace} get pvc` : describe;
        const orEdit = field === undefined ? '' : `; or edit ${field} and end this attempt: ${cancel}`;
        return `${remedy} (${look}), and it goes on by itself${orEdit}`;
      }
    }
  };
  return quoting(`${what}. ${told()}`, quote, longest);
}

/** Why an attempt's pod failed. An edit of the recipe starts another attempt. */
export function failureMessage(finding: Finding, run: Key, job: string): string {
  const { what, move, field, quote } = finding;
  const remedy = capital(finding.remedy);
  const rerun = rerunCommand(run);
  const told = () => {
    switch (move) {
      case 'ReadLog': {
        const log = `${remedy}: ${logsCommand(run, job, finding)}`;
        return field === undefined
          ? `${log}; an edit of the recipe starts another attempt, so does: ${rerun}`
          : `${log}; if one of its processes took too much, raise ${field}: ${editCommand(run)}; else run again: ${rerun}`;
      }
      case 'Edit':
      case 'Provide':
      case 'Wait':
      case 'Repeat':
        return field === undefined ? `${remedy}; then run again: ${rerun}` : `${remedy}: ${editCommand(run)}`;
    }
  };
  return quoting(`${what}. ${told()}`, quote, longest);
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function logsCommand(run: Key, job: string, { container, isMain }: Finding): string {
  const named = isMain || container === undefined ? '' : ` -c ${container}`;
  return `kubectl -n ${run.namespace} logs job/${job}${named}`;
}
