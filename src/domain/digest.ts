import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** `sha256:` and the hash of a text, by code that runs in a browser as well. */
export function textDigest(text: string): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}

/** What people tell models and images apart by: the first 12 digits, without the algorithm, which most have in common. Undefined where there are none. */
export function shortDigest(digest: string | undefined): string | undefined {
  return digest?.slice(digest.lastIndexOf(':') + 1).slice(0, 12) || undefined;
}
