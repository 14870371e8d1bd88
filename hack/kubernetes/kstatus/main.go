// Says how Flux finds objects, by the library that it asks: for each file of an object one line with the status and the message.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

func main() {
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err != nil {
			log.Fatal(err)
		}
		object := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(text, object); err != nil {
			log.Fatalf("%s: %v", path, err)
		}
		result, err := status.Compute(object)
		if err != nil {
			log.Fatalf("%s: %v", path, err)
		}
		fmt.Printf("%s\t%s\n", result.Status, result.Message)
	}
}
