{{/*
What the policies about authors have in common. They ask the API server's authorizer about whoever makes a request: the right to create a
run or a deployment must give no right that its author lacks. Who may create the Job or the Deployment that Flyball makes of it could have
the same without Flyball, and is asked for nothing more. They hold with the operator stopped, since the API server itself evaluates them.
*/}}

{{/* The kinds of which pods are made: where the container and the options of its pod are declared, and the workload that is made of them. */}}
{{- define "flyball.authored" -}}
- { plural: trainingruns, main: spec, ownLabel: training-run, group: batch, workload: jobs }
- { plural: modeldeployments, main: spec.server, ownLabel: model-deployment, group: apps, workload: deployments }
{{- end -}}

{{- define "flyball.mayCreateWorkload" -}}
authorizer.group('{{ .group }}').resource('{{ .workload }}').namespace(request.namespace).check('create').allowed()
{{- end -}}

{{/* How a refusal goes on that says what goes only to some: who they are, and who is not one of them. */}}
{{- define "flyball.onlyToMakers" -}}
' goes only to those who may {{ with .or }}{{ . }} or {{ end }}create {{ .kind.workload }}.{{ .kind.group }} in namespace "' + request.namespace
+ '", and user "' + request.userInfo.username + '" may {{ empty .or | ternary "not" "do neither" }}. '
{{- end -}}

{{/* How such a refusal ends: the command that shows whether one has the right. */}}
{{- define "flyball.seeWhetherMaker" -}}
' an administrator of the namespace for that right; to see whether you have it: `kubectl auth can-i create {{ .workload }}.{{ .group }} --namespace '
+ request.namespace + '`'
{{- end -}}

{{/* The way out where a field goes only to makers: without it, by a profile where one may hold it, or by the right. */}}
{{- define "flyball.leaveOrProfile" -}}
'Leave it out, {{ with .profile }}name a hardware profile that has it (accelerator.profile), {{ end }}or ask'
+ {{ include "flyball.seeWhetherMaker" .kind }}
{{- end -}}

{{/* Which requests concern the authors of a kind. Any change of the spec asks for all again: a new command with an old reference reads a Secret too. */}}
{{- define "flyball.authoredRequests" -}}
failurePolicy: Fail
matchConstraints:
  resourceRules:
    # Not their subresources: status and scale name nothing of a pod.
    - apiGroups: [flyball.dev]
      apiVersions: ['*']
      resources: [{{ .plural }}]
      operations: [CREATE, UPDATE]
matchConditions:
  - name: spec-is-new
    expression: {{ include "flyball.isNewSpec" . }}
{{- end -}}

{{- define "flyball.isNewSpec" -}}
(request.operation == 'CREATE' || object.spec != oldObject.spec)
{{- end -}}

{{/* What a variable of a policy holds is no optional value: whatever is read of one by `.?` is missing, without a word. */}}
{{- define "flyball.podVariable" -}}
- name: pod
  expression: "has(object.{{ .main }}.pod) ? object.{{ .main }}.pod : {}"
{{- end -}}

{{- define "flyball.denyingBinding" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ .name }}
  labels:
    {{- include "flyball.labels" .root | nindent 4 }}
spec:
  policyName: {{ .name }}
  validationActions: [Deny]
{{- end -}}
