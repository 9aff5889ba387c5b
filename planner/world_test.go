package planner

import (
	"strings"
)

// The judge. It carries out a plan's steps on a small world, in every order
// and with every choice of the optional steps, and says what the vendor's
// rules forbid. It knows steps by their ids alone: neither preconditions nor
// effects of the planner's model are read here.

// spot is one node of the world.
type spot struct {
	product string
	name    string // empty: not named
	seal    bool   // its section was encrypted before anybody touched it
	closed  bool   // it is encrypted at the start
	asked   bool   // Auto Scale was on at the start
}

// land is what does not change in a world.
type land struct {
	spots    []spot
	off      bool // the way back
	upgrade  bool // an upgrade is to be made
	compare  bool // an upgrade is to be compared
	prepared bool // checking steps are in the plan
	several  bool // the way back begins with more than one instance
	needs    struct{ connector, scale, keys, sticky, auto bool }
	steps    []*Step
	stops    bool // the backup stops the suite
}

// world is a state: sets of spots as bits, and what is true of all.
type world struct {
	on, sealed, runs, fresh, checked uint16 // by spot
	captured, saved, redis, answered bool
	compared, release, connector     bool
	keys, sticky, scaled, backplane  bool
	single, decided                  bool
}

func (l *land) of(product string) (all uint16) {
	for i, s := range l.spots {
		if s.product == product {
			all |= 1 << i
		}
	}
	return all
}

func (l *land) three() uint16 {
	return l.of("app-designer") | l.of("data-stream-designer") | l.of("subscription-manager")
}

// target is the spots that a step is about: one node, or those of a product.
func (l *land) target(id string) (i int, ok bool) {
	_, rest, _ := strings.Cut(id, "/")
	product, name, _ := strings.Cut(rest, "@")
	for i, s := range l.spots {
		if s.product == product && s.name == name {
			return i, true
		}
	}
	return 0, false
}

// stopsAll reports whether all nodes of a product stand still though the
// manifest names several: forbidden for a mere setting.
func (l *land) stopsAll(w world, i int) bool {
	all := l.of(l.spots[i].product)
	return l.spots[i].name != "" && all&(all-1) != 0 && w.runs&all == 0
}

// mixed reports whether old and new binaries run at once.
func (l *land) mixed(w world) bool { return l.upgrade && w.runs&w.fresh != 0 && w.runs&^w.fresh != 0 }

// take carries out a step. It gives the worlds that can come out, and what is
// forbidden.
func (l *land) take(w world, st *Step) (out []world, forbidden string) {
	head, _, _ := strings.Cut(st.ID, "/")
	switch {
	case st.ID == "capture":
		w.captured = true
	case st.ID == "backup":
		w.saved = true
		if l.stops {
			w.runs = 0
		}
	case st.ID == "upgrade-xmpro":
		return l.takeUpgrade(w)
	case st.ID == "verify/upgrade":
		l.takeCompare(&w)
	case st.ID == "provision-redis":
		w.redis = true
	case st.ID == "verify/redis":
		w.answered = w.redis
	case st.ID == "upgrade-connector":
		w.connector = true
		switch {
		case !w.release:
			forbidden = "connector before the platform"
		case l.compare && !w.compared:
			forbidden = "connector before the upgrade was checked"
		case w.runs&l.of("app-designer") == 0 && l.of("app-designer") != 0:
			forbidden = "connector uploaded to an App Designer that is stopped"
		}
	case head == "upgrade-app":
		if app := l.of("app-designer"); !w.connector || w.on&app != app || !w.release {
			forbidden = "App upgraded before connector and every node"
		} else if l.unchecked(w, "app-designer") {
			forbidden = "App upgraded before App Designer was checked"
		}
	case st.ID == wayBack:
		w.decided = true
	case head == "decide":
	case st.ID == "scale-in":
		w.single = true
		w.runs &^= l.extra()
		if !w.decided {
			forbidden = "way back without a decision"
		}
	case st.ID == "share-keys":
		return []world{l.takeKeys(&w)}, l.rolling(w)
	case st.ID == "sticky-sessions":
		w.sticky = true
	case st.ID == "scale-out":
		w.scaled = true
		if !w.keys || !w.sticky || !w.backplane || w.on&l.three() != l.three() {
			forbidden = "instance added before Redis, keys and sticky sessions"
		}
	case st.ID == "verify/backplane":
		w.backplane = w.answered && w.on&l.three() == l.three() && w.checked&l.three() == l.three()
	default:
		return l.takeNode(w, st.ID, head)
	}
	if forbidden == "" && l.mixed(w) {
		forbidden = "old and new binaries at once"
	}
	return []world{w}, forbidden
}

