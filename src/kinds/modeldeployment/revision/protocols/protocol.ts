import type { IProbe } from 'kubernetes-models/v1';

/** How a probe finds out whether a server is ready. Timing is the same for all of them. */
export type ProbeAction = Pick<IProbe, 'exec' | 'grpc' | 'httpGet' | 'tcpSocket'>;

/**
 * What a server speaks, as far as its readiness tells: one file each, and one line in index.ts and, in the same order, in the schema of
 * spec.server.protocol.
 */
export interface Protocol {
  /** As spec.server.protocol names it. */
  readonly name: string;
  /** Exactly one action, by which the kubelet asks the server itself. */
  probe(port: number): ProbeAction;
  /** The same of whether it lives, where that is asked otherwise than whether it is ready. */
  lives?(port: number): ProbeAction;
  /** How people ask a server for one answer, where more is known than that it listens. */
  readonly asking?: Asking;
}

/** Paths of the protocol, and no others: what a server says of itself becomes none. */
export interface Asking {
  /** Where a body goes. */
  path(model: string): string;
  /** Where the server says what it takes. */
  description(model: string): string;
  /** A body that it should take, by what it says, for the model that a person named, if any; undefined where it does not say enough. */
  example(description: unknown, named: string | undefined): unknown;
  /** Whether bodies name the model, not paths: then there are further paths, of which a person may write one. */
  readonly isModelInBody?: boolean;
}
