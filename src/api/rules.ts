/** One rule of an ordered list: what it decides, or undefined if it does not apply. */
export type Rule<Facts extends readonly unknown[], Outcome> = (...facts: Facts) => Outcome | undefined;

/** What the first rule that applies decides; undefined if none does. */
export function firstMatch<Facts extends readonly unknown[], Outcome>(
  rules: readonly Rule<Facts, Outcome>[],
  ...facts: Facts
): Outcome | undefined {
  for (const rule of rules) {
    const outcome = rule(...facts);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}
