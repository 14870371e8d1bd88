/** Asks an observer to drain. It can be sent from within its container alone, not by network. */
export const drainSignal = 'SIGUSR2';

/** To be run in the container of an observer, whose first process the observer is, as soon as the pod is to go. */
export function askToDrain(): void {
  process.kill(1, drainSignal);
}
