{{/* The begin of the names of all objects, short enough for the suffixes that templates add. */}}
{{- define "flyball.fullname" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "flyball.serviceAccountName" -}}
{{- default (include "flyball.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{/* What selects the operator's pods. Never changes, since a Deployment's selector cannot. */}}
{{- define "flyball.selectorLabels" -}}
app.kubernetes.io/name: flyball
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{/* managed-by is Helm here; what the operator creates carries managed-by=flyball, by which it watches. */}}
{{- define "flyball.labels" -}}
app.kubernetes.io/name: flyball
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "flyball.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* Where Prometheus' certificates come from, as a source of a projected volume. Empty: from the public authorities. */}}
{{- define "flyball.prometheusCa" -}}
{{- with .Values.prometheus.ca -}}
{{- if and .configMap .secret -}}
{{ fail "prometheus.ca: set configMap or secret, not both" }}
{{- end -}}
{{- if or .configMap .secret -}}
- {{ ternary "configMap" "secret" (ne .configMap "") }}:
    name: {{ .configMap | default .secret }}
    items:
      - key: {{ .key | quote }}
        path: ca.crt
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The files that the operator reads to reach Prometheus, as sources of a projected volume. */}}
{{- define "flyball.prometheusFiles" -}}
{{- include "flyball.prometheusCa" . -}}
{{- with .Values.prometheus.token -}}
{{- if .secret }}
{{- if not (hasPrefix "https://" $.Values.prometheus.url) }}
{{- fail "prometheus.token: prometheus.url must begin with https://, since others on the way could read the token" }}
{{- end }}
- secret:
    name: {{ .secret }}
    items:
      - key: {{ .key | quote }}
        path: token
{{- end -}}
{{- end -}}
{{- end -}}
