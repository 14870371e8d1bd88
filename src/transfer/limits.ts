/** How long a transfer waits for what, in milliseconds. */
export const defaultLimits = {
  /** For how long a store may fail without a byte in between, until the transfer ends. */
  patience: 15 * 60_000,
  /** Between two tries: the first wait, and the longest. */
  backoffMin: 1_000,
  backoffMax: 30_000,
  /** For how long nothing may come over a connection. */
  stall: 30_000,
  /** Between two lines of progress. */
  progress: 5_000,
  /** From SIGTERM to the end of a program that was started. */
  stop: 2_000,
} satisfies Record<string, number>;

export type Limits = Readonly<Record<keyof typeof defaultLimits, number>>;
