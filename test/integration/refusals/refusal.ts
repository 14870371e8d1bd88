/** An object that the API server refuses by a CEL rule, and how it says so. */
export interface Refusal {
  readonly because: string;
  readonly object: { readonly kind: string };
  /** The path of the field, `<nil>` for the object itself. */
  readonly field: string;
  readonly message: string;
  /** The nearest object that the rule lets through. */
  readonly border?: { readonly kind: string };
}

/** A value that is refused, the nearest one that is accepted, and how the API server says so. */
export function refusedValue<Value extends string | number>(
  because: string,
  { at, field }: Place<Value>,
  refused: Value,
  accepted: Value,
  message: string,
): Refusal {
  return {
    because,
    object: at(refused),
    field,
    message: `Invalid value: ${JSON.stringify(refused)}: ${message}`,
    border: at(accepted),
  };
}

/** A field, and an object that has a value in it. */
export interface Place<Value = string> {
  readonly field: string;
  readonly at: (value: Value) => { readonly kind: string };
}
