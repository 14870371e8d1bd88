/** Where the user's container is declared. */
export interface Place {
  /** The field that has `image`, such as spec.server. */
  readonly container: string;
  /** The fields that name claims, in words. */
  readonly claims: string;
  /** The field with the options of the pod, such as spec.server.pod. */
  readonly pod: string;
  /** The containers that the operator puts beside it. */
  readonly ours?: readonly string[];
  /** The containers that the user declares beside it. */
  readonly declared?: readonly string[];
  /** Whether it serves, so that it works only while it is ready. */
  readonly serves?: true;
}
