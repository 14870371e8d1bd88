/** How much the observer takes on at a time, so that no number of clients ends it: whoever ends the observer ends the model. */
export interface Limits {
  /** Connections of clients. */
  readonly connections: number;
  /** Those of them that have not sent the head of their first request. As many as requests, which may all come at once: Node accepts all before it reads. */
  readonly heads: number;
  /** Requests whose head has come, and whose answer has not ended. */
  readonly requests: number;
  /** Those of them that are sure of their place though they wait for their client, which sends its body or takes its answer slowly. */
  readonly slow: number;
  /** WebSockets. */
  readonly tunnels: number;
}

const mebi = 1024 * 1024;

/** What Node takes by itself. */
const base = 64 * mebi;

/** The memory limit of the pod template, for which the numbers below are measured: see docs/containers.md. */
const usual = 256 * mebi;

/** More memory takes more, and less takes less. @param memory the limit of the container in bytes; 0 or beyond all bounds: there is none. */
export function limitsWithin(memory: number): Limits {
  const room = memory > 0 && memory < 1024 * usual ? memory - base : usual - base;
  const times = Math.min(Math.max(room / (usual - base), 1 / 8), 8);
  const of = (count: number) => Math.round(count * times);
  return { connections: of(2560), heads: of(1024), requests: of(1024), slow: of(512), tunnels: of(256) };
}

/**
 * Of the second port, which the kubelet and Prometheus ask. Its answers are soon made, so there is a place for every request, and who comes
 * takes the place of whoever has waited longest.
 */
export const administrationLimits: Limits = { connections: 256, heads: 128, requests: 256, slow: 64, tunnels: 0 };

/**
 * In milliseconds: how long the head of a request may take, from the connection or from its first byte. As Node has it, so that only who sends
 * nothing is given up: on a machine without a free processor ten seconds passed before a client sent its head, or before it was read. However
 * long it is, slow heads take no more memory: there may be so many of them.
 */
export const headTimeout = 60_000;

/**
 * In milliseconds: how long a kept connection may idle from when the pod is to go. Until then its client asks, and is told to connect anew; if it were closed
 * at once, a request could be on its way into it. It is over before the server ends, five seconds after the pod is to go.
 */
export const drainTimeout = 2_000;

/** In milliseconds: how long a client may send no byte of its body, or take none of its answer, before it is given up. */
export const stallTimeout = 60_000;

/** In bytes: what servers usually take at most, and what 1,024 clients may send at the same time without an end. */
export const largestHead = 32 * 1024;

/** Node drops what is above its own limit in silence, and so might drop what frames a message. */
export const mostFields = 256;

/** Requests that a client may send before it has the answer to the first: they are answered one after another. */
export const longestPipeline = 8;

/** In bytes, each way: what may wait in memory for the slower side, on top of the piece that was read last. */
export const waterMark = 16 * 1024;
