{{/* What the policies on provenance, and that on the operator's account, have in common. */}}

{{/* The operator's own user name. */}}
{{- define "flyball.operator" -}}
system:serviceaccount:{{ .Release.Namespace }}:{{ include "flyball.serviceAccountName" . }}
{{- end -}}

{{/*
The accounts of a controller of kube-controller-manager, as a list in CEL. Where each controller has an account of its own (kubeadm
and what derives from it, k3s, the large clouds) it is the first; else all of them share the second.
*/}}
{{- define "flyball.controller" -}}
{{- $accounts := list (printf "system:serviceaccount:kube-system:%s" .controller) "system:kube-controller-manager" -}}
[{{ range $index, $account := concat $accounts .root.Values.admission.provenance.controllers }}{{ if $index }}, {{ end }}'{{ $account }}'{{ end }}]
{{- end -}}

{{/* The labels of Flyball, but for managed-by, which others set too: those of src/api/labels.ts. */}}
{{- define "flyball.ownLabels" -}}
[training-run, attempt, stage, model-deployment, revision]
{{- end -}}

{{/* Whether the variable `key` is the key of a label or an annotation of Flyball's. */}}
{{- define "flyball.ourKey" -}}
(key == 'app.kubernetes.io/managed-by' || key.startsWith('flyball.dev/'))
{{- end -}}

{{/* The keys under which two maps differ, of those of Flyball and of those that `also` tells, as a list in CEL. */}}
{{- define "flyball.changedKeys" -}}
{{- $key := include "flyball.ourKey" . -}}
{{- with .also }}{{ $key = printf "(%s || %s)" $key . }}{{ end -}}
({{ .now }}.filter(key, {{ $key }} && (!(key in {{ .before }}) || {{ .before }}[key] != {{ .now }}[key]))
+ {{ .before }}.filter(key, {{ $key }} && !(key in {{ .now }})))
{{- end -}}

{{/*
What a refused change should have been: the command that edits the object from which Flyball makes this one, by its labels.
Needs the variable `owner`.
*/}}
{{- define "flyball.ownerVariable" -}}
- name: owner
  expression: >-
    'flyball.dev/training-run' in variables.known ? 'trainingruns.flyball.dev ' + variables.known['flyball.dev/training-run']
    : 'flyball.dev/model-deployment' in variables.known
    ? 'modeldeployments.flyball.dev ' + variables.known['flyball.dev/model-deployment'] : ''
{{- end -}}
