/** What people declare beside the user's container: pods and templates have it among what others put into them. */
import type { IPodTemplateSpec } from 'kubernetes-models/v1';
import type { PodOptions } from '../api/generated/shared.ts';
import { besideAnnotation } from '../api/labels.ts';
import { isFields } from '../domain/canonical.ts';

/** By name. */
export interface Beside {
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
}

/** As the annotation of a pod has it; undefined if there is nothing. */
export function besideText({ initContainers = [], sidecars = [], volumes = [] }: PodOptions): string | undefined {
  const containers = [...initContainers, ...sidecars];
  if (containers.length === 0 && volumes.length === 0) return undefined;
  const beside: Beside = { containers: containers.map(({ name }) => name), volumes: volumes.map(({ name }) => name) };
  return JSON.stringify(beside);
}

/** As a pod or template tells it, whoever wrote that. */
export function besideIn({ metadata }: Pick<IPodTemplateSpec, 'metadata'>): Beside {
  const value = parsed(metadata?.annotations?.[besideAnnotation] ?? '');
  const { containers, volumes } = isFields(value) ? value : {};
  return { containers: texts(containers), volumes: texts(volumes) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
