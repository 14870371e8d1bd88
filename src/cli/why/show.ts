import { kubectl } from '../../api/command.ts';
import { shortened } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import { roughly } from '../../api/lasting.ts';
import { type Actor, actors } from '../../api/reason.ts';
import { keyOf } from '../../api/resource.ts';
import type { Asked, UnreadEvidence } from '../../product/why/evidence.ts';
import type { Explanation, Proof, Step } from '../../product/why/explanation.ts';
import type { Output } from '../output/output.ts';
import { joined, styled, text, type Text } from '../output/text.ts';

/** The answer first, on one screen. */
export function textOf(asked: Asked, explanation: Explanation, now: Date): Text[] {
  const { what, reason, since, why, actor, next, evidence, unread } = explanation;
  return [
    text`${styled('strong', `${asked.kind} ${what}`)}${reason === undefined ? undefined : ` (${reason})`}`,
    ...(since === undefined ? [] : [line('since', text`${timeText(since)}, ${agoText(since, now)}`)]),
    line('why', text`${why.replace(/[.]+$/, '')}.`),
    line('move', moveText(actor)),
    ...next.flatMap((step, index) => stepLines(step, index === 0 ? 'next' : '')),
    ...section(
      'evidence',
      evidence.map((proof) => proofLine(proof, now)),
    ),
    ...section('not read', unread.map(unreadLine)),
  ];
}

/** As `--output` gives it. */
export function documentOf(asked: Asked, explanation: Explanation, out: Output) {
  const { namespace, name } = keyOf(asked);
  const next = explanation.next.map(({ command, ...step }) =>
    defined<Step>({ ...step, command: command && out.runnable(command) }),
  );
  return { object: { kind: asked.kind, namespace, name }, ...explanation, next };
}

const labelWidth = 7;

function line(label: string, words: Text): Text {
  return joined([styled('faint', label), words], ' '.repeat(labelWidth - label.length));
}

function stepLines({ text: words, command }: Step, label: string): Text[] {
  const first = line(label, text`${words}${command === undefined ? '' : ':'}`);
  return command === undefined ? [first] : [first, line('', text`  ${styled('command', command)}`)];
}

function section(title: string, lines: readonly Text[]): Text[] {
  return lines.length === 0 ? [] : [text``, styled('faint', title), ...lines];
}

const longestProof = 400;

function proofLine({ source, words, at }: Proof, now: Date): Text {
  const isTimed = at !== undefined && !Number.isNaN(Date.parse(at));
  const seen = isTimed ? styled('faint', `, ${agoText(at, now)}`) : undefined;
  return text`  ${source}${seen}: ${shortened(words, longestProof)}`;
}

function unreadLine({ what, why, right }: UnreadEvidence): Text {
  const command = right && kubectl(right.namespace, 'auth', 'can-i', right.verb, right.resource);
  const asking = command === undefined ? undefined : text`; to see whether you may: ${styled('command', command)}`;
  return text`  ${what}: ${why}${asking}`;
}

/** As the clock on the wall has it. */
function timeText(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName');
  return `${date.toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })} ${zone?.value ?? ''}`.trim();
}

function agoText(time: string, now: Date): string {
  const age = now.getTime() - Date.parse(time);
  return age < 0 ? `in ${roughly(-age)}` : `${roughly(age)} ago`;
}

function moveText(actor: Actor): Text {
  return text`${actor}: ${actors[actor]}`;
}
