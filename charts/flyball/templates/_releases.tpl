{{/*
Whose Flyball the cluster has already, where it is another release's: two operators would act upon the same objects, and both releases
would have the same CustomResourceDefinitions. Its policies tell, since they go with it, while the definitions stay. Empty if there is
none, and where nobody can be asked, as in `helm template`.
*/}}
{{- define "flyball.otherRelease" -}}
{{- $others := dict -}}
{{- range (lookup "admissionregistration.k8s.io/v1" "ValidatingAdmissionPolicy" "" "").items -}}
{{- $name := dig "annotations" "meta.helm.sh/release-name" "" .metadata -}}
{{- $namespace := dig "annotations" "meta.helm.sh/release-namespace" "" .metadata -}}
{{- $isOurs := and (eq $name $.Release.Name) (eq $namespace $.Release.Namespace) -}}
{{- if and $name (not $isOurs) (eq (dig "labels" "app.kubernetes.io/name" "" .metadata) "flyball") -}}
{{- $_ := set $others (printf "%s/%s" $namespace $name) (list $name $namespace) -}}
{{- end -}}
{{- end -}}
{{- range $others -}}
{{- $name := index . 0 -}}
{{- $namespace := index . 1 }}
Flyball is here already, as the release {{ $name }} in the namespace {{ $namespace }}, and one serves the whole cluster.
Whoever runs that one can change it, for all namespaces: helm upgrade {{ $name }} <this chart> --namespace {{ $namespace }}
To have this release in its place, remove that one first, which stops no training and no server: helm uninstall {{ $name }} --namespace {{ $namespace }}
then install this one with --take-ownership.
{{- end -}}
{{- end -}}
