package planner

import "github.com/xmlint/xmlint/schema"

// stepUpgrade brings the suite to the wanted release.
func (b *builder) stepUpgrade() {
	t := b.p.target
	title := "Upgrade the suite to " + t.release.Version
	if t.unknown {
		title = "Upgrade the suite to " + t.release.Version + " if it is older than " + schema.AutoScaleSince
	} else if b.p.upgrade.done {
		title = "Upgrade the suite"
	}
	st := b.step(schema.StepUpgradeSuite, KindUpgrade, title, b.p.upgrade)
	if st == nil {
		return
	}
	st.Source, st.Window = pageUpgrade, WindowUpgrade
	for _, n := range b.s.nodes {
		st.Nodes = appendNew(st.Nodes, n.names())
	}
	if open(st) {
		b.plan.Target = t.release.Version
		if t.unknown {
			st.blocks("the installed version of the suite: write version: into xmpro.yaml (App Designer's Help blade shows it, and /version from " + schema.VersionPageSince + " on)")
		}
		b.fillUpgrade(st)
	}
	e := effects{before: join([]literal{b.captured, b.backedUp}, opposites(b.runs)), makes: join([]literal{b.suite, b.installed, b.intact.opposite()}, b.runs)}
	e.may = append(e.may, b.backplane.opposite())
	for _, n := range b.s.nodes {
		if n.of.ID.UsesRedis() {
			e.may = append(e.may, b.on[n.index].opposite(), b.checked[n.index].opposite())
		}
		if n.hasSeal() {
			e.may = append(e.may, b.sealed[n.index].opposite())
		}
	}
	b.take(st, e)
}

func (b *builder) fillUpgrade(st *Step) {
	s, release := b.s, b.p.target.release
	b.demands(st, schema.BeforeUpgrade)
	st.Do = append(st.Do, manual("See that no product and no Stream Host runs, on any node; stop what does. Start none before all are upgraded: the first that starts migrates the databases under the others"))
	st.Do = append(st.Do, s.upgradeSuite(release)...)
	st.Do = append(st.Do, s.startUpgraded(release)...)
	if s.leavesARM(release) {
		st.Notes = append(st.Notes, "the commands of the steps after this one are those for ARM: write hosting: azure-terraform into xmpro.yaml once the upgrade is done, and make the plan anew")
	}
	st.Verify = append(st.Verify, manual("Every product starts, a user can sign in, and Stream Hosts are online in Data Stream Designer"))
	b.undoUpgrade(st)
	st.Restarts, st.PointOfNoReturn = true, true
	st.interrupts(suiteStopped, s.ids()...)
	b.losesMemory(st)
}

// undoUpgrade leads back to the old release: nothing runs while databases and
// files are put back, and nothing starts before both are.
func (b *builder) undoUpgrade(st *Step) {
	s := b.s
	st.Undo = append(st.Undo, manual("Before the first start of the new binaries: leave the databases out of what follows. After it all of it, in this order; everything written since the backup is lost"))
	st.Undo = append(st.Undo, s.stopNew(b.p.target.release)...)
	for _, p := range databases {
		st.Undo = append(st.Undo, s.hosting.restoreDatabase(p))
	}
	st.Undo = append(st.Undo, s.oldRelease(b.p.target.release)...)
	for _, p := range s.products {
		if c := s.hosting.carrier(p.ID); c != onWindows && c != onUnknown {
			continue
		}
		for _, n := range p.nodes {
			if len(n.Files) == 0 {
				continue
			}
			st.Undo = append(append(st.Undo, s.onNode(n)...), restoreFiles(n))
		}
	}
	st.Undo = append(st.Undo, s.startOld()...)
}

// demands adds what the releases on the way ask for at a time.
func (b *builder) demands(st *Step, when schema.When) {
	for _, d := range b.way.Demands {
		if !b.s.concerns(d) {
			continue
		}
		text := d.Text + " (" + d.Source + ")"
		switch {
		case d.When == when:
			st.Do = append(st.Do, manual(upperFirst(text)))
		case d.When == schema.NoteOnly && when == schema.BeforeUpgrade:
			st.Notes = append(st.Notes, text)
		}
	}
	if when == schema.BeforeUpgrade {
		for _, issue := range b.way.Issues {
			st.Notes = append(st.Notes, "known fault of "+b.p.release.Version+": "+issue.Text+" ("+issue.Source+")")
		}
	}
}

// stepVerifyUpgrade compares what was captured and puts back what was lost.
func (b *builder) stepVerifyUpgrade() {
	st := b.step(schema.StepVerifyUpgrade, KindVerify, "Check the upgrade and put back what it overwrote", b.p.verifyUpgrade)
	if st == nil {
		return
	}
	st.Source, st.Window = pageLegacy, WindowUpgrade
	if open(st) {
		b.fillVerifyUpgrade(st)
	}
	e := effects{before: []literal{b.captured, b.installed}, makes: []literal{b.intact}}
	for _, n := range b.s.nodes {
		if n.of.ID.UsesRedis() && n.settled {
			e.makes = append(e.makes, b.on[n.index])
			if len(n.sealed) > 0 {
				e.makes = append(e.makes, b.sealed[n.index])
			}
		}
	}
	b.take(st, e)
}

func (b *builder) fillVerifyUpgrade(st *Step) {
	s := b.s
	const same = "the same as those that were captured"
	for _, p := range s.products {
		switch {
		case s.hosting.azure():
			st.Do = append(st.Do, s.seeSecrets(p.ID, same, "the value that was captured: a redeployed template writes false")...)
		case p.ID == schema.SubscriptionManager:
			b.hashes(st, p, hashManager(p.nodes[0].sealed, same))
			if len(p.nodes[0].sealed) > 0 {
				st.Notes = append(st.Notes, "after an upgrade the section may be in plain text: leave the line with -pdf out then", noteAssembly)
			}
		case p.ID.UsesRedis() && s.hosting.carrier(p.ID) == onWindows:
			b.hashes(st, p, hashDesigner(p.ID, same))
		}
	}
	st.Do = append(st.Do, manual("Compare the salt, the certificates, serverUUID, encryptionKey and the Auto Scale settings of every node with what was captured, put back what differs, and restart the product. Where Auto Scale was on, it has to be on again; where a section was encrypted, encrypt it again"))
	if s.hosting.azure() {
		st.Notes = append(st.Notes, "a key vault keeps the earlier versions of a secret: az keyvault secret list-versions names them, az keyvault secret show with --version reads one, and az keyvault secret set writes it anew. az keyvault secret restore refuses a secret that is still there")
	}
	b.demands(st, schema.AfterUpgrade)
	release := b.p.release.Parsed()
	if b.p.upgrade.done {
		release = s.suite.oldest
	}
	for _, p := range s.products {
		if p.ID != schema.StreamHost && release.AtLeast(schema.VersionPageSince) == schema.Satisfied {
			st.Verify = append(st.Verify, version(p.ID, words(release.Text)))
		}
	}
	st.Verify = append(st.Verify, manual("The Help blade of each product shows the same version, a user can sign in, an App opens, and values encrypted before the upgrade can be read"))
	st.Undo = append(st.Undo, manual("See upgrade-xmpro: restore the backup"))
}
