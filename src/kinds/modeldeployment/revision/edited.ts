/** Workloads whose template somebody changed. */
import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { kubectl } from '../../../api/command.ts';
import type { Remedy } from '../../../api/message.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import type { RevisionStatus } from '../../../api/types.ts';
import { mainContainer } from '../../../workload/container.ts';
import { mainOf, type Provenance } from '../../../workload/origin.ts';
import type { RevisionTemplate } from './deployment.ts';
import type { Report } from './health.ts';
import { hasVariables, isAsMade, isComparable, makingDigest, restoring } from './template.ts';
import { sentence } from './words.ts';
import type { RevisionWorkload } from './workload.ts';

/** A revision with what keeps its pods. */
export interface Kept {
  readonly role: RevisionStatus;
  readonly found: RevisionWorkload;
  /** What it would be made from today, on whatever hardware; absent for one that the spec describes no longer. */
  readonly declared: RevisionTemplate | undefined;
  /** Whether the hardware profile that it names is gone, or asks for what cannot be. */
  readonly lacksHardware?: boolean;
  readonly provenance: Provenance;
}

/** What is certain of the template of a revision. */
export type Making =
  /** It is as it was made. `digest` is what is to be remembered of it, if that is not known yet. */
  { readonly type: 'Own'; readonly digest?: string } | { readonly type: 'Edited'; readonly report: Report };

/**
 * By the digest of the template as the API server answered its POST, after what others in the cluster made of it. Without one, or with one
 * of a release that covered something else, by what would be made today; and of a revision that cannot be made any more nothing is known.
 */
export function makingOf(kept: Kept): Making {
  const { role, found } = kept;
  const now = found.workload.making(found.object);
  if (now === undefined) return { type: 'Own' };
  const { template } = now;
  const main = declaredMain(kept);
  const digest = makingDigest(now);
  if (role.workloadUID === uidOf(found.object) && isComparable(role.templateDigest)) {
    const isOwn = digest === role.templateDigest && (main === undefined || hasVariables(template, main));
    return isOwn ? { type: 'Own' } : edited(kept, template, main);
  }
  if (main === undefined) return { type: 'Own' };
  return isAsMade(template, main, hasImageOf(kept)) ? { type: 'Own', digest } : edited(kept, template, main);
}

/** Whether its image has to be the declared one. Until somebody writes to it, it can only be what a webhook made of that. */
function hasImageOf({ found, provenance }: Kept): boolean {
  return provenance === 'Compare' || (found.object.metadata?.generation ?? 1) > 1;
}

function declaredMain({ found: { workload }, declared }: Kept): IContainer | undefined {
  const object = declared && workload.build(declared);
  return object && mainOf(workload.making(object)?.template.spec?.containers);
}

function edited({ role, found, ...kept }: Kept, template: IPodTemplateSpec, main: IContainer | undefined): Making {
  const { kind } = found.workload.kind;
  const { namespace, name } = keyOf(found.object);
  const mending = main === undefined ? {} : restoring(template, main);
  const fields = Object.keys(mending);
  const which = fields.length === 0 ? '' : ` (${fields.join(', ')})`;
  const told = {
    what:
      `somebody changed the template of ${kind} "${name}"${which}, so that its pods are not revision ${role.revision} ` +
      'any more: nothing is promoted by them, nor rejected as long as something serves',
    remedies: [
      ...(fields.length === 0 ? [] : [restore(namespace, name, mending)]),
      {
        text: `delete it, which ends its pods; ${afterDeletion(kept)}`,
        command: kubectl(namespace, 'delete', kind.toLowerCase(), name),
      },
    ],
  };
  return { type: 'Edited', report: { reason: 'Forged', message: sentence(told), told } };
}

function afterDeletion({ declared, lacksHardware }: Pick<Kept, 'declared' | 'lacksHardware'>): string {
  if (declared === undefined) return 'what the spec asks for takes over';
  return lacksHardware === true ? 'it is made again when there is its hardware profile' : 'it is made again';
}

/** Its pods are replaced one after the other, so that it goes on serving. */
function restore(namespace: string, name: string, mending: Readonly<Record<string, unknown>>): Remedy {
  const containers = [{ name: mainContainer, ...mending }];
  const patch = JSON.stringify({ spec: { template: { spec: { containers } } } });
  return { text: 'restore it', command: kubectl(namespace, 'patch', 'deployment', name, '-p', patch) };
}
