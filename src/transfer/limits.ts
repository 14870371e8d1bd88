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
  /** Of a cache that pods share: how often who fills it shows life, and for how long it may show none until another one does it. */
  beat: 5_000,
  silence: 60_000,
  /** How often whoever waits looks whether it is filled. */
  glance: 1_000,
  /** Between two looks at a folder, which is quiet if both see the same. */
  settle: 5_000,
  /** Between two checkpoints, if nobody says otherwise. */
  interval: 60_000,
  /**
   * From the start of a container to its end by itself, which tells that a failure before it is overcome. The kubelet starts at once what has
   * run for more than ten minutes: nothing is missed.
   */
  calm: 11 * 60_000,
  /** From SIGTERM to the end of a program that was started. */
  stop: 2_000,
} satisfies Record<string, number>;

export type Limits = Readonly<Record<keyof typeof defaultLimits, number>>;
