package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	eventsv1 "k8s.io/api/events/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/utils/ptr"
)

const noResults = `training ended and reported no metrics, so there is no ModelVersion. To get one, write {"metrics": {"f1": 0.93}} to FLYBALL_RESULTS`

// results is what training reports in its termination message.
type results struct {
	Metrics map[string]json.Number `json:"metrics"`
	Model   struct {
		Digest string `json:"digest"`
	} `json:"model"`
}

// snapshot has its fields in the order of their names, as the annotation shows them.
type snapshot struct {
	CoversUntil  metav1.Time     `json:"coversUntil"`
	Number       int64           `json:"number"`
	Recipe       TrainingRunSpec `json:"recipe"`
	RecipeDigest string          `json:"recipeDigest"`
	RunUID       types.UID       `json:"runUID"`
	Trigger      Trigger         `json:"trigger"`
}

func firstAttempt(run *TrainingRun, now metav1.Time) Attempt {
	covers := now
	if covers.Before(&run.CreationTimestamp) {
		covers = run.CreationTimestamp
	}
	return Attempt{
		Name:         run.Name + "-1",
		Number:       1,
		RecipeDigest: fmt.Sprintf("sha256:%x", sha256.Sum256(canonical(run.Spec))),
		Trigger:      Trigger{Type: "Created", Time: run.CreationTimestamp},
		CoversUntil:  covers,
		StartTime:    now,
		Stages:       []Stage{{Name: "Train", Job: run.Name + "-1-train", State: "Running", StartTime: now}},
	}
}

func trainingJob(run *TrainingRun, attempt Attempt) *batchv1.Job {
	labels := map[string]string{
		"app.kubernetes.io/managed-by": "flyball",
		"flyball.dev/training-run":     run.Name,
		"flyball.dev/attempt":          attempt.Name,
		"flyball.dev/stage":            "train",
	}
	return &batchv1.Job{
		ObjectMeta: metav1.ObjectMeta{
			Name:            attempt.Name + "-train",
			Namespace:       run.Namespace,
			Labels:          labels,
			Annotations:     map[string]string{"flyball.dev/attempt": string(snapshotText(run, attempt))},
			OwnerReferences: []metav1.OwnerReference{*metav1.NewControllerRef(run, groupVersion.WithKind("TrainingRun"))},
		},
		Spec: batchv1.JobSpec{
			Parallelism:  ptr.To[int32](1),
			Completions:  ptr.To[int32](1),
			BackoffLimit: ptr.To[int32](0),
			PodFailurePolicy: &batchv1.PodFailurePolicy{Rules: []batchv1.PodFailurePolicyRule{{
				Action:          batchv1.PodFailurePolicyActionIgnore,
				OnPodConditions: []batchv1.PodFailurePolicyOnPodConditionsPattern{{Type: "DisruptionTarget", Status: "True"}},
			}}},
			Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: trainingPod(run, attempt)},
		},
	}
}

func snapshotText(run *TrainingRun, attempt Attempt) []byte {
	return canonical(snapshot{attempt.CoversUntil, 1, run.Spec, attempt.RecipeDigest, run.UID, attempt.Trigger})
}

func snapshotDigest(run *TrainingRun, attempt Attempt) string {
	return fmt.Sprintf("sha256:%x", sha256.Sum256(snapshotText(run, attempt)))
}

