import type { IVolumeMount } from 'kubernetes-models/v1';
import { defined } from '../api/defined.ts';
import type { Location, Storage } from './storage.ts';

const scheme = 'pvc';
const form = 'pvc://<claim>/<path>';

/**
 * No part of the path begins with a dot or looks like an option. The schema holds users to this form; it is asked again because the
 * path becomes a mount, and objects from before a schema was tightened stay readable.
 */
const pattern =
  /^pvc:\/\/([a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*)\/([A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*)$/;

/** A folder or file of a PersistentVolumeClaim in the namespace of the object that names it. */
export const pvc: Storage = {
  schemes: [scheme],
  form,
  isRemote: false,
  isWritable: true,
  parse(uri) {
    const [, claim, path] = pattern.exec(uri) ?? [];
    if (claim !== undefined && path !== undefined) return inClaim(claim, path);
    const message = `${JSON.stringify(uri)} is not of the form ${form}, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."`;
    return { type: 'Unlocated', message };
  },
  parts({ authority: claim, path }, { mountPath, access }) {
    const name = `${scheme}://${claim}`;
    const readOnly = access === 'Read' ? true : undefined;
    return {
      volumes: [{ name, persistentVolumeClaim: { claimName: claim } }],
      mounts: [defined<IVolumeMount>({ name, mountPath, subPath: path, readOnly })],
      fetches: [],
    };
  },
};

/** A folder of a claim that is given by its name instead of a URI. */
export function inClaim(claim: string, path: string): Location {
  return { type: 'Location', scheme, authority: claim, path };
}
