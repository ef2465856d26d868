// Command rpk stands in for Redpanda's rpk, which is not to be had as a Go
// module. It is built from the library that rpk is built from, franz-go, and
// takes rpk's arguments, environment and formats, as far as the generated
// commands and the tests use them:
//
//	rpk topic create <topic> -p <partitions> -r <replicas> -c <key=value>
//	rpk topic consume <topic> … --offset <[start|@-duration][:end]> --format <format> --use-schema-registry=value
//	rpk topic describe <topic>
//	rpk topic delete <topic>
//	rpk topic alter-config <topic> --set <key=value>
//	rpk security acl create --allow-principal <User:name> --operation <write,…> --topic <topic> --resource-pattern-type <literal|prefixed>
//	rpk security user create <name> -p <password>
//	rpk cluster quotas alter --name user=<name> --add <producer_byte_rate=number>
//
// One thing is Kafka's own: it keeps users behind its protocol, Redpanda behind
// an API for administrators.
//
// See https://docs.redpanda.com/current/reference/rpk/
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/twmb/avro"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/scram"
	"github.com/twmb/franz-go/pkg/sr"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	verb, args := verbOf(args)
	command, known := commands[verb]
	if !known {
		return fmt.Errorf("%q is none of the commands that this stand-in for rpk has", verb)
	}
	var o options
	for len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		o.names, args = append(o.names, args[0]), args[1:]
	}
	var name string
	if len(o.names) > 0 {
		name = o.names[0]
	}
	flags := flag.NewFlagSet(verb, flag.ContinueOnError)
	replicas := flags.Int("r", 1, "")
	flags.Var(&o.settings, "c", "")
	flags.Var(&o.settings, "set", "")
	flags.Var(&o.settings, "add", "")
	flags.StringVar(&o.offset, "offset", "start", "")
	flags.StringVar(&o.format, "format", "json", "")
	flags.StringVar(&o.registry, "use-schema-registry", "", "")
	flags.StringVar(&o.principal, "allow-principal", "", "")
	flags.StringVar(&o.operations, "operation", "", "")
	flags.StringVar(&o.topic, "topic", "", "")
	flags.StringVar(&o.pattern, "resource-pattern-type", "literal", "")
	flags.StringVar(&o.entity, "name", "", "")
	flags.StringVar(&o.p, "p", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	o.replicas = int16(*replicas)
	client, err := connect()
	if err != nil {
		return err
	}
	defer client.Close()
	return command(ctx, client, name, o)
}

func verbOf(args []string) (string, []string) {
	for count := 3; count > 1; count-- {
		if len(args) >= count {
			if verb := strings.Join(args[:count], " "); commands[verb] != nil {
				return verb, args[count:]
			}
		}
	}
	return strings.Join(args, " "), nil
}

type options struct {
	// How many partitions a topic has, or the password of a user.
	p string
	// All of what a command is about.
	names                                                                   []string
	replicas                                                                int16
	settings                                                                settings
	offset, format, registry, principal, operations, topic, pattern, entity string
}

type settings map[string]string

func (s *settings) String() string { return "" }

func (s *settings) Set(assignment string) error {
	key, value, found := strings.Cut(assignment, "=")
	if !found {
		return errors.New("must be key=value")
	}
	if *s == nil {
		*s = settings{}
	}
	(*s)[key] = value
	return nil
}

// connect reads the environment as rpk does.
func connect() (*kgo.Client, error) {
	of := os.Getenv
	choices := []kgo.Opt{kgo.SeedBrokers(strings.Split(of("RPK_BROKERS"), ",")...)}
	if of("RPK_TLS_ENABLED") == "true" {
		choices = append(choices, kgo.DialTLS())
	}
	if of("RPK_SASL_MECHANISM") == "SCRAM-SHA-256" {
		choices = append(choices, kgo.SASL(scram.Auth{User: of("RPK_USER"), Pass: of("RPK_PASS")}.AsSha256Mechanism()))
	}
	return kgo.NewClient(choices...)
}

var commands map[string]func(context.Context, *kgo.Client, string, options) error

func init() {
	commands = map[string]func(context.Context, *kgo.Client, string, options) error{
		"topic create":         createTopic,
		"topic describe":       describeTopic,
		"topic delete":         deleteTopic,
		"topic consume":        consume,
		"topic alter-config":   alterConfig,
		"security acl create":  createAcls,
		"security user create": createUser,
		"cluster quotas alter": alterQuota,
	}
}

