import { injection } from './beside.ts';
import { disruption } from './disruption.ts';
import { ill } from './ill.ts';
import { interference } from './interference.ts';
import { loop } from './loop.ts';
import { measured } from './measured.ts';
import type { Scenario } from './scenario.ts';
import { serving } from './serving.ts';
import { steering } from './steering.ts';
import { training } from './training.ts';

/** What is disturbed: all that users and the world do to an operator's objects. */
export const scenarios: readonly Scenario[] = [
  ...training,
  ...disruption,
  ...injection,
  ...serving,
  ...ill,
  ...steering,
  ...measured,
  ...loop,
  ...interference,
];
