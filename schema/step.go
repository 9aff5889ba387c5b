package schema

import "strings"

// The ids of a plan's steps. Plans print them, rules name the step that mends
// what they find, manifests list them under done: they are permanent.
const (
	StepCapture          = "capture"
	StepBackup           = "backup"
	StepUpgradeSuite     = "upgrade-xmpro"
	StepVerifyUpgrade    = "verify/upgrade"
	StepProvisionRedis   = "provision-redis"
	StepVerifyRedis      = "verify/redis"
	StepUpgradeConnector = "upgrade-connector"
	StepVerifyBackplane  = "verify/backplane"
	StepStickySessions   = "sticky-sessions"
	StepShareKeys        = "share-keys"
	StepScaleOut         = "scale-out"
	StepDecideUnread     = "decide/unread"
	StepDecideWayBack    = "decide/way-back"
	StepScaleIn          = "scale-in" // on the way back
)

// The kinds of step that exist once for each product, or for each of its nodes
// where the manifest names nodes. See [NodeStep].
const (
	StepDecrypt   = "decrypt"
	StepConfigure = "configure"
	StepEncrypt   = "encrypt"
	StepVerify    = "verify"
)

// NodeStep is the id of a step of a kind for a product on a node, as
// configure/app-designer@ad-01; node is empty where the manifest names none.
func NodeStep(kind string, product Product, node string) string {
	return OnNode(kind+"/"+string(product), node)
}

// OnNode is the id of a step on one node.
func OnNode(step, node string) string {
	if node == "" {
		return step
	}
	return step + "@" + node
}

// CutNode takes the node off an id of [OnNode]. What is left stands for the
// step on all nodes.
func CutNode(id string) (step, node string, named bool) { return strings.Cut(id, "@") }

// IsStep reports whether an id is that of a step or of the step on one node.
func IsStep(id, step string) bool {
	base, _, _ := CutNode(id)
	return id == step || base == step
}

// AppStep is the id of the step that upgrades an App's connection; slug is the
// App's, see [Slugs].
func AppStep(slug string) string { return "upgrade-app/" + slug }

// DecideStep is the id of the decision about an App.
func DecideStep(slug string) string { return "decide/" + slug }
