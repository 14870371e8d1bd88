/** `kind` needs Docker, `local` needs Linux and root, `current` is the cluster of the current kubeconfig context. */
export type ProviderName = 'kind' | 'local' | 'current';

/** A cluster that is up. All paths are absolute. */
export interface Cluster {
  readonly name: string;
  readonly provider: ProviderName;
  /** A kubeconfig whose current context is this cluster, with the rights of a cluster administrator. */
  readonly kubeconfig: string;
  readonly kubectl: string;
  readonly helm: string;
  /** The API server's audit log, one JSON event a line, and the user that the kubeconfig's writes appear as in it. */
  readonly audit?: { readonly log: string; readonly person: string };
  /** The address at which pods reach programs of this machine, where it is known. */
  readonly machine?: string;
  /** Makes the images of an OCI archive available to the pods of every node; such pods must not always pull. */
  loadImage(archive: string): Promise<void>;
  /** Stops the API server, starts it again and returns when it is ready. */
  restartApiServer?(): Promise<void>;
  /** Does something while the cluster's DNS answers nobody, and returns when it answers again. */
  withoutDNS?(act: () => Promise<void>): Promise<void>;
  /** Removes the cluster and all that it left on the machine. */
  down(): Promise<void>;
}

/** How clusters of one provider come and go. */
export interface Provider {
  /** Starts the cluster, or returns the one that is up and healthy. Removes first what a crashed one left behind. */
  up(name: string): Promise<Cluster>;
  /** The cluster when it is up and healthy. */
  find(name: string): Promise<Cluster | undefined>;
  /** Removes the cluster, or what is left of it; does nothing when there is none. */
  down(name: string): Promise<void>;
}
