package planner

// misses says what of the goal a world lacks.
func (l *land) misses(w world) string {
	three := l.three()
	for i, s := range l.spots {
		bit := uint16(1) << i
		switch {
		case s.seal && w.sealed&bit == 0:
			return "a section is left in plain text"
		case w.runs&bit == 0 && (!l.off || l.extra()&bit == 0):
			return "a node is left stopped"
		}
	}
	if l.off {
		switch {
		case w.on&three != 0:
			return "Auto Scale is still on"
		case l.several && !w.single:
			return "more than one instance is left"
		case l.prepared && w.checked&three&^l.extra() != three&^l.extra():
			return "a product was not checked as it is"
		}
		return ""
	}
	switch {
	case w.on&three != three:
		return "Auto Scale is off somewhere"
	case !w.release:
		return "the suite is too old"
	case l.upgrade && w.fresh != 1<<len(l.spots)-1:
		return "the wanted release is not installed"
	case l.compare && !w.compared:
		return "the upgrade was not compared"
	case l.needs.connector && !w.connector:
		return "no new connector"
	case l.prepared && w.checked&three != three:
		return "a product was not checked as it is"
	case l.prepared && !w.backplane:
		return "the backplane was not checked as it is"
	case l.needs.keys && !w.keys, l.needs.sticky && !w.sticky, l.needs.scale && !w.scaled:
		return "instances, keys or sticky sessions are missing"
	}
	return ""
}

// walk takes the steps that are left in every order that respects the arrows,
// with every choice of the optional ones. It gives the first fault.
func (l *land) walk(start world, steps []*Step) (fault string, states int) {
	index := map[string]int{}
	for i, s := range steps {
		index[s.ID] = i
	}
	after := make([]uint64, len(steps))
	var mandatory uint64
	for i, s := range steps {
		for _, id := range s.Requires {
			after[i] |= 1 << index[id]
		}
		if !s.Optional {
			mandatory |= 1 << i
		}
	}
	type position struct {
		taken uint64
		w     world
	}
	seen := map[position]bool{{0, start}: true}
	queue := []position{{0, start}}
	for len(queue) > 0 {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if at.taken&mandatory == mandatory {
			if missing := l.misses(at.w); missing != "" {
				return missing, len(seen)
			}
		}
		for i, s := range steps {
			if at.taken>>i&1 == 1 || at.taken&after[i] != after[i] {
				continue
			}
			out, forbidden := l.take(at.w, s)
			if forbidden != "" {
				return s.ID + ": " + forbidden, len(seen)
			}
			for _, w := range out {
				next := position{at.taken | 1<<i, w}
				if !seen[next] {
					seen[next] = true
					queue = append(queue, next)
				}
			}
		}
	}
	return "", len(seen)
}
