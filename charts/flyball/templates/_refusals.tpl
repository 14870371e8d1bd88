{{/*
Values that the schema lets through and that the operator's pods, or the API server, would refuse, each on a line with its field, its
value and the remedy. Empty if there are none.
*/}}
{{- define "flyball.refusals" -}}
{{ include "flyball.refusals.names" . }}
{{ include "flyball.refusals.metadata" . }}
{{ include "flyball.refusals.admission" . }}
{{ include "flyball.refusals.accounts" . }}
{{ include "flyball.refusals.pods" . }}
{{ include "flyball.refusals.namespaces" . }}
{{ include "flyball.refusals.imageOf" (dict "of" "image" "image" .Values.image) }}
{{ include "flyball.refusals.prometheus" . }}
{{ include "flyball.refusals.accelerators" . }}
{{ include "flyball.refusals.storage" . }}
{{ include "flyball.refusals.settings" . }}
{{ include "flyball.refusals.resources" . }}
{{ include "flyball.refusals.network" . }}
{{- end -}}

{{- define "flyball.refusals.names" -}}
{{- $name := include "flyball.fullname" . -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) }}
the objects would be called {{ $name | quote }}, which is no name for a Service: set fullnameOverride to one that begins with a letter and has only lower-case letters, digits and "-"
{{- end }}
{{- with .Values.serviceAccount.name }}
{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" .) }}
serviceAccount.name is {{ . | quote }}, which is no name of a ServiceAccount: use lower-case letters, digits, "-" and "."
{{- end }}
{{- end }}
{{- range $key := list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component" }}
{{- if hasKey (default dict $.Values.podLabels) $key }}
podLabels has {{ $key | quote }}, by which the operator's pods are selected: remove it
{{- end }}
{{- end }}
{{- if hasKey (default dict .Values.podAnnotations) "kubectl.kubernetes.io/default-container" }}
podAnnotations has "kubectl.kubernetes.io/default-container", which the chart sets: remove it
{{- end }}
{{- end -}}

{{- define "flyball.refusals.admission" -}}
{{- range .Values.admission.provenance.controllers }}
{{- if not (regexMatch "^[A-Za-z0-9:@._-]{1,253}$" .) }}
admission.provenance.controllers has {{ . | quote }}, which is no user name: write it as the audit log of the API server has it, such as system:kube-controller-manager
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.refusals.accounts" -}}
{{- range .Values.admission.operator.trustedServiceAccounts }}
{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" .) }}
admission.operator.trustedServiceAccounts has {{ . | quote }}, which is no ServiceAccount of a namespace: list each as NAMESPACE/NAME, such as team-a/spark
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.refusals.pods" -}}
{{- range $field := list "labels" "annotations" }}
{{- range $key := get $.Values.pods $field }}
{{- if not (regexMatch "^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" $key) }}
pods.{{ $field }} has {{ $key | quote }}, which is no key: list each by its whole name, such as example.com/team, without a value; there is no wildcard
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "flyball.refusals.namespaces" -}}
{{- $excluded := .Values.admission.operator.excludedNamespaces -}}
{{- range $list := list "watchNamespaces" "admission.operator.excludedNamespaces" }}
{{- range $index, $name := ternary $.Values.watchNamespaces $excluded (eq $list "watchNamespaces") }}
{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" $name) }}
{{ $list }} has {{ $name | quote }}, which is no name of a namespace: list each by its name, there is no wildcard
{{- end }}
{{- end }}
{{- end }}
{{- $seen := dict }}
{{- range $name := .Values.watchNamespaces }}
{{- if hasKey $seen $name }}
watchNamespaces has {{ $name | quote }} twice: list it once
{{- end }}
{{- $_ := set $seen $name true }}
{{- if and $.Values.admission.operator.enabled (or (eq $name $.Release.Namespace) (hasPrefix "kube-" $name) (has $name $excluded)) }}
watchNamespaces has {{ $name | quote }}, in which the operator makes nothing: remove it, or have admission.operator.enabled be false
{{- end }}
{{- end }}
{{- end -}}

{{/* `image` as the field `of` has it. */}}
{{- define "flyball.refusals.imageOf" -}}
{{- $part := "[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*" -}}
{{- if not (or (regexMatch (printf "^([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*/)?%s(/%s)*$" $part $part) .image.repository) (and .mayBeEmpty (eq .image.repository ""))) }}
{{ .of }}.repository is {{ .image.repository | quote }}: write registry/repository in lower case, without scheme, tag and digest, which are {{ .of }}.tag and {{ .of }}.digest
{{- end }}
{{- if not (regexMatch "^([A-Za-z0-9_][A-Za-z0-9._-]{0,127})?$" .image.tag) }}
{{ .of }}.tag is {{ .image.tag | quote }}: use at most 128 letters, digits, "_", "-" and "."; a digest is {{ .of }}.digest
{{- end }}
{{- if not (regexMatch "^(sha256:[0-9a-f]{64})?$" .image.digest) }}
{{ .of }}.digest is {{ .image.digest | quote }}: write "sha256:" and 64 hexadecimal digits in lower case; a tag is {{ .of }}.tag
{{- end }}
{{- end -}}

{{- define "flyball.refusals.prometheus" -}}
{{- with .Values.prometheus.url }}
{{- if not (include "flyball.isURL" .) }}
prometheus.url is {{ . | quote }}: write http:// or https://, the host and its port, such as http://prometheus.monitoring.svc:9090
{{- end }}
{{- end }}
{{- $names := dict }}
{{- range .Values.querySources }}
{{- if not (regexMatch "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$" .name) }}
querySources has the name {{ .name | quote }}: use at most 63 lower-case letters, digits and "-", since Monitors name it so
{{- end }}
{{- if hasKey $names .name }}
querySources has the name {{ .name | quote }} twice: give each source a name of its own, and all namespaces in one entry
{{- end }}
{{- $_ := set $names .name true }}
{{- if not (include "flyball.isURL" .url) }}
querySources {{ .name | quote }} has the url {{ .url | quote }}: write http:// or https://, the host and its port, such as http://prometheus.monitoring.svc:9090
{{- end }}
{{- if not .namespaces }}
querySources {{ .name | quote }} is open to no namespace: list those whose Monitors may query it
{{- end }}
{{- $source := .name }}
{{- range .namespaces }}
{{- if not (regexMatch "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$" .) }}
querySources {{ $source | quote }} has the namespace {{ . | quote }}, which is no name of a namespace: list each by its name, there is no wildcard
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Whether a text is a base URL with a port that there is. */}}
{{- define "flyball.isURL" -}}
{{- if regexMatch "^https?://([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[[][0-9A-Fa-f:]+[]])(:[0-9]{1,5})?(/[^?#[:space:]]*)?$" . -}}
{{- $port := regexFind ":[0-9]+(/|$)" (regexReplaceAll "^https?://" . "") | trimAll ":/" -}}
{{- if or (eq $port "") (and (ge (atoi $port) 1) (le (atoi $port) 65535)) -}}yes{{- end -}}
{{- end -}}
{{- end -}}

{{/* What src/settings.ts refuses. */}}
{{- define "flyball.refusals.settings" -}}
{{- $known := .Files.Get "files/settings.json" | fromJson -}}
{{- $most := 2147483647.0 -}}
{{- $all := dict -}}
{{- range $name, $value := $known }}{{ $_ := set $all $name (float64 $value) }}{{ end -}}
{{- range $name, $value := .Values.settings }}
{{- if not (hasKey $known $name) }}
settings.{{ $name }} is unknown: known are {{ keys $known | sortAlpha | join ", " }}
{{- else if or (lt (float64 $value) 1.0) (gt (float64 $value) $most) (ne (float64 $value) (floor $value)) }}
settings.{{ $name }} is {{ $value }}: write a whole number from 1 to {{ printf "%.0f" $most }}
{{- else }}
{{- $_ := set $all $name (float64 $value) }}
{{- end }}
{{- end }}
{{- $limits := list
  (list "writeTimeout" "leaseDuration − renewDeadline − 1" (subf $all.leaseDuration $all.renewDeadline 1.0))
  (list "leaseRetryPeriod" "half of renewDeadline" (divf $all.renewDeadline 2.0))
  (list "watchTimeoutMin" "watchTimeoutMax" $all.watchTimeoutMax)
  (list "watchBackoffMin" "watchBackoffMax" $all.watchBackoffMax)
  (list "reconcileBackoffMin" "reconcileBackoffMax" $all.reconcileBackoffMax) }}
{{- range $limits }}
{{- $value := get $all (index . 0) }}
{{- if gt $value (index . 2) }}
settings.{{ index . 0 }} is {{ printf "%.0f" $value }}, but may be at most {{ index . 1 }}, which is {{ index . 2 }}: lower it or raise the other
{{- end }}
{{- end }}
{{- /* The kubelet ends the pod 15 s after SIGTERM. */}}
{{- if gt $all.stopTimeout 14000.0 }}
settings.stopTimeout is {{ printf "%.0f" $all.stopTimeout }}: write at most 14000, since the pod has 15 s to end
{{- end }}
{{- end -}}

{{- define "flyball.refusals.resources" -}}
{{ include "flyball.refusals.amounts" (dict "of" "resources" "resources" .Values.resources) }}
{{ include "flyball.refusals.amounts" (dict "of" "observer.resources" "resources" .Values.observer.resources) }}
{{- $limits := dig "limits" (dict) (default dict .Values.resources) | default dict }}
{{- with include "flyball.amount" (default "" $limits.memory) }}
{{- if lt (float64 .) 134217728.0 }}
resources.limits.memory is {{ $limits.memory }}, and the operator takes more with a few hundred objects: write at least "128Mi"
{{- end }}
{{- end }}
{{- with include "flyball.amount" (default "" $limits.cpu) }}
{{- if lt (float64 .) 0.1 }}
resources.limits.cpu is {{ $limits.cpu }}, and an operator that is throttled so cannot renew its Lease in time: write at least "100m", or leave it out
{{- end }}
{{- end }}
{{- /* As the CRD refuses them in spec.observe.resources. */}}
{{- $limits = dig "limits" (dict) (default dict .Values.observer.resources) | default dict }}
{{- with include "flyball.amount" (default "" $limits.memory) }}
{{- if lt (float64 .) 100663296.0 }}
observer.resources.limits.memory is {{ $limits.memory }}, and the observer takes more with a few clients: write at least "96Mi"
{{- end }}
{{- end }}
{{- with include "flyball.amount" (default "" $limits.cpu) }}
{{- if lt (float64 .) 0.05 }}
observer.resources.limits.cpu is {{ $limits.cpu }}, a limit by which every request would wait: write at least "50m", or leave it out
{{- end }}
{{- end }}
{{- end -}}

{{/* What is no quantity, and requests above their limits. */}}
{{- define "flyball.refusals.amounts" -}}
{{- $of := .of }}
{{- $resources := default dict .resources }}
{{- range $where := list "requests" "limits" }}
{{- range $name, $value := get $resources $where | default dict }}
{{- if not (include "flyball.amount" $value) }}
{{ $of }}.{{ $where }}.{{ $name }} is {{ $value | quote }}, which is no quantity: write for instance "512Mi" of memory or "100m" of cpu
{{- end }}
{{- end }}
{{- end }}
{{- $limits := default dict $resources.limits }}
{{- range $name, $value := $resources.requests }}
{{- if hasKey $limits $name }}
{{- $request := include "flyball.amount" $value }}
{{- $limit := include "flyball.amount" (get $limits $name) }}
{{- if and $request $limit (gt (float64 $request) (float64 $limit)) }}
{{ $of }}.requests.{{ $name }} is {{ $value }}, above {{ $of }}.limits.{{ $name }}, which is {{ get $limits $name }}: lower the request or raise the limit
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What each observer gets, as JSON. Amounts are texts, whoever wrote them as numbers. */}}
{{- define "flyball.observerResources" -}}
{{- $all := dict -}}
{{- range $where := list "requests" "limits" -}}
{{- $amounts := dict -}}
{{- range $name, $value := get (default dict $.Values.observer.resources) $where | default dict -}}
{{- $_ := set $amounts $name (include "flyball.amountText" $value) -}}
{{- end -}}
{{- $_ := set $all $where $amounts -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}

{{/* A quantity as a number, in bytes or cores. Empty if it is none. */}}
{{- define "flyball.amount" -}}
{{- $text := toString . -}}
{{- if kindIs "float64" . -}}
{{- printf "%f" . -}}
{{- else if regexMatch "^[0-9]+([.][0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$" $text -}}
{{- $factors := dict "" 1.0 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 "Ei" 1152921504606846976.0 -}}
{{- printf "%f" (mulf (regexFind "^[0-9.]+" $text | float64) (get $factors (regexFind "[A-Za-z]*$" $text))) -}}
{{- end -}}
{{- end -}}

{{- define "flyball.refusals.network" -}}
{{- range .Values.networkPolicy.apiServer.cidrs }}
{{- if not (regexMatch "^([0-9]{1,3}([.][0-9]{1,3}){3}/([0-9]|[12][0-9]|3[0-2])|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*/([0-9]{1,2}|1[01][0-9]|12[0-8]))$" .) }}
networkPolicy.apiServer.cidrs has {{ . | quote }}, which is no range of addresses: write it as 10.0.0.1/32, or fd00::1/128
{{- end }}
{{- end }}
{{- end -}}
