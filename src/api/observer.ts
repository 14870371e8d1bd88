/** The ports of the observer that the pod template names `inference` and `metrics`. The CRD keeps servers off them. */
export const observerPorts = { inference: 8900, metrics: 8901 } as const;

/**
 * The longest time to answer that the observer tells apart, in seconds: the highest finite bound of its histogram, which
 * histogram_quantile gives for whatever took longer. The CRDs accept only limits below it, so that every limit can be exceeded.
 */
export const highestLatency = 120;
