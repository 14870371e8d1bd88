// The benchmark's mapping of TrainingRuns to Jobs, status and ModelVersions on controller-runtime, tuned as its users would.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
)

const byOwner = "metadata.controller"

type reconciler struct {
	client.Client
	// plantBug makes Jobs by generateName, which a crash or a stale cache turns into two Jobs for one attempt.
	plantBug bool
}

func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	run := &TrainingRun{}
	if err := r.Get(ctx, request.NamespacedName, run); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !run.DeletionTimestamp.IsZero() {
		return ctrl.Result{}, nil
	}
	if len(run.Status.Attempts) == 0 {
		return ctrl.Result{}, r.start(ctx, run)
	}
	if attempt := run.Status.Attempts[0]; attempt.Verdict == "" {
		return ctrl.Result{}, r.conclude(ctx, run, attempt)
	}
	return ctrl.Result{}, nil
}

func (r *reconciler) start(ctx context.Context, run *TrainingRun) error {
	attempt := firstAttempt(run, metav1.Now().Rfc3339Copy())
	job := trainingJob(run, attempt)
	if r.plantBug {
		job.GenerateName, job.Name = job.Name+"-", ""
	}
	if err := r.Create(ctx, job); err != nil && !errors.IsAlreadyExists(err) {
		return err
	}
	log.FromContext(ctx).Info("Created", "job", job.Name)
	attempt.Stages[0].JobUID, attempt.Stages[0].SnapshotDigest = string(job.UID), snapshotDigest(run, attempt)
	return r.writeStatus(ctx, run, startedStatus(run, attempt))
}

func (r *reconciler) conclude(ctx context.Context, run *TrainingRun, attempt Attempt) error {
	var jobs batchv1.JobList
	if err := r.List(ctx, &jobs, client.InNamespace(run.Namespace), client.MatchingFields{byOwner: string(run.UID)}); err != nil {
		return err
	}
	if len(jobs.Items) == 0 || !isComplete(&jobs.Items[0]) {
		return nil
	}
	job := &jobs.Items[0]
	var pods corev1.PodList
	if err := r.List(ctx, &pods, client.InNamespace(run.Namespace), client.MatchingFields{byOwner: string(job.UID)}); err != nil {
		return err
	}
	if len(pods.Items) == 0 || pods.Items[0].Status.Phase != corev1.PodSucceeded {
		return nil
	}
	found, err := resultsOf(&pods.Items[0])
	if err != nil {
		return err
	}
	attempt = endedAttempt(attempt, job, &pods.Items[0], found)
	if attempt.Verdict == "Registered" {
		version := modelVersion(run, attempt)
		err := r.Create(ctx, version)
		if errors.IsAlreadyExists(err) {
			err = r.Get(ctx, client.ObjectKeyFromObject(version), version)
		}
		if err != nil {
			return err
		}
		attempt.VersionUID = string(version.UID)
		log.FromContext(ctx).Info("Created", "modelVersion", attempt.Name)
	}
	return r.writeStatus(ctx, run, endedStatus(run, attempt))
}

// writeStatus sends what differs, with the version that it was decided on, and tells people without waiting for it. client-go's
// recorder is not used: it posts one event after the other and drops them when a thousand wait.
func (r *reconciler) writeStatus(ctx context.Context, run *TrainingRun, status TrainingRunStatus) error {
	before := run.DeepCopy()
	run.Status = status
	patch := client.MergeFromWithOptions(before, client.MergeFromWithOptimisticLock{})
	if err := r.Status().Patch(ctx, run, patch); err != nil {
		return err
	}
	told := transition(run)
	go func() {
		if err := r.Create(context.WithoutCancel(ctx), told); err != nil {
			log.FromContext(ctx).Error(err, "Cannot post an event")
		}
	}()
	return nil
}

func isComplete(job *batchv1.Job) bool {
	for _, condition := range job.Status.Conditions {
		if condition.Type == batchv1.JobComplete && condition.Status == corev1.ConditionTrue {
			return true
		}
	}
	return false
}

