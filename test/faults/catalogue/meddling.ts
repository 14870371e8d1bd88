import type { Request } from '../contract.ts';
import { targetOf } from '../proxy/kubernetes.ts';
import { anyMoment, type Fault, type Means } from './fault.ts';

const meddling = {
  class: 'Meddling',
  kind: 'Required',
  kinds: ['jobs', 'deployments', 'services'],
  end: 'MayDiffer',
  moments: anyMoment,
} as const;

/** The path of what the operator created last of a kind. */
function lastCreated(requests: readonly Request[], plural: string | undefined): string | undefined {
  const isMeant = ({ method, path, answer }: Request): boolean =>
    method === 'POST' && answer !== undefined && targetOf(path)?.plural === plural;
  const creation = requests.findLast(isMeant);
  if (creation === undefined) return undefined;
  const { metadata } = creation.answer as { readonly metadata: { readonly name: string } };
  return `${creation.path}/${metadata.name}`;
}

/** Somebody changes it, by a merge patch; nothing happens as long as there is none. */
const patched =
  (patch: object): NonNullable<Fault['strike']> =>
  ({ apiServer, requests }: Means, { kind }) => {
    const path = lastCreated(requests, kind);
    if (path !== undefined) void apiServer.administer('PATCH', path, patch);
  };

/** People lay hands on what the operator has made. */
export const meddlings: readonly Fault[] = [
  {
    ...meddling,
    name: 'child-deleted',
    strike: ({ apiServer, requests }, { kind }) => {
      const path = lastCreated(requests, kind);
      if (path !== undefined) void apiServer.administer('DELETE', path, { propagationPolicy: 'Background' });
    },
  },
  { ...meddling, name: 'child-disowned', strike: patched({ metadata: { ownerReferences: null } }) },
  { ...meddling, name: 'child-unlabelled', strike: patched({ metadata: { labels: null } }) },
  {
    ...meddling,
    name: 'selector-changed',
    kinds: ['services'],
    strike: patched({ spec: { selector: { corrupted: 'true' } } }),
  },
];
