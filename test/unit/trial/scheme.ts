import type { Storage } from '../../../src/storage/storage.ts';

/** Images as volumes, just good enough to show that a scheme is one file and one line in an array. */
export const trial: Storage = {
  schemes: ['trial'],
  form: 'trial://<image>',
  isRemote: false,
  isWritable: false,
  parse(uri) {
    const [, image] = /^trial:\/\/([a-z0-9/:.]+)$/.exec(uri) ?? [];
    return image === undefined
      ? { type: 'Unlocated', message: `${JSON.stringify(uri)} is not of the form trial://<image>` }
      : { type: 'Location', scheme: 'trial', authority: image, path: '' };
  },
  parts({ authority: image }, { mountPath }) {
    const name = `trial://${image}`;
    return {
      volumes: [{ name, image: { reference: image } }],
      mounts: [{ name, mountPath, readOnly: true }],
      fetches: [],
    };
  },
};