// unchecked tells whether a node of a product was not seen to work as it is,
// though the plan has a step for it.
func (l *land) unchecked(w world, product string) bool {
	for _, st := range l.steps {
		if head, rest, _ := strings.Cut(st.ID, "/"); head == "verify" && strings.HasPrefix(rest, product) {
			if i, ok := l.target(st.ID); ok && w.checked&(1<<i) == 0 {
				return true
			}
		}
	}
	return false
}

// extra are the spots that the way back takes out of service.
func (l *land) extra() (extra uint16) {
	seen := map[string]bool{}
	for i, s := range l.spots {
		if seen[s.product] {
			extra |= 1 << i
		}
		seen[s.product] = true
	}
	return extra
}

func (l *land) takeUpgrade(w world) ([]world, string) {
	forbidden := ""
	switch {
	case !w.captured:
		forbidden = "upgrade before capture"
	case !w.saved:
		forbidden = "upgrade before backup"
	}
	for i := range l.spots { // the binaries of one node after the other
		w.fresh |= 1 << i
		if l.mixed(w) {
			forbidden = "old and new binaries at once"
		}
	}
	w.runs = 1<<len(l.spots) - 1
	w.release, w.compared = true, false
	kept := w
	kept.checked, kept.backplane = 0, false
	lost := kept
	lost.on, lost.sealed = 0, 0 // the installer wrote everything anew
	return []world{kept, lost}, forbidden
}

// takeCompare puts back what was captured: also what was off then.
func (l *land) takeCompare(w *world) {
	if w.fresh != 1<<len(l.spots)-1 {
		return // compared with nothing: the upgrade is still to come
	}
	w.compared = true
	if !w.captured {
		return
	}
	for i, s := range l.spots {
		bit := uint16(1) << i
		w.on &^= bit
		if s.asked {
			w.on |= bit
		}
		if s.closed {
			w.sealed |= bit
		}
	}
}

func (l *land) takeKeys(w *world) world {
	after := *w
	after.keys = true
	return after
}

// rolling restarts the nodes of the three one after the other.
func (l *land) rolling(w world) string {
	if !w.saved {
		return "file edited without a backup"
	}
	for i := range l.spots {
		bit := uint16(1) << i
		if l.three()&bit == 0 {
			continue
		}
		during := w
		during.runs &^= bit
		if l.stopsAll(during, i) {
			return "all nodes stopped for a setting"
		}
	}
	return ""
}

func (l *land) takeNode(w world, id, head string) ([]world, string) {
	i, ok := l.target(id)
	if !ok {
		return []world{w}, "unknown step " + id
	}
	bit := uint16(1) << i
	forbidden := ""
	stays := !l.off || l.extra()&bit == 0
	stop := func() {
		during := w
		during.runs &^= bit
		if !l.off && l.stopsAll(during, i) {
			forbidden = "all nodes stopped for a setting"
		}
	}
	switch head {
	case "decrypt":
		if stays {
			stop()
			w.runs &^= bit
		}
		w.sealed &^= bit
		w.checked &^= bit
		if !w.saved {
			forbidden = "file edited without a backup"
		}
	case "configure":
		if w.runs&bit != 0 {
			stop()
		}
		w.checked &^= bit
		w.backplane = false
		switch {
		case w.sealed&bit != 0:
			forbidden = "encrypted file edited"
		case !w.saved:
			forbidden = "file edited without a backup"
		case l.off && (!w.single || !w.decided):
			forbidden = "Auto Scale off with more than one instance"
		case l.off:
		case !w.release:
			forbidden = "Auto Scale on below 4.3.1"
		case !w.answered:
			forbidden = "Auto Scale on before Redis answers"
		}
		if l.off {
			w.on &^= bit
		} else {
			w.on |= bit
		}
	case "encrypt":
		w.sealed |= bit
		if stays {
			w.runs |= bit
		}
	case "verify":
		right := w.runs&bit != 0 && (w.on&bit != 0) == !l.off && (!l.spots[i].seal || w.sealed&bit != 0) && (l.off || w.answered)
		w.checked &^= bit
		if right {
			w.checked |= bit
		}
	default:
		forbidden = "unknown step " + id
	}
	if forbidden == "" && l.mixed(w) {
		forbidden = "old and new binaries at once"
	}
	return []world{w}, forbidden
}
