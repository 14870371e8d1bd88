const fractionDigits = 15;
const pattern = /^(-?)([0-9]{1,15})(?:\.([0-9]{1,15}))?$/;

/**
 * A decimal as an integer multiple of 10⁻¹⁵, so that 0.94 − 0.93 ≤ 0.01 is decided exactly, which binary fractions do not.
 * @returns undefined if it is not a decimal in the form of the schema.
 */
export function scaled(decimal: string | number): bigint | undefined {
  const parts = pattern.exec(typeof decimal === 'number' ? (decimalText(decimal) ?? '') : decimal);
  if (parts === null) return undefined;
  const [, sign = '', whole = '0', fraction = ''] = parts;
  const magnitude = BigInt(whole + fraction.padEnd(fractionDigits, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** The decimal of a multiple of 10⁻¹⁵, without trailing zeros. */
export function unscaled(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(fractionDigits + 1, '0');
  const whole = digits.slice(0, -fractionDigits);
  const fraction = digits.slice(-fractionDigits).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return value < 0n ? `-${text}` : text;
}

/**
 * A number as the decimal that status and ModelVersions hold: at most 15 digits before and 15 after the point.
 * @returns undefined if it is not finite or does not fit.
 */
export function decimalText(value: number): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return undefined;
  const shortest = String(value);
  const text = pattern.test(shortest) ? shortest : value.toFixed(fractionDigits).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}
