/**
 * The time constants and limits of the operator that an installation or a test may want otherwise, in milliseconds unless said
 * otherwise. FLYBALL_SETTINGS overrides them by name. What nobody has to choose stands where it is used.
 */
export const defaultSettings = {
  /** One GET, or one page of a LIST. */
  readTimeout: 30_000,
  /** One write. Shorter than leaseDuration − renewDeadline, so that no write outlives the lease it was sent under. */
  writeTimeout: 4_000,
  /** Objects per page of a LIST. */
  listPageSize: 500,
  /** The API server ends each watch at a random time between these two, which spreads the reconnects. */
  watchTimeoutMin: 300_000,
  watchTimeoutMax: 600_000,
  /** A watch on which nothing came for this long, not even a bookmark, is taken for dead. */
  watchStall: 90_000,
  /** How long a watch or the API server may be away until /readyz says so. */
  unreadyAfter: 15_000,
  /** Between attempts to list or watch after failures: the first wait, and the longest. */
  watchBackoffMin: 500,
  watchBackoffMax: 30_000,
  /**
   * Between attempts to list or watch a kind that the API server does not have or forbids. During `unservedGrace` from the first
   * refusal the waits are those after failures, since CRDs and rights may be on their way.
   */
  unservedRetry: 300_000,
  unservedGrace: 60_000,
  /** Between attempts to reconcile one object after failures: the first wait, and the longest. */
  reconcileBackoffMin: 200,
  reconcileBackoffMax: 300_000,
  /** When to try again what the API server denied: quotas and admission rules change without our seeing it. */
  refusedRetry: 60_000,
  /** Reconciles everything from the cache, as a safety net; costs no request. */
  resync: 3_600_000,
  /** One query of Prometheus or of a query source. */
  queryTimeout: 10_000,
  /** How many objects of one kind are reconciled at the same time. */
  workers: 8,
  leaseDuration: 15_000,
  renewDeadline: 10_000,
  leaseRetryPeriod: 2_000,
  /** From SIGTERM to the end of the process. */
  stopTimeout: 5_000,
  /** How long credentials are used before the kubeconfig or token file is read again. */
  credentialsMaxAge: 30_000,
} satisfies Record<string, number>;

export type Settings = Readonly<Record<keyof typeof defaultSettings, number>>;

/**
 * The defaults with overrides from a JSON object such as `{"watchStall": 60000}`.
 * @throws an Error that names the setting if it is unknown, no number that a timer takes, or contradicts another one.
 */
export function parseSettings(json: string | undefined): Settings {
  const overrides = json === undefined || json === '' ? {} : parseObject(json);
  const settings: Record<keyof typeof defaultSettings, number> = { ...defaultSettings };
  for (const [name, value] of Object.entries(overrides)) {
    if (!isSettingName(name)) {
      throw new Error(`FLYBALL_SETTINGS: unknown setting "${name}"; known are ${Object.keys(settings).join(', ')}`);
    }
    if (typeof value !== 'number' || !Number.isInteger(value) || value <= 0 || value > longestTimer) {
      throw new Error(
        `FLYBALL_SETTINGS: ${name} must be a whole number from 1 to ${longestTimer}, is ${JSON.stringify(value)}`,
      );
    }
    settings[name] = value;
  }
  return consistent(settings);
}

/** A longer timer is due at once. */
const longestTimer = 2_147_483_647;

/** What must be at most what, lest the operator contradict itself. Helm asks the same: charts/flyball/templates/_refusals.tpl. */
const limits: readonly (readonly [
  what: string,
  of: (settings: Settings) => number,
  most: string,
  (settings: Settings) => number,
])[] = [
  [
    'writeTimeout',
    (all) => all.writeTimeout,
    'leaseDuration − renewDeadline − 1',
    (all) => all.leaseDuration - all.renewDeadline - 1,
  ],
  ['leaseRetryPeriod', (all) => all.leaseRetryPeriod, 'half of renewDeadline', (all) => all.renewDeadline / 2],
  ['watchTimeoutMin', (all) => all.watchTimeoutMin, 'watchTimeoutMax', (all) => all.watchTimeoutMax],
  ['watchBackoffMin', (all) => all.watchBackoffMin, 'watchBackoffMax', (all) => all.watchBackoffMax],
  ['reconcileBackoffMin', (all) => all.reconcileBackoffMin, 'reconcileBackoffMax', (all) => all.reconcileBackoffMax],
];

function consistent(settings: Settings): Settings {
  for (const [what, of, most, limit] of limits) {
    if (of(settings) > limit(settings)) {
      throw new Error(
        `FLYBALL_SETTINGS: ${what} is ${of(settings)}, but may be at most ${most}, which is ${limit(settings)}`,
      );
    }
  }
  return settings;
}

/**
 * The namespaces of a list such as `team-a,team-b`; undefined, which is all, for none.
 * @throws an Error that names the one that can be none, or is there twice.
 */
export function parseNamespaces(list: string | undefined): readonly string[] | undefined {
  if (list === undefined || list === '') return undefined;
  const names = list.split(',');
  const wrong = names.find((name, index) => !namespaceName.test(name) || names.indexOf(name) !== index);
  if (wrong === undefined) return names;
  throw new Error(
    `FLYBALL_WATCH_NAMESPACES must be a list such as team-a,team-b that has each namespace once, but has "${wrong}"`,
  );
}

const namespaceName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function isSettingName(name: string): name is keyof typeof defaultSettings {
  return Object.hasOwn(defaultSettings, name);
}

function parseObject(json: string): object {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`FLYBALL_SETTINGS is not JSON: ${String(error)}`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('FLYBALL_SETTINGS must be a JSON object such as {"watchStall": 60000}');
  }
  return value;
}
