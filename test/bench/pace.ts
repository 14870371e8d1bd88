/** Does `count` tasks, `width` at a time, each next one as soon as one is done: the same pressure, however fast things go. */
export async function atWidth(count: number, width: number, task: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await task(index);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

/** Starts `count` tasks at a fixed rate, whether or not those before are done: a slow answer delays no later task. */
export async function atRate(count: number, perSecond: number, task: (index: number) => Promise<void>): Promise<void> {
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const wait = began + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await pause(wait);
    const started = task(index);
    // It is reported below, once all have been started; until then nobody listens.
    started.catch(() => undefined);
    running.push(started);
  }
  await Promise.all(running);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
