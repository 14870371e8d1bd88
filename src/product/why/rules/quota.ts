/** The rule about a full quota, for where the events that told of it are gone: they last an hour. */
import type { IResourceQuota } from 'kubernetes-models/v1';
import { kubectl } from '../../../api/command.ts';
import { keyOf, type Resource } from '../../../api/resource.ts';
import { bytesOf } from '../../../domain/quantity.ts';
import { isUnfinished } from '../../../workload/podend.ts';
import type { Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { type Amounts, requestsOf } from '../requests.ts';
import { templateOf } from '../template.ts';

interface Full {
  readonly quota: IResourceQuota;
  readonly resource: string;
}

export const quotaFull: Rule = (one) => {
  const { focus, evidence } = one;
  if (focus === undefined || focus.pods.filter(isUnfinished).length >= focus.wanted) return undefined;
  const asked = askedBy(focus.makers);
  // Which pods a quota with scopes counts is not worked out here.
  const counting = (evidence.seen.quotas ?? []).filter(({ spec }) => !spec?.scopes && !spec?.scopeSelector);
  const [full] = counting.flatMap((quota) => fullIn(quota, asked));
  if (full === undefined) return undefined;
  const { namespace, name } = keyOf(full.quota);
  const { hard = {}, used = {} } = full.quota.status ?? {};
  const state = `${used[full.resource] ?? 0} of ${hard[full.resource] ?? 0} of ${full.resource} are used`;
  return {
    what: `${focus.title} gets no pods`,
    why: `ResourceQuota ${name} of namespace ${namespace} has no room for another pod: ${state}`,
    actor: 'Administrator',
    next: [
      {
        text: 'see what the quota has left, and free or raise it',
        command: kubectl(namespace, 'describe', 'quota', name),
      },
      edit(one, 'or ask for less'),
    ],
    proofs: [{ source: `ResourceQuota ${name}`, words: state }],
  };
};

function fullIn(quota: IResourceQuota, asked: Amounts): Full[] {
  const { hard = {}, used = {} } = quota.status ?? {};
  return Object.keys(hard).flatMap((resource) => {
    const left = (bytesOf(hard[resource] ?? 0) ?? 0) - (bytesOf(used[resource] ?? 0) ?? 0);
    const wanted = asked[resource.replace(/^requests\./, '').replace(/^count\/pods$/, 'pods')];
    return wanted !== undefined && wanted > left ? [{ quota, resource }] : [];
  });
}

function askedBy(makers: readonly Resource[]): Amounts {
  const spec = templateOf(makers);
  return spec === undefined ? {} : requestsOf({ apiVersion: 'v1', kind: 'Pod', spec });
}
