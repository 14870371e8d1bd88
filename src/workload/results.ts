import type { IPod } from 'kubernetes-models/v1';
import { Malformed, parseDocument, type ResultsDocument } from './document.ts';

export type { ResultsDocument } from './document.ts';

export type Results =
  | { readonly type: 'Reported'; readonly document: ResultsDocument }
  | { readonly type: 'None' }
  | { readonly type: 'Invalid'; readonly reason: 'ResultsMalformed' | 'ResultsTooLarge'; readonly message: string };

/** The kubelet keeps the last 4,096 bytes of a termination message, and shares 12 KiB among all containers of a pod. */
export function messageLimit(pod: IPod): number {
  const containers =
    (pod.spec?.containers.length ?? 1) +
    (pod.spec?.initContainers?.length ?? 0) +
    (pod.spec?.ephemeralContainers?.length ?? 0);
  return Math.min(4096, Math.floor((12 * 1024) / containers));
}

/**
 * Reads the results document from a termination message.
 * @param limit in bytes: a message of that length was cut by the kubelet.
 */
export function parseResults(message: string | undefined, limit: number): Results {
  if (message === undefined || message.trim() === '') return { type: 'None' };
  const size = new TextEncoder().encode(message).length;
  if (size >= limit) {
    return {
      type: 'Invalid',
      reason: 'ResultsTooLarge',
      message: `the results document reached the kubelet's limit of ${limit} bytes and was cut: report fewer metrics or a smaller profile`,
    };
  }
  try {
    return { type: 'Reported', document: parseDocument(message) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { type: 'Invalid', reason: 'ResultsMalformed', message: error.message };
  }
}
