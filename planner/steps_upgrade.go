package planner

import (
	"github.com/xmlint/xmlint/schema"
)

// stepCapture takes down what an upgrade overwrites.
func (b *builder) stepCapture() {
	st := b.step("capture", KindBackup, "Capture what the upgrade overwrites", b.p.capture)
	if st == nil {
		return
	}
	st.Source, st.Window = pageLegacy, WindowBefore
	if open(st) {
		b.fillCapture(st)
	}
	b.take(st, effects{makes: []literal{b.captured}})
}

func (b *builder) fillCapture(st *Step) {
	s := b.s
	if b.p.upgrade.done {
		st.Do = append(st.Do, manual("The suite has been upgraded already: take these values from the backup"))
	}
	st.Do = append(st.Do, manual("Take down, where only administrators can read it: of Subscription Manager the salt of aes, the encryption and the signing certificate and serverUUID; of App Designer encryptionKey; of all products enabled and connectionString of Auto Scale"))
	switch {
	case s.hosting.azure():
		for _, p := range s.products {
			st.Do = append(st.Do, s.hosting.saveCloudSettings(p.ID)...)
		}
		if s.hosting == hostedTerraform {
			st.Do = append(st.Do, sh("umask 077\nterraform state pull > '<BACKUP_FOLDER>/terraform.tfstate'", "the file holds the state; it holds secrets"))
		}
	default:
		b.captureHashes(st)
	}
	if sm := s.product(schema.SubscriptionManager); sm != nil && len(sm.nodes[0].sealed) > 0 {
		st.Notes = append(st.Notes, "a section of Subscription Manager is encrypted: copy its web.config into a folder outside the web root of the same server and decrypt the copy there to read the values; delete the copy afterwards")
	}
	st.Notes = append(st.Notes, "an installer makes a new salt unless it is preset, an ARM redeployment and the Terraform migration switch Auto Scale off, and none of them says so; whether old data can be read with a new salt is not known")
	st.Verify = append(st.Verify, manual("Read every captured value back once from where it is kept"))
	st.Undo = append(st.Undo, manual("Delete what was captured, once it is no longer needed"))
}

// captureHashes prints hashes of the values, to compare after the upgrade.
func (b *builder) captureHashes(st *Step) {
	for _, p := range b.s.products {
		switch {
		case p.ID == schema.SubscriptionManager:
			st.Do = append(st.Do, hashScript())
		case p.ID.UsesRedis() && b.s.hosting.carrier(p.ID) == onWindows:
			st.Do = append(st.Do, hashDesigner(p.ID))
		}
		st.Do = append(st.Do, b.s.hosting.saveCloudSettings(p.ID)...)
	}
}

// stepBackup saves files and databases, where an upgrade follows with
// everything stopped: a backup of running products misses what is written
// after it, and the upgrade needs them stopped anyway.
func (b *builder) stepBackup() {
	stops := b.p.upgrade.todo()
	title := "Back up files and databases"
	if stops {
		title = "Stop the suite, then back up files and databases"
	}
	st := b.step("backup", KindBackup, title, b.p.backup)
	if st == nil {
		return
	}
	st.Source, st.Window = pageSQLBackup, WindowBefore
	e := effects{makes: []literal{b.backedUp}}
	if stops {
		st.Window = WindowUpgrade
		e.makes = append(e.makes, opposites(b.runs)...)
		for _, n := range b.s.nodes {
			st.Nodes = append(st.Nodes, n.names()...)
		}
	}
	if open(st) {
		b.fillBackup(st, stops)
	}
	b.take(st, e)
}

func (b *builder) fillBackup(st *Step, stops bool) {
	s := b.s
	if stops {
		st.Do = append(st.Do, manual("Stop all nodes of all products and all Stream Hosts: an old product that runs beside a new one writes into a database that the new one has migrated"))
		st.Do = append(st.Do, s.stopAll()...)
		st.Restarts = true
		st.interrupts("nobody can work: sign-in, Apps and data streams stand still until the upgrade has ended; whether Stream Hosts keep what arrives meanwhile depends on their streams", s.ids()...)
		b.losesMemory(st)
	}
	b.backupProducts(st)
	for _, p := range databases {
		if s.hosting.azure() {
			st.Do = append(st.Do, backupAzureDatabase(p))
		} else {
			st.Do = append(st.Do, backupDatabase(p))
		}
	}
	st.Notes = append(st.Notes,
		"encrypted sections are saved as they are; only the server that encrypted them can open them, unless its key was exported",
		"appcmd add backup holds no site's web.config, and its restore reverts the whole server: it is no undo for one product")
	if s.hosting.azure() {
		st.Verify = append(st.Verify, manual("Each copy of a database is Online, and each file is there and not empty"))
	} else {
		st.Verify = append(st.Verify, psPlain("Get-ChildItem -Recurse -File -LiteralPath '<BACKUP_FOLDER>' | Get-FileHash | Format-List Path, Hash", "one entry for every file named above, each product in a folder of its own"))
	}
	if stops {
		st.Undo = append(st.Undo, manual("Start everything again, Subscription Manager first"))
		st.Undo = append(st.Undo, s.startAll()...)
	} else {
		st.Undo = append(st.Undo, manual("Nothing to undo: delete the backup when nobody needs it any more"))
	}
}

