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
