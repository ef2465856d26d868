// Command registry stands in for Redpanda's Schema Registry: franz-go's own
// srfake, and what that leaves out, as Redpanda documents it: passwords, ACLs,
// and the compatibility of a new schema with the one before.
//
//	registry <user> <password> [<RESOURCE>:<PATTERN>:<name>:<OPERATION> ...]
//
// The first line that it prints is its address, each other one a request. The
// user may do what the ACLs allow, and whoever comes as admin all.
//
// See https://docs.redpanda.com/current/manage/schema-reg/schema-reg-authorization/
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/twmb/avro"
	"github.com/twmb/franz-go/pkg/sr"
	"github.com/twmb/franz-go/pkg/sr/srfake"
)

func main() {
	user, password, acls := os.Args[1], os.Args[2], os.Args[3:]
	registry := srfake.New()
	registry.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		name, given, _ := r.BasicAuth()
		switch {
		case name == "admin":
		case name != user || given != password:
			refuse(w, http.StatusUnauthorized, 40101, "Unauthorized")
			return true
		case !allowed(acls, r):
			refuse(w, http.StatusForbidden, 403, "Forbidden (missing required ACLs)")
			return true
		}
		fmt.Println(name, r.Method, r.URL.Path)
		return incompatible(registry, w, r)
	})
	fmt.Println(registry.URL())
	select {}
}

// refuse answers as Redpanda does: src/v/pandaproxy/schema_registry.
func refuse(w http.ResponseWriter, status, code int, message string) {
	w.Header().Set("Content-Type", "application/vnd.schemaregistry.v1+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error_code": code, "message": message})
}

// needed is the resource and the operation that a request wants an ACL for.
func needed(r *http.Request) (resource, name, operation string) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case parts[0] == "schemas" && parts[len(parts)-1] == "versions":
		return "REGISTRY", "*", "DESCRIBE"
	case parts[0] == "subjects" && len(parts) == 3 && r.Method == http.MethodPost:
		return "SUBJECT", parts[1], "WRITE"
	case parts[0] == "subjects" && len(parts) == 4 && r.Method == http.MethodGet:
		return "SUBJECT", parts[1], "READ"
	}
	// Nothing that the pipeline asks.
	return "CLUSTER", "", "ALTER"
}

func allowed(acls []string, r *http.Request) bool {
	resource, name, operation := needed(r)
	for _, acl := range acls {
		parts := strings.SplitN(acl, ":", 4)
		if parts[0] != resource || parts[3] != operation {
			continue
		}
		if parts[2] == name || parts[1] == "PREFIXED" && strings.HasPrefix(name, parts[2]) {
			return true
		}
	}
	return false
}

// incompatible answers where a reader with the new schema could not read what
// was written with the latest one: BACKWARD, the default.
func incompatible(registry *srfake.Registry, w http.ResponseWriter, r *http.Request) bool {
	subject, is := strings.CutPrefix(r.URL.Path, "/subjects/")
	subject, ends := strings.CutSuffix(subject, "/versions")
	if !is || !ends || r.Method != http.MethodPost {
		return false
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	var given sr.Schema
	if err := json.Unmarshal(body, &given); err != nil {
		return false
	}
	next, err := avro.Parse(given.Schema)
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, 42201, "Invalid schema: "+err.Error())
		return true
	}
	last := 0
	for version := 1; ; version++ {
		if _, found := registry.GetSchema(subject, version); !found {
			break
		}
		last = version
	}
	latest, found := registry.GetSchema(subject, last)
	if !found {
		return false
	}
	before, err := avro.Parse(latest.Schema.Schema)
	if err != nil {
		return false
	}
	if isLax(registry.URL() + "/config/" + subject) {
		return false
	}
	if err := avro.CheckCompatibility(before, next); err != nil {
		refuse(w, http.StatusConflict, 409, fmt.Sprintf(
			"Schema being registered is incompatible with an earlier schema for subject %q, details: [%v]", subject, err))
		return true
	}
	return false
}

// isLax tells whether somebody has set the subject's compatibility to NONE.
func isLax(url string) bool {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	request.SetBasicAuth("admin", "")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return err == nil && bytes.Contains(text, []byte("NONE"))
}
