import { type Command, kubectl } from '../../api/command.ts';
import type { Case } from './case.ts';
import type { Step } from './explanation.ts';

/** Opens the object that people asked about in an editor. */
export function edit({ focus, evidence }: Case, text: string): Step {
  const { metadata, kind } = evidence.asked;
  const resource = focus?.resource ?? kind.toLowerCase();
  return { text, command: kubectl(metadata?.namespace, 'edit', resource, metadata?.name ?? '') };
}

/** Asks why of another object. A plugin takes its flags behind its name. */
export function askWhy(resource: string, namespace: string, name: string): Command {
  return kubectl(undefined, 'flyball', 'why', resource, name, '-n', namespace);
}
