import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import type { SkipReason } from './skip.ts';
import type { Usage } from './usage.ts';

/** What is counted of the tokens of a model that generates text. */
export interface TokenCounters {
  counted(usage: Usage): void;
  skipped(reason: SkipReason): void;
}

/** Input and output are what OpenTelemetry calls a token's type. Both exist at 0 from the start. */
export function createTokenCounters(
  registry: Registry,
  identity: Readonly<Record<string, string>>,
  labelNames: readonly string[],
): TokenCounters {
  const tokens = new Counter({
    name: 'flyball_tokens_total',
    help: 'Tokens by type, as the server tells them in the usage of its answers.',
    labelNames: [...labelNames, 'type'],
    registers: [registry],
  });
  const skips = new Counter({
    name: 'flyball_tokens_skipped_total',
    help: 'Answers whose tokens were not counted, by reason.',
    labelNames: [...labelNames, 'reason'],
    registers: [registry],
  });
  const [input, output] = (['Input', 'Output'] as const).map((type) => tokens.labels({ ...identity, type }));
  input?.inc(0);
  output?.inc(0);
  return {
    counted(usage) {
      input?.inc(usage.input ?? 0);
      output?.inc(usage.output ?? 0);
    },
    skipped: (reason) => skips.inc({ ...identity, reason }),
  };
}
