/** Everything that can be done to an operator, by name. */
import { crashes } from './catalogue/crash.ts';
import type { Fault } from './catalogue/fault.ts';
import { forgeries } from './catalogue/forgery.ts';
import { leadership } from './catalogue/leadership.ts';
import { losses } from './catalogue/loss.ts';
import { meddlings } from './catalogue/meddling.ts';
import { refusals } from './catalogue/refusal.ts';
import { staleness } from './catalogue/staleness.ts';
import { clocks, measurements, outages } from './catalogue/surroundings.ts';
import { watchFaults } from './catalogue/watch.ts';

export type { Fault, FaultClass } from './catalogue/fault.ts';

export const faults: readonly Fault[] = [
  ...crashes,
  ...losses,
  ...refusals,
  ...watchFaults,
  ...staleness,
  ...leadership,
  ...clocks,
  ...outages,
  ...measurements,
  ...meddlings,
  ...forgeries,
];

const byName = new Map(faults.map((fault) => [fault.name, fault]));

/** @throws if there is no fault of this name. */
export function faultOf(name: string): Fault {
  const fault = byName.get(name);
  if (fault === undefined) throw new Error(`there is no fault "${name}"; there are ${[...byName.keys()].join(', ')}`);
  return fault;
}
