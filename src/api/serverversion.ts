/** The version of Kubernetes that an API server has, or behaves as. */
export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
}

/** The first that takes images as volumes, unless somebody has switched that off. */
export const firstWithImageVolumes: ServerVersion = { major: 1, minor: 35 };

export function isBefore(one: ServerVersion, other: ServerVersion): boolean {
  return one.major === other.major ? one.minor < other.minor : one.major < other.major;
}

/**
 * What an API server says of itself at /version; undefined if that cannot be understood. One that behaves as an older one says that
 * apart, and providers write minors such as `33+`.
 */
export function serverVersionOf(answer: unknown): ServerVersion | undefined {
  const said: Readonly<Record<string, unknown>> = typeof answer === 'object' && answer !== null ? { ...answer } : {};
  return versionOf(said['emulationMajor'], said['emulationMinor']) ?? versionOf(said['major'], said['minor']);
}

function versionOf(major: unknown, minor: unknown): ServerVersion | undefined {
  const [majorNumber, minorNumber] = [numberOf(major), numberOf(minor)];
  if (majorNumber === undefined || minorNumber === undefined) return undefined;
  return { major: majorNumber, minor: minorNumber };
}

function numberOf(said: unknown): number | undefined {
  const digits = typeof said === 'string' ? /^(\d{1,4})\+?$/.exec(said)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}
