/** A number as a decimal string of at most six significant digits, without exponent: "0.0131", "4200". */
export function decimal(value: number): string {
  if (value === 0) return '0';
  const digits = Math.min(15, Math.max(0, 5 - Math.floor(Math.log10(Math.abs(value)))));
  const text = value.toFixed(digits);
  return text.includes('e') ? text : trimmed(text);
}

/** The same for people, of three significant digits. */
export function rounded(value: number): string {
  return decimal(Number(value.toPrecision(3)));
}

/** A count for people: "4,200". */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
