/** An object that the API server refuses by a CEL rule, and how it says so. */
export interface Refusal {
  readonly because: string;
  readonly object: { readonly kind: string };
  /** The path of the field, `<nil>` for the object itself. */
  readonly field: string;
  readonly message: string;
}
