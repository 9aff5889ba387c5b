package planner

import "github.com/xmlint/xmlint/schema"

// stopNew stops what an upgrade has left, to take it back.
func (s *site) stopNew(release schema.Release) []Action {
	if s.leavesARM(release) {
		return []Action{manual("Stop the web apps that Terraform made, and every Stream Host")}
	}
	return s.stopAll()
}

// oldRelease brings back the binaries of before; the files follow.
func (s *site) oldRelease(release schema.Release) []Action {
	switch {
	case s.leavesARM(release): // they are there still, stopped
		return nil
	case s.hosting == hostedTerraform:
		return append([]Action{manual("In the tfvars of the app layer set imageversion and sm_zip_version back to the old release")},
			terraform("APP_TFVARS", "back", "image and package change back; no database is deleted or replaced")...)
	case s.hosting.azure():
		return []Action{manual("Deploy the old release again as it was deployed before; then put the captured settings and secrets back")}
	}
	switch c := s.hosting.carrier(schema.AppDesigner); {
	case c == onWindows || c == onUnknown:
		return []Action{manual("Install the old release again on every server, and start nothing yet")}
	case s.product(schema.SubscriptionManager) != nil:
		return []Action{manual("Install the old Subscription Manager again on its Windows servers, and start nothing yet")}
	}
	return nil
}

// startOld starts the suite of before. Containers come back with their release.
func (s *site) startOld() []Action {
	switch s.hosting {
	case hostedCompose, hostedHelm:
	case hostedDocker, hostedKubernetes:
		return append([]Action{manual("Make the containers anew from the images of the old release, with the environment that was saved")}, s.startAll()...)
	default:
		return s.startAll()
	}
	var actions []Action
	if p := s.product(schema.SubscriptionManager); p != nil {
		actions = s.onEach(p, s.hosting.start(p.ID))
	}
	if s.hosting == hostedCompose {
		return append(actions, manual("In .env set REGISTRY_VERSION back to the old release"), sh("docker compose up --detach", "the containers of the old release run"))
	}
	return append(actions, sh("helm rollback '<HELM_RELEASE>' '<HELM_REVISION>' --namespace '<NAMESPACE>' --wait", "Rollback was a success!"))
}
