// Generated from crds/*.yaml by `npm run generate`. Do not edit.

export const modelDeploymentSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  properties: {
    apiVersion: {
      type: 'string',
      enum: ['flyball.dev/v1alpha1'],
    },
    kind: {
      type: 'string',
      enum: ['ModelDeployment'],
    },
    metadata: {
      type: 'object',
    },
    spec: {
      type: 'object',
      required: ['model', 'server'],
      properties: {
        model: {
          type: 'object',
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
                  pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
                },
              },
              additionalProperties: false,
            },
            versionRef: {
              type: 'object',
              required: ['name'],
              properties: {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?-[1-9][0-9]{0,5}$',
                },
              },
              additionalProperties: false,
            },
            uri: {
              type: 'string',
              minLength: 1,
              maxLength: 512,
              pattern: '^(pvc|s3|gs|abfss|https|hf|oci)://',
            },
            digest: {
              type: 'string',
              minLength: 1,
              maxLength: 128,
              pattern: '^sha256:[0-9a-f]{64}$',
            },
          },
          additionalProperties: false,
        },
        server: {
          type: 'object',
          required: ['image', 'port', 'protocol'],
          properties: {
            image: {
              type: 'string',
              minLength: 1,
              maxLength: 512,
              pattern:
                '^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$',
            },
            command: {
              type: 'array',
              maxItems: 64,
              items: {
                type: 'string',
                maxLength: 2048,
              },
            },
            args: {
              type: 'array',
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
            },
            env: {
              type: 'array',
              maxItems: 64,
              items: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 128,
                    pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      key: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[-._A-Za-z0-9]+$',
                      },
                    },
                    additionalProperties: false,
                  },
                },
                additionalProperties: false,
              },
            },
            envFrom: {
              type: 'array',
              maxItems: 8,
              items: {
                type: 'object',
                properties: {
                  prefix: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 64,
                  },
                  configMapRef: {
                    type: 'object',
                    required: ['name'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                    },
                    additionalProperties: false,
                  },
                  secretRef: {
                    type: 'object',
                    required: ['name'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                    },
                    additionalProperties: false,
                  },
                },
                additionalProperties: false,
              },
            },
            port: {
              type: 'integer',
              minimum: 1,
              maximum: 65535,
            },
            grpcPort: {
              type: 'integer',
              minimum: 1,
              maximum: 65535,
            },
            modelPath: {
              type: 'string',
              minLength: 1,
              maxLength: 256,
              pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
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
                  pattern: '^/[!-~]*$',
                },
                period: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  pattern: '^([0-9]{1,5}(h|m|s)){1,4}$',
                },
                timeout: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  pattern: '^([0-9]{1,5}(h|m|s)){1,4}$',
                },
                failures: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 100,
                },
              },
              additionalProperties: false,
            },
            readiness: {
              type: 'object',
              properties: {
                path: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 256,
                  pattern: '^/[!-~]*$',
                },
                period: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  pattern: '^([0-9]{1,5}(h|m|s)){1,4}$',
                },
                timeout: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  pattern: '^([0-9]{1,5}(h|m|s)){1,4}$',
                },
                failures: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 100,
                },
              },
              additionalProperties: false,
            },
            resources: {
              type: 'object',
              properties: {
                cpu: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
                memory: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
                ephemeralStorage: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
                extended: {
                  type: 'object',
                  maxProperties: 8,
                  additionalProperties: {
                    maxLength: 16,
                    type: ['integer', 'string'],
                  },
                },
                requests: {
                  type: 'object',
                  properties: {
                    cpu: {
                      maxLength: 32,
                      pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                      type: ['integer', 'string'],
                    },
                    memory: {
                      maxLength: 32,
                      pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                      type: ['integer', 'string'],
                    },
                  },
                  additionalProperties: false,
                },
              },
              additionalProperties: false,
            },
            accelerator: {
              type: 'object',
              required: ['count'],
              properties: {
                resource: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 128,
                  pattern:
                    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                },
                count: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 64,
                },
                product: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
                },
                profile: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 63,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                },
              },
              additionalProperties: false,
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
                      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                    },
                  },
                  additionalProperties: false,
                },
                volume: {
                  type: 'object',
                  properties: {
                    emptyDir: {
                      type: 'object',
                      properties: {
                        sizeLimit: {
                          maxLength: 32,
                          pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                          type: ['integer', 'string'],
                        },
                      },
                      additionalProperties: false,
                    },
                    ephemeral: {
                      type: 'object',
                      required: ['size'],
                      properties: {
                        size: {
                          maxLength: 32,
                          pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                          type: ['integer', 'string'],
                        },
                        storageClassName: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 253,
                          pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                        },
                      },
                      additionalProperties: false,
                    },
                    claimName: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                    },
                  },
                  additionalProperties: false,
                },
              },
              additionalProperties: false,
            },
            pod: {
              type: 'object',
              properties: {
                runAsUser: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 2147483647,
                },
                runAsGroup: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 2147483647,
                },
                fsGroup: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 2147483647,
                },
                serviceAccountName: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 253,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
                automountServiceAccountToken: {
                  type: 'boolean',
                },
                imagePullSecrets: {
                  type: 'array',
                  maxItems: 8,
                  items: {
                    type: 'object',
                    required: ['name'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                    },
                    additionalProperties: false,
                  },
                },
                nodeSelector: {
                  type: 'object',
                  maxProperties: 16,
                  additionalProperties: {
                    type: 'string',
                    maxLength: 63,
                  },
                },
                tolerations: {
                  type: 'array',
                  maxItems: 16,
                  items: {
                    type: 'object',
                    properties: {
                      key: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 317,
                        pattern:
                          '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
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
                        minimum: 0,
                        maximum: 31536000,
                      },
                    },
                    additionalProperties: false,
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
                              maxItems: 8,
                              items: {
                                type: 'object',
                                required: ['matchExpressions'],
                                properties: {
                                  matchExpressions: {
                                    type: 'array',
                                    maxItems: 8,
                                    items: {
                                      type: 'object',
                                      required: ['key', 'operator'],
                                      properties: {
                                        key: {
                                          type: 'string',
                                          minLength: 1,
                                          maxLength: 317,
                                          pattern:
                                            '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                                        },
                                        operator: {
                                          type: 'string',
                                          enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                        },
                                        values: {
                                          type: 'array',
                                          maxItems: 32,
                                          items: {
                                            type: 'string',
                                            maxLength: 63,
                                          },
                                        },
                                      },
                                      additionalProperties: false,
                                    },
                                  },
                                },
                                additionalProperties: false,
                              },
                            },
                          },
                          additionalProperties: false,
                        },
                        preferredDuringSchedulingIgnoredDuringExecution: {
                          type: 'array',
                          maxItems: 8,
                          items: {
                            type: 'object',
                            required: ['weight', 'preference'],
                            properties: {
                              weight: {
                                type: 'integer',
                                minimum: 1,
                                maximum: 100,
                              },
                              preference: {
                                type: 'object',
                                required: ['matchExpressions'],
                                properties: {
                                  matchExpressions: {
                                    type: 'array',
                                    maxItems: 8,
                                    items: {
                                      type: 'object',
                                      required: ['key', 'operator'],
                                      properties: {
                                        key: {
                                          type: 'string',
                                          minLength: 1,
                                          maxLength: 317,
                                          pattern:
                                            '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                                        },
                                        operator: {
                                          type: 'string',
                                          enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                        },
                                        values: {
                                          type: 'array',
                                          maxItems: 32,
                                          items: {
                                            type: 'string',
                                            maxLength: 63,
                                          },
                                        },
                                      },
                                      additionalProperties: false,
                                    },
                                  },
                                },
                                additionalProperties: false,
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                      },
                      additionalProperties: false,
                    },
                    podAffinity: {
                      type: 'object',
                      properties: {
                        requiredDuringSchedulingIgnoredDuringExecution: {
                          type: 'array',
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
                                  },
                                },
                                additionalProperties: false,
                              },
                              topologyKey: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 317,
                                pattern:
                                  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                        preferredDuringSchedulingIgnoredDuringExecution: {
                          type: 'array',
                          maxItems: 4,
                          items: {
                            type: 'object',
                            required: ['weight', 'podAffinityTerm'],
                            properties: {
                              weight: {
                                type: 'integer',
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
                                      },
                                    },
                                    additionalProperties: false,
                                  },
                                  topologyKey: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 317,
                                    pattern:
                                      '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                                  },
                                },
                                additionalProperties: false,
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                      },
                      additionalProperties: false,
                    },
                    podAntiAffinity: {
                      type: 'object',
                      properties: {
                        requiredDuringSchedulingIgnoredDuringExecution: {
                          type: 'array',
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
                                  },
                                },
                                additionalProperties: false,
                              },
                              topologyKey: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 317,
                                pattern:
                                  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                        preferredDuringSchedulingIgnoredDuringExecution: {
                          type: 'array',
                          maxItems: 4,
                          items: {
                            type: 'object',
                            required: ['weight', 'podAffinityTerm'],
                            properties: {
                              weight: {
                                type: 'integer',
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
                                      },
                                    },
                                    additionalProperties: false,
                                  },
                                  topologyKey: {
                                    type: 'string',
                                    minLength: 1,
                                    maxLength: 317,
                                    pattern:
                                      '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                                  },
                                },
                                additionalProperties: false,
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                  additionalProperties: false,
                },
                topologySpreadConstraints: {
                  type: 'array',
                  maxItems: 4,
                  items: {
                    type: 'object',
                    required: ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'],
                    properties: {
                      maxSkew: {
                        type: 'integer',
                        minimum: 1,
                        maximum: 64,
                      },
                      topologyKey: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 317,
                        pattern:
                          '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
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
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                    additionalProperties: false,
                  },
                },
                priorityClassName: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 253,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
                runtimeClassName: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 253,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
                schedulerName: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 253,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
                terminationGracePeriod: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
                },
                labels: {
                  type: 'object',
                  maxProperties: 32,
                  additionalProperties: {
                    type: 'string',
                    maxLength: 63,
                  },
                },
                annotations: {
                  type: 'object',
                  maxProperties: 32,
                  additionalProperties: {
                    type: 'string',
                    maxLength: 2048,
                  },
                },
                sharedMemory: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
                volumes: {
                  type: 'array',
                  maxItems: 16,
                  items: {
                    type: 'object',
                    required: ['name'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 63,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                      },
                      mountPath: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 256,
                        pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                      },
                      subPath: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 256,
                        pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
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
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                          },
                          items: {
                            type: 'array',
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
                                  pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                                },
                              },
                              additionalProperties: false,
                            },
                          },
                        },
                        additionalProperties: false,
                      },
                      secret: {
                        type: 'object',
                        required: ['secretName'],
                        properties: {
                          secretName: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 253,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                          },
                          items: {
                            type: 'array',
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
                                  pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                                },
                              },
                              additionalProperties: false,
                            },
                          },
                        },
                        additionalProperties: false,
                      },
                      emptyDir: {
                        type: 'object',
                        properties: {
                          sizeLimit: {
                            maxLength: 32,
                            pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                            type: ['integer', 'string'],
                          },
                          medium: {
                            type: 'string',
                            enum: ['Memory'],
                          },
                        },
                        additionalProperties: false,
                      },
                      claimName: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      ephemeral: {
                        type: 'object',
                        required: ['size'],
                        properties: {
                          size: {
                            maxLength: 32,
                            pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                            type: ['integer', 'string'],
                          },
                          storageClassName: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 253,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                          },
                        },
                        additionalProperties: false,
                      },
                      image: {
                        type: 'object',
                        required: ['reference'],
                        properties: {
                          reference: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 512,
                            pattern: '^[!-~]+$',
                          },
                        },
                        additionalProperties: false,
                      },
                      csi: {
                        type: 'object',
                        required: ['driver'],
                        properties: {
                          driver: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 253,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                          },
                          volumeAttributes: {
                            type: 'object',
                            maxProperties: 16,
                            additionalProperties: {
                              type: 'string',
                              maxLength: 1024,
                            },
                          },
                          nodePublishSecretRef: {
                            type: 'object',
                            required: ['name'],
                            properties: {
                              name: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 253,
                                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                    additionalProperties: false,
                  },
                },
                initContainers: {
                  type: 'array',
                  maxItems: 4,
                  items: {
                    type: 'object',
                    required: ['name', 'image'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 40,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                      },
                      image: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 512,
                        pattern:
                          '^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$',
                      },
                      command: {
                        type: 'array',
                        maxItems: 64,
                        items: {
                          type: 'string',
                          maxLength: 2048,
                        },
                      },
                      args: {
                        type: 'array',
                        maxItems: 64,
                        items: {
                          type: 'string',
                          maxLength: 2048,
                        },
                      },
                      env: {
                        type: 'array',
                        maxItems: 32,
                        items: {
                          type: 'object',
                          required: ['name'],
                          properties: {
                            name: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 128,
                              pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                                },
                                key: {
                                  type: 'string',
                                  minLength: 1,
                                  maxLength: 253,
                                  pattern: '^[-._A-Za-z0-9]+$',
                                },
                              },
                              additionalProperties: false,
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                      resources: {
                        type: 'object',
                        properties: {
                          cpu: {
                            maxLength: 32,
                            pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                            type: ['integer', 'string'],
                          },
                          memory: {
                            maxLength: 32,
                            pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                            type: ['integer', 'string'],
                          },
                        },
                        additionalProperties: false,
                      },
                      volumeMounts: {
                        type: 'array',
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
                              pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                            },
                            subPath: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 256,
                              pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                            },
                            readOnly: {
                              type: 'boolean',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                },
                sidecars: {
                  type: 'array',
                  maxItems: 4,
                  items: {
                    type: 'object',
                    required: ['name', 'image'],
                    properties: {
                      name: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 40,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                      },
                      image: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 512,
                        pattern:
                          '^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$',
                      },
                      command: {
                        type: 'array',
                        maxItems: 64,
                        items: {
                          type: 'string',
                          maxLength: 2048,
                        },
                      },
                      args: {
                        type: 'array',
                        maxItems: 64,
                        items: {
                          type: 'string',
                          maxLength: 2048,
                        },
                      },
                      env: {
                        type: 'array',
                        maxItems: 32,
                        items: {
                          type: 'object',
                          required: ['name'],
                          properties: {
                            name: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 128,
                              pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                                },
                                key: {
                                  type: 'string',
                                  minLength: 1,
                                  maxLength: 253,
                                  pattern: '^[-._A-Za-z0-9]+$',
                                },
                              },
                              additionalProperties: false,
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                      resources: {
                        type: 'object',
                        properties: {
                          cpu: {
                            maxLength: 32,
                            pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                            type: ['integer', 'string'],
                          },
                          memory: {
                            maxLength: 32,
                            pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                            type: ['integer', 'string'],
                          },
                        },
                        additionalProperties: false,
                      },
                      volumeMounts: {
                        type: 'array',
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
                              pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                            },
                            subPath: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 256,
                              pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                            },
                            readOnly: {
                              type: 'boolean',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        replicas: {
          type: 'integer',
          minimum: 0,
          maximum: 1000,
        },
        observe: {
          type: 'object',
          properties: {
            signals: {
              type: 'array',
              maxItems: 32,
              items: {
                type: 'object',
                required: ['name', 'from', 'pointer', 'type'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$',
                  },
                  from: {
                    type: 'string',
                    enum: ['Request', 'Response'],
                  },
                  pointer: {
                    type: 'string',
                    maxLength: 256,
                    pattern: '^(/([^/~]|~[01])*)*$',
                  },
                  type: {
                    type: 'string',
                    enum: ['Number', 'Category'],
                  },
                },
                additionalProperties: false,
              },
            },
            resources: {
              type: 'object',
              properties: {
                cpu: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
                memory: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        rollout: {
          type: 'object',
          properties: {
            minReady: {
              type: 'string',
              minLength: 1,
              maxLength: 28,
              pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
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
              pattern: '^[0-9a-f]{8}$',
            },
            promotedRevision: {
              type: 'string',
              minLength: 1,
              maxLength: 63,
              pattern: '^[0-9a-f]{8}$',
            },
            abortedRevision: {
              type: 'string',
              minLength: 1,
              maxLength: 63,
              pattern: '^[0-9a-f]{8}$',
            },
            retryAt: {
              type: 'string',
              maxLength: 40,
              pattern:
                '^20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+](0[0-9]|1[0-3]):[0-5][0-9]|[+]14:00|-(0[0-9]|1[01]):[0-5][0-9]|-12:00)$',
            },
            steps: {
              type: 'array',
              maxItems: 10,
              items: {
                type: 'object',
                required: ['weight', 'hold'],
                properties: {
                  weight: {
                    type: 'integer',
                    minimum: 1,
                    maximum: 99,
                  },
                  hold: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
                  },
                },
                additionalProperties: false,
              },
            },
            analysis: {
              type: 'array',
              maxItems: 8,
              items: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                  },
                  errors: {
                    type: 'object',
                    maxProperties: 0,
                    additionalProperties: false,
                  },
                  latency: {
                    type: 'object',
                    required: ['quantile'],
                    properties: {
                      quantile: {
                        type: 'number',
                        minimum: -999999999999999,
                        maximum: 999999999999999,
                      },
                      of: {
                        type: 'string',
                        enum: ['FirstByte', 'Whole'],
                      },
                    },
                    additionalProperties: false,
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
                    minimum: 1,
                    maximum: 1000000000,
                  },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    status: {
      type: 'object',
      properties: {
        observedGeneration: {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
        },
        conditions: {
          type: 'array',
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
                maxLength: 40,
              },
              observedGeneration: {
                type: 'integer',
                minimum: 0,
                maximum: 9007199254740991,
              },
            },
            additionalProperties: false,
          },
        },
        replicas: {
          type: 'integer',
          minimum: 0,
          maximum: 10000,
        },
        readyReplicas: {
          type: 'integer',
          minimum: 0,
          maximum: 10000,
        },
        reachedReplicas: {
          type: 'integer',
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
              pattern: '^(pvc|s3|gs|abfss|https|hf|oci)://',
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
              maxLength: 40,
            },
            steps: {
              type: 'array',
              maxItems: 10,
              items: {
                type: 'object',
                required: ['since'],
                properties: {
                  weight: {
                    type: 'integer',
                    minimum: 0,
                    maximum: 100,
                  },
                  since: {
                    type: 'string',
                    maxLength: 40,
                  },
                  until: {
                    type: 'string',
                    maxLength: 40,
                  },
                  values: {
                    type: 'array',
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
                          minimum: 0,
                          maximum: 9007199254740991,
                        },
                        sampledAt: {
                          type: 'string',
                          maxLength: 40,
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
        },
        outage: {
          type: 'object',
          required: ['since'],
          properties: {
            since: {
              type: 'string',
              maxLength: 40,
            },
          },
          additionalProperties: false,
        },
        lastOutage: {
          type: 'object',
          required: ['since', 'until', 'length'],
          properties: {
            since: {
              type: 'string',
              maxLength: 40,
            },
            until: {
              type: 'string',
              maxLength: 40,
            },
            length: {
              type: 'string',
              minLength: 1,
              maxLength: 28,
            },
          },
          additionalProperties: false,
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
              pattern: '^(pvc|s3|gs|abfss|https|hf|oci)://',
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
              maxLength: 40,
            },
            step: {
              type: 'integer',
              minimum: 0,
              maximum: 10,
            },
            weight: {
              type: 'integer',
              minimum: 0,
              maximum: 100,
            },
            weightSince: {
              type: 'string',
              maxLength: 40,
            },
            measuredSince: {
              type: 'string',
              maxLength: 40,
            },
            endsStable: {
              type: 'boolean',
            },
            aloneSince: {
              type: 'string',
              maxLength: 40,
            },
            name: {
              type: 'string',
              minLength: 1,
              maxLength: 127,
            },
            holdUntil: {
              type: 'string',
              maxLength: 40,
            },
            steps: {
              type: 'array',
              maxItems: 10,
              items: {
                type: 'object',
                required: ['since'],
                properties: {
                  weight: {
                    type: 'integer',
                    minimum: 0,
                    maximum: 100,
                  },
                  since: {
                    type: 'string',
                    maxLength: 40,
                  },
                  until: {
                    type: 'string',
                    maxLength: 40,
                  },
                  values: {
                    type: 'array',
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
                          minimum: 0,
                          maximum: 9007199254740991,
                        },
                        sampledAt: {
                          type: 'string',
                          maxLength: 40,
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
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
              pattern: '^(pvc|s3|gs|abfss|https|hf|oci)://',
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
              maxLength: 40,
            },
            steps: {
              type: 'array',
              maxItems: 10,
              items: {
                type: 'object',
                required: ['since'],
                properties: {
                  weight: {
                    type: 'integer',
                    minimum: 0,
                    maximum: 100,
                  },
                  since: {
                    type: 'string',
                    maxLength: 40,
                  },
                  until: {
                    type: 'string',
                    maxLength: 40,
                  },
                  values: {
                    type: 'array',
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
                          minimum: 0,
                          maximum: 9007199254740991,
                        },
                        sampledAt: {
                          type: 'string',
                          maxLength: 40,
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
        },
        weight: {
          type: 'integer',
          minimum: 0,
          maximum: 100,
        },
        rejected: {
          type: 'array',
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
                maxLength: 40,
              },
            },
            additionalProperties: false,
          },
        },
        url: {
          type: 'string',
          minLength: 1,
          maxLength: 256,
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

export const modelVersionSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  properties: {
    apiVersion: {
      type: 'string',
      enum: ['flyball.dev/v1alpha1'],
    },
    kind: {
      type: 'string',
      enum: ['ModelVersion'],
    },
    metadata: {
      type: 'object',
    },
    spec: {
      type: 'object',
      required: ['number', 'trainingRun', 'attemptUID', 'recipeDigest', 'trigger', 'coversUntil', 'metrics', 'image'],
      properties: {
        number: {
          type: 'integer',
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
              maxLength: 40,
            },
          },
          additionalProperties: false,
        },
        coversUntil: {
          type: 'string',
          maxLength: 40,
        },
        uri: {
          type: 'string',
          minLength: 1,
          maxLength: 512,
          pattern: '^(pvc|s3|gs|abfss|https|hf|oci)://',
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
          additionalProperties: {
            type: 'string',
            minLength: 1,
            maxLength: 32,
          },
        },
        profile: {
          type: 'object',
          maxProperties: 32,
          additionalProperties: {
            type: 'object',
            properties: {
              edges: {
                type: 'array',
                maxItems: 9,
                minItems: 9,
                items: {
                  maxLength: 32,
                  pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$',
                  type: ['integer', 'string'],
                },
              },
              categories: {
                type: 'object',
                maxProperties: 13,
                additionalProperties: {
                  maxLength: 32,
                  pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$',
                  type: ['integer', 'string'],
                },
              },
            },
            additionalProperties: false,
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
          maxItems: 64,
          items: {
            type: 'string',
            maxLength: 2048,
          },
        },
        args: {
          type: 'array',
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
        },
        env: {
          type: 'array',
          maxItems: 64,
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                  key: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[-._A-Za-z0-9]+$',
                  },
                },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
        },
        envFrom: {
          type: 'array',
          maxItems: 8,
          items: {
            type: 'object',
            properties: {
              prefix: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              configMapRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                },
                additionalProperties: false,
              },
              secretRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
        },
        resources: {
          type: 'object',
          properties: {
            cpu: {
              maxLength: 32,
              pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
              type: ['integer', 'string'],
            },
            memory: {
              maxLength: 32,
              pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
              type: ['integer', 'string'],
            },
            ephemeralStorage: {
              maxLength: 32,
              pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
              type: ['integer', 'string'],
            },
            extended: {
              type: 'object',
              maxProperties: 8,
              additionalProperties: {
                maxLength: 16,
                type: ['integer', 'string'],
              },
            },
            requests: {
              type: 'object',
              properties: {
                cpu: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
                memory: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        accelerator: {
          type: 'object',
          required: ['count'],
          properties: {
            resource: {
              type: 'string',
              minLength: 1,
              maxLength: 128,
              pattern:
                '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
            },
            count: {
              type: 'integer',
              minimum: 1,
              maximum: 64,
            },
            product: {
              type: 'string',
              minLength: 1,
              maxLength: 63,
              pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
            },
            profile: {
              type: 'string',
              minLength: 1,
              maxLength: 63,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
            },
          },
          additionalProperties: false,
        },
        nodes: {
          type: 'integer',
          minimum: 2,
          maximum: 64,
        },
        rendezvous: {
          type: 'string',
          enum: ['JAX'],
        },
        checkpoint: {
          type: 'object',
          properties: {
            claimName: {
              type: 'string',
              minLength: 1,
              maxLength: 253,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
            },
            uri: {
              type: 'string',
              minLength: 1,
              maxLength: 512,
              pattern: '^(pvc|s3|gs|abfss)://',
            },
          },
          additionalProperties: false,
        },
        results: {
          type: 'object',
          properties: {
            path: {
              type: 'string',
              minLength: 1,
              maxLength: 256,
              pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
            },
            format: {
              type: 'string',
              enum: ['Document', 'Metrics'],
            },
          },
          additionalProperties: false,
        },
        pod: {
          type: 'object',
          properties: {
            volumes: {
              type: 'array',
              maxItems: 16,
              items: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                  },
                  mountPath: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 256,
                    pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                  },
                  subPath: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 256,
                    pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
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
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      items: {
                        type: 'array',
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
                              pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                  secret: {
                    type: 'object',
                    required: ['secretName'],
                    properties: {
                      secretName: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      items: {
                        type: 'array',
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
                              pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                  emptyDir: {
                    type: 'object',
                    properties: {
                      sizeLimit: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                      medium: {
                        type: 'string',
                        enum: ['Memory'],
                      },
                    },
                    additionalProperties: false,
                  },
                  claimName: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                  ephemeral: {
                    type: 'object',
                    required: ['size'],
                    properties: {
                      size: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                      storageClassName: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                    },
                    additionalProperties: false,
                  },
                  image: {
                    type: 'object',
                    required: ['reference'],
                    properties: {
                      reference: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 512,
                        pattern: '^[!-~]+$',
                      },
                    },
                    additionalProperties: false,
                  },
                  csi: {
                    type: 'object',
                    required: ['driver'],
                    properties: {
                      driver: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      volumeAttributes: {
                        type: 'object',
                        maxProperties: 16,
                        additionalProperties: {
                          type: 'string',
                          maxLength: 1024,
                        },
                      },
                      nodePublishSecretRef: {
                        type: 'object',
                        required: ['name'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 253,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                    additionalProperties: false,
                  },
                },
                additionalProperties: false,
              },
            },
            initContainers: {
              type: 'array',
              maxItems: 4,
              items: {
                type: 'object',
                required: ['name', 'image'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 40,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                  },
                  image: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 512,
                    pattern:
                      '^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$',
                  },
                  command: {
                    type: 'array',
                    maxItems: 64,
                    items: {
                      type: 'string',
                      maxLength: 2048,
                    },
                  },
                  args: {
                    type: 'array',
                    maxItems: 64,
                    items: {
                      type: 'string',
                      maxLength: 2048,
                    },
                  },
                  env: {
                    type: 'array',
                    maxItems: 32,
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 128,
                          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                            },
                            key: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              pattern: '^[-._A-Za-z0-9]+$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                  resources: {
                    type: 'object',
                    properties: {
                      cpu: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                      memory: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                    },
                    additionalProperties: false,
                  },
                  volumeMounts: {
                    type: 'array',
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
                          pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                        },
                        subPath: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 256,
                          pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                        },
                        readOnly: {
                          type: 'boolean',
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
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
              minimum: 1,
              maximum: 64,
            },
          },
          additionalProperties: false,
        },
        source: {
          type: 'object',
          required: ['repository', 'revision'],
          properties: {
            repository: {
              type: 'string',
              minLength: 1,
              maxLength: 512,
              pattern: '^[!-~]+$',
            },
            revision: {
              type: 'string',
              minLength: 1,
              maxLength: 256,
              pattern: '^[!-~]+$',
            },
          },
          additionalProperties: false,
        },
        datasets: {
          type: 'array',
          maxItems: 16,
          items: {
            type: 'object',
            required: ['name', 'uri'],
            properties: {
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 40,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                pattern: '^(pvc|s3|gs|abfss|https|hf|oci)://',
              },
              digest: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
            },
            additionalProperties: false,
          },
        },
        parameters: {
          type: 'object',
          maxProperties: 64,
          additionalProperties: {
            type: 'string',
            maxLength: 1024,
          },
        },
        seed: {
          type: 'integer',
          minimum: 0,
          maximum: 4294967295,
        },
        gate: {
          type: 'array',
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
            additionalProperties: false,
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
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

export const monitorSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  properties: {
    apiVersion: {
      type: 'string',
      enum: ['flyball.dev/v1alpha1'],
    },
    kind: {
      type: 'string',
      enum: ['Monitor'],
    },
    metadata: {
      type: 'object',
    },
    spec: {
      type: 'object',
      required: ['modelDeploymentRef', 'checks'],
      properties: {
        modelDeploymentRef: {
          type: 'object',
          required: ['name'],
          properties: {
            name: {
              type: 'string',
              minLength: 1,
              maxLength: 40,
              pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
            },
          },
          additionalProperties: false,
        },
        interval: {
          type: 'string',
          minLength: 1,
          maxLength: 28,
          pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
        },
        checks: {
          type: 'array',
          maxItems: 16,
          minItems: 1,
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              latency: {
                type: 'object',
                required: ['quantile'],
                properties: {
                  quantile: {
                    type: 'number',
                    minimum: -999999999999999,
                    maximum: 999999999999999,
                  },
                  of: {
                    type: 'string',
                    enum: ['FirstByte', 'Whole'],
                  },
                },
                additionalProperties: false,
              },
              errors: {
                type: 'object',
                maxProperties: 0,
                additionalProperties: false,
              },
              drift: {
                type: 'object',
                required: ['signal', 'test', 'window'],
                properties: {
                  signal: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$',
                  },
                  test: {
                    type: 'string',
                    enum: ['PSI'],
                  },
                  window: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 28,
                    pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
                  },
                  maxSkipped: {
                    type: 'number',
                    minimum: -999999999999999,
                    maximum: 999999999999999,
                  },
                },
                additionalProperties: false,
              },
              query: {
                type: 'object',
                required: ['source', 'expr'],
                properties: {
                  source: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                  },
                  expr: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 2048,
                  },
                },
                additionalProperties: false,
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
                pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
              },
              minSamples: {
                type: 'integer',
                minimum: 1,
                maximum: 1000000000,
              },
              window: {
                type: 'string',
                minLength: 1,
                maxLength: 28,
                pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
              },
            },
            additionalProperties: false,
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
                  pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
                },
              },
              additionalProperties: false,
            },
            onChecks: {
              type: 'array',
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
              pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
            },
            limit: {
              type: 'object',
              required: ['count', 'per'],
              properties: {
                count: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 50,
                },
                per: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 28,
                  pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
                },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        rollback: {
          type: 'object',
          required: ['onChecks'],
          properties: {
            onChecks: {
              type: 'array',
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
              pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
            },
          },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    status: {
      type: 'object',
      properties: {
        observedGeneration: {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
        },
        conditions: {
          type: 'array',
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
                maxLength: 40,
              },
              observedGeneration: {
                type: 'integer',
                minimum: 0,
                maximum: 9007199254740991,
              },
            },
            additionalProperties: false,
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
                maxLength: 40,
              },
              value: {
                type: 'string',
                minLength: 1,
                maxLength: 32,
              },
              samples: {
                type: 'integer',
                minimum: 0,
                maximum: 9007199254740991,
              },
              sampledAt: {
                type: 'string',
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
            additionalProperties: false,
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
              maxLength: 40,
            },
          },
          additionalProperties: false,
        },
        retrainings: {
          type: 'array',
          maxItems: 50,
          items: {
            type: 'string',
            maxLength: 40,
          },
        },
        lastRetrain: {
          type: 'string',
          maxLength: 40,
        },
        rejections: {
          type: 'array',
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
                maxLength: 40,
              },
              message: {
                type: 'string',
                maxLength: 1024,
              },
            },
            additionalProperties: false,
          },
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

export const trainingRunSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  properties: {
    apiVersion: {
      type: 'string',
      enum: ['flyball.dev/v1alpha1'],
    },
    kind: {
      type: 'string',
      enum: ['TrainingRun'],
    },
    metadata: {
      type: 'object',
    },
    spec: {
      type: 'object',
      required: ['image'],
      properties: {
        image: {
          type: 'string',
          minLength: 1,
          maxLength: 512,
          pattern:
            '^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$',
        },
        command: {
          type: 'array',
          maxItems: 64,
          items: {
            type: 'string',
            maxLength: 2048,
          },
        },
        args: {
          type: 'array',
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
        },
        env: {
          type: 'array',
          maxItems: 64,
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                  key: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[-._A-Za-z0-9]+$',
                  },
                },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
        },
        envFrom: {
          type: 'array',
          maxItems: 8,
          items: {
            type: 'object',
            properties: {
              prefix: {
                type: 'string',
                minLength: 1,
                maxLength: 64,
              },
              configMapRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                },
                additionalProperties: false,
              },
              secretRef: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
        },
        resources: {
          type: 'object',
          properties: {
            cpu: {
              maxLength: 32,
              pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
              type: ['integer', 'string'],
            },
            memory: {
              maxLength: 32,
              pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
              type: ['integer', 'string'],
            },
            ephemeralStorage: {
              maxLength: 32,
              pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
              type: ['integer', 'string'],
            },
            extended: {
              type: 'object',
              maxProperties: 8,
              additionalProperties: {
                maxLength: 16,
                type: ['integer', 'string'],
              },
            },
            requests: {
              type: 'object',
              properties: {
                cpu: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
                memory: {
                  maxLength: 32,
                  pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                  type: ['integer', 'string'],
                },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        accelerator: {
          type: 'object',
          required: ['count'],
          properties: {
            resource: {
              type: 'string',
              minLength: 1,
              maxLength: 128,
              pattern:
                '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
            },
            count: {
              type: 'integer',
              minimum: 1,
              maximum: 64,
            },
            product: {
              type: 'string',
              minLength: 1,
              maxLength: 63,
              pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
            },
            profile: {
              type: 'string',
              minLength: 1,
              maxLength: 63,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
            },
          },
          additionalProperties: false,
        },
        nodes: {
          type: 'integer',
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
          pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
        },
        source: {
          type: 'object',
          required: ['repository', 'revision'],
          properties: {
            repository: {
              type: 'string',
              minLength: 1,
              maxLength: 512,
              pattern: '^[!-~]+$',
            },
            revision: {
              type: 'string',
              minLength: 1,
              maxLength: 256,
              pattern: '^[!-~]+$',
            },
          },
          additionalProperties: false,
        },
        datasets: {
          type: 'array',
          maxItems: 16,
          items: {
            type: 'object',
            required: ['name', 'uri'],
            properties: {
              name: {
                type: 'string',
                minLength: 1,
                maxLength: 40,
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              },
              uri: {
                type: 'string',
                minLength: 1,
                maxLength: 512,
                pattern: '^(pvc|s3|gs|abfss|https|hf|oci)://',
              },
              digest: {
                type: 'string',
                minLength: 1,
                maxLength: 128,
                pattern: '^sha256:[0-9a-f]{64}$',
              },
            },
            additionalProperties: false,
          },
        },
        parameters: {
          type: 'object',
          maxProperties: 64,
          additionalProperties: {
            type: 'string',
            maxLength: 1024,
          },
        },
        seed: {
          type: 'integer',
          minimum: 0,
          maximum: 4294967295,
        },
        checkpoint: {
          type: 'object',
          properties: {
            claimName: {
              type: 'string',
              minLength: 1,
              maxLength: 253,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
            },
            uri: {
              type: 'string',
              minLength: 1,
              maxLength: 512,
              pattern: '^(pvc|s3|gs|abfss)://',
            },
          },
          additionalProperties: false,
        },
        output: {
          type: 'object',
          required: ['uri'],
          properties: {
            uri: {
              type: 'string',
              minLength: 1,
              maxLength: 512,
              pattern: '^(pvc|s3|gs|abfss)://',
            },
            by: {
              type: 'string',
              enum: ['Operator', 'Container'],
            },
          },
          additionalProperties: false,
        },
        results: {
          type: 'object',
          properties: {
            path: {
              type: 'string',
              minLength: 1,
              maxLength: 256,
              pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
            },
            format: {
              type: 'string',
              enum: ['Document', 'Metrics'],
            },
          },
          additionalProperties: false,
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
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
              },
              additionalProperties: false,
            },
            volume: {
              type: 'object',
              properties: {
                emptyDir: {
                  type: 'object',
                  properties: {
                    sizeLimit: {
                      maxLength: 32,
                      pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                      type: ['integer', 'string'],
                    },
                  },
                  additionalProperties: false,
                },
                ephemeral: {
                  type: 'object',
                  required: ['size'],
                  properties: {
                    size: {
                      maxLength: 32,
                      pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                      type: ['integer', 'string'],
                    },
                    storageClassName: {
                      type: 'string',
                      minLength: 1,
                      maxLength: 253,
                      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                    },
                  },
                  additionalProperties: false,
                },
                claimName: {
                  type: 'string',
                  minLength: 1,
                  maxLength: 253,
                  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        pod: {
          type: 'object',
          properties: {
            runAsUser: {
              type: 'integer',
              minimum: 1,
              maximum: 2147483647,
            },
            runAsGroup: {
              type: 'integer',
              minimum: 1,
              maximum: 2147483647,
            },
            fsGroup: {
              type: 'integer',
              minimum: 1,
              maximum: 2147483647,
            },
            serviceAccountName: {
              type: 'string',
              minLength: 1,
              maxLength: 253,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
            },
            automountServiceAccountToken: {
              type: 'boolean',
            },
            imagePullSecrets: {
              type: 'array',
              maxItems: 8,
              items: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                },
                additionalProperties: false,
              },
            },
            nodeSelector: {
              type: 'object',
              maxProperties: 16,
              additionalProperties: {
                type: 'string',
                maxLength: 63,
              },
            },
            tolerations: {
              type: 'array',
              maxItems: 16,
              items: {
                type: 'object',
                properties: {
                  key: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 317,
                    pattern:
                      '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
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
                    minimum: 0,
                    maximum: 31536000,
                  },
                },
                additionalProperties: false,
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
                          maxItems: 8,
                          items: {
                            type: 'object',
                            required: ['matchExpressions'],
                            properties: {
                              matchExpressions: {
                                type: 'array',
                                maxItems: 8,
                                items: {
                                  type: 'object',
                                  required: ['key', 'operator'],
                                  properties: {
                                    key: {
                                      type: 'string',
                                      minLength: 1,
                                      maxLength: 317,
                                      pattern:
                                        '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                                    },
                                    operator: {
                                      type: 'string',
                                      enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                    },
                                    values: {
                                      type: 'array',
                                      maxItems: 32,
                                      items: {
                                        type: 'string',
                                        maxLength: 63,
                                      },
                                    },
                                  },
                                  additionalProperties: false,
                                },
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                      },
                      additionalProperties: false,
                    },
                    preferredDuringSchedulingIgnoredDuringExecution: {
                      type: 'array',
                      maxItems: 8,
                      items: {
                        type: 'object',
                        required: ['weight', 'preference'],
                        properties: {
                          weight: {
                            type: 'integer',
                            minimum: 1,
                            maximum: 100,
                          },
                          preference: {
                            type: 'object',
                            required: ['matchExpressions'],
                            properties: {
                              matchExpressions: {
                                type: 'array',
                                maxItems: 8,
                                items: {
                                  type: 'object',
                                  required: ['key', 'operator'],
                                  properties: {
                                    key: {
                                      type: 'string',
                                      minLength: 1,
                                      maxLength: 317,
                                      pattern:
                                        '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                                    },
                                    operator: {
                                      type: 'string',
                                      enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
                                    },
                                    values: {
                                      type: 'array',
                                      maxItems: 32,
                                      items: {
                                        type: 'string',
                                        maxLength: 63,
                                      },
                                    },
                                  },
                                  additionalProperties: false,
                                },
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                  },
                  additionalProperties: false,
                },
                podAffinity: {
                  type: 'object',
                  properties: {
                    requiredDuringSchedulingIgnoredDuringExecution: {
                      type: 'array',
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
                              },
                            },
                            additionalProperties: false,
                          },
                          topologyKey: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 317,
                            pattern:
                              '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                    preferredDuringSchedulingIgnoredDuringExecution: {
                      type: 'array',
                      maxItems: 4,
                      items: {
                        type: 'object',
                        required: ['weight', 'podAffinityTerm'],
                        properties: {
                          weight: {
                            type: 'integer',
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
                                  },
                                },
                                additionalProperties: false,
                              },
                              topologyKey: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 317,
                                pattern:
                                  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                  },
                  additionalProperties: false,
                },
                podAntiAffinity: {
                  type: 'object',
                  properties: {
                    requiredDuringSchedulingIgnoredDuringExecution: {
                      type: 'array',
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
                              },
                            },
                            additionalProperties: false,
                          },
                          topologyKey: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 317,
                            pattern:
                              '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                    preferredDuringSchedulingIgnoredDuringExecution: {
                      type: 'array',
                      maxItems: 4,
                      items: {
                        type: 'object',
                        required: ['weight', 'podAffinityTerm'],
                        properties: {
                          weight: {
                            type: 'integer',
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
                                  },
                                },
                                additionalProperties: false,
                              },
                              topologyKey: {
                                type: 'string',
                                minLength: 1,
                                maxLength: 317,
                                pattern:
                                  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
                              },
                            },
                            additionalProperties: false,
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                  },
                  additionalProperties: false,
                },
              },
              additionalProperties: false,
            },
            topologySpreadConstraints: {
              type: 'array',
              maxItems: 4,
              items: {
                type: 'object',
                required: ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'],
                properties: {
                  maxSkew: {
                    type: 'integer',
                    minimum: 1,
                    maximum: 64,
                  },
                  topologyKey: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 317,
                    pattern:
                      '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
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
                      },
                    },
                    additionalProperties: false,
                  },
                },
                additionalProperties: false,
              },
            },
            priorityClassName: {
              type: 'string',
              minLength: 1,
              maxLength: 253,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
            },
            runtimeClassName: {
              type: 'string',
              minLength: 1,
              maxLength: 253,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
            },
            schedulerName: {
              type: 'string',
              minLength: 1,
              maxLength: 253,
              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
            },
            terminationGracePeriod: {
              type: 'string',
              minLength: 1,
              maxLength: 28,
              pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
            },
            labels: {
              type: 'object',
              maxProperties: 32,
              additionalProperties: {
                type: 'string',
                maxLength: 63,
              },
            },
            annotations: {
              type: 'object',
              maxProperties: 32,
              additionalProperties: {
                type: 'string',
                maxLength: 2048,
              },
            },
            sharedMemory: {
              maxLength: 32,
              pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
              type: ['integer', 'string'],
            },
            volumes: {
              type: 'array',
              maxItems: 16,
              items: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 63,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                  },
                  mountPath: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 256,
                    pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                  },
                  subPath: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 256,
                    pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
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
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      items: {
                        type: 'array',
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
                              pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                  secret: {
                    type: 'object',
                    required: ['secretName'],
                    properties: {
                      secretName: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      items: {
                        type: 'array',
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
                              pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                  emptyDir: {
                    type: 'object',
                    properties: {
                      sizeLimit: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                      medium: {
                        type: 'string',
                        enum: ['Memory'],
                      },
                    },
                    additionalProperties: false,
                  },
                  claimName: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 253,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                  },
                  ephemeral: {
                    type: 'object',
                    required: ['size'],
                    properties: {
                      size: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                      storageClassName: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                    },
                    additionalProperties: false,
                  },
                  image: {
                    type: 'object',
                    required: ['reference'],
                    properties: {
                      reference: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 512,
                        pattern: '^[!-~]+$',
                      },
                    },
                    additionalProperties: false,
                  },
                  csi: {
                    type: 'object',
                    required: ['driver'],
                    properties: {
                      driver: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 253,
                        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                      },
                      volumeAttributes: {
                        type: 'object',
                        maxProperties: 16,
                        additionalProperties: {
                          type: 'string',
                          maxLength: 1024,
                        },
                      },
                      nodePublishSecretRef: {
                        type: 'object',
                        required: ['name'],
                        properties: {
                          name: {
                            type: 'string',
                            minLength: 1,
                            maxLength: 253,
                            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                          },
                        },
                        additionalProperties: false,
                      },
                    },
                    additionalProperties: false,
                  },
                },
                additionalProperties: false,
              },
            },
            initContainers: {
              type: 'array',
              maxItems: 4,
              items: {
                type: 'object',
                required: ['name', 'image'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 40,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                  },
                  image: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 512,
                    pattern:
                      '^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$',
                  },
                  command: {
                    type: 'array',
                    maxItems: 64,
                    items: {
                      type: 'string',
                      maxLength: 2048,
                    },
                  },
                  args: {
                    type: 'array',
                    maxItems: 64,
                    items: {
                      type: 'string',
                      maxLength: 2048,
                    },
                  },
                  env: {
                    type: 'array',
                    maxItems: 32,
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 128,
                          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                            },
                            key: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              pattern: '^[-._A-Za-z0-9]+$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                  resources: {
                    type: 'object',
                    properties: {
                      cpu: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                      memory: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                    },
                    additionalProperties: false,
                  },
                  volumeMounts: {
                    type: 'array',
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
                          pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                        },
                        subPath: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 256,
                          pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                        },
                        readOnly: {
                          type: 'boolean',
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                },
                additionalProperties: false,
              },
            },
            sidecars: {
              type: 'array',
              maxItems: 4,
              items: {
                type: 'object',
                required: ['name', 'image'],
                properties: {
                  name: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 40,
                    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
                  },
                  image: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 512,
                    pattern:
                      '^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?)/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$',
                  },
                  command: {
                    type: 'array',
                    maxItems: 64,
                    items: {
                      type: 'string',
                      maxLength: 2048,
                    },
                  },
                  args: {
                    type: 'array',
                    maxItems: 64,
                    items: {
                      type: 'string',
                      maxLength: 2048,
                    },
                  },
                  env: {
                    type: 'array',
                    maxItems: 32,
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 128,
                          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
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
                              pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
                            },
                            key: {
                              type: 'string',
                              minLength: 1,
                              maxLength: 253,
                              pattern: '^[-._A-Za-z0-9]+$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                  resources: {
                    type: 'object',
                    properties: {
                      cpu: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                      memory: {
                        maxLength: 32,
                        pattern: '^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
                        type: ['integer', 'string'],
                      },
                    },
                    additionalProperties: false,
                  },
                  volumeMounts: {
                    type: 'array',
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
                          pattern: '^(/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*|/[.][A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$',
                        },
                        subPath: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 256,
                          pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*$',
                        },
                        readOnly: {
                          type: 'boolean',
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
        },
        retry: {
          type: 'object',
          properties: {
            limit: {
              type: 'integer',
              minimum: 0,
              maximum: 10,
            },
          },
          additionalProperties: false,
        },
        timeout: {
          type: 'string',
          minLength: 1,
          maxLength: 28,
          pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
        },
        gate: {
          type: 'array',
          maxItems: 16,
          items: {
            type: 'object',
            required: ['metric'],
            properties: {
              metric: {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                pattern: '^[A-Za-z_][A-Za-z0-9_./@-]*$',
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
              },
              maxIncrease: {
                type: 'number',
                minimum: -999999999999999,
                maximum: 999999999999999,
              },
            },
            additionalProperties: false,
          },
        },
        schedule: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          pattern: '^(@(hourly|daily|weekly|monthly|yearly)|[-0-9A-Za-z*/,]+( [-0-9A-Za-z*/,]+){4})$',
        },
        timeZone: {
          type: 'string',
          minLength: 1,
          maxLength: 64,
        },
        rerunAt: {
          type: 'string',
          maxLength: 40,
          pattern:
            '^20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+](0[0-9]|1[0-3]):[0-5][0-9]|[+]14:00|-(0[0-9]|1[01]):[0-5][0-9]|-12:00)$',
        },
        suspend: {
          type: 'boolean',
        },
        attemptHistoryLimit: {
          type: 'integer',
          minimum: 1,
          maximum: 20,
        },
      },
      additionalProperties: false,
    },
    status: {
      type: 'object',
      properties: {
        observedGeneration: {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
        },
        conditions: {
          type: 'array',
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
                maxLength: 40,
              },
              observedGeneration: {
                type: 'integer',
                minimum: 0,
                maximum: 9007199254740991,
              },
            },
            additionalProperties: false,
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
          additionalProperties: false,
        },
        versions: {
          type: 'array',
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
            additionalProperties: false,
          },
        },
        metric: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
        },
        nextAttemptTime: {
          type: 'string',
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
              maxLength: 40,
            },
            paused: {
              type: 'boolean',
            },
          },
          additionalProperties: false,
        },
        attempts: {
          type: 'array',
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
                    maxLength: 40,
                  },
                },
                additionalProperties: false,
              },
              coversUntil: {
                type: 'string',
                maxLength: 40,
              },
              startTime: {
                type: 'string',
                maxLength: 40,
              },
              endTime: {
                type: 'string',
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
                      maxItems: 64,
                      items: {
                        type: 'integer',
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
                          minimum: 0,
                          maximum: 99999,
                        },
                        until: {
                          type: 'string',
                          maxLength: 40,
                        },
                        placed: {
                          type: 'integer',
                          minimum: 1,
                          maximum: 64,
                        },
                        nodes: {
                          type: 'integer',
                          minimum: 2,
                          maximum: 64,
                        },
                        waitsFor: {
                          type: 'string',
                          minLength: 1,
                          maxLength: 256,
                        },
                      },
                      additionalProperties: false,
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
                      maxLength: 40,
                    },
                    endTime: {
                      type: 'string',
                      maxLength: 40,
                    },
                  },
                  additionalProperties: false,
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
                  additionalProperties: false,
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
            additionalProperties: false,
          },
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};
