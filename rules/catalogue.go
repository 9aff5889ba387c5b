// Package rules is the catalogue of what xmlint judges: one value per rule,
// with its documentation and the page that its domain fact is written on.
//
// The ids are in families: XM0xxx is about files that cannot be read and about
// suppressions, XM1xxx about the version of the suite, XM2xxx about the Auto
// Scale settings, XM3xxx about the Redis connection string, XM4xxx about
// Subscription Manager's web.config, XM5xxx about connectors and Apps. A
// retired id is never used again.
package rules

import (
	"slices"
	"strings"
	"sync"

	"github.com/xmlint/xmlint/lint"
)

// All lists every rule, in order of id.
func All() []*lint.Rule { return slices.Clone(catalogue()) }

// Find gives the rule with this id or name, ignoring case; nil if there is
// none.
func Find(idOrName string) *lint.Rule {
	for _, r := range catalogue() {
		if strings.EqualFold(r.ID, idOrName) || strings.EqualFold(r.Name, idOrName) {
			return r
		}
	}
	return nil
}

var catalogue = sync.OnceValue(func() []*lint.Rule {
	return []*lint.Rule{
		unreadableFile(),
		invalidJSON(),
		invalidXML(),
		duplicateKey(),
		unsafeDocument(),
		invalidManifest(),
		unusedSuppression(),
		expiredSuppression(),
		suppressionWithoutReason(),

		platformTooOld(),
		platformVersionUnknown(),
		platformVersionMismatch(),
		platformVersionConflict(),
		platformKnownIssue(),

		autoScaleOff(),
		autoScalePartial(),
		enabledNotBoolean(),
		connectionStringMissing(),
		connectionStringPlaceholder(),
		settingMisplaced(),
		settingMisspelled(),
		settingWithoutEffect(),
		scaledOutWithoutAutoScale(),
		settingShadowed(),
		settingUnresolved(),
		nonCanonicalSpelling(),
		connectionStringsDiffer(),
		noStickySessions(),
		nodeDrift(),
		healthChecksOff(),

		redisSyntax(),
		redisEndpointDropped(),
		redisTLSMismatch(),
		redisAbortConnect(),
		redisBreaksSignalR(),
		redisPlaintextSecret(),
		redisLocalHost(),
		redisWeakTLS(),
		redisSuspectHost(),
		redisShared(),
		redisPrefixAndSM(),
		redisDatabaseUnavailable(),
		redisClusterAndSM(),
		redisServiceRetiring(),

		sectionEncrypted(),
		encryptionMachineBound(),
		tokenWithoutBuilder(),
		appSettingsOverride(),
		sectionElsewhere(),
		sectionRefused(),
		machineKeyNotShared(),
		certificatePerNode(),
		configCopyInSite(),

		connectorTooOld(),
		connectorVersionUnknown(),
		cacheLoss(),
		appOnOldConnector(),
		oldConnectorNeeded(),
		oldConnectorScaledOut(),
	}
})
