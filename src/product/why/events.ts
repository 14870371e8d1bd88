import type { IEvent } from 'kubernetes-models/v1';
import { keyOf, type Resource, uidOf } from '../../api/resource.ts';
import { shortened } from '../../api/condition.ts';
import type { Case } from './case.ts';
import type { Proof } from './explanation.ts';

/** When an event was seen last; RFC 3339. */
export function timeOfEvent({ series, lastTimestamp, eventTime, metadata }: IEvent): string | undefined {
  return (series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata?.creationTimestamp)?.toString();
}

/** When it was seen first. */
export function beginOfEvent({ firstTimestamp, eventTime, metadata }: IEvent): string | undefined {
  return (firstTimestamp ?? eventTime ?? metadata?.creationTimestamp)?.toString();
}

/** The events of an object, by its UID where both tell one, the newest first. */
export function eventsOf(
  events: readonly IEvent[],
  objects: readonly Resource[],
  ...reasons: readonly string[]
): IEvent[] {
  return events
    .filter(({ reason = '' }) => reasons.length === 0 || reasons.includes(reason))
    .filter((event) => objects.some((object) => isAbout(event, object)))
    .toSorted((one, other) => millisecondsOf(other) - millisecondsOf(one));
}

/** Those of the pods that an object's fate hangs on, and of what makes them. */
export function eventsOfCase({ evidence, focus }: Case, ...reasons: readonly string[]): IEvent[] {
  if (focus === undefined) return [];
  return eventsOf(evidence.seen.events, [...focus.makers, ...focus.pods], ...reasons);
}

function isAbout({ involvedObject: { kind, name, uid } }: IEvent, object: Resource): boolean {
  if (uid !== undefined && uidOf(object) !== '') return uid === uidOf(object);
  return kind === object.kind && name === keyOf(object).name;
}

function millisecondsOf(event: IEvent): number {
  return Date.parse(timeOfEvent(event) ?? '') || 0;
}

const longestWords = 600;

export function proofOfEvent(event: IEvent): Proof {
  const { reason = '', message = '', involvedObject, count = event.series?.count } = event;
  const at = timeOfEvent(event);
  const often = count !== undefined && count > 1 ? ` (${count} times)` : '';
  return {
    source: `event ${reason} of ${involvedObject.kind ?? 'object'} ${involvedObject.name ?? ''}${often}`,
    words: shortened(message, longestWords),
    ...(at !== undefined && { at }),
  };
}