func createTopic(ctx context.Context, client *kgo.Client, topic string, o options) error {
	partitions, err := strconv.ParseInt(o.p, 10, 32)
	if err != nil {
		return err
	}
	configs := map[string]*string{}
	for key, value := range o.settings {
		configs[key] = &value
	}
	answer, err := kadm.NewClient(client).CreateTopic(ctx, int32(partitions), o.replicas, configs, topic)
	return errors.Join(err, answer.Err)
}

func deleteTopic(ctx context.Context, client *kgo.Client, topic string, _ options) error {
	answer, err := kadm.NewClient(client).DeleteTopic(ctx, topic)
	return errors.Join(err, answer.Err)
}

// describeTopic prints a line for each partition: number, leader, replicas.
func describeTopic(ctx context.Context, client *kgo.Client, topic string, _ options) error {
	topics, err := kadm.NewClient(client).ListTopics(ctx, topic)
	if err != nil {
		return err
	}
	if err := topics[topic].Err; err != nil {
		return err
	}
	for _, partition := range topics[topic].Partitions.Sorted() {
		fmt.Println(partition.Partition, partition.Leader, partition.Replicas)
	}
	return nil
}

func alterConfig(ctx context.Context, client *kgo.Client, topic string, o options) error {
	var alterations []kadm.AlterConfig
	for key, value := range o.settings {
		alterations = append(alterations, kadm.AlterConfig{Op: kadm.SetConfig, Name: key, Value: &value})
	}
	answers, err := kadm.NewClient(client).AlterTopicConfigs(ctx, alterations, topic)
	for _, answer := range answers {
		err = errors.Join(err, answer.Err)
	}
	return err
}

