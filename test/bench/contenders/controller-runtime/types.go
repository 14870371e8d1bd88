// The kinds of the benchmark, as far as its runs use them. zz_generated.deepcopy.go is made from them by
// go run sigs.k8s.io/controller-tools/cmd/controller-gen@v0.23.0 object paths=.

// +kubebuilder:object:generate=true
package main

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var groupVersion = schema.GroupVersion{Group: "flyball.dev", Version: "v1alpha1"}

// TrainingRun has the fields that the benchmark's runs use.
// +kubebuilder:object:root=true
type TrainingRun struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              TrainingRunSpec   `json:"spec"`
	Status            TrainingRunStatus `json:"status,omitempty"`
}

// TrainingRunSpec has its fields in the order of their names, in which the recipe is digested.
type TrainingRunSpec struct {
	Accelerator Accelerator       `json:"accelerator"`
	Args        []string          `json:"args,omitempty"`
	Command     []string          `json:"command,omitempty"`
	Datasets    []Dataset         `json:"datasets,omitempty"`
	Image       string            `json:"image"`
	Output      Output            `json:"output"`
	Parameters  map[string]string `json:"parameters,omitempty"`
	Resources   map[string]string `json:"resources,omitempty"`
	Seed        int64             `json:"seed"`
}

type Accelerator struct {
	Count    int64  `json:"count"`
	Resource string `json:"resource"`
}

type Dataset struct {
	Name string `json:"name"`
	URI  string `json:"uri"`
}

type Output struct {
	URI string `json:"uri"`
}

type TrainingRunStatus struct {
	ObservedGeneration int64              `json:"observedGeneration,omitempty"`
	Conditions         []metav1.Condition `json:"conditions,omitempty"`
	LatestAttempt      string             `json:"latestAttempt,omitempty"`
	LatestVersion      *Registered        `json:"latestVersion,omitempty"`
	Versions           []Registered       `json:"versions,omitempty"`
	Metric             string             `json:"metric,omitempty"`
	Attempts           []Attempt          `json:"attempts,omitempty"`
}

type Attempt struct {
	Name         string            `json:"name"`
	Number       int64             `json:"number"`
	RecipeDigest string            `json:"recipeDigest"`
	Trigger      Trigger           `json:"trigger"`
	CoversUntil  metav1.Time       `json:"coversUntil"`
	StartTime    metav1.Time       `json:"startTime"`
	EndTime      *metav1.Time      `json:"endTime,omitempty"`
	Stages       []Stage           `json:"stages,omitempty"`
	Verdict      string            `json:"verdict,omitempty"`
	Reason       string            `json:"reason,omitempty"`
	Message      string            `json:"message,omitempty"`
	Metrics      map[string]string `json:"metrics,omitempty"`
	Image        string            `json:"image,omitempty"`
	Digest       string            `json:"digest,omitempty"`
	VersionUID   string            `json:"versionUID,omitempty"`
}

type Registered struct {
	Name string `json:"name"`
	UID  string `json:"uid"`
}

type Stage struct {
	Name           string       `json:"name"`
	Job            string       `json:"job"`
	JobUID         string       `json:"jobUID,omitempty"`
	SnapshotDigest string       `json:"snapshotDigest,omitempty"`
	State          string       `json:"state"`
	StartTime      metav1.Time  `json:"startTime"`
	EndTime        *metav1.Time `json:"endTime,omitempty"`
}

type Trigger struct {
	Time metav1.Time `json:"time"`
	Type string      `json:"type"`
}

// TrainingRunList is what a LIST answers.
// +kubebuilder:object:root=true
type TrainingRunList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []TrainingRun `json:"items"`
}

// ModelVersion is the record of a training that reported metrics.
// +kubebuilder:object:root=true
type ModelVersion struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              ModelVersionSpec `json:"spec"`
}

type ModelVersionSpec struct {
	Number         int64             `json:"number"`
	TrainingRun    string            `json:"trainingRun"`
	TrainingRunUID string            `json:"trainingRunUID"`
	AttemptUID     string            `json:"attemptUID"`
	RecipeDigest   string            `json:"recipeDigest"`
	Trigger        Trigger           `json:"trigger"`
	CoversUntil    metav1.Time       `json:"coversUntil"`
	URI            string            `json:"uri,omitempty"`
	Digest         string            `json:"digest,omitempty"`
	DigestSource   string            `json:"digestSource,omitempty"`
	ShortDigest    string            `json:"shortDigest,omitempty"`
	Metric         string            `json:"metric,omitempty"`
	Metrics        map[string]string `json:"metrics"`
	Image          string            `json:"image"`
	ImageDigest    string            `json:"imageDigest,omitempty"`
	Command        []string          `json:"command,omitempty"`
	Args           []string          `json:"args,omitempty"`
	Resources      map[string]string `json:"resources,omitempty"`
	Accelerator    Accelerator       `json:"accelerator"`
	Hardware       Accelerator       `json:"hardware"`
	Datasets       []Dataset         `json:"datasets,omitempty"`
	Parameters     map[string]string `json:"parameters,omitempty"`
	Seed           int64             `json:"seed"`
	Reason         string            `json:"reason"`
}

// ModelVersionList is what a LIST answers.
// +kubebuilder:object:root=true
type ModelVersionList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []ModelVersion `json:"items"`
}