func trainingPod(run *TrainingRun, attempt Attempt) corev1.PodSpec {
	parameters := canonical(run.Spec.Parameters)
	env := []corev1.EnvVar{
		{Name: "FLYBALL_SNAPSHOT_DIGEST", Value: snapshotDigest(run, attempt)},
		{Name: "FLYBALL_RUN", Value: run.Name},
		{Name: "FLYBALL_ATTEMPT", Value: attempt.Name},
		{Name: "FLYBALL_RESULTS", Value: "/dev/termination-log"},
		{Name: "FLYBALL_SEED", Value: strconv.FormatInt(run.Spec.Seed, 10)},
		{Name: "FLYBALL_OUTPUT", Value: "/flyball/output"},
		{Name: "FLYBALL_PARAMETERS", Value: string(parameters)},
	}
	for name, value := range run.Spec.Parameters {
		env = append(env, corev1.EnvVar{Name: "FLYBALL_PARAMETER_" + strings.ToUpper(name), Value: value})
	}
	var mounts []corev1.VolumeMount
	var volumes []corev1.Volume
	mount := func(uri, path string, readOnly bool) {
		claim, subPath, _ := strings.Cut(strings.TrimPrefix(uri, "pvc://"), "/")
		name := fmt.Sprintf("claim-%d", len(volumes))
		mounts = append(mounts, corev1.VolumeMount{Name: name, MountPath: path, SubPath: subPath, ReadOnly: readOnly})
		source := &corev1.PersistentVolumeClaimVolumeSource{ClaimName: claim}
		volumes = append(volumes, corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{PersistentVolumeClaim: source}})
	}
	for _, dataset := range run.Spec.Datasets {
		path := "/flyball/datasets/" + dataset.Name
		env = append(env, corev1.EnvVar{Name: "FLYBALL_DATASET_" + strings.ToUpper(dataset.Name), Value: path})
		mount(dataset.URI, path, true)
	}
	mount(outputURI(run, attempt), "/flyball/output", false)
	amounts := corev1.ResourceList{
		corev1.ResourceName(run.Spec.Accelerator.Resource): *resource.NewQuantity(run.Spec.Accelerator.Count, resource.DecimalSI),
	}
	for name, amount := range run.Spec.Resources {
		amounts[corev1.ResourceName(name)] = resource.MustParse(amount)
	}
	return corev1.PodSpec{
		RestartPolicy:                corev1.RestartPolicyNever,
		AutomountServiceAccountToken: ptr.To(false),
		EnableServiceLinks:           ptr.To(false),
		SecurityContext: &corev1.PodSecurityContext{
			RunAsNonRoot:        ptr.To(true),
			FSGroup:             ptr.To[int64](65532),
			FSGroupChangePolicy: ptr.To(corev1.FSGroupChangeOnRootMismatch),
			SeccompProfile:      &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
		},
		Tolerations: []corev1.Toleration{{
			Key: run.Spec.Accelerator.Resource, Operator: corev1.TolerationOpExists, Effect: corev1.TaintEffectNoSchedule,
		}},
		Containers: []corev1.Container{{
			Name:            "main",
			Image:           run.Spec.Image,
			ImagePullPolicy: corev1.PullIfNotPresent,
			Command:         run.Spec.Command,
			Args:            run.Spec.Args,
			Env:             env,
			Resources:       corev1.ResourceRequirements{Requests: amounts, Limits: amounts},
			SecurityContext: &corev1.SecurityContext{
				AllowPrivilegeEscalation: ptr.To(false),
				Capabilities:             &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
			},
			TerminationMessagePath:   "/dev/termination-log",
			TerminationMessagePolicy: corev1.TerminationMessageFallbackToLogsOnError,
			VolumeMounts:             mounts,
		}},
		Volumes: volumes,
	}
}

// outputURI names the folder of the attempt, which no other run of that name has.
func outputURI(run *TrainingRun, attempt Attempt) string {
	return fmt.Sprintf("%s/%s-%s", run.Spec.Output.URI, attempt.Name, run.UID)
}

func startedStatus(run *TrainingRun, attempt Attempt) TrainingRunStatus {
	command := fmt.Sprintf("kubectl -n %s get pods -l flyball.dev/attempt=%s", run.Namespace, attempt.Name)
	message := fmt.Sprintf("attempt %s has started. See its pods: `%s`", attempt.Name, command)
	return TrainingRunStatus{
		ObservedGeneration: run.Generation,
		Conditions: []metav1.Condition{
			condition(run, "Succeeded", metav1.ConditionUnknown, "Started", message, attempt.StartTime),
			condition(run, "Reconciling", metav1.ConditionTrue, "Started", message, attempt.StartTime),
		},
		LatestAttempt: attempt.Name,
		Attempts:      []Attempt{attempt},
	}
}

func condition(run *TrainingRun, kind string, status metav1.ConditionStatus, reason, message string, now metav1.Time) metav1.Condition {
	return metav1.Condition{
		Type: kind, Status: status, Reason: reason, Message: message,
		LastTransitionTime: now, ObservedGeneration: run.Generation,
	}
}

func resultsOf(pod *corev1.Pod) (results, error) {
	var found results
	for _, container := range pod.Status.ContainerStatuses {
		if terminated := container.State.Terminated; terminated != nil && terminated.Message != "" {
			return found, json.Unmarshal([]byte(terminated.Message), &found)
		}
	}
	return found, nil
}

func imageOf(pod *corev1.Pod) string {
	if len(pod.Status.ContainerStatuses) == 0 {
		return ""
	}
	return pod.Status.ContainerStatuses[0].ImageID
}

