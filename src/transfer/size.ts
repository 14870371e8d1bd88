const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `40.1 GiB`; with a part of it, `12.4 of 40.1 GiB`, both in the unit of the whole. */
export function sizeWords(whole: number, part?: number): string {
  let [unit, power] = [1, 0];
  while (whole / unit >= 1024 && power < units.length - 1) [unit, power] = [unit * 1024, power + 1];
  const number = (bytes: number): string => (power === 0 ? String(bytes) : (bytes / unit).toFixed(1));
  const parts = part === undefined ? [] : [number(part)];
  return `${[...parts, number(whole)].join(' of ')} ${units[power] ?? ''}`;
}
