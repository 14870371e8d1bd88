import type { ServerVersion } from '../../src/api/serverversion.ts';
import type { Controller, Parent } from '../../src/controller.ts';

/** A controller in a cluster of which it knows which Kubernetes it is. */
export function onServer<P extends Parent, Facts>(
  controller: Controller<P, Facts>,
  serverVersion: ServerVersion,
): Controller<P, Facts> {
  return { ...controller, observe: (parent, read) => controller.observe(parent, { ...read, serverVersion }) };
}
