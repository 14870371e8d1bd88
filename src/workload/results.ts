import type { IPod } from 'kubernetes-models/v1';
import { Malformed, parseDocument, type ResultsDocument } from './document.ts';
import { parseMetrics } from './metrics.ts';

export type { ResultsDocument } from './document.ts';

type ResultsProblem = 'ResultsMissing' | 'ResultsMalformed' | 'ResultsTooLarge';

export type Results =
  | { readonly type: 'Reported'; readonly document: ResultsDocument }
  | { readonly type: 'None' }
  | { readonly type: 'Invalid'; readonly reason: ResultsProblem; readonly message: string };

/** The kubelet keeps the last 4,096 bytes of a termination message, and shares 12 KiB among all containers of a pod. */
export function messageLimit(pod: IPod): number {
  const containers =
    (pod.spec?.containers.length ?? 1) +
    (pod.spec?.initContainers?.length ?? 0) +
    (pod.spec?.ephemeralContainers?.length ?? 0);
  return Math.min(4096, Math.floor((12 * 1024) / containers));
}

/** Where and how results are declared to be left. */
export interface DeclaredResults {
  readonly path: string;
  readonly format: 'Document' | 'Metrics';
  /** Whether somebody said so: then nothing is a mistake. */
  readonly isWanted: boolean;
  /** The metrics that the gate judges. */
  readonly gate: readonly string[];
}

/**
 * Reads what a container that ended well left as its termination message.
 * @param limit in bytes: a message of that length was cut by the kubelet.
 */
export function parseResults(message: string | undefined, limit: number, declared: DeclaredResults): Results {
  if (message === undefined || message.trim() === '') return declared.isWanted ? missing(declared) : { type: 'None' };
  const size = new TextEncoder().encode(message).length;
  if (size >= limit) return { type: 'Invalid', reason: 'ResultsTooLarge', message: tooLarge(declared, limit) };
  try {
    return { type: 'Reported', document: documentOf(message, declared) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { type: 'Invalid', reason: 'ResultsMalformed', message: error.message };
  }
}

function documentOf(message: string, { path, format, gate }: DeclaredResults): ResultsDocument {
  return format === 'Metrics' ? { metrics: parseMetrics(message, path, gate), datasets: {} } : parseDocument(message);
}

function missing({ path }: DeclaredResults): Results {
  const message = `the container ended well and left nothing in ${path}, where spec.results says that its results are: open that very file and write to it, since another one that is put in its place is not read`;
  return { type: 'Invalid', reason: 'ResultsMissing', message };
}

function tooLarge({ path, format }: DeclaredResults, limit: number): string {
  const cut = `reached the kubelet's limit of ${limit} bytes and was cut`;
  return format === 'Metrics'
    ? `what was written to ${path} ${cut}: write fewer numbers to it, such as the last ones alone`
    : `the results document ${cut}: report fewer metrics or a smaller profile`;
}
