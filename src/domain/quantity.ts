const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A quantity of Kubernetes, such as "16Gi", in bytes or in units of what else is counted. Good for comparing amounts that people write, not exact beyond 15 digits.
 * @returns undefined if it is none in the form of the schemas.
 */
export function bytesOf(quantity: string | number): number | undefined {
  const parts = /^([0-9]{1,15}(?:[.][0-9]{1,9})?)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(String(quantity));
  return parts === null ? undefined : Number(parts[1]) * (factors[parts[2] ?? ''] ?? 1);
}
