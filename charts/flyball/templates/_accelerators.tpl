{{/* What src/workload/profilerules.ts refuses, in the same words. */}}
{{- define "flyball.refusals.accelerators" -}}
{{- $profiles := .Values.accelerators | default list -}}
{{- if gt (len $profiles) 32 }}
accelerators has {{ len $profiles }} profiles: write at most 32
{{- end }}
{{- $names := dict }}
{{- range $profile := $profiles }}
{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" .name) }}
accelerators has the name {{ .name | quote }}: use at most 63 lower-case letters, digits and "-", since people write it in accelerator.profile
{{- else if hasKey $names .name }}
accelerators has the name {{ .name | quote }} twice: give each profile a name of its own
{{- else }}
{{- range $rule := list "resource" "product" "nodeSelector" "tolerations" "runtimeClassName" "sharedMemory" "extended" "env" "size" }}
{{- range include (printf "flyball.accelerator.%s" $rule) $profile | trim | splitList "\n" }}
{{- if . }}
accelerators {{ $profile.name | quote }} {{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- $_ := set $names .name true }}
{{- end }}
{{- end -}}

{{/* Whether a text is the name of an extended resource. */}}
{{- define "flyball.isDevice" -}}
{{- if and (le (len .) 128) (regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" .) (not (contains "kubernetes.io/" .)) (not (hasPrefix "requests." .)) -}}yes{{- end -}}
{{- end -}}

{{/* Whether a text is the key of a label. */}}
{{- define "flyball.isLabelKey" -}}
{{- if and (le (len .) 317) (regexMatch "^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" .) -}}yes{{- end -}}
{{- end -}}

{{/* Whether a text is the value of a label. */}}
{{- define "flyball.isLabelValue" -}}
{{- if regexMatch "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$" . -}}yes{{- end -}}
{{- end -}}

{{- define "flyball.accelerator.resource" -}}
{{- if not (include "flyball.isDevice" .resource) -}}
has the resource {{ .resource | quote }}, which is no device: write the extended resource that the device plugin advertises, such as nvidia.com/gpu
{{- end -}}
{{- end -}}

{{- define "flyball.accelerator.product" -}}
{{- if hasKey . "product" -}}
{{- if or (eq .product "") (not (include "flyball.isLabelValue" .product)) -}}
has the product {{ .product | quote }}, which is no value of a label: write it as the node label {{ .resource }}.product has it
{{- else if regexMatch "/.{56,}$" .resource -}}
has a product, but no node can have the label {{ .resource }}.product, whose name would be longer than 63 characters: remove product
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "flyball.accelerator.nodeSelector" -}}
{{- $selector := .nodeSelector | default dict -}}
{{- if gt (len $selector) 16 -}}
has {{ len $selector }} labels in nodeSelector: write at most 16
{{- end -}}
{{- range $key, $value := $selector }}
{{- if not (and (include "flyball.isLabelKey" $key) (include "flyball.isLabelValue" $value)) }}
has the label {{ printf "%s=%s" $key $value | quote }} in nodeSelector, which no node can have: write keys as in topology.kubernetes.io/zone and values of letters, digits, "-", "_" and "."
{{- end }}
{{- end }}
{{- $label := printf "%s.product" .resource }}
{{- if and (hasKey . "product") (hasKey $selector $label) }}
has a product and the label {{ $label }} in nodeSelector, which is the same: keep product
{{- end }}
{{- end -}}

{{- define "flyball.accelerator.tolerations" -}}
{{- $tolerations := .tolerations | default list -}}
{{- if gt (len $tolerations) 16 -}}
has {{ len $tolerations }} tolerations: write at most 16
{{- end -}}
{{- range $tolerations }}
{{- $key := .key | default "" }}
{{- $value := .value | default "" }}
{{- if and (eq $key "") (ne (.operator | default "") "Exists") }}
has a toleration without key: name that of the taint, or write operator: Exists to tolerate all
{{- else if and (ne $key "") (not (include "flyball.isLabelKey" $key)) }}
has a toleration with the key {{ $key | quote }}, which no taint can have: write for instance nvidia.com/gpu
{{- else if not (include "flyball.isLabelValue" $value) }}
has a toleration with the value {{ $value | quote }}, which no taint can have: use letters, digits, "-", "_" and "."
{{- else if and (eq (.operator | default "") "Exists") (ne $value "") }}
has a toleration with operator Exists and the value {{ $value | quote }}: remove one of them
{{- else if and (hasKey . "tolerationSeconds") (ne (.effect | default "") "NoExecute") }}
has a toleration with tolerationSeconds, which only the effect NoExecute has: write effect: NoExecute, or remove it
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.accelerator.runtimeClassName" -}}
{{- if hasKey . "runtimeClassName" -}}
{{- if or (gt (len .runtimeClassName) 253) (not (regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" .runtimeClassName)) -}}
has the runtimeClassName {{ .runtimeClassName | quote }}, which is no name of a RuntimeClass: use lower-case letters, digits, "-" and "."
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "flyball.accelerator.sharedMemory" -}}
{{- if hasKey . "sharedMemory" -}}
{{- $bytes := include "flyball.amount" .sharedMemory | default "0" -}}
{{- if lt (float64 $bytes) 1048576.0 -}}
has the sharedMemory {{ include "flyball.amountText" .sharedMemory | quote }}, which is no amount of memory: write at least "1Mi", for instance "16Gi"
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "flyball.accelerator.extended" -}}
{{- $extended := .extended | default dict -}}
{{- if gt (len $extended) 8 -}}
has {{ len $extended }} extended resources: write at most 8
{{- end -}}
{{- range $name, $amount := $extended }}
{{- $text := include "flyball.amountText" $amount }}
{{- if not (include "flyball.isDevice" $name) }}
has the extended resource {{ $name | quote }}, which is no device: write it as its device plugin advertises it, such as rdma/hca
{{- else if not (regexMatch "^[1-9][0-9]{0,8}$" $text) }}
has {{ $text | quote }} of {{ $name }} in extended: write a whole number of 1 or more
{{- end }}
{{- end }}
{{- if hasKey $extended .resource }}
has its resource {{ .resource }} in extended too: remove it there, since accelerator.count says how many
{{- end }}
{{- end -}}

{{- define "flyball.accelerator.env" -}}
{{- $env := .env | default list -}}
{{- if gt (len $env) 32 -}}
has {{ len $env }} variables: write at most 32
{{- end -}}
{{- $names := dict }}
{{- range $env }}
{{- if not (regexMatch "^[A-Za-z_][A-Za-z0-9_]{0,127}$" .name) }}
has the variable {{ .name | quote }}, which is no name of one: use letters, digits and "_", and begin with no digit
{{- else if hasPrefix "FLYBALL_" .name }}
has the variable {{ .name | quote }}: names that begin with FLYBALL_ are the operator's
{{- else if hasKey $names .name }}
has the variable {{ .name | quote }} twice: keep one of them
{{- else if gt (len (regexFindAll "(?s)." .value -1)) 2048 }}
has the variable {{ .name | quote }} with {{ len (regexFindAll "(?s)." .value -1) }} characters: write at most 2048
{{- end }}
{{- $_ := set $names .name true }}
{{- end }}
{{- end -}}

{{/* A snapshot holds the profile beside its recipe, and an environment variable all of them. */}}
{{- define "flyball.accelerator.size" -}}
{{- $size := len (toRawJson . | trim) -}}
{{- if gt $size 4000 -}}
has {{ $size }} bytes as JSON: write at most 4000
{{- end -}}
{{- end -}}

{{/* An amount as it was written, whether as a text or as a number. */}}
{{- define "flyball.amountText" -}}
{{- if kindIs "float64" . -}}{{- printf "%.3f" . | trimSuffix ".000" -}}{{- else -}}{{- toString . -}}{{- end -}}
{{- end -}}
