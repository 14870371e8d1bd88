import { randomUUID } from 'node:crypto';

/**
 * The composition root: reads the environment, puts the parts together and runs one of two programs. Each is imported only when
 * it runs, so that the observer in every serving pod does not load what the operator needs.
 *
 * - `flyball operator` (also without a word): runs until SIGTERM or SIGINT; exit code 1 if the lease was lost.
 * - `flyball observer`: the sidecar, configured by FLYBALL_OBSERVER.
 */
async function main(command: string): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  switch (command) {
    case 'operator':
      return await operator(stop.signal);
    case 'observer':
      return await observer(stop.signal);
    default:
      console.error(`unknown command "${command}"; known are operator and observer`);
      return 2;
  }
}

async function operator(stop: AbortSignal): Promise<number> {
  const { parseSettings } = await import('./settings.ts');
  const { createLog } = await import('./server/log.ts');
  const { kubeConfigConnection } = await import('./kube/connection.ts');
  const { runOperator } = await import('./runtime/operator.ts');
  const settings = parseSettings(process.env['FLYBALL_SETTINGS']);
  const podName = process.env['FLYBALL_POD_NAME'] ?? 'flyball';
  const log = createLog(process.env['LOG_LEVEL'] ?? 'info');
  stop.addEventListener('abort', () => {
    log.info('Stopping');
    setTimeout(() => process.exit(1), settings.stopTimeout).unref();
  });
  const ending = await runOperator(
    {
      connect: kubeConfigConnection(),
      controllers: [],
      namespace: process.env['FLYBALL_NAMESPACE'] ?? 'flyball-system',
      identity: `${podName}_${randomUUID()}`,
      settings,
      log,
      ports: { metrics: 8080, health: 8081 },
    },
    stop,
  );
  return ending === 'Stopped' ? 0 : 1;
}

async function observer(_stop: AbortSignal): Promise<number> {
  return 0;
}

try {
  process.exitCode = await main(process.argv[2] ?? 'operator');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
