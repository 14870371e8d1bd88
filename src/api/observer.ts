/** The ports of the observer that the pod template names `inference` and `metrics`. The CRD keeps servers off them. */
export const observerPorts = { inference: 8900, metrics: 8901 } as const;

/**
 * The job by which a Prometheus scrapes observers. Built-in questions are about its series alone: it takes from the cluster whose a series
 * is, and of what other jobs scrape anybody can have written the labels.
 */
export const observersJob = 'flyball-observers';

/**
 * The longest time to answer that the observer tells apart, in seconds: the highest finite bound of its histogram, which
 * histogram_quantile gives for whatever took longer. The CRDs accept only limits below it, so that every limit can be exceeded.
 */
export const highestLatency = 120;

/** What is said where requests are missing that may have been made: the observer does not see them. */
export const grpcUnseen = 'requests by gRPC (spec.server.grpcPort) are not observed';
