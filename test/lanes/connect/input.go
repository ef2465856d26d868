package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/Jeffail/checkpoint"
	"github.com/redpanda-data/benthos/v4/public/service"
)

// change is one row's message, and what to confirm once it and all before it
// are written: the end of the last transaction that is complete by then.
type change struct {
	message *service.Message
	confirm func(context.Context) error
}

// source is a database's log.
type source interface {
	// connect finds the place in the log from which to read.
	connect(ctx context.Context) error
	// stream emits changes in the order of the log until it fails.
	stream(ctx context.Context, emit func(change) error) error
	close()
}

// fields are those that both connectors share, under their names.
func fields(own ...*service.ConfigField) *service.ConfigSpec {
	return service.NewConfigSpec().Fields(own...).Fields(
		service.NewStringListField("tables"),
		service.NewIntField("checkpoint_limit").Default(1024),
		service.NewAutoRetryNacksToggleField(),
		service.NewBatchPolicyField("batching"),
	)
}

func newInput(config *service.ParsedConfig, resources *service.Resources, from source) (service.BatchInput, error) {
	limit, err := config.FieldInt("checkpoint_limit")
	if err != nil {
		return nil, err
	}
	policy, err := config.FieldBatchPolicy("batching")
	if err != nil {
		return nil, err
	}
	if policy.IsNoop() {
		policy.Count = 1
	}
	return service.AutoRetryNacksBatchedToggled(config, &input{
		source:    from,
		limit:     int64(limit),
		policy:    policy,
		resources: resources,
	})
}

type input struct {
	source    source
	limit     int64
	policy    service.BatchPolicy
	resources *service.Resources

	// Batches handed on whose position is not kept yet.
	open atomic.Int64

	mutex sync.Mutex
	// Of one connection: nil without one.
	connection *connection
}

type connection struct {
	cancel      context.CancelFunc
	changes     chan change
	failure     chan error
	batcher     *service.Batcher
	confirm     func(context.Context) error
	checkpoints *checkpoint.Capped[func(context.Context) error]
}

func (i *input) Connect(ctx context.Context) error {
	if err := i.source.connect(ctx); err != nil {
		return err
	}
	batcher, err := i.policy.NewBatcher(i.resources)
	if err != nil {
		return err
	}
	running, cancel := context.WithCancel(context.Background())
	c := &connection{
		cancel:      cancel,
		changes:     make(chan change),
		failure:     make(chan error, 1),
		batcher:     batcher,
		checkpoints: checkpoint.NewCapped[func(context.Context) error](i.limit),
	}
	go func() {
		defer i.source.close()
		c.failure <- i.source.stream(running, func(one change) error {
			select {
			case c.changes <- one:
				return nil
			case <-running.Done():
				return running.Err()
			}
		})
	}()
	i.mutex.Lock()
	i.connection = c
	i.mutex.Unlock()
	return nil
}

func (i *input) ReadBatch(ctx context.Context) (service.MessageBatch, service.AckFunc, error) {
	i.mutex.Lock()
	c := i.connection
	i.mutex.Unlock()
	if c == nil {
		return nil, nil, service.ErrNotConnected
	}
	for {
		var due <-chan time.Time
		if wait, pending := c.batcher.UntilNext(); pending {
			due = time.After(wait)
		}
		full := false
		select {
		case one := <-c.changes:
			c.confirm = one.confirm
			full = c.batcher.Add(one.message)
		case <-due:
			full = true
		case err := <-c.failure:
			i.resources.Logger().Errorf("The log of the database broke off: %v", err)
			i.mutex.Lock()
			i.connection = nil
			i.mutex.Unlock()
			c.cancel()
			return nil, nil, service.ErrNotConnected
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
		if !full {
			continue
		}
		batch, err := c.batcher.Flush(ctx)
		if err != nil {
			return nil, nil, err
		}
		if len(batch) == 0 {
			continue
		}
		i.hold(ctx, betweenBatches, func() bool { return i.open.Load() == 0 })
		release, err := c.checkpoints.Track(ctx, c.confirm, int64(len(batch)))
		if err != nil {
			return nil, nil, err
		}
		i.open.Add(1)
		return batch, func(ctx context.Context, err error) error {
			if err != nil {
				return err
			}
			defer i.open.Add(-1)
			// Not for a heartbeat's one row, which nobody would miss.
			if len(batch) > 1 {
				i.hold(ctx, beforePosition, func() bool { return true })
			}
			if confirm := release(); confirm != nil {
				return (*confirm)(ctx)
			}
			return nil
		}, nil
	}
}

// Places at which a test can hold the input, to end something just there.
const (
	// All batches so far are written and their position is kept, and the next is not handed on.
	betweenBatches = "between batches"
	// A batch is written, and its position is not kept.
	beforePosition = "before the position"
)

// hold stands still for as long as the file "hold", beside the pipeline, begins
// with the place. It tells so once, with the file's text, when there is nothing
// more to come before.
func (i *input) hold(ctx context.Context, place string, ready func() bool) {
	for told := false; ; {
		asked, err := os.ReadFile("hold")
		if err != nil || !strings.HasPrefix(string(asked), place) {
			return
		}
		if !told && ready() {
			i.resources.Logger().Infof("Held %s", asked)
			told = true
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (i *input) Close(context.Context) error {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	if i.connection != nil {
		i.connection.cancel()
	}
	return nil
}

var errEnded = errors.New("the server ended the stream")

// transaction holds the last change of a transaction back until its end is
// known: only then may it be confirmed.
type transaction struct {
	emit func(change) error
	// What is complete before the change that is held.
	confirm func(context.Context) error
	held    *service.Message
}

func (t *transaction) add(message *service.Message) error {
	if t.held != nil {
		if err := t.emit(change{t.held, t.confirm}); err != nil {
			return err
		}
	}
	t.held = message
	return nil
}

func (t *transaction) end(confirm func(context.Context) error) error {
	t.confirm = confirm
	if t.held == nil {
		return nil
	}
	message := t.held
	t.held = nil
	return t.emit(change{message, confirm})
}

func nothing(context.Context) error { return nil }
