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
  /** Where only a watch can tell what happened, who was away in that moment may lawfully end elsewhere. */
  readonly end?: 'MayDiffer';
}
