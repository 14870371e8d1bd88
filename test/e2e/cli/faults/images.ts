/** Images that cannot be pulled or run. */
import { applied, type Faults } from '../fault.ts';
import { registry } from '../registry.ts';
import { image, patched, run } from './objects.ts';

export const imageFaults: Faults = {
  'image-missing': {
    title: 'The image does not exist',
    about: 'trun/fraud',
    objects: [run({ image: `${registry.address}/team/frod:1`, pod: { imagePullSecrets: [{ name: 'registry' }] } })],
    before: [registry.secret('hush')],
    shows: [/ImagePullFailed/],
    expect: { cause: [/team\/frod:1/, /not found/], actor: 'Author', fix: patched({ image }) },
    works: /Succeeded=True/,
  },
  'image-private': {
    title: 'The registry asks for a password, and nobody told the run',
    about: 'trun/fraud',
    objects: [run({ image: `${registry.address}/team/private:1` })],
    shows: [/ImagePullFailed/],
    expect: {
      cause: [/team\/private:1/, /registry does not let/, /imagePullSecrets/],
      actor: 'Author',
      fix: `${applied(registry.secret('hush'))}\n${patched({ pod: { imagePullSecrets: [{ name: 'registry' }] } })}`,
    },
  },
  'image-password-wrong': {
    title: 'The password for the registry is wrong',
    about: 'trun/fraud',
    objects: [run({ image: `${registry.address}/team/private:1`, pod: { imagePullSecrets: [{ name: 'registry' }] } })],
    before: [registry.secret('hash')],
    shows: [/ImagePullFailed/],
    expect: {
      cause: [/team\/private:1/, /Secret registry/],
      actor: 'Author',
      fix: applied(registry.secret('hush')),
    },
  },
  'image-registry-unknown': {
    title: 'The name of the registry cannot be looked up',
    about: 'trun/fraud',
    objects: [run({ image: 'registry.invalid/team/fraud:1' })],
    shows: [/ImagePullFailed/],
    expect: {
      cause: [/registry\.invalid\/team\/fraud:1/, /no such host|lookup/],
      actor: 'Author',
      fix: patched({ image }),
    },
  },
  'image-of-root': {
    title: 'The image’s user is root',
    about: 'trun/fraud',
    objects: [run({ image: `${registry.address}/team/root:1`, pod: { imagePullSecrets: [{ name: 'registry' }] } })],
    before: [registry.secret('hush')],
    shows: [/RunAsRoot/],
    expect: { cause: [/root/, /runAsUser/], actor: 'Author', fix: patched({ pod: { runAsUser: 1000 } }) },
    works: /Succeeded=True/,
  },
};
