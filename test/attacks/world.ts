/** Under which circumstances an attack is made. */
export type World =
  /** The chart's policies stand, and the operator is stopped while the attack is made; then it starts and finds what is there. */
  | 'Stopped'
  /** The chart's policies stand, and the operator runs. */
  | 'Running'
  /** The policy about provenance is switched off, so that the operator alone can tell what it made. */
  | 'Compare';
