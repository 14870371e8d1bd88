import type { Question } from '../../../measure/measure.ts';
import type { MonitorReason } from '../status/reasons.ts';

/** How a value is measured, or why it cannot be. */
export type Measure = Question | Blind;

/** It cannot be measured until somebody acts or something comes. */
export interface Blind {
  readonly type: 'Blind';
  readonly reason: MonitorReason;
  readonly message: string;
}
