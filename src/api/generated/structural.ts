// Generated from crds/*.yaml by `npm run generate`. Do not edit.

import type { StructuralSchema } from '../structuralschema.ts';

export const structuralSchemas: Readonly<Record<string, StructuralSchema>> = {
  ModelDeployment: {
    type: 'object',
    required: ['spec'],
    'x-kubernetes-validations': [
      {
        rule: 'size(self.metadata.name) <= 40',
        messageExpression:
          '\'metadata.name "%s" has %d characters: use at most 40, since the names of Deployments and Services are made from it\'.format([self.metadata.name, size(self.metadata.name)])',
      },
      {
        rule: "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        messageExpression:
          '\'metadata.name "\' + self.metadata.name + \'" is no name for a Service: begin with a letter and use only lower-case letters, digits and "-", since the names of Deployments and Services are made from it\'',
      },
    ],
    properties: {
      spec: {
        type: 'object',
        required: ['model', 'server'],
        'x-kubernetes-validations': [
          {
            rule: '!has(self.rollout) || !has(self.rollout.analysis) || self.rollout.analysis.size() == 0 || has(self.observe)',
            messageExpression:
              "'rollout.analysis has \"' + self.rollout.analysis[0].name + '\", but nothing is observed: set spec.observe, which may be {}, or remove spec.rollout.analysis'",
            fieldPath: '.rollout.analysis',
          },
          {
            rule: '!has(self.observe) || !(self.server.port in [8900, 8901])',
            messageExpression:
              "'server.port is %d, where the observer listens: let the server listen on another port or remove spec.observe'.format([self.server.port])",
            fieldPath: '.server.port',
          },
          {
            rule: '!has(self.observe) || !has(self.server.grpcPort) || !(self.server.grpcPort in [8900, 8901])',
            messageExpression:
              "'server.grpcPort is %d, where the observer listens: let the server listen on another port or remove spec.observe'.format([self.server.grpcPort])",
            fieldPath: '.server.grpcPort',
          },
          {
            rule: "!has(self.model.delivery) || self.model.delivery != 'Server' || !has(self.server.modelPath)",
            messageExpression:
              "'server.modelPath is \"' + self.server.modelPath + '\", and by model.delivery: Server nothing is mounted there: remove it, and let the server read FLYBALL_MODEL, which is the uri'",
            fieldPath: '.server.modelPath',
          },
          {
            rule: "!has(self.model.delivery) || self.model.delivery != 'Server' || !has(self.server.storage)",
            messageExpression:
              "'server.storage says how Flyball fetches, and by model.delivery: Server it fetches nothing' + ': remove it, and give the server its credentials by server.envFrom or its ServiceAccount'",
            fieldPath: '.server.storage',
          },
        ],
        properties: {
          model: {
            type: 'object',
            'x-kubernetes-validations': [
              {
                rule: '[has(self.trainingRunRef), has(self.versionRef), has(self.uri) || has(self.digest)].filter(given, given).size() == 1',
                messageExpression:
                  "'model has' + (has(self.trainingRunRef) ? ' trainingRunRef' : '') + (has(self.versionRef) ? ' versionRef' : '') + (has(self.uri) ? ' uri' : '') + (has(self.digest) ? ' digest' : '') + (has(self.trainingRunRef) || has(self.versionRef) || has(self.uri) || has(self.digest) ? '' : ' no field') + ': name exactly one of trainingRunRef, versionRef, and uri with digest'",
              },
              {
                rule: "!has(self.delivery) || self.delivery != 'Server' || !has(self.uri) || !self.uri.matches('^(pvc|oci)://')",
                messageExpression:
                  "'model.delivery is Server, and uri \"' + self.uri + '\" is in a claim or an image, which can only be mounted: leave delivery out, or name a model in a store'",
                fieldPath: '.delivery',
              },
              {
                rule: 'has(self.uri) == has(self.digest)',
                messageExpression:
                  "'model has ' + (has(self.uri) ? 'uri \"' + self.uri + '\" without digest: add the digest of the model' : 'digest \"' + self.digest + '\" without uri: add the uri of the model')",
              },
            ],
            properties: {
              delivery: {
                type: 'string',
                enum: ['Mount', 'Server'],
              },
              trainingRunRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 40,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
                        messageExpression:
                          '\'trainingRunRef.name "\' + self + \'" is no name of a TrainingRun: they begin with a letter and have only lower-case letters, digits and "-"\'',
                      },
                    ],
                  },
                },
              },
              versionRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z]([-a-z0-9]*[a-z0-9])?-[1-9][0-9]{0,5}$')",
                        messageExpression:
                          "'versionRef.name \"' + self + '\" is no name of a ModelVersion: they are called after their TrainingRun and its attempt, such as fraud-3'",
                      },
                    ],
                  },
                },
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(pvc|s3|gs|abfss|https|hf|oci)://')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss, https, hf, oci: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^http://') ? 'https://<host>/<path>' : self.matches('^docker://') ? 'oci://<image>' : self.matches('^huggingface://') ? 'hf://<organization>/<name>@<revision>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path>, abfss://<container>@<account>.dfs.core.windows.net/<path>, https://<host>/<path>, hf://<organization>/<name>@<revision> or oci://<image>')",
                  },
                  {
                    rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                    messageExpression:
                      '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                  },
                  {
                    rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                  },
                  {
                    rule: "!self.startsWith('https://') || self.matches('^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('[?#]') || self.matches('^https://[^/]*@') ? 'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef)' : self.matches('^https://[^/]*$') || self.endsWith('/') ? 'names no file' : self.matches('^https://[^/]*:[0-9]+/') && !self.matches('^https://[^/]*:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/') ? 'has a port that there is not, since ports are 1 to 65535' : 'is not of the form of its scheme, where the host is in lower case, and each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write https://<host>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('hf://') || self.matches('^hf://(datasets/)?[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*/[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*@(refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*$') && !self.matches('^hf://(datasets|models|spaces|buckets|kernels)/[^/]*@')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (!self.contains('@') ? 'says no revision, and what moves is another thing tomorrow' : self.matches('^hf://(models|spaces|buckets|kernels)/[^/@]+/') ? 'names a kind of repository other than datasets' : self.matches('^hf://([^/]*|(datasets|models|spaces|buckets|kernels)/[^/@]*)@') ? 'names no organization' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write ' + (self.startsWith('hf://datasets/') ? 'hf://datasets/<organization>/<name>@<revision>' : 'hf://<organization>/<name>@<revision>') + ', with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be'",
                  },
                  {
                    rule: "!self.startsWith('oci://') || self.matches('^oci://(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                    messageExpression:
                      "'uri \"' + self + '\" is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>'",
                  },
                ],
              },
              digest: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^sha256:[0-9a-f]{64}$')",
                    messageExpression:
                      '\'digest "\' + self + \'" is none: write "sha256:" and 64 hexadecimal digits in lower case\'',
                  },
                ],
              },
            },
          },
          server: {
            type: 'object',
            required: ['image', 'port', 'protocol'],
            'x-kubernetes-validations': [
              {
                rule: '!has(self.pod) || !has(self.pod.sharedMemory) || !has(self.resources) || !has(self.resources.memory) || !isQuantity(string(self.pod.sharedMemory)) || !isQuantity(string(self.resources.memory)) || !quantity(string(self.pod.sharedMemory)).isGreaterThan(quantity(string(self.resources.memory)))',
                messageExpression:
                  "'pod.sharedMemory is ' + string(self.pod.sharedMemory) + ', above resources.memory, which is ' + string(self.resources.memory) + ' and of which it is taken: lower it, or raise the memory'",
                fieldPath: '.pod.sharedMemory',
              },
              {
                rule: "!has(self.readiness) || (has(self.readiness.period) && !self.readiness.period.matches('^([0-9]{1,5}(h|m|s)){1,4}$')) || (has(self.readiness.timeout) && !self.readiness.timeout.matches('^([0-9]{1,5}(h|m|s)){1,4}$')) || (has(self.readiness.failures) ? self.readiness.failures : 3) * (has(self.readiness.period) ? duration(self.readiness.period).getSeconds() : 2) + (has(self.readiness.timeout) ? duration(self.readiness.timeout).getSeconds() : 2) <= 300",
                messageExpression:
                  "'readiness.period is \"' + (has(self.readiness.period) ? self.readiness.period : '2s') + '\": times failures, and with timeout, that makes more than \"5m\" until a server that is not ready is taken out: lower them'",
                fieldPath: '.readiness',
              },
              {
                rule: '!has(self.accelerator) || !has(self.accelerator.resource) || !has(self.resources) || !has(self.resources.extended) || !(self.accelerator.resource in self.resources.extended)',
                messageExpression:
                  "'resources.extended has ' + self.accelerator.resource + ', which is the accelerator already: remove it there, and say in accelerator.count how many'",
                fieldPath: '.resources.extended',
              },
              {
                rule: "!has(self.modelPath) || !has(self.pod) || !has(self.pod.volumes) || self.pod.volumes.all(volume, !has(volume.mountPath) || !((volume.mountPath + '/').startsWith(self.modelPath + '/') || (self.modelPath + '/').startsWith(volume.mountPath + '/')))",
                messageExpression:
                  "'modelPath \"' + self.modelPath + '\" is a mountPath of pod.volumes as well, or within or around one: choose paths of which none is within another'",
                fieldPath: '.modelPath',
              },
              {
                rule: '!has(self.grpcPort) || self.grpcPort != self.port',
                messageExpression:
                  "'server.grpcPort is %d, as server.port is: let the server listen for gRPC on another port'.format([self.grpcPort])",
                fieldPath: '.grpcPort',
              },
            ],
            properties: {
              image: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                    messageExpression:
                      "'image \"' + self + '\" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits'",
                  },
                ],
              },
              command: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 64,
                'x-kubernetes-validations': [
                  {
                    rule: "self.size() == 0 || !self[0].matches('^$|^[^/ ]* ')",
                    messageExpression:
                      '\'command begins with "\' + self[0] + \'", which is no program: write each word as an item of its own, such as ["python", "train.py"]\'',
                  },
                ],
                items: {
                  type: 'string',
                  maxLength: 2048,
                },
              },
              args: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 64,
                items: {
                  type: 'string',
                  maxLength: 2048,
                },
              },
              workingDir: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
                'x-kubernetes-validations': [
                  {
                    rule: "self == '/' || self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                    messageExpression:
                      '\'workingDir "\' + self + \'" is no path: write an absolute one without "..", such as /app\'',
                  },
                ],
              },
              env: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 64,
                items: {
                  type: 'object',
                  required: ['name'],
                  'x-kubernetes-validations': [
                    {
                      rule: "!self.name.startsWith('FLYBALL_')",
                      messageExpression:
                        "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                      fieldPath: '.name',
                    },
                    {
                      rule: 'has(self.value) != has(self.secretKeyRef)',
                      messageExpression:
                        "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                    },
                  ],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 128,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                          messageExpression:
                            '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                        },
                      ],
                    },
                    value: {
                      type: 'string',
                      maxLength: 2048,
                    },
                    secretKeyRef: {
                      type: 'object',
                      required: ['name', 'key'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        key: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[-._A-Za-z0-9]+$')",
                              messageExpression:
                                '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                            },
                          ],
                        },
                      },
                    },
                  },
                },
              },
              envFrom: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 8,
                items: {
                  type: 'object',
                  'x-kubernetes-validations': [
                    {
                      rule: 'has(self.configMapRef) != has(self.secretRef)',
                      messageExpression:
                        "'envFrom has an item with ' + (has(self.configMapRef) ? 'both configMapRef and secretRef: keep one of them' : 'neither configMapRef nor secretRef: write one of them')",
                    },
                  ],
                  properties: {
                    prefix: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 64,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$') && !self.startsWith('FLYBALL')",
                          messageExpression:
                            '\'prefix "\' + self + \'" cannot begin a variable: use letters, digits and "_", begin with no digit, and not with FLYBALL\'',
                        },
                      ],
                    },
                    configMapRef: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'configMapRef.name "\' + self + \'" is no name of a ConfigMap: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                      },
                    },
                    secretRef: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'secretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                      },
                    },
                  },
                },
              },
              port: {
                type: 'integer',
                format: 'int32',
                minimum: 1,
                maximum: 65535,
              },
              grpcPort: {
                type: 'integer',
                format: 'int32',
                minimum: 1,
                maximum: 65535,
              },
              modelPath: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                    messageExpression:
                      '\'modelPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /mnt/models\'',
                  },
                  {
                    rule: "self == '/flyball/model' || !self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                    messageExpression:
                      "'modelPath \"' + self + '\" is taken: the rest of /flyball belongs to Flyball, and /dev, /proc, /sys and /var/run/secrets to the node; choose another path, such as /mnt/models'",
                  },
                ],
              },
              protocol: {
                type: 'string',
                enum: ['OpenInference', 'OpenAI', 'HTTP'],
              },
              liveness: {
                type: 'object',
                properties: {
                  path: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 256,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^/[!-~]*$')",
                        messageExpression:
                          '\'path "\' + self + \'" is no path of a URL: begin with "/" and use no space, such as /health\'',
                      },
                    ],
                  },
                  period: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^([0-9]{1,5}(h|m|s)){1,4}$')",
                        messageExpression:
                          '\'period is "\' + self + \'", which is no duration in whole seconds: write whole numbers with h, m or s and no space, such as "10s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) >= duration('1s')",
                        messageExpression: '\'period is "\' + self + \'": write at least "1s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) <= duration('5m')",
                        messageExpression: '\'period is "\' + self + \'": write at most "5m"\'',
                      },
                    ],
                  },
                  timeout: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^([0-9]{1,5}(h|m|s)){1,4}$')",
                        messageExpression:
                          '\'timeout is "\' + self + \'", which is no duration in whole seconds: write whole numbers with h, m or s and no space, such as "5s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) >= duration('1s')",
                        messageExpression: '\'timeout is "\' + self + \'": write at least "1s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) <= duration('1m')",
                        messageExpression: '\'timeout is "\' + self + \'": write at most "1m"\'',
                      },
                    ],
                  },
                  failures: {
                    type: 'integer',
                    format: 'int32',
                    minimum: 1,
                    maximum: 100,
                  },
                },
              },
              readiness: {
                type: 'object',
                properties: {
                  path: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 256,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^/[!-~]*$')",
                        messageExpression:
                          '\'path "\' + self + \'" is no path of a URL: begin with "/" and use no space, such as /health\'',
                      },
                    ],
                  },
                  period: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^([0-9]{1,5}(h|m|s)){1,4}$')",
                        messageExpression:
                          '\'period is "\' + self + \'", which is no duration in whole seconds: write whole numbers with h, m or s and no space, such as "10s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) >= duration('1s')",
                        messageExpression: '\'period is "\' + self + \'": write at least "1s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) <= duration('5m')",
                        messageExpression: '\'period is "\' + self + \'": write at most "5m"\'',
                      },
                    ],
                  },
                  timeout: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^([0-9]{1,5}(h|m|s)){1,4}$')",
                        messageExpression:
                          '\'timeout is "\' + self + \'", which is no duration in whole seconds: write whole numbers with h, m or s and no space, such as "5s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) >= duration('1s')",
                        messageExpression: '\'timeout is "\' + self + \'": write at least "1s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s)){1,4}$') || duration(self) <= duration('1m')",
                        messageExpression: '\'timeout is "\' + self + \'": write at most "1m"\'',
                      },
                    ],
                  },
                  failures: {
                    type: 'integer',
                    format: 'int32',
                    minimum: 1,
                    maximum: 100,
                  },
                },
              },
              resources: {
                type: 'object',
                'x-kubernetes-validations': [
                  {
                    rule: '!has(self.requests) || !has(self.requests.cpu) || !has(self.cpu) || !isQuantity(string(self.requests.cpu)) || !isQuantity(string(self.cpu)) || !quantity(string(self.requests.cpu)).isGreaterThan(quantity(string(self.cpu)))',
                    messageExpression:
                      "'resources.requests.cpu is ' + string(self.requests.cpu) + ', above resources.cpu, which is ' + string(self.cpu) + ': lower the request or raise the limit'",
                    fieldPath: '.requests.cpu',
                  },
                  {
                    rule: '!has(self.requests) || !has(self.requests.memory) || !has(self.memory) || !isQuantity(string(self.requests.memory)) || !isQuantity(string(self.memory)) || !quantity(string(self.requests.memory)).isGreaterThan(quantity(string(self.memory)))',
                    messageExpression:
                      "'resources.requests.memory is ' + string(self.requests.memory) + ', above resources.memory, which is ' + string(self.memory) + ': lower the request or raise the limit'",
                    fieldPath: '.requests.memory',
                  },
                ],
                properties: {
                  cpu: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                      },
                    ],
                  },
                  memory: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                        messageExpression:
                          "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                      },
                    ],
                  },
                  ephemeralStorage: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'ephemeralStorage is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "200Gi"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                        messageExpression:
                          "'ephemeralStorage is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"200Gi\"'",
                      },
                    ],
                  },
                  extended: {
                    type: 'object',
                    maxProperties: 8,
                    additionalProperties: {
                      'x-kubernetes-int-or-string': true,
                      maxLength: 16,
                    },
                    'x-kubernetes-validations': [
                      {
                        rule: "self.all(key, key.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && !key.contains('kubernetes.io/') && !key.startsWith('requests.'))",
                        messageExpression:
                          "'extended has the name \"' + self.filter(key, !(key.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && !key.contains('kubernetes.io/') && !key.startsWith('requests.')))[0] + '\", which is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as rdma/hca'",
                      },
                      {
                        rule: "self.all(key, string(self[key]).matches('^[1-9][0-9]{0,8}$'))",
                        messageExpression:
                          "'extended has for \"' + self.filter(key, !string(self[key]).matches('^[1-9][0-9]{0,8}$'))[0] + '\" an amount that is no whole number of 1 or more: write for instance \"1\"'",
                      },
                    ],
                  },
                  requests: {
                    type: 'object',
                    properties: {
                      cpu: {
                        'x-kubernetes-int-or-string': true,
                        maxLength: 32,
                        'x-kubernetes-validations': [
                          {
                            rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                            messageExpression:
                              '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                          },
                          {
                            rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                            messageExpression:
                              "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                          },
                          {
                            rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                            messageExpression:
                              "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                          },
                        ],
                      },
                      memory: {
                        'x-kubernetes-int-or-string': true,
                        maxLength: 32,
                        'x-kubernetes-validations': [
                          {
                            rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                            messageExpression:
                              '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                          },
                          {
                            rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                            messageExpression:
                              "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                          },
                        ],
                      },
                    },
                  },
                },
              },
              accelerator: {
                type: 'object',
                required: ['count'],
                'x-kubernetes-validations': [
                  {
                    rule: 'has(self.profile) != has(self.resource)',
                    messageExpression:
                      "'accelerator has ' + (has(self.profile) ? 'both profile \"' + self.profile + '\" and resource \"' + self.resource + '\"' : 'neither profile nor resource') + ': name the hardware by one of them'",
                  },
                  {
                    rule: '!has(self.profile) || !has(self.product)',
                    messageExpression:
                      "'accelerator has profile \"' + self.profile + '\" and product \"' + self.product + '\": remove product, which the profile says'",
                    fieldPath: '.product',
                  },
                  {
                    rule: "!has(self.product) || !has(self.resource) || !self.resource.matches('/.{56,}$')",
                    messageExpression:
                      "'accelerator has a product, but no node can have the label ' + self.resource + '.product, whose name would be longer than 63 characters: remove product'",
                    fieldPath: '.product',
                  },
                ],
                properties: {
                  resource: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 128,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                        messageExpression:
                          "'resource \"' + self + '\" is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as nvidia.com/gpu'",
                      },
                      {
                        rule: "!self.contains('kubernetes.io/') && !self.startsWith('requests.')",
                        messageExpression:
                          "'resource \"' + self + '\" is one of Kubernetes itself and no device: name the extended resource that the device plugin advertises, such as nvidia.com/gpu'",
                      },
                    ],
                  },
                  count: {
                    type: 'integer',
                    format: 'int32',
                    minimum: 1,
                    maximum: 64,
                  },
                  product: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$')",
                        messageExpression:
                          "'product \"' + self + '\" is no value of a label: write it as the node label <resource>.product has it, such as NVIDIA-H100-80GB-HBM3'",
                      },
                    ],
                  },
                  profile: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                        messageExpression:
                          '\'profile "\' + self + \'" is no name: use lower-case letters, digits and "-"\'',
                      },
                    ],
                  },
                },
              },
              storage: {
                type: 'object',
                properties: {
                  secretRef: {
                    type: 'object',
                    required: ['name'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        'x-kubernetes-validations': [
                          {
                            rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                            messageExpression:
                              '\'secretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                          },
                        ],
                      },
                    },
                  },
                  volume: {
                    type: 'object',
                    'x-kubernetes-validations': [
                      {
                        rule: '(has(self.emptyDir) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.claimName) ? 1 : 0) == 1',
                        messageExpression:
                          "'storage.volume has %d sources: write exactly one of emptyDir, ephemeral and claimName'.format([(has(self.emptyDir) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.claimName) ? 1 : 0)])",
                      },
                    ],
                    properties: {
                      emptyDir: {
                        type: 'object',
                        properties: {
                          sizeLimit: {
                            'x-kubernetes-int-or-string': true,
                            maxLength: 32,
                            'x-kubernetes-validations': [
                              {
                                rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                messageExpression:
                                  '\'sizeLimit is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"\'',
                              },
                            ],
                          },
                        },
                      },
                      ephemeral: {
                        type: 'object',
                        required: ['size'],
                        properties: {
                          size: {
                            'x-kubernetes-int-or-string': true,
                            maxLength: 32,
                            'x-kubernetes-validations': [
                              {
                                rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                messageExpression:
                                  '\'size is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"\'',
                              },
                            ],
                          },
                          storageClassName: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 253,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                messageExpression:
                                  '\'storageClassName "\' + self + \'" is no name of a StorageClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                              },
                            ],
                          },
                        },
                      },
                      claimName: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        'x-kubernetes-validations': [
                          {
                            rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                            messageExpression:
                              '\'storage.volume.claimName "\' + self + \'" is no name of a PersistentVolumeClaim: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                          },
                        ],
                      },
                    },
                  },
                },
              },
              pod: {
                type: 'object',
                'x-kubernetes-validations': [
                  {
                    rule: '!has(self.automountServiceAccountToken) || !self.automountServiceAccountToken || has(self.serviceAccountName)',
                    messageExpression:
                      "'pod.automountServiceAccountToken is %s without a ServiceAccount: name one in pod.serviceAccountName that has the rights which the program needs'.format([self.automountServiceAccountToken])",
                    fieldPath: '.automountServiceAccountToken',
                  },
                  {
                    rule: '!has(self.initContainers) || !has(self.sidecars) || !self.sidecars.exists(s, self.initContainers.exists(i, i.name == s.name))',
                    messageExpression:
                      '\'pod.initContainers and pod.sidecars both have the name "%s": give each container a name of its own\'.format([self.sidecars.filter(s, self.initContainers.exists(i, i.name == s.name))[0].name])',
                    fieldPath: '.sidecars',
                  },
                  {
                    rule: '!has(self.initContainers) || self.initContainers.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))',
                    messageExpression:
                      '\'pod.initContainers has in container "%s" a volumeMount that names no volume of pod.volumes: add the volume, or correct the name\'.format([self.initContainers.filter(c, has(c.volumeMounts) && !c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))[0].name])',
                    fieldPath: '.initContainers',
                  },
                  {
                    rule: '!has(self.sidecars) || self.sidecars.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))',
                    messageExpression:
                      '\'pod.sidecars has in container "%s" a volumeMount that names no volume of pod.volumes: add the volume, or correct the name\'.format([self.sidecars.filter(c, has(c.volumeMounts) && !c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))[0].name])',
                    fieldPath: '.sidecars',
                  },
                ],
                properties: {
                  runAsUser: {
                    type: 'integer',
                    format: 'int64',
                    minimum: 1,
                    maximum: 2147483647,
                  },
                  runAsGroup: {
                    type: 'integer',
                    format: 'int64',
                    minimum: 1,
                    maximum: 2147483647,
                  },
                  fsGroup: {
                    type: 'integer',
                    format: 'int64',
                    minimum: 1,
                    maximum: 2147483647,
                  },
                  serviceAccountName: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                        messageExpression:
                          '\'pod.serviceAccountName "\' + self + \'" is no name of a ServiceAccount: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                      },
                    ],
                  },
                  automountServiceAccountToken: {
                    type: 'boolean',
                  },
                  imagePullSecrets: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    maxItems: 8,
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'imagePullSecrets.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                      },
                    },
                  },
                  nodeSelector: {
                    type: 'object',
                    maxProperties: 16,
                    additionalProperties: {
                      type: 'string',
                      maxLength: 63,
                    },
                    'x-kubernetes-validations': [
                      {
                        rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                        messageExpression:
                          '\'pod.nodeSelector has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no node can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                      },
                    ],
                  },
                  tolerations: {
                    type: 'array',
                    'x-kubernetes-list-type': 'atomic',
                    maxItems: 16,
                    items: {
                      type: 'object',
                      'x-kubernetes-validations': [
                        {
                          rule: "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
                          messageExpression:
                            "'a toleration has no key and operator ' + (has(self.operator) ? self.operator : 'Equal') + ': name the key of the taint, or write operator: Exists to tolerate all'",
                        },
                        {
                          rule: "!has(self.value) || !has(self.operator) || self.operator != 'Exists'",
                          messageExpression:
                            "'a toleration has operator Exists and the value \"' + self.value + '\": remove one of them'",
                        },
                        {
                          rule: "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
                          messageExpression:
                            "'tolerationSeconds is %d, which only the effect NoExecute has: write effect: NoExecute, or remove it'.format([self.tolerationSeconds])",
                          fieldPath: '.tolerationSeconds',
                        },
                      ],
                      properties: {
                        key: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 317,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                              messageExpression:
                                "'key \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                            },
                          ],
                        },
                        operator: {
                          type: 'string',
                          enum: ['Exists', 'Equal'],
                        },
                        value: {
                          type: 'string',
                          maxLength: 63,
                        },
                        effect: {
                          type: 'string',
                          enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
                        },
                        tolerationSeconds: {
                          type: 'integer',
                          format: 'int64',
                          minimum: 0,
                          maximum: 31536000,
                        },
                      },
                    },
                  },
                  affinity: {
                    type: 'object',
                    properties: {
                      nodeAffinity: {
                        type: 'object',
                        properties: {
                          requiredDuringSchedulingIgnoredDuringExecution: {
                            type: 'object',
                            required: ['nodeSelectorTerms'],
                            properties: {
                              nodeSelectorTerms: {
                                type: 'array',
                                'x-kubernetes-list-type': 'atomic',
                                maxItems: 8,
                                items: {
                                  type: 'object',
                                  required: ['matchExpressions'],
                                  properties: {
                                    matchExpressions: {
                                      type: 'array',
                                      'x-kubernetes-list-type': 'atomic',
                                      maxItems: 8,
                                      items: {
                                        type: 'object',
                                        required: ['key', 'operator'],
                                        'x-kubernetes-validations': [
                                          {
                                            rule: "(self.operator in ['Exists', 'DoesNotExist']) == (!has(self.values) || self.values.size() == 0)",
                                            messageExpression:
                                              "'the requirement on \"' + self.key + '\" has the operator ' + self.operator + ': ' + (self.operator in ['Exists', 'DoesNotExist'] ? 'it takes no values' : 'write values')",
                                          },
                                          {
                                            rule: "!(self.operator in ['Gt', 'Lt']) || !has(self.values) || self.values.size() == 0 || (self.values.size() == 1 && self.values[0].matches('^-?[0-9]{1,18}$'))",
                                            messageExpression:
                                              '\'the requirement on "%s" has the operator %s and the values %s: write one whole number, such as "4"\'.format([self.key, self.operator, self.values])',
                                          },
                                        ],
                                        properties: {
                                          key: {
                                            type: 'string',
                                            minLength: 1,
                                            maxLength: 317,
                                            'x-kubernetes-validations': [
                                              {
                                                rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                                messageExpression:
                                                  "'key \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                              },
                                            ],
                                          },
                                          operator: {
                                            type: 'string',
                                            enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                          },
                                          values: {
                                            type: 'array',
                                            'x-kubernetes-list-type': 'atomic',
                                            maxItems: 32,
                                            items: {
                                              type: 'string',
                                              maxLength: 63,
                                            },
                                          },
                                        },
                                      },
                                    },
                                  },
                                },
                              },
                            },
                          },
                          preferredDuringSchedulingIgnoredDuringExecution: {
                            type: 'array',
                            'x-kubernetes-list-type': 'atomic',
                            maxItems: 8,
                            items: {
                              type: 'object',
                              required: ['weight', 'preference'],
                              properties: {
                                weight: {
                                  type: 'integer',
                                  format: 'int32',
                                  minimum: 1,
                                  maximum: 100,
                                },
                                preference: {
                                  type: 'object',
                                  required: ['matchExpressions'],
                                  properties: {
                                    matchExpressions: {
                                      type: 'array',
                                      'x-kubernetes-list-type': 'atomic',
                                      maxItems: 8,
                                      items: {
                                        type: 'object',
                                        required: ['key', 'operator'],
                                        'x-kubernetes-validations': [
                                          {
                                            rule: "(self.operator in ['Exists', 'DoesNotExist']) == (!has(self.values) || self.values.size() == 0)",
                                            messageExpression:
                                              "'the requirement on \"' + self.key + '\" has the operator ' + self.operator + ': ' + (self.operator in ['Exists', 'DoesNotExist'] ? 'it takes no values' : 'write values')",
                                          },
                                          {
                                            rule: "!(self.operator in ['Gt', 'Lt']) || !has(self.values) || self.values.size() == 0 || (self.values.size() == 1 && self.values[0].matches('^-?[0-9]{1,18}$'))",
                                            messageExpression:
                                              '\'the requirement on "%s" has the operator %s and the values %s: write one whole number, such as "4"\'.format([self.key, self.operator, self.values])',
                                          },
                                        ],
                                        properties: {
                                          key: {
                                            type: 'string',
                                            minLength: 1,
                                            maxLength: 317,
                                            'x-kubernetes-validations': [
                                              {
                                                rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                                messageExpression:
                                                  "'key \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                              },
                                            ],
                                          },
                                          operator: {
                                            type: 'string',
                                            enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                          },
                                          values: {
                                            type: 'array',
                                            'x-kubernetes-list-type': 'atomic',
                                            maxItems: 32,
                                            items: {
                                              type: 'string',
                                              maxLength: 63,
                                            },
                                          },
                                        },
                                      },
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                      podAffinity: {
                        type: 'object',
                        properties: {
                          requiredDuringSchedulingIgnoredDuringExecution: {
                            type: 'array',
                            'x-kubernetes-list-type': 'atomic',
                            maxItems: 4,
                            items: {
                              type: 'object',
                              required: ['labelSelector', 'topologyKey'],
                              properties: {
                                labelSelector: {
                                  type: 'object',
                                  required: ['matchLabels'],
                                  properties: {
                                    matchLabels: {
                                      type: 'object',
                                      maxProperties: 8,
                                      additionalProperties: {
                                        type: 'string',
                                        maxLength: 63,
                                      },
                                      'x-kubernetes-validations': [
                                        {
                                          rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                          messageExpression:
                                            '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                        },
                                      ],
                                    },
                                  },
                                },
                                topologyKey: {
                                  type: 'string',
                                  minLength: 1,
                                  maxLength: 317,
                                  'x-kubernetes-validations': [
                                    {
                                      rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                      messageExpression:
                                        "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                    },
                                  ],
                                },
                              },
                            },
                          },
                          preferredDuringSchedulingIgnoredDuringExecution: {
                            type: 'array',
                            'x-kubernetes-list-type': 'atomic',
                            maxItems: 4,
                            items: {
                              type: 'object',
                              required: ['weight', 'podAffinityTerm'],
                              properties: {
                                weight: {
                                  type: 'integer',
                                  format: 'int32',
                                  minimum: 1,
                                  maximum: 100,
                                },
                                podAffinityTerm: {
                                  type: 'object',
                                  required: ['labelSelector', 'topologyKey'],
                                  properties: {
                                    labelSelector: {
                                      type: 'object',
                                      required: ['matchLabels'],
                                      properties: {
                                        matchLabels: {
                                          type: 'object',
                                          maxProperties: 8,
                                          additionalProperties: {
                                            type: 'string',
                                            maxLength: 63,
                                          },
                                          'x-kubernetes-validations': [
                                            {
                                              rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                              messageExpression:
                                                '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                            },
                                          ],
                                        },
                                      },
                                    },
                                    topologyKey: {
                                      type: 'string',
                                      minLength: 1,
                                      maxLength: 317,
                                      'x-kubernetes-validations': [
                                        {
                                          rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                          messageExpression:
                                            "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                        },
                                      ],
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                      podAntiAffinity: {
                        type: 'object',
                        properties: {
                          requiredDuringSchedulingIgnoredDuringExecution: {
                            type: 'array',
                            'x-kubernetes-list-type': 'atomic',
                            maxItems: 4,
                            items: {
                              type: 'object',
                              required: ['labelSelector', 'topologyKey'],
                              properties: {
                                labelSelector: {
                                  type: 'object',
                                  required: ['matchLabels'],
                                  properties: {
                                    matchLabels: {
                                      type: 'object',
                                      maxProperties: 8,
                                      additionalProperties: {
                                        type: 'string',
                                        maxLength: 63,
                                      },
                                      'x-kubernetes-validations': [
                                        {
                                          rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                          messageExpression:
                                            '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                        },
                                      ],
                                    },
                                  },
                                },
                                topologyKey: {
                                  type: 'string',
                                  minLength: 1,
                                  maxLength: 317,
                                  'x-kubernetes-validations': [
                                    {
                                      rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                      messageExpression:
                                        "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                    },
                                  ],
                                },
                              },
                            },
                          },
                          preferredDuringSchedulingIgnoredDuringExecution: {
                            type: 'array',
                            'x-kubernetes-list-type': 'atomic',
                            maxItems: 4,
                            items: {
                              type: 'object',
                              required: ['weight', 'podAffinityTerm'],
                              properties: {
                                weight: {
                                  type: 'integer',
                                  format: 'int32',
                                  minimum: 1,
                                  maximum: 100,
                                },
                                podAffinityTerm: {
                                  type: 'object',
                                  required: ['labelSelector', 'topologyKey'],
                                  properties: {
                                    labelSelector: {
                                      type: 'object',
                                      required: ['matchLabels'],
                                      properties: {
                                        matchLabels: {
                                          type: 'object',
                                          maxProperties: 8,
                                          additionalProperties: {
                                            type: 'string',
                                            maxLength: 63,
                                          },
                                          'x-kubernetes-validations': [
                                            {
                                              rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                              messageExpression:
                                                '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                            },
                                          ],
                                        },
                                      },
                                    },
                                    topologyKey: {
                                      type: 'string',
                                      minLength: 1,
                                      maxLength: 317,
                                      'x-kubernetes-validations': [
                                        {
                                          rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                          messageExpression:
                                            "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                        },
                                      ],
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                  topologySpreadConstraints: {
                    type: 'array',
                    'x-kubernetes-list-type': 'atomic',
                    maxItems: 4,
                    items: {
                      type: 'object',
                      required: ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'],
                      properties: {
                        maxSkew: {
                          type: 'integer',
                          format: 'int32',
                          minimum: 1,
                          maximum: 64,
                        },
                        topologyKey: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 317,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                              messageExpression:
                                "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                            },
                          ],
                        },
                        whenUnsatisfiable: {
                          type: 'string',
                          enum: ['DoNotSchedule', 'ScheduleAnyway'],
                        },
                        labelSelector: {
                          type: 'object',
                          required: ['matchLabels'],
                          properties: {
                            matchLabels: {
                              type: 'object',
                              maxProperties: 8,
                              additionalProperties: {
                                type: 'string',
                                maxLength: 63,
                              },
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                  messageExpression:
                                    '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                },
                              ],
                            },
                          },
                        },
                      },
                    },
                  },
                  priorityClassName: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                        messageExpression:
                          '\'pod.priorityClassName "\' + self + \'" is no name of a PriorityClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                      },
                      {
                        rule: "!self.startsWith('system-')",
                        messageExpression:
                          "'pod.priorityClassName \"' + self + '\" is for the system: name one that an administrator made for people'",
                      },
                    ],
                  },
                  runtimeClassName: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                        messageExpression:
                          '\'pod.runtimeClassName "\' + self + \'" is no name of a RuntimeClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                      },
                    ],
                  },
                  schedulerName: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                        messageExpression:
                          '\'pod.schedulerName "\' + self + \'" is no name of a scheduler: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                      },
                    ],
                  },
                  terminationGracePeriod: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                        messageExpression:
                          '\'pod.terminationGracePeriod is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "10m"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) >= duration('1s')",
                        messageExpression: '\'pod.terminationGracePeriod is "\' + self + \'": write at least "1s"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) <= duration('1h')",
                        messageExpression: '\'pod.terminationGracePeriod is "\' + self + \'": write at most "1h"\'',
                      },
                    ],
                  },
                  labels: {
                    type: 'object',
                    maxProperties: 32,
                    additionalProperties: {
                      type: 'string',
                      maxLength: 63,
                    },
                    'x-kubernetes-validations': [
                      {
                        rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))",
                        messageExpression:
                          "'pod.labels has the name \"' + self.filter(key, !key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))[0] + '\", which is none: write for instance example.com/team'",
                      },
                      {
                        rule: "!self.exists(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))",
                        messageExpression:
                          "'pod.labels has \"' + self.filter(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))[0] + '\", which Flyball or Kubernetes itself writes: remove it'",
                      },
                      {
                        rule: "self.all(key, self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                        messageExpression:
                          '\'pod.labels has the value "\' + self[self.filter(key, !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0]] + \'", which is none of a label: use letters, digits, "-", "_" and ".", and begin and end with a letter or digit\'',
                      },
                    ],
                  },
                  annotations: {
                    type: 'object',
                    maxProperties: 32,
                    additionalProperties: {
                      type: 'string',
                      maxLength: 2048,
                    },
                    'x-kubernetes-validations': [
                      {
                        rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))",
                        messageExpression:
                          "'pod.annotations has the name \"' + self.filter(key, !key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))[0] + '\", which is none: write for instance example.com/team'",
                      },
                      {
                        rule: "!self.exists(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))",
                        messageExpression:
                          "'pod.annotations has \"' + self.filter(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))[0] + '\", which Flyball or Kubernetes itself writes: remove it'",
                      },
                      {
                        rule: "!self.exists(key, key.matches('^(container[.])?(apparmor|seccomp)[.]security[.](alpha|beta)[.]kubernetes[.]io/'))",
                        messageExpression:
                          "'pod.annotations has \"' + self.filter(key, key.matches('^(container[.])?(apparmor|seccomp)[.]security[.](alpha|beta)[.]kubernetes[.]io/'))[0] + '\", which would free the pod of a restriction: remove it'",
                      },
                    ],
                  },
                  sharedMemory: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'pod.sharedMemory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                        messageExpression:
                          "'pod.sharedMemory is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"16Gi\"'",
                      },
                    ],
                  },
                  volumes: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    maxItems: 16,
                    'x-kubernetes-validations': [
                      {
                        rule: 'self.all(a, !has(a.mountPath) || self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))',
                        messageExpression:
                          '\'pod.volumes has two with the mountPath "%s": give each a path of its own\'.format([self.filter(a, has(a.mountPath) && !self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))[0].mountPath])',
                      },
                    ],
                    items: {
                      type: 'object',
                      required: ['name'],
                      'x-kubernetes-validations': [
                        {
                          rule: '(has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0) + (has(self.emptyDir) ? 1 : 0) + (has(self.claimName) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.image) ? 1 : 0) + (has(self.csi) ? 1 : 0) == 1',
                          messageExpression:
                            '\'volume "%s" has %d sources: write exactly one of configMap, secret, emptyDir, claimName, ephemeral, image and csi\'.format([self.name, (has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0) + (has(self.emptyDir) ? 1 : 0) + (has(self.claimName) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.image) ? 1 : 0) + (has(self.csi) ? 1 : 0)])',
                        },
                        {
                          rule: '!has(self.subPath) || has(self.mountPath)',
                          messageExpression:
                            "'volume \"' + self.name + '\" has a subPath without a mountPath: write where main sees it'",
                        },
                      ],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 63,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                              messageExpression:
                                '\'volume "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                            },
                            {
                              rule: "!self.matches('^((model|claim)(-[0-9]+)?|shared-memory|flyball-.*)$')",
                              messageExpression:
                                "'volume \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                            },
                          ],
                        },
                        mountPath: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 256,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                              messageExpression:
                                '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                            },
                            {
                              rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                              messageExpression:
                                "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                            },
                          ],
                        },
                        subPath: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 256,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                              messageExpression:
                                '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                            },
                          ],
                        },
                        readOnly: {
                          type: 'boolean',
                        },
                        configMap: {
                          type: 'object',
                          required: ['name'],
                          properties: {
                            name: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                  messageExpression:
                                    '\'configMap.name "\' + self + \'" is no name of a ConfigMap: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                },
                              ],
                            },
                            items: {
                              type: 'array',
                              'x-kubernetes-list-type': 'atomic',
                              maxItems: 16,
                              items: {
                                type: 'object',
                                required: ['key', 'path'],
                                properties: {
                                  key: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 253,
                                  },
                                  path: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 256,
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                        messageExpression:
                                          "'path \"' + self + '\" is no relative path: write for instance train.py'",
                                      },
                                    ],
                                  },
                                },
                              },
                            },
                          },
                        },
                        secret: {
                          type: 'object',
                          required: ['secretName'],
                          properties: {
                            secretName: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                  messageExpression:
                                    '\'secret.secretName "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                },
                              ],
                            },
                            items: {
                              type: 'array',
                              'x-kubernetes-list-type': 'atomic',
                              maxItems: 16,
                              items: {
                                type: 'object',
                                required: ['key', 'path'],
                                properties: {
                                  key: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 253,
                                  },
                                  path: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 256,
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                        messageExpression:
                                          "'path \"' + self + '\" is no relative path: write for instance train.py'",
                                      },
                                    ],
                                  },
                                },
                              },
                            },
                          },
                        },
                        emptyDir: {
                          type: 'object',
                          properties: {
                            sizeLimit: {
                              'x-kubernetes-int-or-string': true,
                              maxLength: 32,
                              'x-kubernetes-validations': [
                                {
                                  rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                  messageExpression:
                                    '\'sizeLimit is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"\'',
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                                  messageExpression:
                                    "'sizeLimit is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"100Gi\"'",
                                },
                              ],
                            },
                            medium: {
                              type: 'string',
                              enum: ['Memory'],
                            },
                          },
                        },
                        claimName: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'claimName "\' + self + \'" is no name of a PersistentVolumeClaim: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        ephemeral: {
                          type: 'object',
                          required: ['size'],
                          properties: {
                            size: {
                              'x-kubernetes-int-or-string': true,
                              maxLength: 32,
                              'x-kubernetes-validations': [
                                {
                                  rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                  messageExpression:
                                    '\'size is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "500Gi"\'',
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                                  messageExpression:
                                    "'size is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"500Gi\"'",
                                },
                              ],
                            },
                            storageClassName: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                  messageExpression:
                                    '\'storageClassName "\' + self + \'" is no name of a StorageClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                },
                              ],
                            },
                          },
                        },
                        image: {
                          type: 'object',
                          required: ['reference'],
                          properties: {
                            reference: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 512,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^[!-~]+$')",
                                  messageExpression:
                                    "'reference \"' + self + '\" is no image: write registry/repository:tag without spaces'",
                                },
                              ],
                            },
                          },
                        },
                        csi: {
                          type: 'object',
                          required: ['driver'],
                          properties: {
                            driver: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                  messageExpression:
                                    '\'driver "\' + self + \'" is no name of a CSI driver: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                },
                              ],
                            },
                            volumeAttributes: {
                              type: 'object',
                              maxProperties: 16,
                              additionalProperties: {
                                type: 'string',
                                maxLength: 1024,
                              },
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.all(key, key.matches('^[-A-Za-z0-9_./]{1,253}$'))",
                                  messageExpression:
                                    "'volumeAttributes has the name \"' + self.filter(key, !key.matches('^[-A-Za-z0-9_./]{1,253}$'))[0] + '\", which is none: use letters, digits and - _ . /'",
                                },
                              ],
                            },
                            nodePublishSecretRef: {
                              type: 'object',
                              required: ['name'],
                              properties: {
                                name: {
                                  type: 'string',
                                  minLength: 1,
                                  maxLength: 253,
                                  'x-kubernetes-validations': [
                                    {
                                      rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                      messageExpression:
                                        '\'nodePublishSecretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                    },
                                  ],
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                  initContainers: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    maxItems: 4,
                    items: {
                      type: 'object',
                      required: ['name', 'image'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 40,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                              messageExpression:
                                '\'container "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                            },
                            {
                              rule: "!(self in ['main', 'observer', 'check-output', 'fetch', 'verify', 'restore', 'save', 'checkpoint'])",
                              messageExpression:
                                "'container \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                            },
                          ],
                        },
                        image: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 512,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                              messageExpression:
                                "'image \"' + self + '\" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits'",
                            },
                          ],
                        },
                        command: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 64,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.size() == 0 || !self[0].matches('^$|^[^/ ]* ')",
                              messageExpression:
                                '\'command begins with "\' + self[0] + \'", which is no program: write each word as an item of its own, such as ["python", "train.py"]\'',
                            },
                          ],
                          items: {
                            type: 'string',
                            maxLength: 2048,
                          },
                        },
                        args: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 64,
                          items: {
                            type: 'string',
                            maxLength: 2048,
                          },
                        },
                        env: {
                          type: 'array',
                          'x-kubernetes-list-type': 'map',
                          'x-kubernetes-list-map-keys': ['name'],
                          maxItems: 32,
                          items: {
                            type: 'object',
                            required: ['name'],
                            'x-kubernetes-validations': [
                              {
                                rule: "!self.name.startsWith('FLYBALL_')",
                                messageExpression:
                                  "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                                fieldPath: '.name',
                              },
                              {
                                rule: 'has(self.value) != has(self.secretKeyRef)',
                                messageExpression:
                                  "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                              },
                            ],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 128,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                                    messageExpression:
                                      '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                                  },
                                ],
                              },
                              value: {
                                type: 'string',
                                maxLength: 2048,
                              },
                              secretKeyRef: {
                                type: 'object',
                                required: ['name', 'key'],
                                properties: {
                                  name: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 253,
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                        messageExpression:
                                          '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                      },
                                    ],
                                  },
                                  key: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 253,
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "self.matches('^[-._A-Za-z0-9]+$')",
                                        messageExpression:
                                          '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                                      },
                                    ],
                                  },
                                },
                              },
                            },
                          },
                        },
                        resources: {
                          type: 'object',
                          properties: {
                            cpu: {
                              'x-kubernetes-int-or-string': true,
                              maxLength: 32,
                              'x-kubernetes-validations': [
                                {
                                  rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                  messageExpression:
                                    '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                                  messageExpression:
                                    "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                                  messageExpression:
                                    "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                                },
                              ],
                            },
                            memory: {
                              'x-kubernetes-int-or-string': true,
                              maxLength: 32,
                              'x-kubernetes-validations': [
                                {
                                  rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                  messageExpression:
                                    '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                                  messageExpression:
                                    "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                                },
                              ],
                            },
                          },
                        },
                        volumeMounts: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 16,
                          items: {
                            type: 'object',
                            required: ['name', 'mountPath'],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 63,
                              },
                              mountPath: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                                    messageExpression:
                                      '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                                  },
                                  {
                                    rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                                    messageExpression:
                                      "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                                  },
                                ],
                              },
                              subPath: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                    messageExpression:
                                      '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                                  },
                                ],
                              },
                              readOnly: {
                                type: 'boolean',
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                  sidecars: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    maxItems: 4,
                    items: {
                      type: 'object',
                      required: ['name', 'image'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 40,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                              messageExpression:
                                '\'container "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                            },
                            {
                              rule: "!(self in ['main', 'observer', 'check-output', 'fetch', 'verify', 'restore', 'save', 'checkpoint'])",
                              messageExpression:
                                "'container \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                            },
                          ],
                        },
                        image: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 512,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                              messageExpression:
                                "'image \"' + self + '\" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits'",
                            },
                          ],
                        },
                        command: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 64,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.size() == 0 || !self[0].matches('^$|^[^/ ]* ')",
                              messageExpression:
                                '\'command begins with "\' + self[0] + \'", which is no program: write each word as an item of its own, such as ["python", "train.py"]\'',
                            },
                          ],
                          items: {
                            type: 'string',
                            maxLength: 2048,
                          },
                        },
                        args: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 64,
                          items: {
                            type: 'string',
                            maxLength: 2048,
                          },
                        },
                        env: {
                          type: 'array',
                          'x-kubernetes-list-type': 'map',
                          'x-kubernetes-list-map-keys': ['name'],
                          maxItems: 32,
                          items: {
                            type: 'object',
                            required: ['name'],
                            'x-kubernetes-validations': [
                              {
                                rule: "!self.name.startsWith('FLYBALL_')",
                                messageExpression:
                                  "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                                fieldPath: '.name',
                              },
                              {
                                rule: 'has(self.value) != has(self.secretKeyRef)',
                                messageExpression:
                                  "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                              },
                            ],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 128,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                                    messageExpression:
                                      '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                                  },
                                ],
                              },
                              value: {
                                type: 'string',
                                maxLength: 2048,
                              },
                              secretKeyRef: {
                                type: 'object',
                                required: ['name', 'key'],
                                properties: {
                                  name: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 253,
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                        messageExpression:
                                          '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                      },
                                    ],
                                  },
                                  key: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 253,
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "self.matches('^[-._A-Za-z0-9]+$')",
                                        messageExpression:
                                          '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                                      },
                                    ],
                                  },
                                },
                              },
                            },
                          },
                        },
                        resources: {
                          type: 'object',
                          properties: {
                            cpu: {
                              'x-kubernetes-int-or-string': true,
                              maxLength: 32,
                              'x-kubernetes-validations': [
                                {
                                  rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                  messageExpression:
                                    '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                                  messageExpression:
                                    "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                                  messageExpression:
                                    "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                                },
                              ],
                            },
                            memory: {
                              'x-kubernetes-int-or-string': true,
                              maxLength: 32,
                              'x-kubernetes-validations': [
                                {
                                  rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                                  messageExpression:
                                    '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                                },
                                {
                                  rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                                  messageExpression:
                                    "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                                },
                              ],
                            },
                          },
                        },
                        volumeMounts: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 16,
                          items: {
                            type: 'object',
                            required: ['name', 'mountPath'],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 63,
                              },
                              mountPath: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                                    messageExpression:
                                      '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                                  },
                                  {
                                    rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                                    messageExpression:
                                      "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                                  },
                                ],
                              },
                              subPath: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                    messageExpression:
                                      '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                                  },
                                ],
                              },
                              readOnly: {
                                type: 'boolean',
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          replicas: {
            type: 'integer',
            format: 'int32',
            minimum: 0,
            maximum: 1000,
          },
          observe: {
            type: 'object',
            'x-kubernetes-validations': [
              {
                rule: "!has(self.resources) || !has(self.resources.cpu) || !isQuantity(string(self.resources.cpu)) || !quantity(string(self.resources.cpu)).isLessThan(quantity('50m'))",
                messageExpression:
                  "'observe.resources.cpu is ' + string(self.resources.cpu) + ', a limit by which every request would wait: write at least \"50m\", or leave cpu out'",
                fieldPath: '.resources.cpu',
              },
              {
                rule: "!has(self.resources) || !has(self.resources.memory) || !isQuantity(string(self.resources.memory)) || !quantity(string(self.resources.memory)).isLessThan(quantity('96Mi'))",
                messageExpression:
                  "'observe.resources.memory is ' + string(self.resources.memory) + ', and the observer takes more with a few clients: write at least \"96Mi\", or leave memory out'",
                fieldPath: '.resources.memory',
              },
            ],
            properties: {
              signals: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 32,
                items: {
                  type: 'object',
                  required: ['name', 'from', 'pointer', 'type'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 63,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[A-Za-z_][A-Za-z0-9_.-]*$')",
                          messageExpression:
                            '\'signal "\' + self + \'" is no name: use letters, digits, "_", "-" and ".", and begin with a letter or "_"\'',
                        },
                      ],
                    },
                    from: {
                      type: 'string',
                      enum: ['Request', 'Response'],
                    },
                    pointer: {
                      type: 'string',
                      maxLength: 256,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^(/([^/~]|~[01])*)*$')",
                          messageExpression:
                            '\'pointer "\' + self + \'" is no JSON pointer: write "/" before each part, such as /inputs/0/data/3, and for "~" in a part "~0"\'',
                        },
                      ],
                    },
                    type: {
                      type: 'string',
                      enum: ['Number', 'Category'],
                    },
                  },
                },
              },
              resources: {
                type: 'object',
                properties: {
                  cpu: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                      },
                    ],
                  },
                  memory: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                        messageExpression:
                          "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                      },
                    ],
                  },
                },
              },
            },
          },
          rollout: {
            type: 'object',
            properties: {
              minReady: {
                type: 'string',
                minLength: 1,
                maxLength: 28,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                    messageExpression:
                      '\'minReady is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "10s" or "1m30s"\'',
                  },
                  {
                    rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) <= duration('5m')",
                    messageExpression:
                      '\'minReady is "\' + self + \'", at most "5m" is possible: use a step with a longer hold to watch a new revision for longer\'',
                  },
                ],
              },
              surge: {
                type: 'string',
                enum: ['Allowed', 'Never'],
              },
              paused: {
                type: 'boolean',
              },
              approval: {
                type: 'string',
                enum: ['Required'],
              },
              approvedRevision: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[0-9a-f]{8}$')",
                    messageExpression:
                      "'approvedRevision is \"' + self + '\", which is no revision: write its eight digits as status.candidate.revision has them, in quotes'",
                  },
                ],
              },
              promotedRevision: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[0-9a-f]{8}$')",
                    messageExpression:
                      "'promotedRevision is \"' + self + '\", which is no revision: write its eight digits as status.candidate.revision has them, in quotes'",
                  },
                ],
              },
              abortedRevision: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[0-9a-f]{8}$')",
                    messageExpression:
                      "'abortedRevision is \"' + self + '\", which is no revision: write its eight digits as status has them, in quotes'",
                  },
                ],
              },
              retryAt: {
                type: 'string',
                maxLength: 40,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+](0[0-9]|1[0-3]):[0-5][0-9]|[+]14:00|-(0[0-9]|1[01]):[0-5][0-9]|-12:00)$')",
                    messageExpression:
                      "'retryAt is \"' + self + '\", which is no time of this century: write date, time and offset from UTC, at most 14:00, such as 2026-11-24T10:00:00Z; date -u +%FT%TZ prints the present time so'",
                  },
                ],
              },
              steps: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 10,
                'x-kubernetes-validations': [
                  {
                    rule: '[0, 1, 2, 3, 4, 5, 6, 7, 8].all(i, i + 1 >= self.size() || self[i].weight < self[i + 1].weight)',
                    messageExpression:
                      "'steps have the weights %s: let each be above the one before it'.format([self.map(step, step.weight)])",
                  },
                ],
                items: {
                  type: 'object',
                  required: ['weight', 'hold'],
                  properties: {
                    weight: {
                      type: 'integer',
                      format: 'int32',
                      minimum: 1,
                      maximum: 99,
                    },
                    hold: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 28,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                          messageExpression:
                            '\'hold is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "10m" or "1h30m"; a day is "24h"\'',
                        },
                      ],
                    },
                  },
                },
              },
              analysis: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 8,
                items: {
                  type: 'object',
                  required: ['name'],
                  'x-kubernetes-validations': [
                    {
                      rule: 'has(self.errors) != has(self.latency)',
                      messageExpression:
                        "'analysis \"' + self.name + '\" has ' + (has(self.errors) ? 'both errors and latency: keep one of them and write another check for the other' : 'neither errors nor latency: set one of them')",
                    },
                    {
                      rule: 'has(self.max) || has(self.maxIncrease)',
                      messageExpression:
                        "'analysis \"' + self.name + '\" has no bound, so it could never fail: set max, or against: Stable with maxIncrease'",
                    },
                    {
                      rule: 'has(self.against) == has(self.maxIncrease)',
                      messageExpression:
                        "'analysis \"' + self.name + '\" has ' + (has(self.against) ? 'against, but no maxIncrease: set maxIncrease, the most that it may be above ' + self.against : 'maxIncrease, but nothing to compare with: set against: Stable')",
                    },
                    {
                      rule: '!has(self.maxIncrease) || self.maxIncrease >= 0.0',
                      messageExpression:
                        '\'analysis "%s" has maxIncrease %s, so that even an equal revision would fail: set it to 0 or above\'.format([self.name, self.maxIncrease])',
                      fieldPath: '.maxIncrease',
                    },
                    {
                      rule: '!has(self.errors) || !has(self.maxIncrease) || self.maxIncrease < 1.0',
                      messageExpression:
                        '\'analysis "%s" has maxIncrease %s, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred\'.format([self.name, self.maxIncrease])',
                      fieldPath: '.maxIncrease',
                    },
                    {
                      rule: '!has(self.latency) || !has(self.maxIncrease) || self.maxIncrease < 120.0',
                      messageExpression:
                        '\'analysis "%s" has maxIncrease %s, but latency is measured up to 120 s, so that it could never fail: set maxIncrease below 120\'.format([self.name, self.maxIncrease])',
                      fieldPath: '.maxIncrease',
                    },
                    {
                      rule: '!has(self.errors) || !has(self.max) || (self.max >= 0.0 && self.max < 1.0)',
                      messageExpression:
                        '\'analysis "%s" has max %s, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred\'.format([self.name, self.max])',
                      fieldPath: '.max',
                    },
                    {
                      rule: '!has(self.latency) || !has(self.max) || self.max < 120.0',
                      messageExpression:
                        '\'analysis "%s" has max %s, but latency is measured up to 120 s, so that it could never fail: set max below 120\'.format([self.name, self.max])',
                      fieldPath: '.max',
                    },
                    {
                      rule: '!has(self.latency) || !has(self.max) || self.max > 0.0',
                      messageExpression:
                        '\'analysis "%s" has max %s, but every answer takes some time, so that it would always fail: set max in seconds, such as 0.5\'.format([self.name, self.max])',
                      fieldPath: '.max',
                    },
                  ],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 63,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                          messageExpression:
                            '\'analysis "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                    errors: {
                      type: 'object',
                      maxProperties: 0,
                    },
                    latency: {
                      type: 'object',
                      required: ['quantile'],
                      properties: {
                        quantile: {
                          type: 'number',
                          minimum: -999999999999999,
                          maximum: 999999999999999,
                          'x-kubernetes-validations': [
                            {
                              rule: 'self > 0.0 && self < 1.0',
                              messageExpression:
                                "'quantile is %s: write a number between 0 and 1, such as 0.99'.format([self])",
                            },
                          ],
                        },
                        of: {
                          type: 'string',
                          enum: ['FirstByte', 'Whole'],
                        },
                      },
                    },
                    max: {
                      type: 'number',
                      minimum: -999999999999999,
                      maximum: 999999999999999,
                    },
                    against: {
                      type: 'string',
                      enum: ['Stable'],
                    },
                    maxIncrease: {
                      type: 'number',
                      minimum: -999999999999999,
                      maximum: 999999999999999,
                    },
                    minSamples: {
                      type: 'integer',
                      format: 'int32',
                      minimum: 1,
                      maximum: 1000000000,
                    },
                  },
                },
              },
            },
          },
        },
      },
      status: {
        type: 'object',
        properties: {
          observedGeneration: {
            type: 'integer',
            format: 'int64',
            minimum: 0,
            maximum: 9007199254740991,
          },
          conditions: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['type'],
            maxItems: 16,
            items: {
              type: 'object',
              required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
              properties: {
                type: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                status: {
                  type: 'string',
                  enum: ['True', 'False', 'Unknown'],
                },
                reason: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                message: {
                  type: 'string',
                  maxLength: 1024,
                },
                lastTransitionTime: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                observedGeneration: {
                  type: 'integer',
                  format: 'int64',
                  minimum: 0,
                  maximum: 9007199254740991,
                },
              },
            },
          },
          replicas: {
            type: 'integer',
            format: 'int32',
            minimum: 0,
            maximum: 10000,
          },
          readyReplicas: {
            type: 'integer',
            format: 'int32',
            minimum: 0,
            maximum: 10000,
          },
          reachedReplicas: {
            type: 'integer',
            format: 'int32',
            minimum: 0,
            maximum: 10000,
          },
          pods: {
            type: 'string',
            minLength: 3,
            maxLength: 11,
            pattern: '^[0-9]{1,5}/[0-9]{1,5}$',
          },
          selector: {
            type: 'string',
            minLength: 1,
            maxLength: 256,
          },
          stable: {
            type: 'object',
            required: ['revision', 'uri', 'since'],
            properties: {
              revision: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              version: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
              },
              trainingRunUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              versionTime: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              versionUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              profileDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 71,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
              revisionDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 71,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
              workloadUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              templateDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 76,
                pattern: '^(v[1-9][0-9]{0,2}:)?sha256:[0-9a-f]{64}$',
              },
              readyAfter: {
                type: 'string',
                minLength: 2,
                maxLength: 28,
                pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(pvc|s3|gs|abfss|https|hf|oci)://')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss, https, hf, oci: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^http://') ? 'https://<host>/<path>' : self.matches('^docker://') ? 'oci://<image>' : self.matches('^huggingface://') ? 'hf://<organization>/<name>@<revision>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path>, abfss://<container>@<account>.dfs.core.windows.net/<path>, https://<host>/<path>, hf://<organization>/<name>@<revision> or oci://<image>')",
                  },
                  {
                    rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                    messageExpression:
                      '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                  },
                  {
                    rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                  },
                  {
                    rule: "!self.startsWith('https://') || self.matches('^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('[?#]') || self.matches('^https://[^/]*@') ? 'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef)' : self.matches('^https://[^/]*$') || self.endsWith('/') ? 'names no file' : self.matches('^https://[^/]*:[0-9]+/') && !self.matches('^https://[^/]*:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/') ? 'has a port that there is not, since ports are 1 to 65535' : 'is not of the form of its scheme, where the host is in lower case, and each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write https://<host>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('hf://') || self.matches('^hf://(datasets/)?[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*/[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*@(refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*$') && !self.matches('^hf://(datasets|models|spaces|buckets|kernels)/[^/]*@')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (!self.contains('@') ? 'says no revision, and what moves is another thing tomorrow' : self.matches('^hf://(models|spaces|buckets|kernels)/[^/@]+/') ? 'names a kind of repository other than datasets' : self.matches('^hf://([^/]*|(datasets|models|spaces|buckets|kernels)/[^/@]*)@') ? 'names no organization' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write ' + (self.startsWith('hf://datasets/') ? 'hf://datasets/<organization>/<name>@<revision>' : 'hf://<organization>/<name>@<revision>') + ', with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be'",
                  },
                  {
                    rule: "!self.startsWith('oci://') || self.matches('^oci://(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                    messageExpression:
                      "'uri \"' + self + '\" is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>'",
                  },
                ],
              },
              digest: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^[A-Za-z0-9:+._-]+$',
              },
              digestSource: {
                type: 'string',
                enum: ['Measured', 'Declared', 'Reported'],
              },
              since: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              steps: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 10,
                items: {
                  type: 'object',
                  required: ['since'],
                  properties: {
                    weight: {
                      type: 'integer',
                      format: 'int32',
                      minimum: 0,
                      maximum: 100,
                    },
                    since: {
                      type: 'string',
                      format: 'date-time',
                      maxLength: 40,
                    },
                    until: {
                      type: 'string',
                      format: 'date-time',
                      maxLength: 40,
                    },
                    values: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      maxItems: 8,
                      items: {
                        type: 'object',
                        required: ['name', 'sampledAt'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 63,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                          },
                          value: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 32,
                          },
                          against: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 32,
                          },
                          samples: {
                            type: 'integer',
                            format: 'int64',
                            minimum: 0,
                            maximum: 9007199254740991,
                          },
                          sampledAt: {
                            type: 'string',
                            format: 'date-time',
                            maxLength: 40,
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          outage: {
            type: 'object',
            required: ['since'],
            properties: {
              since: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
            },
          },
          lastOutage: {
            type: 'object',
            required: ['since', 'until', 'length'],
            properties: {
              since: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              until: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              length: {
                type: 'string',
                minLength: 1,
                maxLength: 28,
              },
            },
          },
          candidate: {
            type: 'object',
            required: ['revision', 'uri', 'since', 'step'],
            properties: {
              revision: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              version: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
              },
              trainingRunUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              versionTime: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              versionUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              profileDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 71,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
              revisionDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 71,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
              workloadUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              templateDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 76,
                pattern: '^(v[1-9][0-9]{0,2}:)?sha256:[0-9a-f]{64}$',
              },
              readyAfter: {
                type: 'string',
                minLength: 2,
                maxLength: 28,
                pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(pvc|s3|gs|abfss|https|hf|oci)://')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss, https, hf, oci: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^http://') ? 'https://<host>/<path>' : self.matches('^docker://') ? 'oci://<image>' : self.matches('^huggingface://') ? 'hf://<organization>/<name>@<revision>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path>, abfss://<container>@<account>.dfs.core.windows.net/<path>, https://<host>/<path>, hf://<organization>/<name>@<revision> or oci://<image>')",
                  },
                  {
                    rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                    messageExpression:
                      '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                  },
                  {
                    rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                  },
                  {
                    rule: "!self.startsWith('https://') || self.matches('^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('[?#]') || self.matches('^https://[^/]*@') ? 'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef)' : self.matches('^https://[^/]*$') || self.endsWith('/') ? 'names no file' : self.matches('^https://[^/]*:[0-9]+/') && !self.matches('^https://[^/]*:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/') ? 'has a port that there is not, since ports are 1 to 65535' : 'is not of the form of its scheme, where the host is in lower case, and each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write https://<host>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('hf://') || self.matches('^hf://(datasets/)?[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*/[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*@(refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*$') && !self.matches('^hf://(datasets|models|spaces|buckets|kernels)/[^/]*@')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (!self.contains('@') ? 'says no revision, and what moves is another thing tomorrow' : self.matches('^hf://(models|spaces|buckets|kernels)/[^/@]+/') ? 'names a kind of repository other than datasets' : self.matches('^hf://([^/]*|(datasets|models|spaces|buckets|kernels)/[^/@]*)@') ? 'names no organization' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write ' + (self.startsWith('hf://datasets/') ? 'hf://datasets/<organization>/<name>@<revision>' : 'hf://<organization>/<name>@<revision>') + ', with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be'",
                  },
                  {
                    rule: "!self.startsWith('oci://') || self.matches('^oci://(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                    messageExpression:
                      "'uri \"' + self + '\" is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>'",
                  },
                ],
              },
              digest: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^[A-Za-z0-9:+._-]+$',
              },
              digestSource: {
                type: 'string',
                enum: ['Measured', 'Declared', 'Reported'],
              },
              since: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              step: {
                type: 'integer',
                format: 'int32',
                minimum: 0,
                maximum: 10,
              },
              weight: {
                type: 'integer',
                format: 'int32',
                minimum: 0,
                maximum: 100,
              },
              weightSince: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              measuredSince: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              endsStable: {
                type: 'boolean',
              },
              aloneSince: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 127,
              },
              holdUntil: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              steps: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 10,
                items: {
                  type: 'object',
                  required: ['since'],
                  properties: {
                    weight: {
                      type: 'integer',
                      format: 'int32',
                      minimum: 0,
                      maximum: 100,
                    },
                    since: {
                      type: 'string',
                      format: 'date-time',
                      maxLength: 40,
                    },
                    until: {
                      type: 'string',
                      format: 'date-time',
                      maxLength: 40,
                    },
                    values: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      maxItems: 8,
                      items: {
                        type: 'object',
                        required: ['name', 'sampledAt'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 63,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                          },
                          value: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 32,
                          },
                          against: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 32,
                          },
                          samples: {
                            type: 'integer',
                            format: 'int64',
                            minimum: 0,
                            maximum: 9007199254740991,
                          },
                          sampledAt: {
                            type: 'string',
                            format: 'date-time',
                            maxLength: 40,
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          previous: {
            type: 'object',
            required: ['revision', 'uri', 'since'],
            properties: {
              revision: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              version: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
              },
              trainingRunUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              versionTime: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              versionUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              profileDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 71,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
              revisionDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 71,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
              workloadUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              templateDigest: {
                type: 'string',
                minLength: 1,
                maxLength: 76,
                pattern: '^(v[1-9][0-9]{0,2}:)?sha256:[0-9a-f]{64}$',
              },
              readyAfter: {
                type: 'string',
                minLength: 2,
                maxLength: 28,
                pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(pvc|s3|gs|abfss|https|hf|oci)://')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss, https, hf, oci: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^http://') ? 'https://<host>/<path>' : self.matches('^docker://') ? 'oci://<image>' : self.matches('^huggingface://') ? 'hf://<organization>/<name>@<revision>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path>, abfss://<container>@<account>.dfs.core.windows.net/<path>, https://<host>/<path>, hf://<organization>/<name>@<revision> or oci://<image>')",
                  },
                  {
                    rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                    messageExpression:
                      '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                  },
                  {
                    rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                  },
                  {
                    rule: "!self.startsWith('https://') || self.matches('^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('[?#]') || self.matches('^https://[^/]*@') ? 'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef)' : self.matches('^https://[^/]*$') || self.endsWith('/') ? 'names no file' : self.matches('^https://[^/]*:[0-9]+/') && !self.matches('^https://[^/]*:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/') ? 'has a port that there is not, since ports are 1 to 65535' : 'is not of the form of its scheme, where the host is in lower case, and each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write https://<host>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('hf://') || self.matches('^hf://(datasets/)?[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*/[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*@(refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*$') && !self.matches('^hf://(datasets|models|spaces|buckets|kernels)/[^/]*@')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (!self.contains('@') ? 'says no revision, and what moves is another thing tomorrow' : self.matches('^hf://(models|spaces|buckets|kernels)/[^/@]+/') ? 'names a kind of repository other than datasets' : self.matches('^hf://([^/]*|(datasets|models|spaces|buckets|kernels)/[^/@]*)@') ? 'names no organization' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write ' + (self.startsWith('hf://datasets/') ? 'hf://datasets/<organization>/<name>@<revision>' : 'hf://<organization>/<name>@<revision>') + ', with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be'",
                  },
                  {
                    rule: "!self.startsWith('oci://') || self.matches('^oci://(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                    messageExpression:
                      "'uri \"' + self + '\" is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>'",
                  },
                ],
              },
              digest: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^[A-Za-z0-9:+._-]+$',
              },
              digestSource: {
                type: 'string',
                enum: ['Measured', 'Declared', 'Reported'],
              },
              since: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              steps: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 10,
                items: {
                  type: 'object',
                  required: ['since'],
                  properties: {
                    weight: {
                      type: 'integer',
                      format: 'int32',
                      minimum: 0,
                      maximum: 100,
                    },
                    since: {
                      type: 'string',
                      format: 'date-time',
                      maxLength: 40,
                    },
                    until: {
                      type: 'string',
                      format: 'date-time',
                      maxLength: 40,
                    },
                    values: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      maxItems: 8,
                      items: {
                        type: 'object',
                        required: ['name', 'sampledAt'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 63,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                          },
                          value: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 32,
                          },
                          against: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 32,
                          },
                          samples: {
                            type: 'integer',
                            format: 'int64',
                            minimum: 0,
                            maximum: 9007199254740991,
                          },
                          sampledAt: {
                            type: 'string',
                            format: 'date-time',
                            maxLength: 40,
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          weight: {
            type: 'integer',
            format: 'int32',
            minimum: 0,
            maximum: 100,
          },
          rejected: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['revision'],
            maxItems: 20,
            items: {
              type: 'object',
              required: ['revision', 'reason', 'message', 'time'],
              properties: {
                revision: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
                version: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
                trainingRunUID: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                },
                versionTime: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                versionUID: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                },
                reason: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                message: {
                  type: 'string',
                  maxLength: 1024,
                },
                time: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
              },
            },
          },
          url: {
            type: 'string',
            minLength: 1,
            maxLength: 256,
          },
        },
      },
    },
  },
  ModelVersion: {
    type: 'object',
    required: ['spec'],
    'x-kubernetes-validations': [
      {
        rule: "self.metadata.name == '%s-%d'.format([self.spec.trainingRun, self.spec.number])",
        messageExpression:
          '\'metadata.name "%s" is not that of attempt %d of %s: name it "%s-%d"\'.format([self.metadata.name, self.spec.number, self.spec.trainingRun, self.spec.trainingRun, self.spec.number])',
      },
    ],
    properties: {
      spec: {
        type: 'object',
        required: ['number', 'trainingRun', 'attemptUID', 'recipeDigest', 'trigger', 'coversUntil', 'metrics', 'image'],
        'x-kubernetes-validations': [
          {
            rule: 'self == oldSelf',
            messageExpression:
              "'spec is the record of attempt %d of %s and cannot be changed: change the TrainingRun to make another version, or delete this one'.format([oldSelf.number, oldSelf.trainingRun])",
          },
        ],
        properties: {
          number: {
            type: 'integer',
            format: 'int32',
            minimum: 1,
            maximum: 999999,
          },
          trainingRun: {
            type: 'string',
            minLength: 1,
            maxLength: 40,
            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
          },
          trainingRunUID: {
            type: 'string',
            minLength: 1,
            maxLength: 64,
          },
          attemptUID: {
            type: 'string',
            minLength: 1,
            maxLength: 64,
          },
          recipeDigest: {
            type: 'string',
            minLength: 1,
            maxLength: 128,
            pattern: '^[A-Za-z0-9:+._-]+$',
          },
          trigger: {
            type: 'object',
            required: ['type', 'time'],
            properties: {
              type: {
                type: 'string',
                enum: ['Created', 'RecipeChanged', 'Rerun', 'Schedule', 'Monitor'],
              },
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 253,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
              },
              reason: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
              },
              time: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
            },
          },
          coversUntil: {
            type: 'string',
            format: 'date-time',
            maxLength: 40,
          },
          uri: {
            type: 'string',
            minLength: 1,
            maxLength: 512,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^(pvc|s3|gs|abfss|https|hf|oci)://')",
                messageExpression:
                  "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss, https, hf, oci: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^http://') ? 'https://<host>/<path>' : self.matches('^docker://') ? 'oci://<image>' : self.matches('^huggingface://') ? 'hf://<organization>/<name>@<revision>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path>, abfss://<container>@<account>.dfs.core.windows.net/<path>, https://<host>/<path>, hf://<organization>/<name>@<revision> or oci://<image>')",
              },
              {
                rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                messageExpression:
                  '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
              },
              {
                rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                messageExpression:
                  "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
              },
              {
                rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                messageExpression:
                  "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
              },
              {
                rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                messageExpression:
                  "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
              },
              {
                rule: "!self.startsWith('https://') || self.matches('^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                messageExpression:
                  "'uri \"' + self + '\" ' + (self.matches('[?#]') || self.matches('^https://[^/]*@') ? 'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef)' : self.matches('^https://[^/]*$') || self.endsWith('/') ? 'names no file' : self.matches('^https://[^/]*:[0-9]+/') && !self.matches('^https://[^/]*:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/') ? 'has a port that there is not, since ports are 1 to 65535' : 'is not of the form of its scheme, where the host is in lower case, and each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write https://<host>/<path>'",
              },
              {
                rule: "!self.startsWith('hf://') || self.matches('^hf://(datasets/)?[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*/[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*@(refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*$') && !self.matches('^hf://(datasets|models|spaces|buckets|kernels)/[^/]*@')",
                messageExpression:
                  "'uri \"' + self + '\" ' + (!self.contains('@') ? 'says no revision, and what moves is another thing tomorrow' : self.matches('^hf://(models|spaces|buckets|kernels)/[^/@]+/') ? 'names a kind of repository other than datasets' : self.matches('^hf://([^/]*|(datasets|models|spaces|buckets|kernels)/[^/@]*)@') ? 'names no organization' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write ' + (self.startsWith('hf://datasets/') ? 'hf://datasets/<organization>/<name>@<revision>' : 'hf://<organization>/<name>@<revision>') + ', with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be'",
              },
              {
                rule: "!self.startsWith('oci://') || self.matches('^oci://(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                messageExpression:
                  "'uri \"' + self + '\" is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>'",
              },
            ],
          },
          digest: {
            type: 'string',
            minLength: 1,
            maxLength: 128,
            pattern: '^[A-Za-z0-9:+._-]+$',
          },
          digestSource: {
            type: 'string',
            enum: ['Measured', 'Reported'],
          },
          size: {
            type: 'integer',
            format: 'int64',
            minimum: 0,
            maximum: 9007199254740991,
          },
          savedBy: {
            type: 'string',
            enum: ['Operator', 'Container'],
          },
          shortDigest: {
            type: 'string',
            minLength: 1,
            maxLength: 12,
            pattern: '^[A-Za-z0-9+._-]+$',
          },
          metric: {
            type: 'string',
            minLength: 1,
            maxLength: 128,
          },
          metrics: {
            type: 'object',
            maxProperties: 16,
            'x-kubernetes-validations': [
              {
                rule: "self.all(key, key.matches('^[A-Za-z_][-A-Za-z0-9_./@]{0,62}$'))",
                messageExpression:
                  '\'metrics has the name "\' + self.filter(key, !key.matches(\'^[A-Za-z_][-A-Za-z0-9_./@]{0,62}$\'))[0] + \'": begin with a letter or "_" and use at most 63 letters, digits, "-", "_", ".", "/" and "@"\'',
              },
            ],
            additionalProperties: {
              type: 'string',
              minLength: 1,
              maxLength: 32,
            },
          },
          profile: {
            type: 'object',
            maxProperties: 32,
            'x-kubernetes-validations': [
              {
                rule: "self.all(key, key.matches('^([^\\\\p{Cc}\\\\p{Cf}\\\\p{Zl}\\\\p{Zp}]|[\\\\x{200c}\\\\x{200d}]){1,63}$'))",
                messageExpression:
                  "'profile has the name \"' + self.filter(key, !key.matches('^([^\\\\p{Cc}\\\\p{Cf}\\\\p{Zl}\\\\p{Zp}]|[\\\\x{200c}\\\\x{200d}]){1,63}$'))[0] + '\": use 1 to 63 characters that can be shown, and no control characters'",
              },
            ],
            additionalProperties: {
              type: 'object',
              'x-kubernetes-validations': [
                {
                  rule: 'has(self.edges) != has(self.categories)',
                  messageExpression:
                    "'a profile has ' + (has(self.edges) ? 'both edges and categories: keep edges for a number, categories for words' : 'neither edges nor categories: give edges for a number, categories for words')",
                },
              ],
              properties: {
                edges: {
                  type: 'array',
                  'x-kubernetes-list-type': 'atomic',
                  maxItems: 9,
                  minItems: 9,
                  'x-kubernetes-validations': [
                    {
                      rule: '[0, 1, 2, 3, 4, 5, 6, 7].all(i, double(self[i]) <= double(self[i + 1]))',
                      messageExpression:
                        "'edges has ' + [0, 1, 2, 3, 4, 5, 6, 7].filter(i, double(self[i]) > double(self[i + 1])).map(i, string(self[i]) + ' before ' + string(self[i + 1]))[0] + ': list the nine decile edges in ascending order'",
                    },
                  ],
                  items: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$',
                  },
                },
                categories: {
                  type: 'object',
                  maxProperties: 13,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.all(key, key.matches('^([^\\\\p{Cc}\\\\p{Cf}\\\\p{Zl}\\\\p{Zp}]|[\\\\x{200c}\\\\x{200d}]){1,63}$'))",
                      messageExpression:
                        "'categories has the name \"' + self.filter(key, !key.matches('^([^\\\\p{Cc}\\\\p{Cf}\\\\p{Zl}\\\\p{Zp}]|[\\\\x{200c}\\\\x{200d}]){1,63}$'))[0] + '\": use 1 to 63 characters that can be shown, and no control characters'",
                    },
                  ],
                  additionalProperties: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$',
                    'x-kubernetes-validations': [
                      {
                        rule: 'double(self) >= 0.0 && double(self) <= 1.0',
                        messageExpression:
                          "'the share of a category is ' + string(self) + ', but lies between 0 and 1: write for instance \"0.01\" for one in a hundred'",
                      },
                    ],
                  },
                },
              },
            },
          },
          image: {
            type: 'string',
            minLength: 1,
            maxLength: 512,
            pattern: '^[!-~]+$',
          },
          imageDigest: {
            type: 'string',
            minLength: 1,
            maxLength: 1024,
            pattern: '^[!-~]+$',
          },
          command: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 64,
            items: {
              type: 'string',
              maxLength: 2048,
            },
          },
          args: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 64,
            items: {
              type: 'string',
              maxLength: 2048,
            },
          },
          workingDir: {
            type: 'string',
            minLength: 1,
            maxLength: 256,
            'x-kubernetes-validations': [
              {
                rule: "self == '/' || self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                messageExpression:
                  '\'workingDir "\' + self + \'" is no path: write an absolute one without "..", such as /app\'',
              },
            ],
          },
          env: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            maxItems: 64,
            items: {
              type: 'object',
              required: ['name'],
              'x-kubernetes-validations': [
                {
                  rule: "!self.name.startsWith('FLYBALL_')",
                  messageExpression:
                    "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                  fieldPath: '.name',
                },
                {
                  rule: 'has(self.value) != has(self.secretKeyRef)',
                  messageExpression:
                    "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                },
              ],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 128,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                      messageExpression:
                        '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                    },
                  ],
                },
                value: {
                  type: 'string',
                  maxLength: 2048,
                },
                secretKeyRef: {
                  type: 'object',
                  required: ['name', 'key'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                    key: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[-._A-Za-z0-9]+$')",
                          messageExpression:
                            '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                        },
                      ],
                    },
                  },
                },
              },
            },
          },
          envFrom: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 8,
            items: {
              type: 'object',
              'x-kubernetes-validations': [
                {
                  rule: 'has(self.configMapRef) != has(self.secretRef)',
                  messageExpression:
                    "'envFrom has an item with ' + (has(self.configMapRef) ? 'both configMapRef and secretRef: keep one of them' : 'neither configMapRef nor secretRef: write one of them')",
                },
              ],
              properties: {
                prefix: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$') && !self.startsWith('FLYBALL')",
                      messageExpression:
                        '\'prefix "\' + self + \'" cannot begin a variable: use letters, digits and "_", begin with no digit, and not with FLYBALL\'',
                    },
                  ],
                },
                configMapRef: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'configMapRef.name "\' + self + \'" is no name of a ConfigMap: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                  },
                },
                secretRef: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'secretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                  },
                },
              },
            },
          },
          resources: {
            type: 'object',
            'x-kubernetes-validations': [
              {
                rule: '!has(self.requests) || !has(self.requests.cpu) || !has(self.cpu) || !isQuantity(string(self.requests.cpu)) || !isQuantity(string(self.cpu)) || !quantity(string(self.requests.cpu)).isGreaterThan(quantity(string(self.cpu)))',
                messageExpression:
                  "'resources.requests.cpu is ' + string(self.requests.cpu) + ', above resources.cpu, which is ' + string(self.cpu) + ': lower the request or raise the limit'",
                fieldPath: '.requests.cpu',
              },
              {
                rule: '!has(self.requests) || !has(self.requests.memory) || !has(self.memory) || !isQuantity(string(self.requests.memory)) || !isQuantity(string(self.memory)) || !quantity(string(self.requests.memory)).isGreaterThan(quantity(string(self.memory)))',
                messageExpression:
                  "'resources.requests.memory is ' + string(self.requests.memory) + ', above resources.memory, which is ' + string(self.memory) + ': lower the request or raise the limit'",
                fieldPath: '.requests.memory',
              },
            ],
            properties: {
              cpu: {
                'x-kubernetes-int-or-string': true,
                maxLength: 32,
                'x-kubernetes-validations': [
                  {
                    rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                    messageExpression:
                      '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                    messageExpression:
                      "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                    messageExpression:
                      "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                  },
                ],
              },
              memory: {
                'x-kubernetes-int-or-string': true,
                maxLength: 32,
                'x-kubernetes-validations': [
                  {
                    rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                    messageExpression:
                      '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                    messageExpression:
                      "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                  },
                ],
              },
              ephemeralStorage: {
                'x-kubernetes-int-or-string': true,
                maxLength: 32,
                'x-kubernetes-validations': [
                  {
                    rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                    messageExpression:
                      '\'ephemeralStorage is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "200Gi"\'',
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                    messageExpression:
                      "'ephemeralStorage is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"200Gi\"'",
                  },
                ],
              },
              extended: {
                type: 'object',
                maxProperties: 8,
                additionalProperties: {
                  'x-kubernetes-int-or-string': true,
                  maxLength: 16,
                },
                'x-kubernetes-validations': [
                  {
                    rule: "self.all(key, key.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && !key.contains('kubernetes.io/') && !key.startsWith('requests.'))",
                    messageExpression:
                      "'extended has the name \"' + self.filter(key, !(key.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && !key.contains('kubernetes.io/') && !key.startsWith('requests.')))[0] + '\", which is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as rdma/hca'",
                  },
                  {
                    rule: "self.all(key, string(self[key]).matches('^[1-9][0-9]{0,8}$'))",
                    messageExpression:
                      "'extended has for \"' + self.filter(key, !string(self[key]).matches('^[1-9][0-9]{0,8}$'))[0] + '\" an amount that is no whole number of 1 or more: write for instance \"1\"'",
                  },
                ],
              },
              requests: {
                type: 'object',
                properties: {
                  cpu: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                      },
                    ],
                  },
                  memory: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                        messageExpression:
                          "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                      },
                    ],
                  },
                },
              },
            },
          },
          accelerator: {
            type: 'object',
            required: ['count'],
            'x-kubernetes-validations': [
              {
                rule: 'has(self.profile) != has(self.resource)',
                messageExpression:
                  "'accelerator has ' + (has(self.profile) ? 'both profile \"' + self.profile + '\" and resource \"' + self.resource + '\"' : 'neither profile nor resource') + ': name the hardware by one of them'",
              },
              {
                rule: '!has(self.profile) || !has(self.product)',
                messageExpression:
                  "'accelerator has profile \"' + self.profile + '\" and product \"' + self.product + '\": remove product, which the profile says'",
                fieldPath: '.product',
              },
              {
                rule: "!has(self.product) || !has(self.resource) || !self.resource.matches('/.{56,}$')",
                messageExpression:
                  "'accelerator has a product, but no node can have the label ' + self.resource + '.product, whose name would be longer than 63 characters: remove product'",
                fieldPath: '.product',
              },
            ],
            properties: {
              resource: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                    messageExpression:
                      "'resource \"' + self + '\" is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as nvidia.com/gpu'",
                  },
                  {
                    rule: "!self.contains('kubernetes.io/') && !self.startsWith('requests.')",
                    messageExpression:
                      "'resource \"' + self + '\" is one of Kubernetes itself and no device: name the extended resource that the device plugin advertises, such as nvidia.com/gpu'",
                  },
                ],
              },
              count: {
                type: 'integer',
                format: 'int32',
                minimum: 1,
                maximum: 64,
              },
              product: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$')",
                    messageExpression:
                      "'product \"' + self + '\" is no value of a label: write it as the node label <resource>.product has it, such as NVIDIA-H100-80GB-HBM3'",
                  },
                ],
              },
              profile: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                    messageExpression:
                      '\'profile "\' + self + \'" is no name: use lower-case letters, digits and "-"\'',
                  },
                ],
              },
            },
          },
          nodes: {
            type: 'integer',
            format: 'int32',
            minimum: 2,
            maximum: 64,
          },
          rendezvous: {
            type: 'string',
            enum: ['JAX'],
          },
          checkpoint: {
            type: 'object',
            'x-kubernetes-validations': [
              {
                rule: 'has(self.claimName) != has(self.uri)',
                messageExpression:
                  "'checkpoint has ' + (has(self.claimName) ? 'both claimName and uri: keep one of them' : 'neither claimName nor uri: write one of them')",
              },
              {
                rule: "!has(self.uri) || !self.uri.startsWith('pvc://')",
                messageExpression:
                  "'checkpoint.uri \"' + self.uri + '\" is in a claim: name the claim in checkpoint.claimName'",
                fieldPath: '.uri',
              },
              {
                rule: '!has(self.uri) || size(self.uri) <= 390',
                messageExpression:
                  "'checkpoint.uri has %d characters: use at most 390, since the folder of the run is named behind it'.format([size(self.uri)])",
                fieldPath: '.uri',
              },
            ],
            properties: {
              claimName: {
                type: 'string',
                minLength: 1,
                maxLength: 253,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                    messageExpression:
                      '\'claimName "\' + self + \'" is no name of a PersistentVolumeClaim: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                  },
                ],
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(pvc|s3|gs|abfss)://')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path> or abfss://<container>@<account>.dfs.core.windows.net/<path>')",
                  },
                  {
                    rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                    messageExpression:
                      '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                  },
                  {
                    rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                  },
                ],
              },
            },
          },
          results: {
            type: 'object',
            properties: {
              path: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                    messageExpression:
                      '\'results.path "\' + self + \'" is no path of a file: write an absolute one without "..", such as /app/metrics.json\'',
                  },
                  {
                    rule: "self == '/dev/termination-log' || !self.matches('^/(flyball|dev|proc|sys|etc|var/run/secrets)(/|$)')",
                    messageExpression:
                      "'results.path \"' + self + '\" is taken: the files there belong to Flyball or to the node; choose a path where the program may write, such as /app/metrics.json'",
                  },
                ],
              },
              format: {
                type: 'string',
                enum: ['Document', 'Metrics'],
              },
            },
          },
          pod: {
            type: 'object',
            properties: {
              volumes: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 16,
                'x-kubernetes-validations': [
                  {
                    rule: 'self.all(a, !has(a.mountPath) || self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))',
                    messageExpression:
                      '\'pod.volumes has two with the mountPath "%s": give each a path of its own\'.format([self.filter(a, has(a.mountPath) && !self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))[0].mountPath])',
                  },
                ],
                items: {
                  type: 'object',
                  required: ['name'],
                  'x-kubernetes-validations': [
                    {
                      rule: '(has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0) + (has(self.emptyDir) ? 1 : 0) + (has(self.claimName) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.image) ? 1 : 0) + (has(self.csi) ? 1 : 0) == 1',
                      messageExpression:
                        '\'volume "%s" has %d sources: write exactly one of configMap, secret, emptyDir, claimName, ephemeral, image and csi\'.format([self.name, (has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0) + (has(self.emptyDir) ? 1 : 0) + (has(self.claimName) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.image) ? 1 : 0) + (has(self.csi) ? 1 : 0)])',
                    },
                    {
                      rule: '!has(self.subPath) || has(self.mountPath)',
                      messageExpression:
                        "'volume \"' + self.name + '\" has a subPath without a mountPath: write where main sees it'",
                    },
                  ],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 63,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                          messageExpression:
                            '\'volume "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                        },
                        {
                          rule: "!self.matches('^((model|claim)(-[0-9]+)?|shared-memory|flyball-.*)$')",
                          messageExpression:
                            "'volume \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                        },
                      ],
                    },
                    mountPath: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 256,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                          messageExpression:
                            '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                        },
                        {
                          rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                          messageExpression:
                            "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                        },
                      ],
                    },
                    subPath: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 256,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                          messageExpression:
                            '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                        },
                      ],
                    },
                    readOnly: {
                      type: 'boolean',
                    },
                    configMap: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'configMap.name "\' + self + \'" is no name of a ConfigMap: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        items: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 16,
                          items: {
                            type: 'object',
                            required: ['key', 'path'],
                            properties: {
                              key: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                              },
                              path: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                    messageExpression:
                                      "'path \"' + self + '\" is no relative path: write for instance train.py'",
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    },
                    secret: {
                      type: 'object',
                      required: ['secretName'],
                      properties: {
                        secretName: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'secret.secretName "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        items: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 16,
                          items: {
                            type: 'object',
                            required: ['key', 'path'],
                            properties: {
                              key: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                              },
                              path: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                    messageExpression:
                                      "'path \"' + self + '\" is no relative path: write for instance train.py'",
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    },
                    emptyDir: {
                      type: 'object',
                      properties: {
                        sizeLimit: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'sizeLimit is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                              messageExpression:
                                "'sizeLimit is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"100Gi\"'",
                            },
                          ],
                        },
                        medium: {
                          type: 'string',
                          enum: ['Memory'],
                        },
                      },
                    },
                    claimName: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'claimName "\' + self + \'" is no name of a PersistentVolumeClaim: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                    ephemeral: {
                      type: 'object',
                      required: ['size'],
                      properties: {
                        size: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'size is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "500Gi"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                              messageExpression:
                                "'size is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"500Gi\"'",
                            },
                          ],
                        },
                        storageClassName: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'storageClassName "\' + self + \'" is no name of a StorageClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                      },
                    },
                    image: {
                      type: 'object',
                      required: ['reference'],
                      properties: {
                        reference: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 512,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[!-~]+$')",
                              messageExpression:
                                "'reference \"' + self + '\" is no image: write registry/repository:tag without spaces'",
                            },
                          ],
                        },
                      },
                    },
                    csi: {
                      type: 'object',
                      required: ['driver'],
                      properties: {
                        driver: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'driver "\' + self + \'" is no name of a CSI driver: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        volumeAttributes: {
                          type: 'object',
                          maxProperties: 16,
                          additionalProperties: {
                            type: 'string',
                            maxLength: 1024,
                          },
                          'x-kubernetes-validations': [
                            {
                              rule: "self.all(key, key.matches('^[-A-Za-z0-9_./]{1,253}$'))",
                              messageExpression:
                                "'volumeAttributes has the name \"' + self.filter(key, !key.matches('^[-A-Za-z0-9_./]{1,253}$'))[0] + '\", which is none: use letters, digits and - _ . /'",
                            },
                          ],
                        },
                        nodePublishSecretRef: {
                          type: 'object',
                          required: ['name'],
                          properties: {
                            name: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                  messageExpression:
                                    '\'nodePublishSecretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                },
                              ],
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
              initContainers: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 4,
                items: {
                  type: 'object',
                  required: ['name', 'image'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 40,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                          messageExpression:
                            '\'container "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                        },
                        {
                          rule: "!(self in ['main', 'observer', 'check-output', 'fetch', 'verify', 'restore', 'save', 'checkpoint'])",
                          messageExpression:
                            "'container \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                        },
                      ],
                    },
                    image: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 512,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                          messageExpression:
                            "'image \"' + self + '\" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits'",
                        },
                      ],
                    },
                    command: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 64,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.size() == 0 || !self[0].matches('^$|^[^/ ]* ')",
                          messageExpression:
                            '\'command begins with "\' + self[0] + \'", which is no program: write each word as an item of its own, such as ["python", "train.py"]\'',
                        },
                      ],
                      items: {
                        type: 'string',
                        maxLength: 2048,
                      },
                    },
                    args: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 64,
                      items: {
                        type: 'string',
                        maxLength: 2048,
                      },
                    },
                    env: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      maxItems: 32,
                      items: {
                        type: 'object',
                        required: ['name'],
                        'x-kubernetes-validations': [
                          {
                            rule: "!self.name.startsWith('FLYBALL_')",
                            messageExpression:
                              "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                            fieldPath: '.name',
                          },
                          {
                            rule: 'has(self.value) != has(self.secretKeyRef)',
                            messageExpression:
                              "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                          },
                        ],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 128,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                                messageExpression:
                                  '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                              },
                            ],
                          },
                          value: {
                            type: 'string',
                            maxLength: 2048,
                          },
                          secretKeyRef: {
                            type: 'object',
                            required: ['name', 'key'],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                    messageExpression:
                                      '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                  },
                                ],
                              },
                              key: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[-._A-Za-z0-9]+$')",
                                    messageExpression:
                                      '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    },
                    resources: {
                      type: 'object',
                      properties: {
                        cpu: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                              messageExpression:
                                "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                              messageExpression:
                                "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                            },
                          ],
                        },
                        memory: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                              messageExpression:
                                "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                            },
                          ],
                        },
                      },
                    },
                    volumeMounts: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 16,
                      items: {
                        type: 'object',
                        required: ['name', 'mountPath'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 63,
                          },
                          mountPath: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 256,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                                messageExpression:
                                  '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                              },
                              {
                                rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                                messageExpression:
                                  "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                              },
                            ],
                          },
                          subPath: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 256,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                messageExpression:
                                  '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                              },
                            ],
                          },
                          readOnly: {
                            type: 'boolean',
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          hardware: {
            type: 'object',
            required: ['resource', 'count'],
            properties: {
              profile: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              resource: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^[!-~]+$',
              },
              product: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
              },
              count: {
                type: 'integer',
                format: 'int32',
                minimum: 1,
                maximum: 64,
              },
            },
          },
          source: {
            type: 'object',
            required: ['repository', 'revision'],
            properties: {
              repository: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[!-~]+$')",
                    messageExpression:
                      "'source.repository \"' + self + '\" has a space or a character that is not ASCII: write the address alone'",
                  },
                ],
              },
              revision: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[!-~]+$')",
                    messageExpression:
                      "'source.revision \"' + self + '\" has a space or a character that is not ASCII: write the commit, tag or branch alone'",
                  },
                ],
              },
            },
          },
          datasets: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            maxItems: 16,
            items: {
              type: 'object',
              required: ['name', 'uri'],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 40,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                      messageExpression:
                        '\'dataset "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                    },
                  ],
                },
                uri: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 512,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^(pvc|s3|gs|abfss|https|hf|oci)://')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss, https, hf, oci: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^http://') ? 'https://<host>/<path>' : self.matches('^docker://') ? 'oci://<image>' : self.matches('^huggingface://') ? 'hf://<organization>/<name>@<revision>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path>, abfss://<container>@<account>.dfs.core.windows.net/<path>, https://<host>/<path>, hf://<organization>/<name>@<revision> or oci://<image>')",
                    },
                    {
                      rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                      messageExpression:
                        '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                    },
                    {
                      rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                    },
                    {
                      rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                    },
                    {
                      rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                    },
                    {
                      rule: "!self.startsWith('https://') || self.matches('^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('[?#]') || self.matches('^https://[^/]*@') ? 'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef)' : self.matches('^https://[^/]*$') || self.endsWith('/') ? 'names no file' : self.matches('^https://[^/]*:[0-9]+/') && !self.matches('^https://[^/]*:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/') ? 'has a port that there is not, since ports are 1 to 65535' : 'is not of the form of its scheme, where the host is in lower case, and each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write https://<host>/<path>'",
                    },
                    {
                      rule: "!self.startsWith('hf://') || self.matches('^hf://(datasets/)?[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*/[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*@(refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*$') && !self.matches('^hf://(datasets|models|spaces|buckets|kernels)/[^/]*@')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (!self.contains('@') ? 'says no revision, and what moves is another thing tomorrow' : self.matches('^hf://(models|spaces|buckets|kernels)/[^/@]+/') ? 'names a kind of repository other than datasets' : self.matches('^hf://([^/]*|(datasets|models|spaces|buckets|kernels)/[^/@]*)@') ? 'names no organization' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write ' + (self.startsWith('hf://datasets/') ? 'hf://datasets/<organization>/<name>@<revision>' : 'hf://<organization>/<name>@<revision>') + ', with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be'",
                    },
                    {
                      rule: "!self.startsWith('oci://') || self.matches('^oci://(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                      messageExpression:
                        "'uri \"' + self + '\" is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>'",
                    },
                  ],
                },
                digest: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 128,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^sha256:[0-9a-f]{64}$')",
                      messageExpression:
                        '\'digest "\' + self + \'" is none: write "sha256:" and 64 hexadecimal digits in lower case\'',
                    },
                  ],
                },
              },
            },
          },
          parameters: {
            type: 'object',
            maxProperties: 64,
            additionalProperties: {
              type: 'string',
              maxLength: 1024,
            },
            'x-kubernetes-validations': [
              {
                rule: "self.all(key, key.matches('^[A-Za-z_][-A-Za-z0-9_.]{0,62}$'))",
                messageExpression:
                  '\'parameters has the name "\' + self.filter(key, !key.matches(\'^[A-Za-z_][-A-Za-z0-9_.]{0,62}$\'))[0] + \'": begin with a letter or "_" and use at most 63 letters, digits, "-", "_" and "."\'',
              },
            ],
          },
          seed: {
            type: 'integer',
            format: 'int64',
            minimum: 0,
            maximum: 4294967295,
          },
          gate: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 16,
            items: {
              type: 'object',
              required: ['metric', 'rule', 'passed', 'reason', 'message'],
              properties: {
                metric: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[A-Za-z_][A-Za-z0-9_./@-]*$',
                },
                rule: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 256,
                },
                value: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 32,
                },
                champion: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
                championValue: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 32,
                },
                passed: {
                  type: 'boolean',
                },
                reason: {
                  type: 'string',
                  enum: ['Holds', 'Fails', 'MetricMissing', 'NotComparable', 'Bootstrap'],
                },
                message: {
                  type: 'string',
                  maxLength: 512,
                },
              },
            },
          },
          champion: {
            type: 'string',
            minLength: 1,
            maxLength: 63,
            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
          },
          reason: {
            type: 'string',
            enum: ['NoGate', 'GatePassed'],
          },
        },
      },
    },
  },
  Monitor: {
    type: 'object',
    required: ['spec'],
    properties: {
      spec: {
        type: 'object',
        required: ['modelDeploymentRef', 'checks'],
        'x-kubernetes-validations': [
          {
            rule: '!has(self.retrain) || self.retrain.onChecks.all(name, self.checks.exists(check, check.name == name))',
            messageExpression:
              "'retrain.onChecks names %s, but spec.checks has only %s: name one of those or add the check'.format([self.retrain.onChecks.filter(name, !self.checks.exists(check, check.name == name)), self.checks.map(check, check.name)])",
            fieldPath: '.retrain.onChecks',
          },
          {
            rule: '!has(self.rollback) || self.rollback.onChecks.all(name, self.checks.exists(check, check.name == name))',
            messageExpression:
              "'rollback.onChecks names %s, but spec.checks has only %s: name one of those or add the check'.format([self.rollback.onChecks.filter(name, !self.checks.exists(check, check.name == name)), self.checks.map(check, check.name)])",
            fieldPath: '.rollback.onChecks',
          },
          {
            rule: "!has(self.rollback) || !self.checks.exists(check, check.name in self.rollback.onChecks && [has(self.rollback.within) ? self.rollback.within : '24h', has(check.drift) ? check.drift.window : has(check.window) ? check.window : has(check.query) ? '0s' : '5m', has(check.for) ? check.for : '0s'].all(text, text.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')) && duration(has(check.drift) ? check.drift.window : has(check.window) ? check.window : has(check.query) ? '0s' : '5m') + duration(has(check.for) ? check.for : '0s') >= duration(has(self.rollback.within) ? self.rollback.within : '24h'))",
            messageExpression:
              "'rollback.within is \"%s\", but no revision is so fresh any more when %s can fail, which takes their whole window and for: raise within, or shorten those'.format([has(self.rollback.within) ? self.rollback.within : '24h', self.checks.filter(check, check.name in self.rollback.onChecks && [has(self.rollback.within) ? self.rollback.within : '24h', has(check.drift) ? check.drift.window : has(check.window) ? check.window : has(check.query) ? '0s' : '5m', has(check.for) ? check.for : '0s'].all(text, text.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')) && duration(has(check.drift) ? check.drift.window : has(check.window) ? check.window : has(check.query) ? '0s' : '5m') + duration(has(check.for) ? check.for : '0s') >= duration(has(self.rollback.within) ? self.rollback.within : '24h')).map(check, check.name)])",
            fieldPath: '.rollback.within',
          },
        ],
        properties: {
          modelDeploymentRef: {
            type: 'object',
            required: ['name'],
            properties: {
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 40,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
                    messageExpression:
                      '\'modelDeploymentRef.name "\' + self + \'" is no name of a ModelDeployment: they begin with a letter and have only lower-case letters, digits and "-"\'',
                  },
                ],
              },
            },
          },
          interval: {
            type: 'string',
            minLength: 1,
            maxLength: 28,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                messageExpression:
                  '\'interval is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "1m"; a day is "24h"\'',
              },
              {
                rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) >= duration('5s')",
                messageExpression: '\'interval is "\' + self + \'": measure at most every "5s"\'',
              },
            ],
          },
          checks: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            maxItems: 16,
            minItems: 1,
            items: {
              type: 'object',
              required: ['name'],
              'x-kubernetes-validations': [
                {
                  rule: '[has(self.latency), has(self.errors), has(self.drift), has(self.query)].filter(given, given).size() == 1',
                  messageExpression:
                    "'check \"' + self.name + '\" has' + (has(self.latency) ? ' latency' : '') + (has(self.errors) ? ' errors' : '') + (has(self.drift) ? ' drift' : '') + (has(self.query) ? ' query' : '') + (has(self.latency) || has(self.errors) || has(self.drift) || has(self.query) ? '' : ' nothing to measure') + ': set exactly one of latency, errors, drift and query'",
                },
                {
                  rule: 'has(self.min) || has(self.max)',
                  messageExpression:
                    "'check \"' + self.name + '\" has no bound, so it could never fail: set min, max or both'",
                },
                {
                  rule: '!has(self.min) || !has(self.max) || self.min <= self.max',
                  messageExpression:
                    '\'check "%s" has min %s above max %s, so it would always fail: lower min or raise max\'.format([self.name, self.min, self.max])',
                },
                {
                  rule: '!has(self.drift) || !has(self.min)',
                  messageExpression:
                    '\'check "%s" has min %s, but less drift is never worse: set max instead\'.format([self.name, self.min])',
                  fieldPath: '.min',
                },
                {
                  rule: '!has(self.drift) || !has(self.max) || self.max > 0.0',
                  messageExpression:
                    '\'check "%s" has max %s, which any noise exceeds: set it above 0, such as 0.2\'.format([self.name, self.max])',
                  fieldPath: '.max',
                },
                {
                  rule: '!has(self.errors) || !has(self.max) || (self.max >= 0.0 && self.max < 1.0)',
                  messageExpression:
                    '\'check "%s" has max %s, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred\'.format([self.name, self.max])',
                  fieldPath: '.max',
                },
                {
                  rule: '!has(self.latency) || !has(self.max) || self.max < 120.0',
                  messageExpression:
                    '\'check "%s" has max %s, but latency is measured up to 120 s, so that it could never fail: set max below 120\'.format([self.name, self.max])',
                  fieldPath: '.max',
                },
                {
                  rule: '!has(self.window) || has(self.latency) || has(self.errors)',
                  messageExpression:
                    "'check \"' + self.name + '\" has window \"' + self.window + '\", which only latency and errors take: ' + (has(self.drift) ? 'set drift.window instead' : 'write the window in query.expr')",
                  fieldPath: '.window',
                },
                {
                  rule: '!has(self.errors) || !has(self.min) || (self.min >= 0.0 && self.min <= 1.0)',
                  messageExpression:
                    '\'check "%s" has min %s, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred\'.format([self.name, self.min])',
                  fieldPath: '.min',
                },
                {
                  rule: '!has(self.latency) || !has(self.max) || self.max > 0.0',
                  messageExpression:
                    '\'check "%s" has max %s, but every answer takes some time, so that it would always fail: set max in seconds, such as 0.5\'.format([self.name, self.max])',
                  fieldPath: '.max',
                },
                {
                  rule: '!has(self.latency) || !has(self.min) || (self.min >= 0.0 && self.min < 120.0)',
                  messageExpression:
                    '\'check "%s" has min %s, but latency is measured in seconds from 0 up to 120: set min between them, or leave it out\'.format([self.name, self.min])',
                  fieldPath: '.min',
                },
                {
                  rule: '!has(self.query) || !has(self.minSamples)',
                  messageExpression:
                    '\'check "%s" has minSamples %d, but a query does not tell how many samples it rests on: remove minSamples, or write the condition in query.expr\'.format([self.name, self.minSamples])',
                  fieldPath: '.minSamples',
                },
              ],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                      messageExpression:
                        '\'check "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                    },
                  ],
                },
                latency: {
                  type: 'object',
                  required: ['quantile'],
                  properties: {
                    quantile: {
                      type: 'number',
                      minimum: -999999999999999,
                      maximum: 999999999999999,
                      'x-kubernetes-validations': [
                        {
                          rule: 'self > 0.0 && self < 1.0',
                          messageExpression:
                            "'quantile is %s: write a number between 0 and 1, such as 0.99'.format([self])",
                        },
                      ],
                    },
                    of: {
                      type: 'string',
                      enum: ['FirstByte', 'Whole'],
                    },
                  },
                },
                errors: {
                  type: 'object',
                  maxProperties: 0,
                },
                drift: {
                  type: 'object',
                  required: ['signal', 'test', 'window'],
                  properties: {
                    signal: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 63,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[A-Za-z_][A-Za-z0-9_.-]*$')",
                          messageExpression:
                            '\'drift.signal "\' + self + \'" is no name: use letters, digits, "_", "-" and ".", and begin with a letter or "_"\'',
                        },
                      ],
                    },
                    test: {
                      type: 'string',
                      enum: ['PSI'],
                    },
                    window: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 28,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                          messageExpression:
                            '\'window is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "5m" or "1h30m"; a day is "24h"\'',
                        },
                        {
                          rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) > duration('0s')",
                          messageExpression:
                            '\'window is "\' + self + \'": give a length of time above zero, such as "1h"\'',
                        },
                      ],
                    },
                    maxSkipped: {
                      type: 'number',
                      minimum: -999999999999999,
                      maximum: 999999999999999,
                      'x-kubernetes-validations': [
                        {
                          rule: 'self >= 0.0 && self < 1.0',
                          messageExpression:
                            "'drift.maxSkipped is %s: write a share of the predictions from 0 to below 1, such as 0.1'.format([self])",
                        },
                      ],
                    },
                  },
                },
                query: {
                  type: 'object',
                  required: ['source', 'expr'],
                  properties: {
                    source: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 63,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                          messageExpression:
                            '\'query.source "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                    expr: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 2048,
                    },
                  },
                },
                min: {
                  type: 'number',
                  minimum: -999999999999999,
                  maximum: 999999999999999,
                },
                max: {
                  type: 'number',
                  minimum: -999999999999999,
                  maximum: 999999999999999,
                },
                for: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                      messageExpression:
                        '\'for is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "5m"; a day is "24h"\'',
                    },
                  ],
                },
                minSamples: {
                  type: 'integer',
                  format: 'int32',
                  minimum: 1,
                  maximum: 1000000000,
                },
                window: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                      messageExpression:
                        '\'window is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "5m" or "1h30m"; a day is "24h"\'',
                    },
                    {
                      rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) > duration('0s')",
                      messageExpression:
                        '\'window is "\' + self + \'": give a length of time above zero, such as "5m"\'',
                    },
                  ],
                },
              },
            },
          },
          retrain: {
            type: 'object',
            required: ['trainingRunRef', 'onChecks'],
            properties: {
              trainingRunRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 40,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
                        messageExpression:
                          '\'trainingRunRef.name "\' + self + \'" is no name of a TrainingRun: they begin with a letter and have only lower-case letters, digits and "-"\'',
                      },
                    ],
                  },
                },
              },
              onChecks: {
                type: 'array',
                'x-kubernetes-list-type': 'set',
                minItems: 1,
                maxItems: 16,
                items: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                },
              },
              cooldown: {
                type: 'string',
                minLength: 1,
                maxLength: 28,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                    messageExpression:
                      '\'cooldown is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "1h"; a day is "24h"\'',
                  },
                  {
                    rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) >= duration('1m')",
                    messageExpression: '\'cooldown is "\' + self + \'": train again at most every "1m"\'',
                  },
                ],
              },
              limit: {
                type: 'object',
                required: ['count', 'per'],
                properties: {
                  count: {
                    type: 'integer',
                    format: 'int32',
                    minimum: 1,
                    maximum: 50,
                  },
                  per: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                        messageExpression:
                          '\'per is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "168h"; a day is "24h"\'',
                      },
                      {
                        rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) > duration('0s')",
                        messageExpression:
                          '\'per is "\' + self + \'": give a length of time above zero, such as "168h"\'',
                      },
                    ],
                  },
                },
              },
            },
          },
          rollback: {
            type: 'object',
            required: ['onChecks'],
            properties: {
              onChecks: {
                type: 'array',
                'x-kubernetes-list-type': 'set',
                minItems: 1,
                maxItems: 16,
                items: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                },
              },
              within: {
                type: 'string',
                minLength: 1,
                maxLength: 28,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                    messageExpression:
                      '\'within is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "24h"; a day is "24h"\'',
                  },
                ],
              },
            },
          },
        },
      },
      status: {
        type: 'object',
        properties: {
          observedGeneration: {
            type: 'integer',
            format: 'int64',
            minimum: 0,
            maximum: 9007199254740991,
          },
          conditions: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['type'],
            maxItems: 16,
            items: {
              type: 'object',
              required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
              properties: {
                type: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                status: {
                  type: 'string',
                  enum: ['True', 'False', 'Unknown'],
                },
                reason: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                message: {
                  type: 'string',
                  maxLength: 1024,
                },
                lastTransitionTime: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                observedGeneration: {
                  type: 'integer',
                  format: 'int64',
                  minimum: 0,
                  maximum: 9007199254740991,
                },
              },
            },
          },
          passing: {
            type: 'string',
            minLength: 3,
            maxLength: 5,
            pattern: '^[0-9]{1,2}/[0-9]{1,2}$',
          },
          failing: {
            type: 'string',
            minLength: 1,
            maxLength: 1024,
          },
          revision: {
            type: 'string',
            minLength: 1,
            maxLength: 63,
            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
          },
          checks: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            maxItems: 16,
            items: {
              type: 'object',
              required: ['name', 'verdict', 'since'],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
                revision: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
                verdict: {
                  type: 'string',
                  enum: ['Passing', 'Pending', 'Failing', 'Unknown'],
                },
                since: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                value: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 32,
                },
                samples: {
                  type: 'integer',
                  format: 'int64',
                  minimum: 0,
                  maximum: 9007199254740991,
                },
                sampledAt: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                reason: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                message: {
                  type: 'string',
                  maxLength: 1024,
                },
              },
            },
          },
          retrain: {
            type: 'object',
            required: ['trainingRun', 'requestedAt', 'check', 'reason'],
            properties: {
              trainingRun: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
              },
              trainingRunUID: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              requestedAt: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              check: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              reason: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
              },
              attempt: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              endedAt: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
            },
          },
          retrainings: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 50,
            items: {
              type: 'string',
              format: 'date-time',
              maxLength: 40,
            },
          },
          lastRetrain: {
            type: 'string',
            format: 'date-time',
            maxLength: 40,
          },
          rejections: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['revision'],
            maxItems: 20,
            items: {
              type: 'object',
              required: ['revision', 'check', 'time', 'message'],
              properties: {
                revision: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
                check: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
                time: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                message: {
                  type: 'string',
                  maxLength: 1024,
                },
              },
            },
          },
        },
      },
    },
  },
  TrainingRun: {
    type: 'object',
    required: ['spec'],
    'x-kubernetes-validations': [
      {
        rule: 'size(self.metadata.name) <= 40',
        messageExpression:
          '\'metadata.name "%s" has %d characters: use at most 40, since the names of Jobs, Services and ModelVersions are made from it\'.format([self.metadata.name, size(self.metadata.name)])',
      },
      {
        rule: "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        messageExpression:
          '\'metadata.name "\' + self.metadata.name + \'" is no name for a Service: begin with a letter and use only lower-case letters, digits and "-", since the names of Jobs, Services and ModelVersions are made from it\'',
      },
    ],
    properties: {
      spec: {
        type: 'object',
        required: ['image'],
        'x-kubernetes-validations': [
          {
            rule: '!has(self.pod) || !has(self.pod.sharedMemory) || !has(self.resources) || !has(self.resources.memory) || !isQuantity(string(self.pod.sharedMemory)) || !isQuantity(string(self.resources.memory)) || !quantity(string(self.pod.sharedMemory)).isGreaterThan(quantity(string(self.resources.memory)))',
            messageExpression:
              "'pod.sharedMemory is ' + string(self.pod.sharedMemory) + ', above resources.memory, which is ' + string(self.resources.memory) + ' and of which it is taken: lower it, or raise the memory'",
            fieldPath: '.pod.sharedMemory',
          },
          {
            rule: '!has(self.accelerator) || !has(self.accelerator.resource) || !has(self.resources) || !has(self.resources.extended) || !(self.accelerator.resource in self.resources.extended)',
            messageExpression:
              "'resources.extended has ' + self.accelerator.resource + ', which is the accelerator already: remove it there, and say in accelerator.count how many'",
            fieldPath: '.resources.extended',
          },
          {
            rule: '!has(self.timeZone) || has(self.schedule)',
            messageExpression:
              "'timeZone is \"' + self.timeZone + '\" without a schedule to apply it to: set spec.schedule or remove spec.timeZone'",
            fieldPath: '.timeZone',
          },
        ],
        properties: {
          image: {
            type: 'string',
            minLength: 1,
            maxLength: 512,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                messageExpression:
                  "'image \"' + self + '\" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits'",
              },
            ],
          },
          command: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 64,
            'x-kubernetes-validations': [
              {
                rule: "self.size() == 0 || !self[0].matches('^$|^[^/ ]* ')",
                messageExpression:
                  '\'command begins with "\' + self[0] + \'", which is no program: write each word as an item of its own, such as ["python", "train.py"]\'',
              },
            ],
            items: {
              type: 'string',
              maxLength: 2048,
            },
          },
          args: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 64,
            items: {
              type: 'string',
              maxLength: 2048,
            },
          },
          workingDir: {
            type: 'string',
            minLength: 1,
            maxLength: 256,
            'x-kubernetes-validations': [
              {
                rule: "self == '/' || self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                messageExpression:
                  '\'workingDir "\' + self + \'" is no path: write an absolute one without "..", such as /app\'',
              },
            ],
          },
          env: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            maxItems: 64,
            items: {
              type: 'object',
              required: ['name'],
              'x-kubernetes-validations': [
                {
                  rule: "!self.name.startsWith('FLYBALL_')",
                  messageExpression:
                    "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                  fieldPath: '.name',
                },
                {
                  rule: 'has(self.value) != has(self.secretKeyRef)',
                  messageExpression:
                    "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                },
              ],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 128,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                      messageExpression:
                        '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                    },
                  ],
                },
                value: {
                  type: 'string',
                  maxLength: 2048,
                },
                secretKeyRef: {
                  type: 'object',
                  required: ['name', 'key'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                    key: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[-._A-Za-z0-9]+$')",
                          messageExpression:
                            '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                        },
                      ],
                    },
                  },
                },
              },
            },
          },
          envFrom: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 8,
            items: {
              type: 'object',
              'x-kubernetes-validations': [
                {
                  rule: 'has(self.configMapRef) != has(self.secretRef)',
                  messageExpression:
                    "'envFrom has an item with ' + (has(self.configMapRef) ? 'both configMapRef and secretRef: keep one of them' : 'neither configMapRef nor secretRef: write one of them')",
                },
              ],
              properties: {
                prefix: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$') && !self.startsWith('FLYBALL')",
                      messageExpression:
                        '\'prefix "\' + self + \'" cannot begin a variable: use letters, digits and "_", begin with no digit, and not with FLYBALL\'',
                    },
                  ],
                },
                configMapRef: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'configMapRef.name "\' + self + \'" is no name of a ConfigMap: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                  },
                },
                secretRef: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'secretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                  },
                },
              },
            },
          },
          resources: {
            type: 'object',
            'x-kubernetes-validations': [
              {
                rule: '!has(self.requests) || !has(self.requests.cpu) || !has(self.cpu) || !isQuantity(string(self.requests.cpu)) || !isQuantity(string(self.cpu)) || !quantity(string(self.requests.cpu)).isGreaterThan(quantity(string(self.cpu)))',
                messageExpression:
                  "'resources.requests.cpu is ' + string(self.requests.cpu) + ', above resources.cpu, which is ' + string(self.cpu) + ': lower the request or raise the limit'",
                fieldPath: '.requests.cpu',
              },
              {
                rule: '!has(self.requests) || !has(self.requests.memory) || !has(self.memory) || !isQuantity(string(self.requests.memory)) || !isQuantity(string(self.memory)) || !quantity(string(self.requests.memory)).isGreaterThan(quantity(string(self.memory)))',
                messageExpression:
                  "'resources.requests.memory is ' + string(self.requests.memory) + ', above resources.memory, which is ' + string(self.memory) + ': lower the request or raise the limit'",
                fieldPath: '.requests.memory',
              },
            ],
            properties: {
              cpu: {
                'x-kubernetes-int-or-string': true,
                maxLength: 32,
                'x-kubernetes-validations': [
                  {
                    rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                    messageExpression:
                      '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                    messageExpression:
                      "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                    messageExpression:
                      "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                  },
                ],
              },
              memory: {
                'x-kubernetes-int-or-string': true,
                maxLength: 32,
                'x-kubernetes-validations': [
                  {
                    rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                    messageExpression:
                      '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                    messageExpression:
                      "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                  },
                ],
              },
              ephemeralStorage: {
                'x-kubernetes-int-or-string': true,
                maxLength: 32,
                'x-kubernetes-validations': [
                  {
                    rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                    messageExpression:
                      '\'ephemeralStorage is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "200Gi"\'',
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                    messageExpression:
                      "'ephemeralStorage is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"200Gi\"'",
                  },
                ],
              },
              extended: {
                type: 'object',
                maxProperties: 8,
                additionalProperties: {
                  'x-kubernetes-int-or-string': true,
                  maxLength: 16,
                },
                'x-kubernetes-validations': [
                  {
                    rule: "self.all(key, key.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && !key.contains('kubernetes.io/') && !key.startsWith('requests.'))",
                    messageExpression:
                      "'extended has the name \"' + self.filter(key, !(key.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && !key.contains('kubernetes.io/') && !key.startsWith('requests.')))[0] + '\", which is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as rdma/hca'",
                  },
                  {
                    rule: "self.all(key, string(self[key]).matches('^[1-9][0-9]{0,8}$'))",
                    messageExpression:
                      "'extended has for \"' + self.filter(key, !string(self[key]).matches('^[1-9][0-9]{0,8}$'))[0] + '\" an amount that is no whole number of 1 or more: write for instance \"1\"'",
                  },
                ],
              },
              requests: {
                type: 'object',
                properties: {
                  cpu: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                        messageExpression:
                          "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                      },
                    ],
                  },
                  memory: {
                    'x-kubernetes-int-or-string': true,
                    maxLength: 32,
                    'x-kubernetes-validations': [
                      {
                        rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                        messageExpression:
                          '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                      },
                      {
                        rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                        messageExpression:
                          "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                      },
                    ],
                  },
                },
              },
            },
          },
          accelerator: {
            type: 'object',
            required: ['count'],
            'x-kubernetes-validations': [
              {
                rule: 'has(self.profile) != has(self.resource)',
                messageExpression:
                  "'accelerator has ' + (has(self.profile) ? 'both profile \"' + self.profile + '\" and resource \"' + self.resource + '\"' : 'neither profile nor resource') + ': name the hardware by one of them'",
              },
              {
                rule: '!has(self.profile) || !has(self.product)',
                messageExpression:
                  "'accelerator has profile \"' + self.profile + '\" and product \"' + self.product + '\": remove product, which the profile says'",
                fieldPath: '.product',
              },
              {
                rule: "!has(self.product) || !has(self.resource) || !self.resource.matches('/.{56,}$')",
                messageExpression:
                  "'accelerator has a product, but no node can have the label ' + self.resource + '.product, whose name would be longer than 63 characters: remove product'",
                fieldPath: '.product',
              },
            ],
            properties: {
              resource: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                    messageExpression:
                      "'resource \"' + self + '\" is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as nvidia.com/gpu'",
                  },
                  {
                    rule: "!self.contains('kubernetes.io/') && !self.startsWith('requests.')",
                    messageExpression:
                      "'resource \"' + self + '\" is one of Kubernetes itself and no device: name the extended resource that the device plugin advertises, such as nvidia.com/gpu'",
                  },
                ],
              },
              count: {
                type: 'integer',
                format: 'int32',
                minimum: 1,
                maximum: 64,
              },
              product: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$')",
                    messageExpression:
                      "'product \"' + self + '\" is no value of a label: write it as the node label <resource>.product has it, such as NVIDIA-H100-80GB-HBM3'",
                  },
                ],
              },
              profile: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                    messageExpression:
                      '\'profile "\' + self + \'" is no name: use lower-case letters, digits and "-"\'',
                  },
                ],
              },
            },
          },
          nodes: {
            type: 'integer',
            format: 'int32',
            minimum: 1,
            maximum: 64,
          },
          rendezvous: {
            type: 'string',
            enum: ['JAX'],
          },
          gangWait: {
            type: 'string',
            minLength: 1,
            maxLength: 28,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                messageExpression:
                  '\'gangWait is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "15m"; a day is "24h"\'',
              },
              {
                rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) >= duration('1m')",
                messageExpression:
                  '\'gangWait is "\' + self + \'": wait at least "1m", since nodes take a while to have room again\'',
              },
            ],
          },
          source: {
            type: 'object',
            required: ['repository', 'revision'],
            properties: {
              repository: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[!-~]+$')",
                    messageExpression:
                      "'source.repository \"' + self + '\" has a space or a character that is not ASCII: write the address alone'",
                  },
                ],
              },
              revision: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[!-~]+$')",
                    messageExpression:
                      "'source.revision \"' + self + '\" has a space or a character that is not ASCII: write the commit, tag or branch alone'",
                  },
                ],
              },
            },
          },
          datasets: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            maxItems: 16,
            items: {
              type: 'object',
              required: ['name', 'uri'],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 40,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                      messageExpression:
                        '\'dataset "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                    },
                  ],
                },
                uri: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 512,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^(pvc|s3|gs|abfss|https|hf|oci)://')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss, https, hf, oci: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^http://') ? 'https://<host>/<path>' : self.matches('^docker://') ? 'oci://<image>' : self.matches('^huggingface://') ? 'hf://<organization>/<name>@<revision>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path>, abfss://<container>@<account>.dfs.core.windows.net/<path>, https://<host>/<path>, hf://<organization>/<name>@<revision> or oci://<image>')",
                    },
                    {
                      rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                      messageExpression:
                        '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                    },
                    {
                      rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                    },
                    {
                      rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                    },
                    {
                      rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                    },
                    {
                      rule: "!self.startsWith('https://') || self.matches('^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (self.matches('[?#]') || self.matches('^https://[^/]*@') ? 'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef)' : self.matches('^https://[^/]*$') || self.endsWith('/') ? 'names no file' : self.matches('^https://[^/]*:[0-9]+/') && !self.matches('^https://[^/]*:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/') ? 'has a port that there is not, since ports are 1 to 65535' : 'is not of the form of its scheme, where the host is in lower case, and each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write https://<host>/<path>'",
                    },
                    {
                      rule: "!self.startsWith('hf://') || self.matches('^hf://(datasets/)?[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*/[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*@(refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*$') && !self.matches('^hf://(datasets|models|spaces|buckets|kernels)/[^/]*@')",
                      messageExpression:
                        "'uri \"' + self + '\" ' + (!self.contains('@') ? 'says no revision, and what moves is another thing tomorrow' : self.matches('^hf://(models|spaces|buckets|kernels)/[^/@]+/') ? 'names a kind of repository other than datasets' : self.matches('^hf://([^/]*|(datasets|models|spaces|buckets|kernels)/[^/@]*)@') ? 'names no organization' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write ' + (self.startsWith('hf://datasets/') ? 'hf://datasets/<organization>/<name>@<revision>' : 'hf://<organization>/<name>@<revision>') + ', with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be'",
                    },
                    {
                      rule: "!self.startsWith('oci://') || self.matches('^oci://(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                      messageExpression:
                        "'uri \"' + self + '\" is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>'",
                    },
                  ],
                },
                digest: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 128,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^sha256:[0-9a-f]{64}$')",
                      messageExpression:
                        '\'digest "\' + self + \'" is none: write "sha256:" and 64 hexadecimal digits in lower case\'',
                    },
                  ],
                },
              },
            },
          },
          parameters: {
            type: 'object',
            maxProperties: 64,
            additionalProperties: {
              type: 'string',
              maxLength: 1024,
            },
            'x-kubernetes-validations': [
              {
                rule: "self.all(key, key.matches('^[A-Za-z_][-A-Za-z0-9_.]{0,62}$'))",
                messageExpression:
                  '\'parameters has the name "\' + self.filter(key, !key.matches(\'^[A-Za-z_][-A-Za-z0-9_.]{0,62}$\'))[0] + \'": begin with a letter or "_" and use at most 63 letters, digits, "-", "_" and "."\'',
              },
              {
                rule: 'self.map(key, bytes(key).size() + bytes(self[key]).size() + 6).sum() <= 131051',
                messageExpression:
                  "'parameters have %d bytes as JSON, and no program starts with a variable of more than 131071: put the longest into a file of the image or of a dataset'.format([self.map(key, bytes(key).size() + bytes(self[key]).size() + 6).sum() + 1])",
              },
            ],
          },
          seed: {
            type: 'integer',
            format: 'int64',
            minimum: 0,
            maximum: 4294967295,
          },
          checkpoint: {
            type: 'object',
            'x-kubernetes-validations': [
              {
                rule: 'has(self.claimName) != has(self.uri)',
                messageExpression:
                  "'checkpoint has ' + (has(self.claimName) ? 'both claimName and uri: keep one of them' : 'neither claimName nor uri: write one of them')",
              },
              {
                rule: "!has(self.uri) || !self.uri.startsWith('pvc://')",
                messageExpression:
                  "'checkpoint.uri \"' + self.uri + '\" is in a claim: name the claim in checkpoint.claimName'",
                fieldPath: '.uri',
              },
              {
                rule: '!has(self.uri) || size(self.uri) <= 390',
                messageExpression:
                  "'checkpoint.uri has %d characters: use at most 390, since the folder of the run is named behind it'.format([size(self.uri)])",
                fieldPath: '.uri',
              },
            ],
            properties: {
              claimName: {
                type: 'string',
                minLength: 1,
                maxLength: 253,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                    messageExpression:
                      '\'claimName "\' + self + \'" is no name of a PersistentVolumeClaim: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                  },
                ],
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(pvc|s3|gs|abfss)://')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path> or abfss://<container>@<account>.dfs.core.windows.net/<path>')",
                  },
                  {
                    rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                    messageExpression:
                      '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                  },
                  {
                    rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                  },
                ],
              },
            },
          },
          output: {
            type: 'object',
            required: ['uri'],
            'x-kubernetes-validations': [
              {
                rule: 'size(self.uri) <= 390',
                messageExpression:
                  "'output.uri has %d characters: use at most 390, since the folder of each attempt is named behind it'.format([size(self.uri)])",
                fieldPath: '.uri',
              },
            ],
            properties: {
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(pvc|s3|gs|abfss)://')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.contains('://') ? 'has the scheme \"' + self.split('://')[0] + '\"' : 'has no scheme') + ', known are pvc, s3, gs, abfss: write ' + (self.matches('^s3[an]://') ? 's3://<bucket>/<path>' : self.matches('^gcs://') ? 'gs://<bucket>/<path>' : self.matches('^(az|azure|abfs|wasbs?)://') ? 'abfss://<container>@<account>.dfs.core.windows.net/<path>' : self.matches('^file:/') ? 'pvc://<claim>/<path>, since a claim is what pods share, and not a folder of a node' : 'pvc://<claim>/<path>, s3://<bucket>/<path>, gs://<bucket>/<path> or abfss://<container>@<account>.dfs.core.windows.net/<path>')",
                  },
                  {
                    rule: "!self.startsWith('pvc://') || self.matches('^pvc://[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$')",
                    messageExpression:
                      '\'uri "\' + self + \'" is not of the form of its scheme: write pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."\'',
                  },
                  {
                    rule: "!self.startsWith('s3://') || self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^s3://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/') ? 'has no bucket of 3 to 63 lower-case letters, digits, \"-\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write s3://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('gs://') || self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^gs://[^/]*/?$') ? 'names a bucket without a path' : !self.matches('^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/') ? 'has no bucket of 3 to 222 lower-case letters, digits, \"-\", \"_\" and \".\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write gs://<bucket>/<path>'",
                  },
                  {
                    rule: "!self.startsWith('abfss://') || self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)(/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)+$')",
                    messageExpression:
                      "'uri \"' + self + '\" ' + (self.matches('^abfss://[^/]*/?$') ? 'names a container without a path' : !self.matches('^abfss://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}[.]dfs[.]core[.](windows[.]net|usgovcloudapi[.]net|chinacloudapi[.]cn)/') ? 'names no container and account of Azure, which have only lower-case letters, digits and, of containers, \"-\"' : self.endsWith('/') ? 'ends with \"/\"' : 'is not of the form of its scheme, where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, \"_\" or \"=\"') + ': write abfss://<container>@<account>.dfs.core.windows.net/<path>'",
                  },
                ],
              },
              by: {
                type: 'string',
                enum: ['Operator', 'Container'],
              },
            },
          },
          results: {
            type: 'object',
            properties: {
              path: {
                type: 'string',
                minLength: 1,
                maxLength: 256,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                    messageExpression:
                      '\'results.path "\' + self + \'" is no path of a file: write an absolute one without "..", such as /app/metrics.json\'',
                  },
                  {
                    rule: "self == '/dev/termination-log' || !self.matches('^/(flyball|dev|proc|sys|etc|var/run/secrets)(/|$)')",
                    messageExpression:
                      "'results.path \"' + self + '\" is taken: the files there belong to Flyball or to the node; choose a path where the program may write, such as /app/metrics.json'",
                  },
                ],
              },
              format: {
                type: 'string',
                enum: ['Document', 'Metrics'],
              },
            },
          },
          storage: {
            type: 'object',
            properties: {
              secretRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                        messageExpression:
                          '\'secretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                      },
                    ],
                  },
                },
              },
              volume: {
                type: 'object',
                'x-kubernetes-validations': [
                  {
                    rule: '(has(self.emptyDir) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.claimName) ? 1 : 0) == 1',
                    messageExpression:
                      "'storage.volume has %d sources: write exactly one of emptyDir, ephemeral and claimName'.format([(has(self.emptyDir) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.claimName) ? 1 : 0)])",
                  },
                ],
                properties: {
                  emptyDir: {
                    type: 'object',
                    properties: {
                      sizeLimit: {
                        'x-kubernetes-int-or-string': true,
                        maxLength: 32,
                        'x-kubernetes-validations': [
                          {
                            rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                            messageExpression:
                              '\'sizeLimit is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"\'',
                          },
                        ],
                      },
                    },
                  },
                  ephemeral: {
                    type: 'object',
                    required: ['size'],
                    properties: {
                      size: {
                        'x-kubernetes-int-or-string': true,
                        maxLength: 32,
                        'x-kubernetes-validations': [
                          {
                            rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                            messageExpression:
                              '\'size is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"\'',
                          },
                        ],
                      },
                      storageClassName: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        'x-kubernetes-validations': [
                          {
                            rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                            messageExpression:
                              '\'storageClassName "\' + self + \'" is no name of a StorageClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                          },
                        ],
                      },
                    },
                  },
                  claimName: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    'x-kubernetes-validations': [
                      {
                        rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                        messageExpression:
                          '\'storage.volume.claimName "\' + self + \'" is no name of a PersistentVolumeClaim: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                      },
                    ],
                  },
                },
              },
            },
          },
          pod: {
            type: 'object',
            'x-kubernetes-validations': [
              {
                rule: '!has(self.automountServiceAccountToken) || !self.automountServiceAccountToken || has(self.serviceAccountName)',
                messageExpression:
                  "'pod.automountServiceAccountToken is %s without a ServiceAccount: name one in pod.serviceAccountName that has the rights which the program needs'.format([self.automountServiceAccountToken])",
                fieldPath: '.automountServiceAccountToken',
              },
              {
                rule: '!has(self.initContainers) || !has(self.sidecars) || !self.sidecars.exists(s, self.initContainers.exists(i, i.name == s.name))',
                messageExpression:
                  '\'pod.initContainers and pod.sidecars both have the name "%s": give each container a name of its own\'.format([self.sidecars.filter(s, self.initContainers.exists(i, i.name == s.name))[0].name])',
                fieldPath: '.sidecars',
              },
              {
                rule: '!has(self.initContainers) || self.initContainers.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))',
                messageExpression:
                  '\'pod.initContainers has in container "%s" a volumeMount that names no volume of pod.volumes: add the volume, or correct the name\'.format([self.initContainers.filter(c, has(c.volumeMounts) && !c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))[0].name])',
                fieldPath: '.initContainers',
              },
              {
                rule: '!has(self.sidecars) || self.sidecars.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))',
                messageExpression:
                  '\'pod.sidecars has in container "%s" a volumeMount that names no volume of pod.volumes: add the volume, or correct the name\'.format([self.sidecars.filter(c, has(c.volumeMounts) && !c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))[0].name])',
                fieldPath: '.sidecars',
              },
            ],
            properties: {
              runAsUser: {
                type: 'integer',
                format: 'int64',
                minimum: 1,
                maximum: 2147483647,
              },
              runAsGroup: {
                type: 'integer',
                format: 'int64',
                minimum: 1,
                maximum: 2147483647,
              },
              fsGroup: {
                type: 'integer',
                format: 'int64',
                minimum: 1,
                maximum: 2147483647,
              },
              serviceAccountName: {
                type: 'string',
                minLength: 1,
                maxLength: 253,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                    messageExpression:
                      '\'pod.serviceAccountName "\' + self + \'" is no name of a ServiceAccount: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                  },
                ],
              },
              automountServiceAccountToken: {
                type: 'boolean',
              },
              imagePullSecrets: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 8,
                items: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'imagePullSecrets.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                  },
                },
              },
              nodeSelector: {
                type: 'object',
                maxProperties: 16,
                additionalProperties: {
                  type: 'string',
                  maxLength: 63,
                },
                'x-kubernetes-validations': [
                  {
                    rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                    messageExpression:
                      '\'pod.nodeSelector has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no node can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                  },
                ],
              },
              tolerations: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 16,
                items: {
                  type: 'object',
                  'x-kubernetes-validations': [
                    {
                      rule: "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
                      messageExpression:
                        "'a toleration has no key and operator ' + (has(self.operator) ? self.operator : 'Equal') + ': name the key of the taint, or write operator: Exists to tolerate all'",
                    },
                    {
                      rule: "!has(self.value) || !has(self.operator) || self.operator != 'Exists'",
                      messageExpression:
                        "'a toleration has operator Exists and the value \"' + self.value + '\": remove one of them'",
                    },
                    {
                      rule: "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
                      messageExpression:
                        "'tolerationSeconds is %d, which only the effect NoExecute has: write effect: NoExecute, or remove it'.format([self.tolerationSeconds])",
                      fieldPath: '.tolerationSeconds',
                    },
                  ],
                  properties: {
                    key: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 317,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                          messageExpression:
                            "'key \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                        },
                      ],
                    },
                    operator: {
                      type: 'string',
                      enum: ['Exists', 'Equal'],
                    },
                    value: {
                      type: 'string',
                      maxLength: 63,
                    },
                    effect: {
                      type: 'string',
                      enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
                    },
                    tolerationSeconds: {
                      type: 'integer',
                      format: 'int64',
                      minimum: 0,
                      maximum: 31536000,
                    },
                  },
                },
              },
              affinity: {
                type: 'object',
                properties: {
                  nodeAffinity: {
                    type: 'object',
                    properties: {
                      requiredDuringSchedulingIgnoredDuringExecution: {
                        type: 'object',
                        required: ['nodeSelectorTerms'],
                        properties: {
                          nodeSelectorTerms: {
                            type: 'array',
                            'x-kubernetes-list-type': 'atomic',
                            maxItems: 8,
                            items: {
                              type: 'object',
                              required: ['matchExpressions'],
                              properties: {
                                matchExpressions: {
                                  type: 'array',
                                  'x-kubernetes-list-type': 'atomic',
                                  maxItems: 8,
                                  items: {
                                    type: 'object',
                                    required: ['key', 'operator'],
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "(self.operator in ['Exists', 'DoesNotExist']) == (!has(self.values) || self.values.size() == 0)",
                                        messageExpression:
                                          "'the requirement on \"' + self.key + '\" has the operator ' + self.operator + ': ' + (self.operator in ['Exists', 'DoesNotExist'] ? 'it takes no values' : 'write values')",
                                      },
                                      {
                                        rule: "!(self.operator in ['Gt', 'Lt']) || !has(self.values) || self.values.size() == 0 || (self.values.size() == 1 && self.values[0].matches('^-?[0-9]{1,18}$'))",
                                        messageExpression:
                                          '\'the requirement on "%s" has the operator %s and the values %s: write one whole number, such as "4"\'.format([self.key, self.operator, self.values])',
                                      },
                                    ],
                                    properties: {
                                      key: {
                                        type: 'string',
                                        minLength: 1,
                                        maxLength: 317,
                                        'x-kubernetes-validations': [
                                          {
                                            rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                            messageExpression:
                                              "'key \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                          },
                                        ],
                                      },
                                      operator: {
                                        type: 'string',
                                        enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                      },
                                      values: {
                                        type: 'array',
                                        'x-kubernetes-list-type': 'atomic',
                                        maxItems: 32,
                                        items: {
                                          type: 'string',
                                          maxLength: 63,
                                        },
                                      },
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                      preferredDuringSchedulingIgnoredDuringExecution: {
                        type: 'array',
                        'x-kubernetes-list-type': 'atomic',
                        maxItems: 8,
                        items: {
                          type: 'object',
                          required: ['weight', 'preference'],
                          properties: {
                            weight: {
                              type: 'integer',
                              format: 'int32',
                              minimum: 1,
                              maximum: 100,
                            },
                            preference: {
                              type: 'object',
                              required: ['matchExpressions'],
                              properties: {
                                matchExpressions: {
                                  type: 'array',
                                  'x-kubernetes-list-type': 'atomic',
                                  maxItems: 8,
                                  items: {
                                    type: 'object',
                                    required: ['key', 'operator'],
                                    'x-kubernetes-validations': [
                                      {
                                        rule: "(self.operator in ['Exists', 'DoesNotExist']) == (!has(self.values) || self.values.size() == 0)",
                                        messageExpression:
                                          "'the requirement on \"' + self.key + '\" has the operator ' + self.operator + ': ' + (self.operator in ['Exists', 'DoesNotExist'] ? 'it takes no values' : 'write values')",
                                      },
                                      {
                                        rule: "!(self.operator in ['Gt', 'Lt']) || !has(self.values) || self.values.size() == 0 || (self.values.size() == 1 && self.values[0].matches('^-?[0-9]{1,18}$'))",
                                        messageExpression:
                                          '\'the requirement on "%s" has the operator %s and the values %s: write one whole number, such as "4"\'.format([self.key, self.operator, self.values])',
                                      },
                                    ],
                                    properties: {
                                      key: {
                                        type: 'string',
                                        minLength: 1,
                                        maxLength: 317,
                                        'x-kubernetes-validations': [
                                          {
                                            rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                            messageExpression:
                                              "'key \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                          },
                                        ],
                                      },
                                      operator: {
                                        type: 'string',
                                        enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                      },
                                      values: {
                                        type: 'array',
                                        'x-kubernetes-list-type': 'atomic',
                                        maxItems: 32,
                                        items: {
                                          type: 'string',
                                          maxLength: 63,
                                        },
                                      },
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                  podAffinity: {
                    type: 'object',
                    properties: {
                      requiredDuringSchedulingIgnoredDuringExecution: {
                        type: 'array',
                        'x-kubernetes-list-type': 'atomic',
                        maxItems: 4,
                        items: {
                          type: 'object',
                          required: ['labelSelector', 'topologyKey'],
                          properties: {
                            labelSelector: {
                              type: 'object',
                              required: ['matchLabels'],
                              properties: {
                                matchLabels: {
                                  type: 'object',
                                  maxProperties: 8,
                                  additionalProperties: {
                                    type: 'string',
                                    maxLength: 63,
                                  },
                                  'x-kubernetes-validations': [
                                    {
                                      rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                      messageExpression:
                                        '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                    },
                                  ],
                                },
                              },
                            },
                            topologyKey: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 317,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                  messageExpression:
                                    "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                },
                              ],
                            },
                          },
                        },
                      },
                      preferredDuringSchedulingIgnoredDuringExecution: {
                        type: 'array',
                        'x-kubernetes-list-type': 'atomic',
                        maxItems: 4,
                        items: {
                          type: 'object',
                          required: ['weight', 'podAffinityTerm'],
                          properties: {
                            weight: {
                              type: 'integer',
                              format: 'int32',
                              minimum: 1,
                              maximum: 100,
                            },
                            podAffinityTerm: {
                              type: 'object',
                              required: ['labelSelector', 'topologyKey'],
                              properties: {
                                labelSelector: {
                                  type: 'object',
                                  required: ['matchLabels'],
                                  properties: {
                                    matchLabels: {
                                      type: 'object',
                                      maxProperties: 8,
                                      additionalProperties: {
                                        type: 'string',
                                        maxLength: 63,
                                      },
                                      'x-kubernetes-validations': [
                                        {
                                          rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                          messageExpression:
                                            '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                        },
                                      ],
                                    },
                                  },
                                },
                                topologyKey: {
                                  type: 'string',
                                  minLength: 1,
                                  maxLength: 317,
                                  'x-kubernetes-validations': [
                                    {
                                      rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                      messageExpression:
                                        "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                    },
                                  ],
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                  podAntiAffinity: {
                    type: 'object',
                    properties: {
                      requiredDuringSchedulingIgnoredDuringExecution: {
                        type: 'array',
                        'x-kubernetes-list-type': 'atomic',
                        maxItems: 4,
                        items: {
                          type: 'object',
                          required: ['labelSelector', 'topologyKey'],
                          properties: {
                            labelSelector: {
                              type: 'object',
                              required: ['matchLabels'],
                              properties: {
                                matchLabels: {
                                  type: 'object',
                                  maxProperties: 8,
                                  additionalProperties: {
                                    type: 'string',
                                    maxLength: 63,
                                  },
                                  'x-kubernetes-validations': [
                                    {
                                      rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                      messageExpression:
                                        '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                    },
                                  ],
                                },
                              },
                            },
                            topologyKey: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 317,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                  messageExpression:
                                    "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                },
                              ],
                            },
                          },
                        },
                      },
                      preferredDuringSchedulingIgnoredDuringExecution: {
                        type: 'array',
                        'x-kubernetes-list-type': 'atomic',
                        maxItems: 4,
                        items: {
                          type: 'object',
                          required: ['weight', 'podAffinityTerm'],
                          properties: {
                            weight: {
                              type: 'integer',
                              format: 'int32',
                              minimum: 1,
                              maximum: 100,
                            },
                            podAffinityTerm: {
                              type: 'object',
                              required: ['labelSelector', 'topologyKey'],
                              properties: {
                                labelSelector: {
                                  type: 'object',
                                  required: ['matchLabels'],
                                  properties: {
                                    matchLabels: {
                                      type: 'object',
                                      maxProperties: 8,
                                      additionalProperties: {
                                        type: 'string',
                                        maxLength: 63,
                                      },
                                      'x-kubernetes-validations': [
                                        {
                                          rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                                          messageExpression:
                                            '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                                        },
                                      ],
                                    },
                                  },
                                },
                                topologyKey: {
                                  type: 'string',
                                  minLength: 1,
                                  maxLength: 317,
                                  'x-kubernetes-validations': [
                                    {
                                      rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                                      messageExpression:
                                        "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                                    },
                                  ],
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
              topologySpreadConstraints: {
                type: 'array',
                'x-kubernetes-list-type': 'atomic',
                maxItems: 4,
                items: {
                  type: 'object',
                  required: ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'],
                  properties: {
                    maxSkew: {
                      type: 'integer',
                      format: 'int32',
                      minimum: 1,
                      maximum: 64,
                    },
                    topologyKey: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 317,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')",
                          messageExpression:
                            "'topologyKey \"' + self + '\" is no key of a label: write for instance topology.kubernetes.io/zone'",
                        },
                      ],
                    },
                    whenUnsatisfiable: {
                      type: 'string',
                      enum: ['DoNotSchedule', 'ScheduleAnyway'],
                    },
                    labelSelector: {
                      type: 'object',
                      required: ['matchLabels'],
                      properties: {
                        matchLabels: {
                          type: 'object',
                          maxProperties: 8,
                          additionalProperties: {
                            type: 'string',
                            maxLength: 63,
                          },
                          'x-kubernetes-validations': [
                            {
                              rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                              messageExpression:
                                '\'matchLabels has the label "\' + self.filter(key, !key.matches(\'^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$\') || !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0] + \'", which no pod can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."\'',
                            },
                          ],
                        },
                      },
                    },
                  },
                },
              },
              priorityClassName: {
                type: 'string',
                minLength: 1,
                maxLength: 253,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                    messageExpression:
                      '\'pod.priorityClassName "\' + self + \'" is no name of a PriorityClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                  },
                  {
                    rule: "!self.startsWith('system-')",
                    messageExpression:
                      "'pod.priorityClassName \"' + self + '\" is for the system: name one that an administrator made for people'",
                  },
                ],
              },
              runtimeClassName: {
                type: 'string',
                minLength: 1,
                maxLength: 253,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                    messageExpression:
                      '\'pod.runtimeClassName "\' + self + \'" is no name of a RuntimeClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                  },
                ],
              },
              schedulerName: {
                type: 'string',
                minLength: 1,
                maxLength: 253,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                    messageExpression:
                      '\'pod.schedulerName "\' + self + \'" is no name of a scheduler: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                  },
                ],
              },
              terminationGracePeriod: {
                type: 'string',
                minLength: 1,
                maxLength: 28,
                'x-kubernetes-validations': [
                  {
                    rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                    messageExpression:
                      '\'pod.terminationGracePeriod is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "10m"\'',
                  },
                  {
                    rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) >= duration('1s')",
                    messageExpression: '\'pod.terminationGracePeriod is "\' + self + \'": write at least "1s"\'',
                  },
                  {
                    rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) <= duration('1h')",
                    messageExpression: '\'pod.terminationGracePeriod is "\' + self + \'": write at most "1h"\'',
                  },
                ],
              },
              labels: {
                type: 'object',
                maxProperties: 32,
                additionalProperties: {
                  type: 'string',
                  maxLength: 63,
                },
                'x-kubernetes-validations': [
                  {
                    rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))",
                    messageExpression:
                      "'pod.labels has the name \"' + self.filter(key, !key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))[0] + '\", which is none: write for instance example.com/team'",
                  },
                  {
                    rule: "!self.exists(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))",
                    messageExpression:
                      "'pod.labels has \"' + self.filter(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))[0] + '\", which Flyball or Kubernetes itself writes: remove it'",
                  },
                  {
                    rule: "self.all(key, self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
                    messageExpression:
                      '\'pod.labels has the value "\' + self[self.filter(key, !self[key].matches(\'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$\'))[0]] + \'", which is none of a label: use letters, digits, "-", "_" and ".", and begin and end with a letter or digit\'',
                  },
                ],
              },
              annotations: {
                type: 'object',
                maxProperties: 32,
                additionalProperties: {
                  type: 'string',
                  maxLength: 2048,
                },
                'x-kubernetes-validations': [
                  {
                    rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))",
                    messageExpression:
                      "'pod.annotations has the name \"' + self.filter(key, !key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))[0] + '\", which is none: write for instance example.com/team'",
                  },
                  {
                    rule: "!self.exists(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))",
                    messageExpression:
                      "'pod.annotations has \"' + self.filter(key, key.matches('^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)/|^(app[.]kubernetes[.]io/managed-by|pod-template-hash|controller-uid|job-name)$'))[0] + '\", which Flyball or Kubernetes itself writes: remove it'",
                  },
                  {
                    rule: "!self.exists(key, key.matches('^(container[.])?(apparmor|seccomp)[.]security[.](alpha|beta)[.]kubernetes[.]io/'))",
                    messageExpression:
                      "'pod.annotations has \"' + self.filter(key, key.matches('^(container[.])?(apparmor|seccomp)[.]security[.](alpha|beta)[.]kubernetes[.]io/'))[0] + '\", which would free the pod of a restriction: remove it'",
                  },
                ],
              },
              sharedMemory: {
                'x-kubernetes-int-or-string': true,
                maxLength: 32,
                'x-kubernetes-validations': [
                  {
                    rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                    messageExpression:
                      '\'pod.sharedMemory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                  },
                  {
                    rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                    messageExpression:
                      "'pod.sharedMemory is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"16Gi\"'",
                  },
                ],
              },
              volumes: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 16,
                'x-kubernetes-validations': [
                  {
                    rule: 'self.all(a, !has(a.mountPath) || self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))',
                    messageExpression:
                      '\'pod.volumes has two with the mountPath "%s": give each a path of its own\'.format([self.filter(a, has(a.mountPath) && !self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))[0].mountPath])',
                  },
                ],
                items: {
                  type: 'object',
                  required: ['name'],
                  'x-kubernetes-validations': [
                    {
                      rule: '(has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0) + (has(self.emptyDir) ? 1 : 0) + (has(self.claimName) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.image) ? 1 : 0) + (has(self.csi) ? 1 : 0) == 1',
                      messageExpression:
                        '\'volume "%s" has %d sources: write exactly one of configMap, secret, emptyDir, claimName, ephemeral, image and csi\'.format([self.name, (has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0) + (has(self.emptyDir) ? 1 : 0) + (has(self.claimName) ? 1 : 0) + (has(self.ephemeral) ? 1 : 0) + (has(self.image) ? 1 : 0) + (has(self.csi) ? 1 : 0)])',
                    },
                    {
                      rule: '!has(self.subPath) || has(self.mountPath)',
                      messageExpression:
                        "'volume \"' + self.name + '\" has a subPath without a mountPath: write where main sees it'",
                    },
                  ],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 63,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                          messageExpression:
                            '\'volume "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                        },
                        {
                          rule: "!self.matches('^((model|claim)(-[0-9]+)?|shared-memory|flyball-.*)$')",
                          messageExpression:
                            "'volume \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                        },
                      ],
                    },
                    mountPath: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 256,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                          messageExpression:
                            '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                        },
                        {
                          rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                          messageExpression:
                            "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                        },
                      ],
                    },
                    subPath: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 256,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                          messageExpression:
                            '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                        },
                      ],
                    },
                    readOnly: {
                      type: 'boolean',
                    },
                    configMap: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'configMap.name "\' + self + \'" is no name of a ConfigMap: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        items: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 16,
                          items: {
                            type: 'object',
                            required: ['key', 'path'],
                            properties: {
                              key: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                              },
                              path: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                    messageExpression:
                                      "'path \"' + self + '\" is no relative path: write for instance train.py'",
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    },
                    secret: {
                      type: 'object',
                      required: ['secretName'],
                      properties: {
                        secretName: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'secret.secretName "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        items: {
                          type: 'array',
                          'x-kubernetes-list-type': 'atomic',
                          maxItems: 16,
                          items: {
                            type: 'object',
                            required: ['key', 'path'],
                            properties: {
                              key: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                              },
                              path: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 256,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                    messageExpression:
                                      "'path \"' + self + '\" is no relative path: write for instance train.py'",
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    },
                    emptyDir: {
                      type: 'object',
                      properties: {
                        sizeLimit: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'sizeLimit is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                              messageExpression:
                                "'sizeLimit is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"100Gi\"'",
                            },
                          ],
                        },
                        medium: {
                          type: 'string',
                          enum: ['Memory'],
                        },
                      },
                    },
                    claimName: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                          messageExpression:
                            '\'claimName "\' + self + \'" is no name of a PersistentVolumeClaim: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                        },
                      ],
                    },
                    ephemeral: {
                      type: 'object',
                      required: ['size'],
                      properties: {
                        size: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'size is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "500Gi"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('1Mi'))",
                              messageExpression:
                                "'size is ' + string(self) + ' and is counted in bytes, which is too little for anything: write for instance \"500Gi\"'",
                            },
                          ],
                        },
                        storageClassName: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'storageClassName "\' + self + \'" is no name of a StorageClass: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                      },
                    },
                    image: {
                      type: 'object',
                      required: ['reference'],
                      properties: {
                        reference: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 512,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[!-~]+$')",
                              messageExpression:
                                "'reference \"' + self + '\" is no image: write registry/repository:tag without spaces'",
                            },
                          ],
                        },
                      },
                    },
                    csi: {
                      type: 'object',
                      required: ['driver'],
                      properties: {
                        driver: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          'x-kubernetes-validations': [
                            {
                              rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                              messageExpression:
                                '\'driver "\' + self + \'" is no name of a CSI driver: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                            },
                          ],
                        },
                        volumeAttributes: {
                          type: 'object',
                          maxProperties: 16,
                          additionalProperties: {
                            type: 'string',
                            maxLength: 1024,
                          },
                          'x-kubernetes-validations': [
                            {
                              rule: "self.all(key, key.matches('^[-A-Za-z0-9_./]{1,253}$'))",
                              messageExpression:
                                "'volumeAttributes has the name \"' + self.filter(key, !key.matches('^[-A-Za-z0-9_./]{1,253}$'))[0] + '\", which is none: use letters, digits and - _ . /'",
                            },
                          ],
                        },
                        nodePublishSecretRef: {
                          type: 'object',
                          required: ['name'],
                          properties: {
                            name: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              'x-kubernetes-validations': [
                                {
                                  rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                  messageExpression:
                                    '\'nodePublishSecretRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                },
                              ],
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
              initContainers: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 4,
                items: {
                  type: 'object',
                  required: ['name', 'image'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 40,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                          messageExpression:
                            '\'container "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                        },
                        {
                          rule: "!(self in ['main', 'observer', 'check-output', 'fetch', 'verify', 'restore', 'save', 'checkpoint'])",
                          messageExpression:
                            "'container \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                        },
                      ],
                    },
                    image: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 512,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                          messageExpression:
                            "'image \"' + self + '\" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits'",
                        },
                      ],
                    },
                    command: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 64,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.size() == 0 || !self[0].matches('^$|^[^/ ]* ')",
                          messageExpression:
                            '\'command begins with "\' + self[0] + \'", which is no program: write each word as an item of its own, such as ["python", "train.py"]\'',
                        },
                      ],
                      items: {
                        type: 'string',
                        maxLength: 2048,
                      },
                    },
                    args: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 64,
                      items: {
                        type: 'string',
                        maxLength: 2048,
                      },
                    },
                    env: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      maxItems: 32,
                      items: {
                        type: 'object',
                        required: ['name'],
                        'x-kubernetes-validations': [
                          {
                            rule: "!self.name.startsWith('FLYBALL_')",
                            messageExpression:
                              "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                            fieldPath: '.name',
                          },
                          {
                            rule: 'has(self.value) != has(self.secretKeyRef)',
                            messageExpression:
                              "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                          },
                        ],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 128,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                                messageExpression:
                                  '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                              },
                            ],
                          },
                          value: {
                            type: 'string',
                            maxLength: 2048,
                          },
                          secretKeyRef: {
                            type: 'object',
                            required: ['name', 'key'],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                    messageExpression:
                                      '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                  },
                                ],
                              },
                              key: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[-._A-Za-z0-9]+$')",
                                    messageExpression:
                                      '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    },
                    resources: {
                      type: 'object',
                      properties: {
                        cpu: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                              messageExpression:
                                "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                              messageExpression:
                                "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                            },
                          ],
                        },
                        memory: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                              messageExpression:
                                "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                            },
                          ],
                        },
                      },
                    },
                    volumeMounts: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 16,
                      items: {
                        type: 'object',
                        required: ['name', 'mountPath'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 63,
                          },
                          mountPath: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 256,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                                messageExpression:
                                  '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                              },
                              {
                                rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                                messageExpression:
                                  "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                              },
                            ],
                          },
                          subPath: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 256,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                messageExpression:
                                  '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                              },
                            ],
                          },
                          readOnly: {
                            type: 'boolean',
                          },
                        },
                      },
                    },
                  },
                },
              },
              sidecars: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['name'],
                maxItems: 4,
                items: {
                  type: 'object',
                  required: ['name', 'image'],
                  properties: {
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 40,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                          messageExpression:
                            '\'container "\' + self + \'" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit\'',
                        },
                        {
                          rule: "!(self in ['main', 'observer', 'check-output', 'fetch', 'verify', 'restore', 'save', 'checkpoint'])",
                          messageExpression:
                            "'container \"' + self + '\" is one of the names of Flyball itself: choose another one'",
                        },
                      ],
                    },
                    image: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 512,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.matches('^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\\\[[0-9A-Fa-f:]+\\\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$')",
                          messageExpression:
                            "'image \"' + self + '\" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits'",
                        },
                      ],
                    },
                    command: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 64,
                      'x-kubernetes-validations': [
                        {
                          rule: "self.size() == 0 || !self[0].matches('^$|^[^/ ]* ')",
                          messageExpression:
                            '\'command begins with "\' + self[0] + \'", which is no program: write each word as an item of its own, such as ["python", "train.py"]\'',
                        },
                      ],
                      items: {
                        type: 'string',
                        maxLength: 2048,
                      },
                    },
                    args: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 64,
                      items: {
                        type: 'string',
                        maxLength: 2048,
                      },
                    },
                    env: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      maxItems: 32,
                      items: {
                        type: 'object',
                        required: ['name'],
                        'x-kubernetes-validations': [
                          {
                            rule: "!self.name.startsWith('FLYBALL_')",
                            messageExpression:
                              "'env \"' + self.name + '\" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name'",
                            fieldPath: '.name',
                          },
                          {
                            rule: 'has(self.value) != has(self.secretKeyRef)',
                            messageExpression:
                              "'env \"' + self.name + '\" has ' + (has(self.value) ? 'both value and secretKeyRef: keep one of them' : 'neither value nor secretKeyRef: set one of them, value may be \"\"')",
                          },
                        ],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 128,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
                                messageExpression:
                                  '\'env "\' + self + \'" is no name of a variable: use letters, digits and "_", and begin with no digit\'',
                              },
                            ],
                          },
                          value: {
                            type: 'string',
                            maxLength: 2048,
                          },
                          secretKeyRef: {
                            type: 'object',
                            required: ['name', 'key'],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
                                    messageExpression:
                                      '\'secretKeyRef.name "\' + self + \'" is no name of a Secret: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit\'',
                                  },
                                ],
                              },
                              key: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                                'x-kubernetes-validations': [
                                  {
                                    rule: "self.matches('^[-._A-Za-z0-9]+$')",
                                    messageExpression:
                                      '\'secretKeyRef.key "\' + self + \'" is no key of a Secret: use letters, digits, "-", "_" and "."\'',
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    },
                    resources: {
                      type: 'object',
                      properties: {
                        cpu: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'cpu is "\' + string(self) + \'", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('10m'))",
                              messageExpression:
                                "'cpu is ' + string(self) + ' and is counted in cores, so that no program would get anywhere: ask for at least \"10m\", or leave cpu out'",
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isGreaterThan(quantity('4096'))",
                              messageExpression:
                                "'cpu is ' + string(self) + ' and is counted in cores, of which no machine has so many: ask for at most \"4096\"; memory is a field of its own'",
                            },
                          ],
                        },
                        memory: {
                          'x-kubernetes-int-or-string': true,
                          maxLength: 32,
                          'x-kubernetes-validations': [
                            {
                              rule: "string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$')",
                              messageExpression:
                                '\'memory is "\' + string(self) + \'", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"\'',
                            },
                            {
                              rule: "!string(self).matches('^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$') || !quantity(string(self)).isLessThan(quantity('8Mi'))",
                              messageExpression:
                                "'memory is ' + string(self) + ' and is counted in bytes, so that no container could start: ' + (!quantity(string(self)).isGreaterThan(quantity('0')) ? 'ask for instance for \"16Gi\", or leave memory out' : 'did you mean \"' + string(self).find('^[0-9.]+') + (quantity(string(self).find('^[0-9.]+') + 'Mi').isLessThan(quantity('8Mi')) ? 'Gi\"?' : 'Mi\"?'))",
                            },
                          ],
                        },
                      },
                    },
                    volumeMounts: {
                      type: 'array',
                      'x-kubernetes-list-type': 'atomic',
                      maxItems: 16,
                      items: {
                        type: 'object',
                        required: ['name', 'mountPath'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 63,
                          },
                          mountPath: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 256,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$')",
                                messageExpression:
                                  '\'mountPath "\' + self + \'" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache\'',
                              },
                              {
                                rule: "!self.matches('^/(flyball|dev|proc|sys|var/run/secrets)(/|$)')",
                                messageExpression:
                                  "'mountPath \"' + self + '\" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path'",
                              },
                            ],
                          },
                          subPath: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 256,
                            'x-kubernetes-validations': [
                              {
                                rule: "self.matches('^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$')",
                                messageExpression:
                                  '\'subPath "\' + self + \'" is no relative path: write for instance train.py, without "/" before it and without ".."\'',
                              },
                            ],
                          },
                          readOnly: {
                            type: 'boolean',
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          retry: {
            type: 'object',
            properties: {
              limit: {
                type: 'integer',
                format: 'int32',
                minimum: 0,
                maximum: 10,
              },
            },
          },
          timeout: {
            type: 'string',
            minLength: 1,
            maxLength: 28,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')",
                messageExpression:
                  '\'timeout is "\' + self + \'", which is no duration: write whole numbers with h, m, s or ms and no space, such as "24h"\'',
              },
              {
                rule: "!self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$') || duration(self) >= duration('1m')",
                messageExpression: '\'timeout is "\' + self + \'": write at least "1m"\'',
              },
            ],
          },
          gate: {
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
            maxItems: 16,
            'x-kubernetes-validations': [
              {
                rule: 'self.all(a, self.all(b, a.metric != b.metric || !has(a.min) || !has(b.max) || a.min <= b.max || (has(a.max) && a.min > a.max) || (has(b.min) && b.min > b.max)))',
                messageExpression:
                  "'gate has for %s the min of one rule above the max of another, so nothing can pass: lower min or raise max'.format([self.filter(a, self.exists(b, a.metric == b.metric && has(a.min) && has(b.max) && a.min > b.max)).map(a, a.metric)])",
              },
            ],
            items: {
              type: 'object',
              required: ['metric'],
              'x-kubernetes-validations': [
                {
                  rule: 'has(self.against) ? !has(self.min) && !has(self.max) && has(self.maxDecrease) != has(self.maxIncrease) : (has(self.min) || has(self.max)) && !has(self.maxDecrease) && !has(self.maxIncrease)',
                  messageExpression:
                    "'gate on \"' + self.metric + '\" has' + (has(self.min) ? ' min' : '') + (has(self.max) ? ' max' : '') + (has(self.against) ? ' against' : '') + (has(self.maxDecrease) ? ' maxDecrease' : '') + (has(self.maxIncrease) ? ' maxIncrease' : '') + (has(self.min) || has(self.max) || has(self.against) || has(self.maxDecrease) || has(self.maxIncrease) ? '' : ' no bound') + ': write either min, max or both, or against: Champion with one of maxDecrease and maxIncrease'",
                },
                {
                  rule: '!has(self.min) || !has(self.max) || self.min <= self.max',
                  messageExpression:
                    '\'gate on "%s" has min %s above max %s, so nothing can pass: lower min or raise max\'.format([self.metric, self.min, self.max])',
                },
              ],
              properties: {
                metric: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  'x-kubernetes-validations': [
                    {
                      rule: "self.matches('^[A-Za-z_][A-Za-z0-9_./@-]*$')",
                      messageExpression:
                        '\'gate on "\' + self + \'", which is no name of a metric: use letters, digits, "_", ".", "/", "@" and "-", and begin with a letter or "_"\'',
                    },
                  ],
                },
                min: {
                  type: 'number',
                  minimum: -999999999999999,
                  maximum: 999999999999999,
                },
                max: {
                  type: 'number',
                  minimum: -999999999999999,
                  maximum: 999999999999999,
                },
                against: {
                  type: 'string',
                  enum: ['Champion'],
                },
                maxDecrease: {
                  type: 'number',
                  minimum: -999999999999999,
                  maximum: 999999999999999,
                  'x-kubernetes-validations': [
                    {
                      rule: 'self >= 0.0',
                      messageExpression:
                        "'maxDecrease is %s: write how far the metric may move as a number of 0 or more, such as 0.01'.format([self])",
                    },
                  ],
                },
                maxIncrease: {
                  type: 'number',
                  minimum: -999999999999999,
                  maximum: 999999999999999,
                  'x-kubernetes-validations': [
                    {
                      rule: 'self >= 0.0',
                      messageExpression:
                        "'maxIncrease is %s: write how far the metric may move as a number of 0 or more, such as 0.01'.format([self])",
                    },
                  ],
                },
              },
            },
          },
          schedule: {
            type: 'string',
            minLength: 1,
            maxLength: 128,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^(@(hourly|daily|weekly|monthly|yearly)|[-0-9A-Za-z*/,]+( [-0-9A-Za-z*/,]+){4})$')",
                messageExpression:
                  '\'schedule "\' + self + \'" is no cron expression of five fields: write minute, hour, day of month, month and day of week with one space between them, such as "0 3 * * 1", or @hourly, @daily, @weekly, @monthly or @yearly\'',
              },
              {
                rule: "!self.matches('^(([^ ]*[,-])?([6-9][0-9]|[0-9]{3})|[^ ]+ ([^ ]*[,-])?(2[4-9]|[3-9][0-9]|[0-9]{3})|([^ ]+ ){2}([^ ]*[,-])?(00?([^0-9]|$)|3[2-9]|[4-9][0-9]|[0-9]{3})|([^ ]+ ){3}([^ ]*[,-])?(00?([^0-9]|$)|1[3-9]|[2-9][0-9]|[0-9]{3})|([^ ]+ ){4}([^ ]*[,-])?(0?[89]|[1-9][0-9]))')",
                messageExpression:
                  "'schedule \"' + self + '\" has a number that its field has not: minutes go from 0 to 59, hours from 0 to 23, days of the month from 1 to 31, months from 1 to 12, days of the week from 0 to 7'",
              },
              {
                rule: "!self.matches('(^|[ ,])[^-*/ ,]*/')",
                messageExpression:
                  '\'schedule "\' + self + \'" has a step that starts from nothing: write it behind "*" or a range, such as "*/15" or "5-59/15"\'',
              },
              {
                rule: "!self.upperAscii().matches('^[^ ]+ [^ ]+ (3[01]([-,]3[01])* (0?2|FEB)|31 (0?[2469]|11|FEB|APR|JUN|SEP|NOV)(,(0?[2469]|11|FEB|APR|JUN|SEP|NOV))*) [*]$')",
                messageExpression:
                  "'schedule \"' + self + '\" is never due, since none of its months has such a day: choose a day that they have, or L for the last one'",
              },
            ],
          },
          timeZone: {
            type: 'string',
            minLength: 1,
            maxLength: 64,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^[A-Z]') && self != 'Local' && timestamp('2026-01-01T00:00:00Z').getHours(self) >= 0",
                messageExpression:
                  "'timeZone \"' + self + '\" is no time zone: name it as IANA does, such as Europe/Berlin, or remove timeZone for UTC'",
                message: 'name it as IANA does, such as Europe/Berlin, or remove timeZone for UTC',
              },
            ],
          },
          rerunAt: {
            type: 'string',
            maxLength: 40,
            'x-kubernetes-validations': [
              {
                rule: "self.matches('^20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+](0[0-9]|1[0-3]):[0-5][0-9]|[+]14:00|-(0[0-9]|1[01]):[0-5][0-9]|-12:00)$')",
                messageExpression:
                  "'rerunAt is \"' + self + '\", which is no time of this century: write date, time and offset from UTC, at most 14:00, such as 2026-11-24T10:00:00Z; date -u +%FT%TZ prints the present time so'",
              },
            ],
          },
          suspend: {
            type: 'boolean',
          },
          attemptHistoryLimit: {
            type: 'integer',
            format: 'int32',
            minimum: 1,
            maximum: 20,
          },
        },
      },
      status: {
        type: 'object',
        properties: {
          observedGeneration: {
            type: 'integer',
            format: 'int64',
            minimum: 0,
            maximum: 9007199254740991,
          },
          conditions: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['type'],
            maxItems: 16,
            items: {
              type: 'object',
              required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
              properties: {
                type: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                status: {
                  type: 'string',
                  enum: ['True', 'False', 'Unknown'],
                },
                reason: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                message: {
                  type: 'string',
                  maxLength: 1024,
                },
                lastTransitionTime: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                observedGeneration: {
                  type: 'integer',
                  format: 'int64',
                  minimum: 0,
                  maximum: 9007199254740991,
                },
              },
            },
          },
          latestAttempt: {
            type: 'string',
            minLength: 1,
            maxLength: 63,
            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
          },
          latestVersion: {
            type: 'object',
            required: ['name', 'uid'],
            properties: {
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              uid: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
            },
          },
          versions: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['uid'],
            maxItems: 64,
            items: {
              type: 'object',
              required: ['name', 'uid'],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
                uid: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                },
              },
            },
          },
          metric: {
            type: 'string',
            minLength: 1,
            maxLength: 128,
          },
          nextAttemptTime: {
            type: 'string',
            format: 'date-time',
            maxLength: 40,
          },
          schedule: {
            type: 'object',
            required: ['text', 'since'],
            properties: {
              text: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
              },
              timeZone: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              since: {
                type: 'string',
                format: 'date-time',
                maxLength: 40,
              },
              paused: {
                type: 'boolean',
              },
            },
          },
          attempts: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            maxItems: 20,
            items: {
              type: 'object',
              required: ['name', 'number', 'recipeDigest', 'trigger', 'coversUntil', 'startTime'],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
                number: {
                  type: 'integer',
                  format: 'int32',
                  minimum: 1,
                  maximum: 999999,
                },
                recipeDigest: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 128,
                },
                trigger: {
                  type: 'object',
                  required: ['type', 'time'],
                  properties: {
                    type: {
                      type: 'string',
                      enum: ['Created', 'RecipeChanged', 'Rerun', 'Schedule', 'Monitor'],
                    },
                    name: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                    },
                    reason: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 256,
                    },
                    time: {
                      type: 'string',
                      format: 'date-time',
                      maxLength: 40,
                    },
                  },
                },
                coversUntil: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                startTime: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                endTime: {
                  type: 'string',
                  format: 'date-time',
                  maxLength: 40,
                },
                verdict: {
                  type: 'string',
                  enum: ['Registered', 'NoResults', 'GateFailed', 'Failed', 'Deleted', 'ResultsLost', 'Superseded'],
                },
                reason: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                  pattern: '^[A-Za-z][A-Za-z0-9]*$',
                },
                message: {
                  type: 'string',
                  maxLength: 1024,
                },
                versionUID: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 64,
                },
                stages: {
                  type: 'array',
                  'x-kubernetes-list-type': 'map',
                  'x-kubernetes-list-map-keys': ['name'],
                  maxItems: 8,
                  items: {
                    type: 'object',
                    required: ['name', 'job', 'state', 'startTime'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 8,
                        pattern: '^[A-Z][A-Za-z]*$',
                      },
                      job: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 63,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                      },
                      jobUID: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 64,
                      },
                      snapshotDigest: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 71,
                        pattern: '^sha256:[0-9a-f]{64}$',
                      },
                      ran: {
                        type: 'boolean',
                      },
                      disrupted: {
                        type: 'boolean',
                      },
                      ended: {
                        type: 'array',
                        'x-kubernetes-list-type': 'set',
                        maxItems: 64,
                        items: {
                          type: 'integer',
                          format: 'int32',
                          minimum: 0,
                          maximum: 63,
                        },
                      },
                      gang: {
                        type: 'object',
                        required: ['givenBack', 'placed', 'nodes'],
                        properties: {
                          givenBack: {
                            type: 'integer',
                            format: 'int32',
                            minimum: 0,
                            maximum: 99999,
                          },
                          until: {
                            type: 'string',
                            format: 'date-time',
                            maxLength: 40,
                          },
                          placed: {
                            type: 'integer',
                            format: 'int32',
                            minimum: 1,
                            maximum: 64,
                          },
                          nodes: {
                            type: 'integer',
                            format: 'int32',
                            minimum: 2,
                            maximum: 64,
                          },
                          waitsFor: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 256,
                          },
                        },
                      },
                      state: {
                        type: 'string',
                        enum: ['Running', 'Passed', 'Failed'],
                      },
                      reason: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 64,
                        pattern: '^[A-Za-z][A-Za-z0-9]*$',
                      },
                      message: {
                        type: 'string',
                        maxLength: 1024,
                      },
                      startTime: {
                        type: 'string',
                        format: 'date-time',
                        maxLength: 40,
                      },
                      endTime: {
                        type: 'string',
                        format: 'date-time',
                        maxLength: 40,
                      },
                    },
                  },
                },
                metrics: {
                  type: 'object',
                  maxProperties: 16,
                  additionalProperties: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 32,
                  },
                },
                gate: {
                  type: 'array',
                  'x-kubernetes-list-type': 'atomic',
                  maxItems: 16,
                  items: {
                    type: 'object',
                    required: ['metric', 'rule', 'passed', 'reason', 'message'],
                    properties: {
                      metric: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 63,
                        pattern: '^[A-Za-z_][A-Za-z0-9_./@-]*$',
                      },
                      rule: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 256,
                      },
                      value: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 32,
                      },
                      champion: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 63,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      championValue: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 32,
                      },
                      passed: {
                        type: 'boolean',
                      },
                      reason: {
                        type: 'string',
                        enum: ['Holds', 'Fails', 'MetricMissing', 'NotComparable', 'Bootstrap'],
                      },
                      message: {
                        type: 'string',
                        maxLength: 512,
                      },
                    },
                  },
                },
                image: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 1024,
                },
                digest: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 128,
                  pattern: '^[A-Za-z0-9:+._-]+$',
                },
                datasets: {
                  type: 'object',
                  maxProperties: 16,
                  additionalProperties: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 128,
                  },
                },
                champion: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
              },
            },
          },
        },
      },
    },
  },
};
