const encoder = new TextEncoder();

/** How many bytes a value takes as JSON, as the API server and annotations hold it. */
export function sizeOf(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** Whether it takes so many bytes at most. No character takes more than three, so that few values have to be encoded. */
export function fits(value: unknown, most: number): boolean {
  const text = JSON.stringify(value);
  return 3 * text.length <= most || encoder.encode(text).length <= most;
}
