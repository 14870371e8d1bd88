import type { Storage } from './storage.ts';

const scheme = 'oci';
const form = 'oci://<image>';

/** As the rule of ImageReference in crds/ has it. */
const pattern =
  /^oci:\/\/((?:(?:[-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\[[0-9A-Fa-f:]+\](?::[0-9]+)?)\/)?[a-z0-9]+(?:(?:[.]|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[.]|_{1,2}|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(?:@sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128}))?)$/;

/** The files of an image, which the kubelet pulls and mounts. */
export const oci: Storage = {
  schemes: [scheme],
  form,
  isRemote: false,
  isWritable: false,
  parse(uri) {
    const image = pattern.exec(uri)?.[1];
    if (image !== undefined) return { type: 'Location', scheme, authority: image, path: '' };
    return {
      type: 'Unlocated',
      message: `${JSON.stringify(uri)} is not of the form ${form}, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits`,
    };
  },
  parts({ authority: reference }, { mountPath }) {
    const name = `${scheme}://${reference}`;
    return {
      volumes: [{ name, image: { reference } }],
      mounts: [{ name, mountPath, readOnly: true }],
      fetches: [],
    };
  },
};
