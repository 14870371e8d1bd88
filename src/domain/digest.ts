import { createHash } from 'node:crypto';

/** `sha256:` and the hash of a text. */
export function textDigest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
