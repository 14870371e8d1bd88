import type { IMonitor } from '../../api/types.ts';
import { conditionHeadline } from '../../api/headline.ts';
import { monitors } from '../../api/kinds.ts';
import type { Controller } from '../../controller.ts';
import { observe } from './observe.ts';
import type { MonitorFacts, QuerySource } from './observe.ts';
import { plan } from './plan.ts';
import { questions } from './questions.ts';
import { refused } from './status/refused.ts';
import { watches } from './watches.ts';

export type { MonitorFacts, QuerySource } from './observe.ts';

export interface MonitorOptions {
  /** What the administrator has opened to namespaces for `query` checks. */
  readonly sources: readonly QuerySource[];
}

/** The controller that watches what is served, asks for training and rejects what serves badly. It creates nothing. */
export function createMonitorController({ sources }: MonitorOptions): Controller<IMonitor, MonitorFacts> {
  return {
    kind: monitors,
    watches,
    observe: (monitor, read) => Promise.resolve(observe(monitor, read, sources)),
    questions,
    plan,
    refused,
    headline: ({ conditions, revision, retrain }) =>
      conditionHeadline(conditions, 'ChecksPassed', `${revision ?? ''} ${retrain?.requestedAt ?? ''}`),
  };
}
