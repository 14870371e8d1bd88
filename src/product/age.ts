const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

interface Form {
  /** Below which length it is used. */
  readonly below: number;
  /** The units that are told, the smaller one only if there is something of it. */
  readonly units: readonly (readonly [size: number, sign: string])[];
}

/** As kubectl tells an AGE: ever less exactly. */
const forms: readonly Form[] = [
  { below: 2 * minute, units: [[second, 's']] },
  {
    below: 10 * minute,
    units: [
      [minute, 'm'],
      [second, 's'],
    ],
  },
  { below: 3 * hour, units: [[minute, 'm']] },
  {
    below: 8 * hour,
    units: [
      [hour, 'h'],
      [minute, 'm'],
    ],
  },
  { below: 2 * day, units: [[hour, 'h']] },
  {
    below: 8 * day,
    units: [
      [day, 'd'],
      [hour, 'h'],
    ],
  },
  { below: 2 * year, units: [[day, 'd']] },
  {
    below: 8 * year,
    units: [
      [year, 'y'],
      [day, 'd'],
    ],
  },
  { below: Infinity, units: [[year, 'y']] },
];

/** The time between two moments, in whichever order, as kubectl writes it: `45s`, `2m30s`, `3d4h`; undefined if nobody knows. */
export function age(time: string | undefined, now: Date): string | undefined {
  const length = Math.abs(now.getTime() - Date.parse(time ?? ''));
  const form = forms.find(({ below }) => length < below);
  if (form === undefined) return undefined;
  const [[size, sign] = [second, 's'], smaller] = form.units;
  const first = `${Math.floor(length / size)}${sign}`;
  const rest = smaller === undefined ? 0 : Math.floor((length % size) / smaller[0]);
  return rest === 0 ? first : `${first}${rest}${smaller?.[1]}`;
}
