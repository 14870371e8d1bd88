export type Milliseconds = number;

const unit = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

/**
 * Milliseconds of a duration in Gateway API's form (GEP-2257), such as `1h30m` or `500ms`. The schema holds users to the
 * pattern; undefined for anything else, so that an object from before the pattern crashes nothing.
 */
export function milliseconds(duration: string): Milliseconds | undefined {
  if (!/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(duration)) return undefined;
  const parts = duration.matchAll(/([0-9]+)(h|ms|m|s)/g);
  return parts.reduce((sum, part) => sum + Number(part[1]) * unit[part[2] as keyof typeof unit], 0);
}

/** The shortest such text of a time: `1h30m`; `0s` of none. */
export function duration(time: Milliseconds): string {
  let rest = Math.max(0, Math.round(time));
  const parts = Object.entries(unit).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count}${name}`;
  });
  return parts.join('') || '0s';
}
