package planner

import (
	"slices"

	"github.com/xmlint/xmlint/schema"
)

// stepCapture takes down what an upgrade overwrites.
func (b *builder) stepCapture() {
	st := b.step(schema.StepCapture, KindBackup, "Capture what the upgrade overwrites", b.p.capture)
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
	st.Do = append(st.Do, manual("Take down, where only administrators can read it: of Subscription Manager the salt of aes, the encryption and the signing certificate and serverUUID; of App Designer encryptionKey; of all products enabled and connectionString of Auto Scale"))
	switch {
	case b.p.upgrade.done: // what the products hold now is what the upgrade has left
		st.Do = append(st.Do, manual("The suite has been upgraded already: take these values from the backup of before, not from the products. List the step under done: in xmpro.yaml where they were taken down at the time"))
	case s.hosting.azure():
		for _, p := range s.products {
			st.Do = appendNew(st.Do, s.hosting.saveCloudSettings(p.ID))
			st.Do = append(st.Do, s.seeSecrets(p.ID, "keep them", "true or false: keep it")...)
		}
		if s.hosting == hostedTerraform {
			st.Do = append(st.Do, sh("umask 077\nterraform state pull > '<BACKUP_FOLDER>/terraform.tfstate'", "the file holds the state; it holds secrets"))
		}
	default:
		b.captureHashes(st)
	}
	st.Notes = append(st.Notes, "an installer makes a new salt unless it is preset, an ARM redeployment and the Terraform migration switch Auto Scale off, and none of them says so; whether old data can be read with a new salt is not known")
	st.Verify = append(st.Verify, manual("Read every captured value back once from where it is kept"))
	st.Undo = append(st.Undo, manual("Delete what was captured, once it is no longer needed"))
}

// seeSecrets shows what is in a product's key vault, but for secrets. The
// Terraform modules give a vault to Subscription Manager alone.
//
// Source: XMPro Terraform modules.
func (s *site) seeSecrets(p schema.Product, hashes, enabled string) []Action {
	if !p.UsesRedis() || s.hosting == hostedTerraform && p != schema.SubscriptionManager {
		return nil
	}
	return []Action{hashSecrets(p, hashes), seeSecret(p, enabled)}
}

// hasSeal reports whether a section of some node is encrypted.
func (s *site) hasSeal() bool {
	return slices.ContainsFunc(s.nodes, func(n *nodeSite) bool { return len(n.sealed) > 0 })
}

// captureHashes prints hashes of the values, to compare after the upgrade.
func (b *builder) captureHashes(st *Step) {
	for _, p := range b.s.products {
		switch {
		case p.ID == schema.SubscriptionManager:
			b.hashes(st, p, hashManager(p.nodes[0].sealed, "keep them"))
			if b.s.hosting.carrier(p.ID) == onWindows && byInstaller(b.p.target.release) {
				st.Do = append(st.Do, manual("On one server of Subscription Manager put the salt into the file that the installer is given later:"), saveSalt(p.nodes[0].sealed))
			}
			if len(p.nodes[0].sealed) > 0 {
				st.Notes = append(st.Notes, noteAssembly)
			}
		case p.ID.UsesRedis() && b.s.hosting.carrier(p.ID) == onWindows:
			b.hashes(st, p, hashDesigner(p.ID, "keep them"))
		}
		st.Do = appendNew(st.Do, b.s.hosting.saveCloudSettings(p.ID))
	}
	// The installer is given the salt on every server, whatever the tree holds.
	if h := b.s.hosting; b.s.product(schema.SubscriptionManager) == nil && (h == hostedIIS || h == hostedInstaller) && byInstaller(b.p.target.release) {
		st.Do = append(st.Do, manual("Subscription Manager is not in this tree. On its server put the salt into the file that the installer is given later; where the section is encrypted, of a copy that was decrypted:"), saveSalt(nil))
	}
}

