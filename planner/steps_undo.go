package planner

import (
	"strings"
	"unicode"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// byMigrate says that a command makes the edits of a step.
func (b *builder) byMigrate(n *nodeSite) string {
	flags := "--products " + string(n.of.ID)
	if n.of.named {
		flags += " --nodes " + shellWord(n.Name, "NODE")
	}
	flags += " --write"
	if b.s.off {
		flags = "--off " + flags
	}
	if w := n.Web; w != nil && (w.Protected != nil || w.ProtectedAppSettings != nil) {
		flags = "--key '<KEY_FILE>' " + flags
	}
	return "The edits below, which " + b.migrate(flags) + " makes: "
}

// migrate is a call of xmlint migrate for this deployment, from the folder that
// the plan's paths begin at.
func (b *builder) migrate(flags string) string {
	root := ""
	if name := b.s.d.Root; name != "." {
		if strings.HasPrefix(name, "-") { // a flag, else
			name = "./" + name
		}
		root = shellWord(name, "DEPLOYMENT_FOLDER") + " "
	}
	environment := ""
	if b.opts.Environment != "" {
		environment = "--environment " + shellWord(b.opts.Environment, "ENVIRONMENT") + " "
	}
	return "xmlint migrate " + root + environment + flags
}

// verifySetting says how to see that a setting is in place.
func (b *builder) verifySetting(st *Step, n *nodeSite) {
	wanted := "true"
	if b.s.off {
		wanted = "false"
	}
	if n.hasSeal() {
		if b.s.off {
			wanted += ", or nothing where <xmpro> has no autoScale"
		}
		st.Verify = append(st.Verify, seesSwitch(wanted))
		return
	}
	how := b.s.hosting.setter(n)
	text := n.title() + " starts and writes no error to its log"
	switch {
	case !b.stays(n):
		text = n.title() + " stays stopped"
	case how == setVault:
		st.Verify = append(st.Verify, seeSecret(n.of.ID, wanted))
	case how == setTerraform:
		text = "terraform plan finds nothing more to change, and " + text
	}
	if n.auto.State == deployment.StateUnknown {
		text += "; list the step under done: in xmpro.yaml, for no file shows it"
	} else {
		text = "xmlint show names the new values, and " + text
	}
	st.Verify = append(st.Verify, manual(text))
}

// undoSetting says how to take a setting back.
func (b *builder) undoSetting(st *Step, n *nodeSite) {
	how := b.s.hosting.setter(n)
	switch {
	case n.hasSeal():
		st.Undo = append(b.oneFirst(n), manual("Put the encrypted file of before back, which the step that decrypts it has saved:"))
		st.Undo = append(st.Undo, b.around(n, []Action{copyBack(n.of.ID, "web.config", b.aside(n, "encrypted"))},
			stopOnWindows(n.of.ID), startOnWindows(n.of.ID))...)
		return
	case n.of.ID == schema.SubscriptionManager && how == setFile:
		st.Undo = append(b.oneFirst(n), b.around(n,
			[]Action{copyBack(n.of.ID, "web.config", b.aside(n, "plain"))},
			stopOnWindows(n.of.ID), startOnWindows(n.of.ID))...)
		return
	case b.s.off && how == setVault:
		st.Undo = append(b.fileToo(n), switchSecret(n.of.ID, true))
	case b.s.off && how == setFile:
		st.Undo = append(st.Undo, manual("Set enabled to true again"))
	case how == setFile && n.auto.On():
		st.Undo = append(st.Undo, manual("Put the file of before back, from the backup"))
	case how == setFile:
		st.Undo = append(b.oneFirst(n), manual("Set enabled to false; what lies in Redis is not read any more"))
	case n.auto.On() && !b.s.off:
		st.Undo = append(st.Undo, manual("Set the values of before again, by the means of the hosting and in the file: both are in the backup"))
	default:
		st.Undo = append(b.oneFirst(n), b.fileToo(n)...)
		st.Undo = append(st.Undo, b.s.setAutoScale(n, b.s.off)...)
	}
	if b.stays(n) {
		st.Undo = append(st.Undo, b.restartAfter(n, how)...)
	}
}

// fileToo takes back what the file says, where the hosting sets the product:
// xmlint would go on to believe the file.
func (b *builder) fileToo(n *nodeSite) []Action {
	if n.auto.State == deployment.StateUnknown || n.file() == nil {
		return nil
	}
	return []Action{manual(inFileToo(n, b.s.off))}
}

// oneFirst says that several instances never run without Auto Scale.
func (b *builder) oneFirst(n *nodeSite) []Action {
	if b.s.off || n.of.Instances < 2 {
		return nil
	}
	return []Action{manual("With more than one instance first go back to one")}
}

// shellWord is a name as a word of every shell; it leaves room under another
// name where no way to quote is the same in all: a quote in quotes is written
// in one way for a POSIX shell and in another for PowerShell, which takes
// typographic quotes for plain ones as well.
func shellWord(name, room string) string {
	name = words(name)
	plain := func(r rune) bool { return strings.ContainsRune("-_./", r) || unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch {
	case strings.TrimFunc(name, plain) == "":
		return name
	case !strings.ContainsAny(name, "'‘’‚‛"):
		return "'" + name + "'"
	case !strings.ContainsAny(name, "\"“”„$`\\!%"):
		return `"` + name + `"`
	}
	return "'<" + room + ">'"
}
