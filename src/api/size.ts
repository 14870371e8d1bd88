const encoder = new TextEncoder();

/** How many bytes a value takes as JSON, as the API server and annotations hold it. */
export function sizeOf(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}
