/** What the observer gets of a node. */
import type { IResourceRequirements } from 'kubernetes-models/v1';
import type { ComputeResources } from '../../../api/types.ts';
import { isFields } from '../../../domain/canonical.ts';

type Amounts = Readonly<Partial<Record<(typeof resources)[number], string>>>;

/** What the installation gives each observer. */
export interface ObserverAmounts {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

const resources = ['cpu', 'memory'] as const;

/** As the chart has them. No limit of processors: an observer that is throttled makes every request wait. */
export const usualAmounts: ObserverAmounts = {
  requests: { cpu: '20m', memory: '64Mi' },
  limits: { memory: '256Mi' },
};

/** What the deployment asks for counts as request and limit alike, as for its server; the installation says the rest. */
export function amountsOf(own: ComputeResources = {}, usual: ObserverAmounts = usualAmounts): IResourceRequirements {
  const asked = Object.fromEntries(
    resources.flatMap((name) => (own[name] === undefined ? [] : [[name, String(own[name])]])),
  );
  return { requests: { ...usual.requests, ...asked }, limits: { ...usual.limits, ...asked } };
}

/**
 * Reads a JSON object such as `{"requests": {"cpu": "20m"}, "limits": {"memory": "256Mi"}}`; undefined if nothing is said.
 * @throws an Error that says which form is expected.
 */
export function parseObserverAmounts(json: string | undefined): ObserverAmounts | undefined {
  if (json === undefined || json === '') return undefined;
  const value = parsed(json);
  if (isFields(value) && Object.keys(value).every((key) => key === 'requests' || key === 'limits')) {
    const { requests = {}, limits = {} } = value;
    if (areAmounts(requests) && areAmounts(limits)) return { requests, limits };
  }
  throw new Error(
    `FLYBALL_OBSERVER_RESOURCES must be an object such as ${JSON.stringify(usualAmounts)}, with cpu and memory as texts, is ${json}`,
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function areAmounts(value: unknown): value is Amounts {
  return (
    isFields(value) &&
    Object.entries(value).every(
      ([name, amount]) => resources.some((one) => one === name) && typeof amount === 'string' && quantity.test(amount),
    )
  );
}

const quantity = /^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;
