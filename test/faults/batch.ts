/** Disasters that befall a whole cluster, and so many plans at once: they have a cluster of their own. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Reference } from './compare.ts';
import type { Description } from './descriptions/description.ts';
import { type Ground, startGround } from './ground.ts';
import { observed } from './kinds.ts';
import { type Random, randomFrom } from './random.ts';
import { type Barrier, failure, type Outcome, run } from './run.ts';

/** The share of all plans that a disaster befalls; most of them are restores of a backup. */
export const shareOfBatch = 0.08;
const shareOfRestores = 0.7;

/** How many plans wait for the same disaster. */
const together = 12;

const disasters = ['Restore', 'ApiServerRestart', 'EtcdRestart', 'Compaction'] as const;
type Disaster = (typeof disasters)[number];

/** From the moment at which all go on until the disaster, in milliseconds. */
const longestDelay = 900;

/** Runs this many plans through disasters, and judges them. */
export async function batch(
  description: Description,
  references: ReadonlyMap<string, Reference>,
  count: number,
  seed: number,
): Promise<readonly Outcome[]> {
  const random = randomFrom(seed);
  const ground = await startGround(observed);
  const outcomes: Outcome[] = [];
  try {
    for (const { disaster, size } of rounds(count)) {
      outcomes.push(...(await round(disaster, size, { description, references, ground, random })));
    }
    return outcomes;
  } finally {
    await ground.stop();
  }
}

function rounds(count: number): readonly { readonly disaster: Disaster; readonly size: number }[] {
  const restores = Math.ceil(count * shareOfRestores);
  const others = disasters.filter((disaster) => disaster !== 'Restore');
  const shares = others.map((_, index) => Math.floor((count - restores + others.length - 1 - index) / others.length));
  const wanted = [
    ['Restore', restores] as const,
    ...others.map((other, index) => [other, shares[index] ?? 0] as const),
  ];
  return wanted.flatMap(([disaster, all]) =>
    Array.from({ length: Math.ceil(all / together) }, (_, index) => ({
      disaster,
      size: Math.min(together, all - index * together),
    })),
  );
}

interface Batch {
  readonly description: Description;
  readonly references: ReadonlyMap<string, Reference>;
  readonly ground: Ground;
  readonly random: Random;
}

/** All plans come to a step of theirs and wait; they go on together, and then the disaster strikes. */
async function round(
  disaster: Disaster,
  size: number,
  { description, references, ground, random }: Batch,
): Promise<readonly Outcome[]> {
  const isRestore = disaster === 'Restore';
  const gate = new Gate(size);
  const scenarios = Array.from({ length: size }, () => random.pick(description.scenarios));
  const plans = scenarios.map(async ({ name, steps }) => {
    const barrier: Barrier = {
      step: Math.floor(random.next() * steps.length),
      wait: gate.place(),
      ...(isRestore && { restored: gate.restored.promise }),
    };
    const plan = { scenario: name, injections: [] };
    try {
      return await run(plan, description, ground, isRestore ? undefined : references.get(name), barrier);
    } catch (error) {
      return failure(plan, error);
    } finally {
      // One that fails before its barrier must not keep the others waiting.
      void barrier.wait();
    }
  });
  await gate.full;
  const backup = isRestore ? await ground.environment.backUp() : undefined;
  gate.open();
  await pause(random.next() * longestDelay);
  await strike(disaster, ground, backup);
  if (isRestore) await ground.histories.listAgain();
  gate.restored.resolve(performance.now());
  const outcomes = await Promise.all(plans);
  return outcomes.map((outcome) => ({ ...outcome, disaster }));
}

async function strike(disaster: Disaster, { environment }: Ground, backup: string | undefined): Promise<void> {
  switch (disaster) {
    case 'Restore':
      return environment.restore(backup ?? '');
    case 'ApiServerRestart':
      return environment.restartApiServer({ kill: true });
    case 'EtcdRestart':
      return void (await environment.backUp());
    case 'Compaction':
      await environment.compact();
      return environment.restartApiServer();
  }
}

/** Where so many wait for one another. */
class Gate {
  readonly full: Promise<void>;
  readonly restored = Promise.withResolvers<number>();
  readonly #opened = Promise.withResolvers<void>();
  readonly #filled = Promise.withResolvers<void>();
  #missing: number;

  constructor(size: number) {
    this.#missing = size;
    this.full = this.#filled.promise;
  }

  /** A place for one of them: to call it is to arrive, and to wait. */
  place(): () => Promise<void> {
    let isHere = false;
    return () => {
      if (!isHere) this.#missing -= 1;
      isHere = true;
      if (this.#missing === 0) this.#filled.resolve();
      return this.#opened.promise;
    };
  }

  open(): void {
    this.#opened.resolve();
  }
}
