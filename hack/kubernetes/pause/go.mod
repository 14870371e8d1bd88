module flyball.dev/hack/kubernetes/pause

go 1.26.0
