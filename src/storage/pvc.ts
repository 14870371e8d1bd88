/** A folder or file of a PersistentVolumeClaim in the namespace of the object that names it. */
export interface ClaimPath {
  readonly claim: string;
  readonly path: string;
}

/**
 * Takes `pvc://<claim>/<path>` apart. The schema holds users to this form; the check is made again because the path becomes a
 * mount, and objects from before a schema was tightened stay readable.
 * @returns undefined for anything else, above all for a path with a part that begins with a dot.
 */
export function parseClaimPath(uri: string): ClaimPath | undefined {
  const parts =
    /^pvc:\/\/([a-z0-9](?:[-.a-z0-9]*[a-z0-9])?)\/([A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*)$/.exec(
      uri,
    );
  if (parts?.[1] === undefined || parts[2] === undefined) return undefined;
  return { claim: parts[1], path: parts[2] };
}
