/** The ports of the observer that the pod template names `inference` and `metrics`. The CRD keeps servers off them. */
export const observerPorts = { inference: 8900, metrics: 8901 } as const;
