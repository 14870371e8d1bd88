/** How a hostile user comes upon what the operator makes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Kind, Resource } from '../../../../src/api/resource.ts';
import type { Request } from '../../contract.ts';
import { targetOf } from '../../proxy/kubernetes.ts';
import { anyMoment, type Fault, type Means } from '../fault.ts';

export const forgery = { class: 'Forgery', kind: 'None', end: 'MayDiffer', moments: anyMoment } as const;

/** Does something with what the operator created last of a kind: at once, or as soon as there is one. */
export function uponLast<R extends Resource>(
  kind: Kind<R>,
  act: (means: Means, made: R) => Promise<void>,
): Pick<Fault, 'upon' | 'strike'> {
  const isMeant = isCreationOf(kind);
  const actUpon = async (means: Means, creation: Request) => {
    const made = await answerTo(creation);
    if (made !== undefined) await act(means, made as R);
  };
  return {
    upon: [`POST ${kind.plural}`],
    strike: (means) => {
      const last = means.requests.findLast(isMeant);
      if (last !== undefined) return void actUpon(means, last);
      const before = ({ request }: { readonly request: Request }) => void actUpon(means, request);
      means.treatNext(1, { before }, isMeant);
    },
  };
}

/** In milliseconds. */
const patience = 5_000;

/** What the API server answers to a request that is under way; undefined if nothing comes of it. */
async function answerTo(request: Request): Promise<unknown> {
  const end = performance.now() + patience;
  while (request.answer === undefined && performance.now() < end) await pause(2);
  return request.answer;
}

/** Makes something else of the same name, just before the operator's own creation arrives. */
export function beforeNext<R extends Resource>(
  kind: Kind<R>,
  forge: (means: Means, object: R) => Promise<void>,
): Pick<Fault, 'moments' | 'upon' | 'strike'> {
  return {
    // The write at which it struck would be under way already.
    moments: ['Request', 'Event'],
    upon: [`POST ${kind.plural}`],
    strike: (means) => {
      const before = async ({ request }: { readonly request: Request }): Promise<undefined> => {
        await forge(means, request.body as R);
      };
      means.treatNext(1, { before }, isCreationOf(kind));
    },
  };
}

function isCreationOf({ plural }: Kind) {
  return ({ method, path }: Request): boolean => method === 'POST' && targetOf(path)?.plural === plural;
}