func createAcls(ctx context.Context, client *kgo.Client, _ string, o options) error {
	pattern, is := map[string]kadm.ACLPattern{
		"literal": kadm.ACLPatternLiteral, "prefixed": kadm.ACLPatternPrefixed,
	}[o.pattern]
	if !is {
		return fmt.Errorf("--resource-pattern-type %q is none of literal, prefixed", o.pattern)
	}
	for operation := range strings.SplitSeq(o.operations, ",") {
		known, is := map[string]kadm.ACLOperation{
			"read": kadm.OpRead, "write": kadm.OpWrite, "describe": kadm.OpDescribe,
		}[operation]
		if !is {
			return fmt.Errorf("--operation %q is none of read, write, describe", operation)
		}
		answers, err := kadm.NewClient(client).CreateACLs(ctx, kadm.NewACLs().
			Allow(o.principal).AllowHosts().
			Topics(o.topic).ResourcePatternType(pattern).
			Operations(known))
		for _, answer := range answers {
			err = errors.Join(err, answer.Err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func createUser(ctx context.Context, client *kgo.Client, name string, o options) error {
	answers, err := kadm.NewClient(client).AlterUserSCRAMs(ctx, nil, []kadm.UpsertSCRAM{
		{User: name, Mechanism: kadm.ScramSha256, Iterations: 4096, Password: o.p},
	})
	for _, answer := range answers {
		err = errors.Join(err, answer.Err)
	}
	return err
}

func alterQuota(ctx context.Context, client *kgo.Client, _ string, o options) error {
	kind, name, _ := strings.Cut(o.entity, "=")
	var operations []kadm.AlterClientQuotaOp
	for key, value := range o.settings {
		number, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return err
		}
		operations = append(operations, kadm.AlterClientQuotaOp{Key: key, Value: number})
	}
	answers, err := kadm.NewClient(client).AlterClientQuotas(ctx, []kadm.AlterClientQuotaEntry{
		{Entity: kadm.ClientQuotaEntity{{Type: kind, Name: &name}}, Ops: operations},
	})
	for _, answer := range answers {
		if answer.ErrMessage != "" {
			err = errors.Join(err, errors.New(answer.ErrMessage))
		}
	}
	return err
}

func consume(ctx context.Context, client *kgo.Client, _ string, o options) error {
	write, err := writer(o.format)
	if err != nil {
		return err
	}
	if o.registry == "value" {
		decoded, err := decoder()
		if err != nil {
			return err
		}
		plain := write
		write = func(record *kgo.Record) {
			decoded(ctx, record)
			plain(record)
		}
	}
	admin := kadm.NewClient(client)
	from, to, _ := strings.Cut(o.offset, ":")
	starts, err := admin.ListStartOffsets(ctx, o.names...)
	if err != nil {
		return err
	}
	if duration, is := strings.CutPrefix(from, "@-"); is {
		ago, err := time.ParseDuration(duration)
		if err != nil {
			return err
		}
		if starts, err = admin.ListOffsetsAfterMilli(ctx, time.Now().Add(-ago).UnixMilli(), o.names...); err != nil {
			return err
		}
	} else if from != "" && from != "start" {
		return fmt.Errorf("--offset %q: this stand-in for rpk begins at the start or at @-<duration>", o.offset)
	}
	if err := starts.Error(); err != nil {
		return err
	}
	ends, err := admin.ListEndOffsets(ctx, o.names...)
	if err != nil {
		return err
	}
	left := 0
	offsets := map[string]map[int32]kgo.Offset{}
	starts.Each(func(start kadm.ListedOffset) {
		if end, _ := ends.Lookup(start.Topic, start.Partition); to != "end" || start.Offset < end.Offset {
			left++
			if offsets[start.Topic] == nil {
				offsets[start.Topic] = map[int32]kgo.Offset{}
			}
			offsets[start.Topic][start.Partition] = kgo.NewOffset().At(start.Offset)
		}
	})
	if left == 0 {
		return nil
	}
	client.AddConsumePartitions(offsets)
	for left > 0 {
		fetched := client.PollFetches(ctx)
		// Whoever waits for more waits for a broker too that is away.
		if failures := fetched.Errors(); len(failures) > 0 && to == "end" {
			return failures[0].Err
		}
		fetched.EachRecord(func(record *kgo.Record) {
			end, _ := ends.Lookup(record.Topic, record.Partition)
			if to == "end" && record.Offset >= end.Offset {
				return
			}
			write(record)
			if to == "end" && record.Offset == end.Offset-1 {
				left--
			}
		})
	}
	return nil
}

// decoder reads values that begin with the id of an Avro schema. Others stay as
// they are, a null among them.
//
// https://github.com/redpanda-data/redpanda/blob/dev/src/go/rpk/pkg/serde/avro.go
func decoder() (func(context.Context, *kgo.Record), error) {
	registry, err := sr.NewClient(
		sr.URLs(os.Getenv("RPK_REGISTRY_HOSTS")), sr.BasicAuth(os.Getenv("RPK_USER"), os.Getenv("RPK_PASS")))
	if err != nil {
		return nil, err
	}
	schemas := map[int]*avro.Schema{}
	return func(ctx context.Context, record *kgo.Record) {
		var header sr.ConfluentHeader
		id, binary, err := header.DecodeID(record.Value)
		if err != nil {
			return
		}
		if schemas[id] == nil {
			found, err := registry.SchemaByID(ctx, id)
			if err == nil {
				schemas[id], err = avro.Parse(found.Schema)
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				return
			}
		}
		var value any
		if _, err := schemas[id].Decode(binary, &value); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
		if text, err := schemas[id].EncodeJSON(value); err == nil {
			record.Value = text
		}
	}, nil
}

// printed is a record as rpk prints it without a format.
type printed struct {
	Topic     string   `json:"topic"`
	Key       string   `json:"key,omitempty"`
	Value     *string  `json:"value,omitempty"`
	Headers   []header `json:"headers,omitempty"`
	Timestamp int64    `json:"timestamp"`
	Partition int32    `json:"partition"`
	Offset    int64    `json:"offset"`
}

type header struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func writer(format string) (func(*kgo.Record), error) {
	out := bufio.NewWriter(os.Stdout)
	if format == "json" {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return func(record *kgo.Record) {
			one := printed{
				Topic: record.Topic, Key: string(record.Key),
				Timestamp: record.Timestamp.UnixMilli(), Partition: record.Partition, Offset: record.Offset,
			}
			// A tombstone has none.
			if record.Value != nil {
				value := string(record.Value)
				one.Value = &value
			}
			for _, h := range record.Headers {
				one.Headers = append(one.Headers, header{h.Key, string(h.Value)})
			}
			_ = encoder.Encode(one)
			_ = out.Flush()
		}, nil
	}
	formatter, err := kgo.NewRecordFormatter(format)
	if err != nil {
		return nil, err
	}
	var text []byte
	return func(record *kgo.Record) {
		text = formatter.AppendRecord(text[:0], record)
		_, _ = out.Write(text)
		_ = out.Flush()
	}, nil
}
