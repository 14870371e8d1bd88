import { remoteStorage } from './remote.ts';

/** From 1 to 65535. */
const port = '(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

/** One file of a web server, which is never unpacked. */
export const https = remoteStorage({
  scheme: 'https',
  form: 'https://<host>/<path>',
  authority: `[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::${port})?`,
  isWritable: false,
});
