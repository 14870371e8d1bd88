import { readFileSync } from 'node:fs';

/** Another text each time the node is started; empty where its kernel does not tell. */
export function bootOfNode(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
