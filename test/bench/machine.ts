import { arch, cpus, totalmem } from 'node:os';

/** The day and the machine, as they stand above a table. */
export function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${cpus().length} × ${first?.model ?? arch()}, ${memory} GiB, Node ${process.versions.node}`;
}