func main() {
	concurrency := flag.Int("concurrency", 8, "how many runs are reconciled at the same time")
	namespace := flag.String("namespace", "flyball-system", "where the Lease is")
	plantBug := flag.Bool("plant-bug", false, "name Jobs by generateName")
	flag.Parse()
	if err := run(*concurrency, *namespace, *plantBug); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(concurrency int, namespace string, plantBug bool) error {
	ctrl.SetLogger(zap.New())
	config := ctrl.GetConfigOrDie()
	config.QPS = -1
	scheme := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(scheme); err != nil {
		return err
	}
	scheme.AddKnownTypes(groupVersion, &TrainingRun{}, &TrainingRunList{}, &ModelVersion{}, &ModelVersionList{})
	metav1.AddToGroupVersion(scheme, groupVersion)
	managed := cache.ByObject{Label: labels.SelectorFromSet(labels.Set{"app.kubernetes.io/managed-by": "flyball"})}
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:                        scheme,
		LeaderElection:                true,
		LeaderElectionID:              "flyball-operator",
		LeaderElectionNamespace:       namespace,
		LeaderElectionReleaseOnCancel: true,
		Metrics:                       metricsserver.Options{BindAddress: "127.0.0.1:0"},
		Cache: cache.Options{
			DefaultTransform: cache.TransformStripManagedFields(),
			ByObject:         map[client.Object]cache.ByObject{&batchv1.Job{}: managed, &corev1.Pod{}: managed, &corev1.Service{}: managed},
		},
	})
	if err != nil {
		return err
	}
	ctx := ctrl.SetupSignalHandler()
	owner := func(object client.Object) []string {
		if owner := metav1.GetControllerOf(object); owner != nil {
			return []string{string(owner.UID)}
		}
		return nil
	}
	for _, object := range []client.Object{&batchv1.Job{}, &corev1.Pod{}} {
		if err := manager.GetFieldIndexer().IndexField(ctx, object, byOwner, owner); err != nil {
			return err
		}
	}
	// The mapping reads none of these; they are watched because the others watch them.
	for _, kind := range []schema.GroupVersionKind{
		groupVersion.WithKind("ModelVersion"), groupVersion.WithKind("ModelDeployment"), groupVersion.WithKind("Monitor"),
		corev1.SchemeGroupVersion.WithKind("Service"), {Group: "apps", Version: "v1", Kind: "Deployment"},
		{Group: "policy", Version: "v1", Kind: "PodDisruptionBudget"},
	} {
		object, err := scheme.New(kind)
		if err != nil {
			unknown := &unstructured.Unstructured{}
			unknown.SetGroupVersionKind(kind)
			object = unknown
		}
		if _, err := manager.GetCache().GetInformer(ctx, object.(client.Object)); err != nil {
			return err
		}
	}
	completes := predicate.Funcs{
		CreateFunc: func(e event.CreateEvent) bool { return isComplete(e.Object.(*batchv1.Job)) },
		UpdateFunc: func(e event.UpdateEvent) bool {
			return isComplete(e.ObjectNew.(*batchv1.Job)) && !isComplete(e.ObjectOld.(*batchv1.Job))
		},
	}
	succeeds := predicate.Funcs{
		CreateFunc: func(e event.CreateEvent) bool { return e.Object.(*corev1.Pod).Status.Phase == corev1.PodSucceeded },
		UpdateFunc: func(e event.UpdateEvent) bool {
			return e.ObjectNew.(*corev1.Pod).Status.Phase == corev1.PodSucceeded
		},
	}
	runOfPod := handler.EnqueueRequestsFromMapFunc(func(_ context.Context, pod client.Object) []ctrl.Request {
		key := client.ObjectKey{Namespace: pod.GetNamespace(), Name: pod.GetLabels()["flyball.dev/training-run"]}
		return []ctrl.Request{{NamespacedName: key}}
	})
	err = ctrl.NewControllerManagedBy(manager).
		For(&TrainingRun{}, builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		Owns(&batchv1.Job{}, builder.WithPredicates(completes)).
		Watches(&corev1.Pod{}, runOfPod, builder.WithPredicates(succeeds)).
		WithOptions(controller.Options{MaxConcurrentReconciles: concurrency}).
		Complete(&reconciler{Client: manager.GetClient(), plantBug: plantBug})
	if err != nil {
		return err
	}
	return manager.Start(ctx)
}
