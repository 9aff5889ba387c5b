package deployment

import (
	"cmp"
	"container/heap"
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Each loads the groups with several workers, calls work for each deployment,
// and calls done with what work gave, in order of the deployments' roots as
// bytes. Work is called from several goroutines at once, done from one.
//
// A deployment's memory is used again once work returns: nothing that work
// gives may refer to it. The groups are used up. The first error of work or
// done ends everything, and so does the end of ctx; Each returns when the last
// of its goroutines has ended.
func Each[T any](ctx context.Context, groups []*Group, opts Options, work func(*Deployment) (T, error), done func(T) error) error {
	jobs := opts.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	type result struct {
		group   int
		roots   []string
		outputs []T
	}
	// A worker may run ahead of the slowest one by this many groups.
	ahead := make(chan struct{}, 64*jobs)
	results := make(chan result, 64)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(jobs, max(len(groups), 1)) {
		workers.Go(func() {
			memory := &arena{}
			for {
				select {
				case ahead <- struct{}{}:
				case <-ctx.Done():
					return
				}
				i := int(next.Add(1)) - 1
				if i >= len(groups) {
					return
				}
				r := result{group: i}
				for _, d := range groups[i].load(ctx, opts, memory) {
					out, err := work(d)
					if err != nil {
						cancel(err)
						return
					}
					r.roots, r.outputs = append(r.roots, d.Root), append(r.outputs, out)
				}
				memory.release()
				select {
				case results <- r:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		workers.Wait()
		close(results)
	}()

	q := newQueue[T](groups)
	for r := range results {
		if ctx.Err() != nil {
			continue
		}
		<-ahead
		q.add(r.group, r.roots, r.outputs)
		for out, ok := q.next(); ok; out, ok = q.next() {
			if err := done(out); err != nil {
				cancel(err)
				break
			}
		}
	}
	return context.Cause(ctx)
}

// queue puts results into order of root.
type queue[T any] struct {
	groups  []*Group
	arrived []bool
	first   int // the first group that has not arrived
	ready   itemHeap[T]
}

type itemHeap[T any] []item[T]

type item[T any] struct {
	root         string
	group, index int // index is the place among the group's deployments
	output       T
}

func newQueue[T any](groups []*Group) *queue[T] {
	return &queue[T]{groups: groups, arrived: make([]bool, len(groups))}
}

func (q *queue[T]) add(group int, roots []string, outputs []T) {
	q.arrived[group] = true
	for q.first < len(q.groups) && q.arrived[q.first] {
		q.groups[q.first] = nil // the larger the tree, the more this is
		q.first++
	}
	for i, root := range roots {
		heap.Push(&q.ready, item[T]{root, group, i, outputs[i]})
	}
}

// next gives the result with the smallest root, if no group that is still
// missing can have a smaller one.
func (q *queue[T]) next() (output T, ok bool) {
	if len(q.ready) == 0 || q.first < len(q.groups) && q.ready[0].root >= q.groups[q.first].least {
		return output, false
	}
	return heap.Pop(&q.ready).(item[T]).output, true
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
