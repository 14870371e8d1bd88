{{/* The image that fetches and saves: by default beside that of the operator. */}}
{{- define "flyball.storageImage" -}}
{{- $beside := regexReplaceAll "[^/]*$" .Values.image.repository "storage" -}}
{{- $repository := .Values.storage.image.repository | default $beside -}}
{{- if .Values.storage.image.digest -}}
{{ $repository }}@{{ .Values.storage.image.digest }}
{{- else -}}
{{ $repository }}:{{ default .Chart.AppVersion .Values.storage.image.tag }}
{{- end -}}
{{- end -}}

{{/* How stores are reached, as JSON of the form in src/storage/installation.ts: what is empty is left out. */}}
{{- define "flyball.storage" -}}
{{- $values := .Values.storage -}}
{{- $all := dict "image" (include "flyball.storageImage" .) "imagePullPolicy" $values.image.pullPolicy -}}
{{- with $values.fetch.image }}{{ $_ := set $all "fetchImage" . }}{{ end -}}
{{- with $values.caCertificates }}{{ $_ := set $all "caCertificates" . }}{{ end -}}
{{- range $name := list "s3" "gs" "abfss" "hf" "proxy" -}}
{{- $set := dict -}}
{{- range $field, $value := get $values $name }}{{ if $value }}{{ $_ := set $set $field $value }}{{ end }}{{ end -}}
{{- if $set }}{{ $_ := set $all $name $set }}{{ end -}}
{{- end -}}
{{- $resources := dict -}}
{{- range $where := list "requests" "limits" -}}
{{- $amounts := dict -}}
{{- range $name, $value := get (default dict $values.resources) $where | default dict -}}
{{- $_ := set $amounts $name (include "flyball.amountText" $value) -}}
{{- end -}}
{{- if $amounts }}{{ $_ := set $resources $where $amounts }}{{ end -}}
{{- end -}}
{{- if $resources }}{{ $_ := set $all "resources" $resources }}{{ end -}}
{{- toRawJson $all -}}
{{- end -}}

{{/* What src/storage/installationrules.ts refuses, in the same words. */}}
{{- define "flyball.refusals.storage" -}}
{{- $values := .Values.storage -}}
{{- include "flyball.refusals.imageOf" (dict "of" "storage.image" "image" $values.image "mayBeEmpty" true) }}
{{- with $values.fetch.image }}
{{- $part := "[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*" }}
{{- if not (regexMatch (printf "^(([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*|[[][0-9A-Fa-f:]+[]](:[0-9]+)?)/)?%s(/%s)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$" $part $part) .) }}
storage.fetch.image is {{ . | quote }}, which is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces
{{- end }}
{{- end }}
{{- range $name := list "s3" "gs" "abfss" "hf" }}
{{- with (get $values $name).endpoint }}
{{- if not (include "flyball.isURL" .) }}
storage.{{ $name }}.endpoint is {{ . | quote }}: write http:// or https://, the host and its port, such as https://minio.storage.svc:9000, without credentials, which belong into the Secrets of storage.secretRef
{{- end }}
{{- end }}
{{- end }}
{{- with $values.s3.region }}
{{- if not (regexMatch "^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$" .) }}
storage.s3.region is {{ . | quote }}: use at most 63 letters, digits, "-" and "_", such as eu-central-1
{{- end }}
{{- end }}
{{- include "flyball.refusals.certificates" $values.caCertificates }}
{{- include "flyball.refusals.proxy" $values.proxy }}
{{ include "flyball.refusals.amounts" (dict "of" "storage.resources" "resources" $values.resources) }}
{{- $limits := dig "limits" (dict) (default dict $values.resources) | default dict }}
{{- with include "flyball.amount" (default "" $limits.memory) }}
{{- if lt (float64 .) 268435456.0 }}
storage.resources.limits.memory is {{ $limits.memory }}, and what fetches and saves takes more: write at least "256Mi"
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.refusals.certificates" -}}
{{- with . }}
{{- $begun := regexFindAll "-----BEGIN" . -1 }}
{{- $whole := regexFindAll "-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=[:space:]]+-----END CERTIFICATE-----" . -1 }}
{{- if gt (len .) 16384 }}
storage.caCertificates has {{ len . }} bytes: write at most 16384, and only your own authorities, since the public ones are known
{{- else if or (eq (len $whole) 0) (ne (len $whole) (len $begun)) }}
storage.caCertificates is no list of certificates: give a file of PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE----- for each and with nothing else that has a BEGIN
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.refusals.proxy" -}}
{{- if and .url (not (include "flyball.isURL" .url)) }}
storage.proxy.url is {{ .url | quote }}: write http:// or https://, the host and its port, such as http://proxy.example.com:3128, without credentials, which whoever may read pods would see
{{- else if and .noProxy (not .url) }}
storage.proxy.noProxy is {{ .noProxy | quote }} without a proxy: write storage.proxy.url, or leave it out
{{- else if and .noProxy (not (regexMatch "^[A-Za-z0-9.,:/*_ \\[\\]-]{1,1000}$" .noProxy)) }}
storage.proxy.noProxy is {{ .noProxy | quote }}: list hosts, domains and ranges with commas, such as .svc,.cluster.local,10.0.0.0/8
{{- end }}
{{- end -}}
