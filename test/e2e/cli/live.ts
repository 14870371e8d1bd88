/** Faults as they are met: made, asked about, corrected by the fix that is known, and seen to be gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import type { Observations } from '../outcomes/observations.ts';
import { Place } from '../outcomes/place.ts';
import type { Report } from '../report.ts';
import type { Fault } from './fault.ts';
import { namespaceOf } from './faults/index.ts';
import { make, saidOf } from './play.ts';
import { Person, transcript, type Typed } from './person.ts';

export interface Round {
  readonly cluster: Cluster;
  readonly observations: Observations;
  readonly report: Report;
  /** Keeps what was on the terminal. */
  readonly keep: (name: string, text: string) => void;
}

/** Plays one fault; an exception counts as one failure. */
export async function playFault(
  name: string,
  fault: Fault,
  { cluster, observations, report, keep }: Round,
): Promise<void> {
  const namespace = namespaceOf(name);
  const place = new Place(fault.title, namespace, cluster, observations, report);
  const person = await Person.at(cluster, namespace);
  try {
    await make(name, fault, place);
    // Whoever is called takes a moment to come, as the events of the cluster's own controllers do.
    await sleep(8000);
    const asked = await person.types(`kubectl flyball why ${fault.about}`);
    keep(name, transcript(asked));
    expectAnswer(place, fault, asked);
    const document = await person.types(`kubectl flyball why ${fault.about} --output json`);
    const { actor } = JSON.parse(document.out) as { actor?: string };
    place.expect(`it is the move of: ${fault.expect.actor}`, actor === fault.expect.actor, actor ?? document.err);
    await correct(place, fault, person);
  } catch (error) {
    place.expect('it came to its end', false, error instanceof Error ? error.message : String(error));
  } finally {
    person.leaves();
  }
}

function expectAnswer(place: Place, { expect }: Fault, { out, err, seconds }: Typed): void {
  const missing = expect.cause.filter((pattern) => !pattern.test(out.split('\nevidence\n')[0] ?? ''));
  const told = missing.length === 0 ? `in ${seconds.toFixed(1)} s` : `${missing.join(', ')} not in: ${out}${err}`;
  place.expect('why tells the cause', missing.length === 0, told);
}

async function correct(place: Place, { about, expect, works }: Fault, person: Person): Promise<void> {
  const typed = await person.types(expect.fix);
  place.expect('the fix is taken', typed.exitCode === 0, `${typed.out}${typed.err}`.trim());
  if (typed.exitCode !== 0) return;
  const isWell = await place
    .until('its end', (sight) => saidOf(about, sight).some((line) => works?.test(line)))
    .catch(() => false);
  place.expect('with it all is well', isWell === true, saidOf(about, place.sight).join('\n'));
}