// hashes adds the hashes of a product's values, on each of its nodes.
func (b *builder) hashes(st *Step, p *productSite, hash Action) {
	st.Do = append(st.Do, b.s.onEach(p, []Action{hash})...)
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
	st := b.step(schema.StepBackup, KindBackup, title, b.p.backup)
	if st == nil {
		return
	}
	st.Source, st.Window = pageSQLBackup, WindowBefore
	e := effects{makes: []literal{b.backedUp}}
	if stops {
		st.Window = WindowUpgrade
		e.makes = append(e.makes, opposites(b.runs)...)
		for _, n := range b.s.nodes {
			st.Nodes = appendNew(st.Nodes, n.names())
		}
	}
	if open(st) {
		b.fillBackup(st, stops)
	}
	b.take(st, e)
}

// suiteStopped is what the upgrade of the suite means for everybody, from the
// backup on.
const suiteStopped = "nobody can work: sign-in, Apps and data streams stand still until all products run again; whether Stream Hosts keep what arrives meanwhile depends on their streams"

func (b *builder) fillBackup(st *Step, stops bool) {
	s := b.s
	if stops {
		st.Do = append(st.Do, manual("Stop all nodes of all products and all Stream Hosts: an old product that runs beside a new one writes into a database that the new one has migrated"))
		st.Do = append(st.Do, s.stopAll()...)
		if s.hosting.carrier(schema.SubscriptionManager) == onWindows {
			st.Notes = append(st.Notes, "IIS starts its pools again when it or the server restarts, also those that were stopped: look again after each restart")
		}
		if s.hosting == hostedCompose && s.product(schema.StreamHost) != nil {
			st.Notes = append(st.Notes, "docker compose config --services lists the services: that of the Stream Host is called stream-host or sh")
		}
		st.Restarts = true
		st.interrupts(suiteStopped, s.ids()...)
		b.losesMemory(st)
	}
	if b.p.upgrade.in && b.p.upgrade.done {
		st.Notes = append(st.Notes, "the suite has been upgraded already: this backup leads back to the upgraded suite. Keep the one of before: give this one folders of its own, for the commands write over what is there")
	}
	b.backupProducts(st)
	for _, p := range databases {
		st.Do = append(st.Do, s.hosting.backupDatabase(p))
	}
	if s.hasSeal() {
		st.Notes = append(st.Notes, "encrypted sections are saved as they are; only the server that encrypted them can open them, unless its key was exported")
	}
	if s.hosting.carrier(schema.SubscriptionManager) == onWindows {
		st.Notes = append(st.Notes, "appcmd add backup holds no site's web.config, and its restore reverts the whole server: it is no undo for one product")
	}
	if c := s.hosting.carrier(schema.AppDesigner); c != onWindows && c != onWebApp {
		st.Notes = append(st.Notes, "Azure SQL Database has no BACKUP DATABASE: where a database lies there, copy it with az sql db copy instead")
	}
	st.Verify = append(st.Verify, s.seesBackups()...)
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
			if p.ID == schema.StreamHost {
				st.Do = append(st.Do, manual("Save Variables.xv beside each Stream Host's appsettings.json as well, where there is one"))
			}
		}
		if c := s.hosting.carrier(p.ID); c == onWindows || c == onUnknown {
			for _, n := range p.nodes {
				if len(n.Files) > 0 {
					st.Do = append(append(st.Do, s.onNode(n)...), backupFiles(n))
				}
			}
		}
		if !b.p.capture.in {
			st.Do = appendNew(st.Do, s.hosting.saveCloudSettings(p.ID))
		}
	}
	if s.hosting == hostedInstaller {
		st.Do = append(st.Do, manual("On every server save what the installer asks from, too:"), installerFiles())
	}
	for _, p := range s.d.Products {
		if files := p.Files(); p.ID == schema.Unknown && len(files) > 0 {
			st.Do = append(st.Do, backupNames("a product that could not be told", files))
		}
	}
}
