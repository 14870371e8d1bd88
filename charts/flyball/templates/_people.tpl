{{/*
What people of a team do, as rules of their roles; each has the name by which templates/people.yaml gives it to roles.
docs/roles.md says the same as a table, and a test holds both to an API server.
*/}}

{{/* Looking at what is trained, registered, served and watched. */}}
{{- define "flyball.may.look" -}}
- apiGroups: [flyball.dev]
  resources: [trainingruns, modelversions, modeldeployments, modeldeployments/scale, monitors]
  verbs: [get, list, watch]
{{- end -}}

{{/* Finding out why it is so: what `kubectl flyball get` and `why` read of a namespace, but for logs. */}}
{{- define "flyball.may.diagnose" -}}
- apiGroups: ['']
  resources: [pods, services, events, persistentvolumeclaims, resourcequotas]
  verbs: [get, list, watch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch]
- apiGroups: [apps]
  resources: [deployments, replicasets]
  verbs: [get, list, watch]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch]
{{- end -}}

{{/* What of it no namespace has. Takes effect where the role is bound by a ClusterRoleBinding. */}}
{{- define "flyball.may.seeCluster" -}}
- apiGroups: ['']
  resources: [nodes]
  verbs: [get, list, watch]
- apiGroups: [storage.k8s.io]
  resources: [storageclasses]
  verbs: [get, list, watch]
- apiGroups: [node.k8s.io]
  resources: [runtimeclasses]
  verbs: [get, list, watch]
- apiGroups: [scheduling.k8s.io]
  resources: [priorityclasses]
  verbs: [get, list, watch]
{{- end -}}

{{- define "flyball.may.readLogs" -}}
- apiGroups: ['']
  resources: [pods/log]
  verbs: [get]
{{- end -}}

{{- define "flyball.may.ask" -}}
- apiGroups: ['']
  resources: [pods/portforward]
  verbs: [get, create]
{{- end -}}

{{- define "flyball.may.train" -}}
- apiGroups: [flyball.dev]
  resources: [trainingruns]
  verbs: [create, update, patch, delete]
{{- end -}}

{{/* Naming new data in a recipe that there is, and having it trained again. RBAC knows no fields: all of the spec can be edited. */}}
{{- define "flyball.may.renewData" -}}
- apiGroups: [flyball.dev]
  resources: [trainingruns]
  verbs: [update, patch]
{{- end -}}

{{- define "flyball.may.keepClaims" -}}
- apiGroups: ['']
  resources: [persistentvolumeclaims]
  verbs: [create, update, patch, delete]
{{- end -}}

{{/* Without delete: who may delete a deployment and make it again need not ask for approval, since its memory goes with it. */}}
{{- define "flyball.may.serve" -}}
- apiGroups: [flyball.dev]
  resources: [modeldeployments]
  verbs: [create, update, patch]
- apiGroups: [flyball.dev]
  resources: [modeldeployments/scale]
  verbs: [update, patch]
{{- end -}}

{{/* Writing approvedRevision takes patch beside the verb approve. */}}
{{- define "flyball.may.approve" -}}
- apiGroups: [flyball.dev]
  resources: [modeldeployments]
  verbs: [approve, update, patch]
{{- end -}}

{{- define "flyball.may.remove" -}}
- apiGroups: [flyball.dev]
  resources: [modeldeployments, modelversions]
  verbs: [delete]
{{- end -}}

{{- define "flyball.may.watch" -}}
- apiGroups: [flyball.dev]
  resources: [monitors]
  verbs: [create, update, patch, delete]
{{- end -}}

{{- define "flyball.may.keepSecrets" -}}
- apiGroups: ['']
  resources: [secrets, configmaps]
  verbs: [get, list, watch, create, update, patch, delete]
{{- end -}}

{{/* Whoever makes workloads himself is refused no option of pods: see SECURITY.md. */}}
{{- define "flyball.may.makeWorkloads" -}}
- apiGroups: [batch]
  resources: [jobs]
  verbs: [create, update, patch, delete]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [create, update, patch, delete]
{{- end -}}
