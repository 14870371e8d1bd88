/** Makes a fault on a cluster, as people would, and waits until it shows. */
import type { Condition } from '../../../src/api/types.ts';
import { kindOf } from '../../../src/cli/cluster/kinds.ts';
import type { Sight } from '../outcomes/observations.ts';
import type { Place } from '../outcomes/place.ts';
import { type Fault, faultLabel } from './fault.ts';

export async function make(name: string, fault: Fault, place: Place): Promise<void> {
  const { before = [], objects, afterwards, shows, about, title } = fault;
  await place.make({ [faultLabel]: name });
  if (before.length > 0) await place.apply(...before);
  if (objects.length > 0) await place.apply(...objects);
  await afterwards?.(place);
  await place.until(title, (sight) => {
    const lines = saidOf(about, sight);
    return shows.every((pattern) => lines.some((line) => pattern.test(line)));
  });
}

/** What the conditions of an object say, as `Type=Status Reason: message`, without the commands, which name the namespace. */
export function saidOf(about: string, { runs, versions, deployments, monitors }: Sight): readonly string[] {
  const [word = '', name] = about.split('/');
  const { kind } = kindOf(word);
  const all: readonly Conditioned[] = [...runs, ...versions, ...deployments, ...monitors];
  const object = all.find((one) => one.kind === kind && one.metadata?.name === name);
  const conditions = object?.status?.conditions ?? [];
  return conditions.map(
    ({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message.replaceAll(/`[^`]*`/g, '…')}`,
  );
}

interface Conditioned {
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}
