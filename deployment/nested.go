package deployment

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
)

// nest puts the group of each folder that another group has for one of its own
// into that one: what lies below a product's folder. Apart, both could make a
// deployment of that folder. The folders are those of the groups, in order of
// owner and name.
func nest(groups []*Group, found []folder) []*Group {
	isNested := func(g *Group) bool {
		if g.manifest != "" || g.dir == g.source.Dir {
			return false
		}
		above := path.Dir(g.dir)
		_, ok := slices.BinarySearchFunc(found, g.dir, func(f folder, dir string) int {
			return cmp.Or(cmp.Compare(f.owner, above), cmp.Compare(f.dir, dir))
		})
		return ok
	}
	var nested []*Group
	groups = slices.DeleteFunc(groups, func(g *Group) bool {
		if isNested(g) {
			nested = append(nested, g)
			return true
		}
		return false
	})
	if len(nested) == 0 {
		return groups
	}
	at := make(map[string]*Group, len(groups)+len(nested))
	for _, g := range slices.Concat(groups, nested) {
		at[g.dir] = g
	}
	for _, g := range nested {
		above := at[path.Dir(g.dir)]
		above.nested = append(above.nested, g)
	}
	return groups
}

// loadNested loads the groups below those of l's folders that they belong to.
// The deployment that such a folder has of its own goes on in its group.
func (l *loader) loadNested(ctx context.Context) []*Deployment {
	var all []*Deployment
	for _, g := range l.group.nested {
		first := &Deployment{Root: g.root, VersionControlled: g.versionControlled}
		if i := slices.IndexFunc(l.all[1:], func(d *Deployment) bool { return d.Root == g.root }); i >= 0 {
			first = l.all[1+i]
			l.all = slices.Delete(l.all, 1+i, 2+i)
		}
		all = append(all, g.loadInto(ctx, first, l.opts, l.arena)...)
	}
	return all
}

// inOrder puts deployments into the order of their roots.
func inOrder(all []*Deployment) []*Deployment {
	slices.SortStableFunc(all, func(a, b *Deployment) int { return strings.Compare(a.Root, b.Root) })
	return all
}