func endedAttempt(attempt Attempt, job *batchv1.Job, pod *corev1.Pod, found results) Attempt {
	passed := attempt.Stages[0]
	passed.JobUID, passed.State, passed.EndTime = string(job.UID), "Passed", job.Status.CompletionTime
	attempt.Stages = []Stage{passed}
	attempt.EndTime, attempt.Image = job.Status.CompletionTime, imageOf(pod)
	if len(found.Metrics) == 0 {
		attempt.Verdict, attempt.Reason, attempt.Message = "NoResults", "NoResults", noResults
		return attempt
	}
	attempt.Verdict, attempt.Reason = "Registered", "NoGate"
	attempt.Message = fmt.Sprintf("ModelVersion %s is registered", attempt.Name)
	attempt.Metrics, attempt.Digest = decimals(found.Metrics), found.Model.Digest
	return attempt
}

func endedStatus(run *TrainingRun, attempt Attempt) TrainingRunStatus {
	status := TrainingRunStatus{
		ObservedGeneration: run.Generation,
		Conditions: []metav1.Condition{
			condition(run, "Succeeded", metav1.ConditionTrue, attempt.Verdict, attempt.Message, metav1.Now().Rfc3339Copy()),
		},
		LatestAttempt: attempt.Name,
		Attempts:      []Attempt{attempt},
	}
	if len(attempt.Metrics) > 0 {
		registered := Registered{Name: attempt.Name, UID: attempt.VersionUID}
		status.LatestVersion, status.Versions = &registered, []Registered{registered}
		status.Metric = metricText(attempt.Metrics)
	}
	return status
}

func metricText(metrics map[string]string) string {
	for name, value := range metrics {
		return name + "=" + value
	}
	return ""
}

func shortDigest(digest string) string {
	short := digest[strings.LastIndex(digest, ":")+1:]
	return short[:min(12, len(short))]
}

func digestSource(digest string) string {
	if digest == "" {
		return ""
	}
	return "Reported"
}

func modelVersion(run *TrainingRun, attempt Attempt) *ModelVersion {
	return &ModelVersion{
		ObjectMeta: metav1.ObjectMeta{
			Name:      attempt.Name,
			Namespace: run.Namespace,
			Labels:    map[string]string{"app.kubernetes.io/managed-by": "flyball", "flyball.dev/training-run": run.Name},
		},
		Spec: ModelVersionSpec{
			Number: 1, TrainingRun: run.Name, TrainingRunUID: string(run.UID),
			AttemptUID: attempt.Stages[0].JobUID, RecipeDigest: attempt.RecipeDigest,
			Trigger: attempt.Trigger, CoversUntil: attempt.CoversUntil,
			URI: outputURI(run, attempt), Digest: attempt.Digest, DigestSource: digestSource(attempt.Digest),
			ShortDigest: shortDigest(attempt.Digest),
			Metric:      metricText(attempt.Metrics), Metrics: attempt.Metrics,
			Image: run.Spec.Image, ImageDigest: attempt.Image, Command: run.Spec.Command, Args: run.Spec.Args,
			Resources: run.Spec.Resources, Accelerator: run.Spec.Accelerator, Hardware: run.Spec.Accelerator,
			Datasets: run.Spec.Datasets, Parameters: run.Spec.Parameters, Seed: run.Spec.Seed, Reason: "NoGate",
		},
	}
}

func transition(run *TrainingRun) *eventsv1.Event {
	summary := run.Status.Conditions[0]
	return &eventsv1.Event{
		ObjectMeta:          metav1.ObjectMeta{Namespace: run.Namespace, Name: run.Name + "." + run.ResourceVersion},
		EventTime:           metav1.NowMicro(),
		ReportingController: "flyball.dev/operator",
		ReportingInstance:   "controller-runtime",
		Action:              "Reconcile",
		Type:                corev1.EventTypeNormal,
		Reason:              summary.Reason,
		Note:                summary.Message,
		Regarding: corev1.ObjectReference{
			APIVersion: groupVersion.String(), Kind: "TrainingRun",
			Namespace: run.Namespace, Name: run.Name, UID: run.UID, ResourceVersion: run.ResourceVersion,
		},
	}
}

func decimals(metrics map[string]json.Number) map[string]string {
	found := map[string]string{}
	for name, value := range metrics {
		found[name] = value.String()
	}
	return found
}

// canonical is JSON without the escapes for HTML and without a line end.
func canonical(value any) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimRight(buffer.Bytes(), "\n")
}
