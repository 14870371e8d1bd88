/** What Flyball itself exports about its process; of the others only the kernel tells. */
import { existsSync, readFileSync } from 'node:fs';
import type { Cluster } from './cluster.ts';

/** Reads a number of replica 0 by its metric's name; undefined if the contender exports none. */
export async function exported({ file }: Cluster): Promise<((metric: string) => number) | undefined> {
  const ports = file('flyball-0.ports');
  if (!existsSync(ports)) return undefined;
  const port = /^8080 (\d+)$/m.exec(readFileSync(ports, 'utf8'))?.[1];
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return (metric) => Number(new RegExp(`^${metric} (.+)$`, 'm').exec(text)?.[1]);
}
