package deployment

import (
	"cmp"
	"container/heap"
	"context"
	"runtime"
	"sync"
)

// Each loads the groups with several workers, calls work for each deployment,
// and calls done with what work gave, in order of the deployments' roots as
// bytes. Work is called from several goroutines at once, done from one at a
// time.
//
// A deployment's memory is used again once work returns: nothing that work
// gives may refer to it. The groups are used up. An error of done ends
// everything, and so does the end of ctx. An error of work takes the place of
// its result: it ends everything when it is that deployment's turn, so that
// which error it is, and what done got before, does not depend on the number of
// workers. Each returns when the last of its goroutines has ended.
func Each[T any](ctx context.Context, groups []*Group, opts Options, work func(*Deployment) (T, error), done func(T) error) error {
	jobs := opts.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	q := newQueue[T](groups, aheadOf*jobs)
	stop := context.AfterFunc(ctx, q.stop)
	defer stop()
	worker := func() {
		memory := &arena{}
		var outputs []item[T]
		for {
			i, ok := q.take()
			if !ok {
				return
			}
			outputs = outputs[:0]
			for _, d := range groups[i].load(ctx, opts, memory) {
				out, err := work(d)
				outputs = append(outputs, item[T]{d.Root, i, len(outputs), out, err})
			}
			memory.release()
			if ctx.Err() != nil { // a group that was loaded in part
				return
			}
			if err := q.add(i, outputs, done); err != nil {
				cancel(err)
				return
			}
		}
	}
	var others sync.WaitGroup
	for range min(jobs, len(groups)) - 1 {
		others.Go(worker)
	}
	worker()
	others.Wait()
	return context.Cause(ctx)
}

// aheadOf is by how many groups, for each worker, the others may run ahead of
// the slowest one, and how many results may wait for done.
const aheadOf = 64

// queue gives out the groups, and puts what they gave into order of root.
type queue[T any] struct {
	mu      sync.Mutex
	wake    sync.Cond
	ahead   int
	groups  []*Group
	taken   int // groups given out
	arrived []bool
	first   int // the first group that has not arrived
	ready   itemHeap[T]
	done    bool // a worker is calling done
	stopped bool
}

type itemHeap[T any] []item[T]

type item[T any] struct {
	root         string
	group, index int // index is the place among the group's deployments
	output       T
	err          error // of work
}

func newQueue[T any](groups []*Group, ahead int) *queue[T] {
	q := &queue[T]{ahead: ahead, groups: groups, arrived: make([]bool, len(groups))}
	q.wake.L = &q.mu
	return q
}

// take gives the next group, once the slowest worker and done have come near
// enough; false where there is none, or the queue was stopped.
func (q *queue[T]) take() (group int, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.stopped && (q.taken-q.first >= q.ahead || q.done && len(q.ready) >= q.ahead) {
		q.wake.Wait()
	}
	if q.stopped || q.taken == len(q.groups) {
		return 0, false
	}
	q.taken++
	return q.taken - 1, true
}

// add takes what a group gave. Where no other worker does so already, it calls
// done with what can be told now; it gives the first error.
func (q *queue[T]) add(group int, outputs []item[T], done func(T) error) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.arrived[group] = true
	for q.first < len(q.groups) && q.arrived[q.first] {
		q.groups[q.first] = nil // the larger the tree, the more this is
		q.first++
	}
	for _, x := range outputs {
		heap.Push(&q.ready, x)
	}
	if q.done {
		return nil
	}
	q.done = true
	for x, ok := q.next(); ok && !q.stopped; x, ok = q.next() {
		err := x.err
		if err == nil {
			q.mu.Unlock()
			err = done(x.output)
			q.mu.Lock()
		}
		if err != nil { // no other worker shall call done again
			q.stopped = true
			q.wake.Broadcast()
			return err
		}
	}
	q.done = false
	q.wake.Broadcast()
	return nil
}

// stop lets take give no more groups.
func (q *queue[T]) stop() {
	q.mu.Lock()
	q.stopped = true
	q.mu.Unlock()
	q.wake.Broadcast()
}

// next gives the result with the smallest root, if no group that is still
// missing can have a smaller one.
func (q *queue[T]) next() (x item[T], ok bool) {
	if len(q.ready) == 0 || q.first < len(q.groups) && q.ready[0].root >= q.groups[q.first].least {
		return x, false
	}
	return heap.Pop(&q.ready).(item[T]), true
}

// Len, Less, Swap, Push and Pop are the heap's.
func (h itemHeap[T]) Len() int      { return len(h) }
func (h itemHeap[T]) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h itemHeap[T]) Less(i, j int) bool {
	a, b := &h[i], &h[j]
	return cmp.Or(cmp.Compare(a.root, b.root), cmp.Compare(a.group, b.group), cmp.Compare(a.index, b.index)) < 0
}
func (h *itemHeap[T]) Push(x any) { *h = append(*h, x.(item[T])) }
func (h *itemHeap[T]) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	(*h)[last] = item[T]{}
	*h = (*h)[:last]
	return x
}