// backupProducts saves the files of every product folder, also of those that
// nothing tells the product of.
func (b *builder) backupProducts(st *Step) {
	s := b.s
	for _, p := range s.products {
		files := p.Files()
		if len(files) > 0 {
			st.Do = append(st.Do, backupNames(p.ID.Title(), files))
		}
		if c := s.hosting.carrier(p.ID); c == onWindows || c == onUnknown {
			for _, n := range p.nodes {
				if len(n.Files) > 0 {
					st.Do = append(st.Do, backupFiles(n))
				}
			}
		}
		if !b.p.capture.in {
			st.Do = append(st.Do, s.hosting.saveCloudSettings(p.ID)...)
		}
	}
	for _, p := range s.d.Products {
		if files := p.Files(); p.ID == schema.Unknown && len(files) > 0 {
			st.Do = append(st.Do, backupNames("a product that could not be told", files))
		}
	}
}

// stepUpgrade brings the suite to the wanted release.
func (b *builder) stepUpgrade() {
	t := b.p.target
	title := "Upgrade the suite to " + t.release.Version
	if t.unknown {
		title = "Upgrade the suite to " + t.release.Version + " if it is older than " + schema.AutoScaleSince
	} else if b.p.upgrade.done {
		title = "Upgrade the suite"
	}
	st := b.step("upgrade-xmpro", KindUpgrade, title, b.p.upgrade)
	if st == nil {
		return
	}
	st.Source, st.Window = pageUpgrade, WindowUpgrade
	for _, n := range b.s.nodes {
		st.Nodes = append(st.Nodes, n.names()...)
	}
	if open(st) {
		b.plan.Target = t.release.Version
		if t.unknown {
			st.blocks("the installed version of the suite: write version: into xmpro.yaml (App Designer's Help blade shows it, and /version from 4.4.4 on)")
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
	st.Do = append(st.Do, manual("Start the products, Subscription Manager first, one instance of each before its other instances"))
	st.Do = append(st.Do, s.startAll()...)
	st.Verify = append(st.Verify, manual("Every product starts, a user can sign in, and Stream Hosts are online in Data Stream Designer"))
	st.Undo = append(st.Undo, manual("Before the first start of the new binaries: install the old ones again and put the files back. After it: stop everything, restore all three databases and the files from the backup, install the old release; everything written since the backup is lost"))
	st.Restarts, st.PointOfNoReturn = true, true
	st.interrupts("nobody can work: sign-in, Apps and data streams stand still until all products run again", s.ids()...)
	b.losesMemory(st)
}

// demands adds what the releases on the way ask for at a time.
func (b *builder) demands(st *Step, when schema.When) {
	for _, d := range b.way().Demands {
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
		for _, issue := range b.way().Issues {
			st.Notes = append(st.Notes, "known fault of "+b.p.release.Version+": "+issue.Text+" ("+issue.Source+")")
		}
	}
}

func (b *builder) way() schema.Way { return schema.UpgradeWay(b.s.suite.oldest, b.p.release.Parsed()) }

// stepVerifyUpgrade compares what was captured and puts back what was lost.
func (b *builder) stepVerifyUpgrade() {
	st := b.step("verify/upgrade", KindVerify, "Check the upgrade and put back what it overwrote", b.p.verifyUpgrade)
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
	if !s.hosting.azure() {
		for _, p := range s.products {
			switch {
			case p.ID == schema.SubscriptionManager:
				st.Do = append(st.Do, hashScript())
			case p.ID.UsesRedis() && s.hosting.carrier(p.ID) == onWindows:
				st.Do = append(st.Do, hashDesigner(p.ID))
			}
		}
	}
	st.Do = append(st.Do, manual("Compare the salt, the certificates, serverUUID, encryptionKey and the Auto Scale settings of every node with what was captured, put back what differs, and restart the product. Where Auto Scale was on, it has to be on again; where a section was encrypted, encrypt it again"))
	b.demands(st, schema.AfterUpgrade)
	release := b.p.release.Parsed()
	if b.p.upgrade.done {
		release = s.suite.oldest
	}
	for _, p := range s.products {
		if p.ID != schema.StreamHost && release.AtLeast("4.4.4") == schema.Satisfied {
			st.Verify = append(st.Verify, version(p.ID, words(release.Text)))
		}
	}
	st.Verify = append(st.Verify, manual("The Help blade of each product shows the same version, a user can sign in, an App opens, and values encrypted before the upgrade can be read"))
	st.Undo = append(st.Undo, manual("See upgrade-xmpro: restore the backup"))
}
