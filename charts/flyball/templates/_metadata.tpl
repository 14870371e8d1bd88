{{/* Of the operator's own objects: labels, annotations, names and tolerations that the API server would refuse, half of the release made. */}}
{{- define "flyball.refusals.metadata" -}}
{{ include "flyball.refusals.labels" . }}
{{ include "flyball.refusals.annotations" . }}
{{ include "flyball.refusals.references" . }}
{{ include "flyball.refusals.parts" . }}
{{- range .Values.tolerations }}
{{- with include "flyball.accelerator.tolerations" (dict "tolerations" (list .)) | trim }}
tolerations {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.refusals.labels" -}}
{{- range $field := list "podLabels" "nodeSelector" }}
{{- range $key, $value := get $.Values $field | default dict }}
{{- if not (and (include "flyball.isLabelKey" $key) (include "flyball.isLabelValue" $value)) }}
{{ $field }} has {{ printf "%s=%s" $key $value | quote }}, which is no label: write keys as in topology.kubernetes.io/zone and values of letters, digits, "-", "_" and "."
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.refusals.annotations" -}}
{{- $fields := dict "podAnnotations" .Values.podAnnotations "serviceAccount.annotations" .Values.serviceAccount.annotations "metrics.service.annotations" .Values.metrics.service.annotations }}
{{- range $field, $annotations := $fields }}
{{- range $key, $_ := $annotations }}
{{- if not (include "flyball.isLabelKey" $key) }}
{{ $field }} has the key {{ $key | quote }}, which is none of an annotation: write for instance example.com/team
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Names of objects of others. Empty is none, but in a list. */}}
{{- define "flyball.refusals.references" -}}
{{- $fields := dict "priorityClassName" .Values.priorityClassName "flowSchema.priorityLevel" .Values.flowSchema.priorityLevel "prometheus.ca.configMap" .Values.prometheus.ca.configMap "prometheus.ca.secret" .Values.prometheus.ca.secret "prometheus.token.secret" .Values.prometheus.token.secret }}
{{- range $field, $name := $fields }}
{{- if and $name (not (include "flyball.isName" $name)) }}
{{ $field }} is {{ $name | quote }}, which is no name of an object: use at most 253 lower-case letters, digits, "-" and "."
{{- end }}
{{- end }}
{{- range .Values.imagePullSecrets }}
{{- if not (include "flyball.isName" .) }}
imagePullSecrets has {{ . | quote }}, which is no name of a Secret: use at most 253 lower-case letters, digits, "-" and "."
{{- end }}
{{- end }}
{{- range $field := list "ca" "token" }}
{{- $key := dig $field "key" "" $.Values.prometheus }}
{{- if or (gt (len $key) 253) (not (regexMatch "^[-._A-Za-z0-9]+$" $key)) (hasPrefix ".." $key) (eq $key ".") }}
prometheus.{{ $field }}.key is {{ $key | quote }}, which is no key of a Secret or a ConfigMap: use letters, digits, "-", "_" and "."
{{- end }}
{{- end }}
{{- end -}}

{{/* Whether a text is the name of an object, as most kinds have them. */}}
{{- define "flyball.isName" -}}
{{- if and (le (len .) 253) (regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" .) -}}yes{{- end -}}
{{- end -}}

{{/* Parts that Kubernetes does not know. Not by propertyNames in the schema, of which Helm says another field than that which is wrong. */}}
{{- define "flyball.refusals.parts" -}}
{{- $selectors := list "matchLabels" "matchExpressions" }}
{{- $amounts := list "cpu" "memory" }}
{{- $network := .Values.networkPolicy }}
{{- range $one := list
  (list "affinity" .Values.affinity (list "nodeAffinity" "podAffinity" "podAntiAffinity"))
  (list "networkPolicy.metrics.namespaceSelector" $network.metrics.namespaceSelector $selectors)
  (list "networkPolicy.dns.namespaceSelector" $network.dns.namespaceSelector $selectors)
  (list "networkPolicy.prometheus.namespaceSelector" $network.prometheus.namespaceSelector $selectors)
  (list "observer.resources.requests" (dig "requests" dict (.Values.observer.resources | default dict)) $amounts)
  (list "observer.resources.limits" (dig "limits" dict (.Values.observer.resources | default dict)) $amounts)
  (list "storage.resources.requests" (dig "requests" dict (.Values.storage.resources | default dict)) (append $amounts "ephemeral-storage"))
  (list "storage.resources.limits" (dig "limits" dict (.Values.storage.resources | default dict)) (append $amounts "ephemeral-storage")) }}
{{- range $name, $_ := index $one 1 }}
{{- if not (has $name (index $one 2)) }}
{{ index $one 0 }} has {{ $name | quote }}, which is unknown: known are {{ index $one 2 | join ", " }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
