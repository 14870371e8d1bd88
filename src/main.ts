/** Set by hack/build.ts. */
declare const FLYBALL_VERSION: string | undefined;

const version = typeof FLYBALL_VERSION === 'undefined' ? 'development' : FLYBALL_VERSION;

/**
 * The composition root: reads the environment, puts the parts together and runs one of two programs. Each is imported only when
 * it runs, so that the observer in every serving pod does not load what the operator needs.
 *
 * - `flyball operator` (also without a word): runs until SIGTERM or SIGINT; exit code 1 if the lease was lost.
 * - `flyball observer`: the sidecar, configured by FLYBALL_OBSERVER.
 * - `flyball drain`: asks the sidecar, the first process of this container, to have its clients connect elsewhere.
 */
async function main(command: string): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  switch (command) {
    case 'operator':
      return await operator(stop.signal);
    case 'observer':
      return await observer(stop.signal);
    case 'drain':
      return await drain();
    default:
      console.error(`unknown command "${command}"; known are operator, observer and drain`);
      return 2;
  }
}

async function operator(stop: AbortSignal): Promise<number> {
  const { parseNamespaces, parseSettings } = await import('./settings.ts');
  const { createLog } = await import('./server/log.ts');
  const { kubeConfigConnection } = await import('./kube/connection.ts');
  const { Metrics } = await import('./server/metrics.ts');
  const { runOperator } = await import('./runtime/operator.ts');
  const {
    createControllers,
    parseHardwareProfiles,
    parseObserverAmounts,
    parseProvenance,
    parseQuerySources,
    parseStorageInstallation,
  } = await import('./controllers.ts');
  const settings = parseSettings(process.env['FLYBALL_SETTINGS']);
  const podName = process.env['FLYBALL_POD_NAME'] ?? 'flyball';
  const log = createLog(process.env['LOG_LEVEL'] ?? 'info');
  const metrics = new Metrics(version);
  log.info('Flyball operator', { version });
  stop.addEventListener('abort', () => {
    log.info('Stopping');
    setTimeout(() => process.exit(1), settings.stopTimeout).unref();
  });
  const ending = await runOperator(
    {
      connect: kubeConfigConnection(),
      ...createControllers({
        prometheusUrl: process.env['FLYBALL_PROMETHEUS_URL'],
        prometheusFiles: {
          ca: process.env['FLYBALL_PROMETHEUS_CA_FILE'],
          token: process.env['FLYBALL_PROMETHEUS_TOKEN_FILE'],
        },
        querySources: parseQuerySources(process.env['FLYBALL_QUERY_SOURCES']),
        observerImage: process.env['FLYBALL_IMAGE'] ?? 'flyball',
        observerAmounts: parseObserverAmounts(process.env['FLYBALL_OBSERVER_RESOURCES']),
        profiles: parseHardwareProfiles(process.env['FLYBALL_ACCELERATORS']),
        installation: parseStorageInstallation(process.env['FLYBALL_STORAGE']),
        provenance: parseProvenance(process.env['FLYBALL_PROVENANCE']),
        queryTimeout: settings.queryTimeout,
        registry: metrics.registry,
      }),
      metrics,
      namespace: process.env['FLYBALL_NAMESPACE'] ?? 'flyball-system',
      watchNamespaces: parseNamespaces(process.env['FLYBALL_WATCH_NAMESPACES']),
      identity: `${podName}_${crypto.randomUUID()}`,
      settings,
      log,
      ports: { metrics: portOf('FLYBALL_METRICS_PORT', 8080), health: portOf('FLYBALL_HEALTH_PORT', 8081) },
    },
    stop,
  );
  return ending === 'Stopped' ? 0 : 1;
}

/** Other ports than those of the pod are for several operators on one machine. */
function portOf(variable: string, otherwise: number): number {
  const port = Number(process.env[variable] ?? otherwise);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${variable} must be a port from 1 to 65535, is "${process.env[variable]}"`);
}

async function observer(stop: AbortSignal): Promise<number> {
  const { parseObserverConfiguration, runObserver } = await import('./observer/index.ts');
  await runObserver(parseObserverConfiguration(process.env['FLYBALL_OBSERVER'] ?? ''), stop);
  return 0;
}

async function drain(): Promise<number> {
  const { askToDrain } = await import('./observer/drain.ts');
  askToDrain();
  return 0;
}

try {
  process.exitCode = await main(process.argv[2] ?? 'operator');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
