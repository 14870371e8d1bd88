import type { World } from '../world.ts';

/** Something that people or the world do, and what comes of it. */
export interface Step {
  readonly title: string;
  act?(world: World): Promise<void> | void;
  /** Asked at each change in the namespace; the next step waits for it. */
  until(world: World): boolean;
}

export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Whether it may lawfully end elsewhere, if only since somebody was away in the moment in which a watch told something. */
  readonly end?: 'MayDiffer';
}
