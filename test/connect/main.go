// Command connect puts a pipeline's configuration to Redpanda Connect's own
// code: its linter, its processors and its interpolation. It never connects to
// anything.
//
//	connect lint [-build cloud|standard] [-set NAME=value]... [file]
//	connect run -messages file [-build cloud|standard] [-set NAME=value]... [file]
//
// The configuration is read from the file, or from standard input without one.
// The answer is JSON on standard output. A name like ${REDPANDA_BROKERS} or
// ${secrets.NAME} stands for the value set, or else for a placeholder.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	_ "github.com/redpanda-data/benthos/v4/public/components/io"
	_ "github.com/redpanda-data/benthos/v4/public/components/pure"
	"github.com/redpanda-data/benthos/v4/public/service"
	_ "github.com/redpanda-data/connect/v4/public/components/confluent"
	_ "github.com/redpanda-data/connect/v4/public/components/kafka"
	_ "github.com/redpanda-data/connect/v4/public/components/mysql"
	_ "github.com/redpanda-data/connect/v4/public/components/postgresql"
	"github.com/redpanda-data/connect/v4/public/schema"
	"gopkg.in/yaml.v3"
)

func main() {
	answer, err := answer(os.Args[1:])
	if err == nil {
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetEscapeHTML(false)
		err = encoder.Encode(answer)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(args []string) (any, error) {
	if len(args) == 0 {
		return nil, errors.New("say lint or run")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	build := flags.String("build", "cloud", "the build whose components are allowed: cloud or standard")
	messages := flags.String("messages", "", "file with one message a line")
	variables := variables{}
	flags.Func("set", "NAME=value of a variable or secret", variables.set)
	if err := flags.Parse(args[1:]); err != nil {
		return nil, err
	}
	var pipelines *service.ConfigSchema
	switch *build {
	case "cloud":
		pipelines = schema.Cloud("", "")
	case "standard":
		pipelines = schema.Standard("", "")
	default:
		return nil, fmt.Errorf("-build is %q, and must be cloud or standard", *build)
	}
	config, err := read(flags.Arg(0))
	if err != nil {
		return nil, err
	}
	switch args[0] {
	case "lint":
		return lint(pipelines, config, variables)
	case "run":
		return run(pipelines, config, variables, *messages)
	}
	return nil, fmt.Errorf("got %q, and know lint and run", args[0])
}

func read(file string) ([]byte, error) {
	if file == "" {
		return io.ReadAll(os.Stdin)
	}
	return os.ReadFile(file)
}

// variables stands in for the environment and the secret store of a running
// pipeline. It has a value for every name, set or not.
type variables map[string]string

func (v variables) set(assignment string) error {
	name, value, found := strings.Cut(assignment, "=")
	if !found {
		return errors.New("must be NAME=value")
	}
	v[name] = value
	return nil
}

func (v variables) lookup(asked map[string]bool) func(context.Context, string) (string, bool) {
	return func(_ context.Context, name string) (string, bool) {
		asked[name] = true
		if value, found := v[name]; found {
			return value, true
		}
		return "placeholder", true
	}
}

type lintAnswer struct {
	Lints     []lintLine `json:"lints"`
	Variables []string   `json:"variables"`
}

type lintLine struct {
	Line int    `json:"line"`
	What string `json:"what"`
	Type string `json:"type"`
}

func lint(pipelines *service.ConfigSchema, config []byte, variables variables) (lintAnswer, error) {
	asked := map[string]bool{}
	lints, err := pipelines.NewStreamConfigLinter().
		SetRejectDeprecated(true).
		SetEnvVarLookupFunc(variables.lookup(asked)).
		LintYAML(config)
	if err != nil {
		// Text that is no YAML at all is a finding like any other; its line is in the message.
		lints = []service.Lint{{Line: 1, What: err.Error(), Type: service.LintFailedRead}}
	}
	answer := lintAnswer{Lints: []lintLine{}, Variables: slices.AppendSeq([]string{}, maps.Keys(asked))}
	slices.Sort(answer.Variables)
	for _, l := range lints {
		answer.Lints = append(answer.Lints, lintLine{l.Line, l.What, l.Type.String()})
	}
	return answer, nil
}

// message is a message as an input hands it to the pipeline. Metadata may be
// structured, as the column schema of the CDC inputs is.
type message struct {
	Content  json.RawMessage `json:"content"`
	Metadata map[string]any  `json:"metadata"`
}

// record is what the redpanda output would send for a message. With any other
// output there is only the content.
type record struct {
	// Content is the exact text: numbers keep all their digits.
	Content string            `json:"content"`
	Key     *string           `json:"key,omitempty"`
	Topic   *string           `json:"topic,omitempty"`
	Headers map[string]string `json:"headers,omitzero"`
	// Error is why a processor failed: the message goes on without that step.
	Error string `json:"error,omitempty"`
}

func run(pipelines *service.ConfigSchema, config []byte, variables variables, messagesFile string) ([]record, error) {
	querier := pipelines.NewConfigQuerier()
	querier.SetEnvVarLookupFunc(variables.lookup(map[string]bool{}))
	file, err := querier.ParseYAML(string(config))
	if err != nil {
		return nil, err
	}
	pipeline, err := file.FieldAtPath("pipeline")
	if err != nil {
		return nil, err
	}
	processors, err := pipeline.FieldProcessorList("processors")
	if err != nil {
		return nil, err
	}
	batch, err := readMessages(messagesFile)
	if err != nil {
		return nil, err
	}
	batches, err := service.ExecuteProcessors(context.Background(), processors, batch)
	if err != nil {
		return nil, err
	}
	output, err := redpandaOutput(file)
	if err != nil {
		return nil, err
	}
	records := []record{}
	for _, m := range slices.Concat(batches...) {
		r, err := toRecord(m, output)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

// recordFields are the fields of the redpanda output that shape a record, each
// with the type it has there.
var recordFields = service.NewConfigSpec().Field(service.NewObjectField("redpanda",
	service.NewInterpolatedStringField("topic"),
	service.NewInterpolatedStringField("key").Optional(),
	service.NewMetadataFilterField("metadata").Optional(),
).Optional())

// redpandaOutput reads recordFields; nil stands for any other output. The
// querier does not look into components, but hands out the YAML they have.
func redpandaOutput(file *service.ConfigQueryFile) (*service.ParsedConfig, error) {
	field, err := file.FieldAtPath("output")
	if err != nil {
		return nil, err
	}
	node, err := field.FieldAny()
	if err != nil {
		return nil, err
	}
	text, err := yaml.Marshal(node)
	if err != nil {
		return nil, err
	}
	output, err := recordFields.ParseYAML(string(text), nil)
	if err != nil || !output.Contains("redpanda") {
		return nil, err
	}
	return output.Namespace("redpanda"), nil
}

func readMessages(file string) (service.MessageBatch, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var batch service.MessageBatch
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		var m message
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("message %d: %w", len(batch)+1, err)
		}
		part := service.NewMessage(m.Content)
		for key, value := range m.Metadata {
			part.MetaSetMut(key, value)
		}
		batch = append(batch, part)
	}
	return batch, lines.Err()
}

func toRecord(m *service.Message, output *service.ParsedConfig) (r record, err error) {
	if err := m.GetError(); err != nil {
		r.Error = err.Error()
	}
	content, err := m.AsBytes()
	if err != nil {
		return r, err
	}
	r.Content = string(content)
	if output == nil {
		return r, nil
	}
	if r.Topic, err = interpolate(m, output, "topic"); err != nil {
		return r, err
	}
	if output.Contains("key") {
		if r.Key, err = interpolate(m, output, "key"); err != nil {
			return r, err
		}
	}
	r.Headers = map[string]string{}
	if output.Contains("metadata") {
		filter, err := output.FieldMetadataFilter("metadata")
		if err != nil {
			return r, err
		}
		err = filter.Walk(m, func(key, value string) error {
			r.Headers[key] = value
			return nil
		})
		return r, err
	}
	return r, nil
}

func interpolate(m *service.Message, output *service.ParsedConfig, field string) (*string, error) {
	template, err := output.FieldInterpolatedString(field)
	if err != nil {
		return nil, err
	}
	text, err := template.TryString(m)
	return &text, err
}
