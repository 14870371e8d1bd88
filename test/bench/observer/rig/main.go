// What the proxies stand between: `rig model` answers as a model does that takes no time, `rig load` asks it.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("rig model | load"))
	}
	switch os.Args[1] {
	case "model":
		model(os.Args[2:])
	case "load":
		load(os.Args[2:])
	default:
		fail(fmt.Errorf("unknown command %q", os.Args[1]))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
