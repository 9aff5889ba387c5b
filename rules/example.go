package rules

import "strings"

// redisExample is a deployment whose App Designer has a connection string.
func redisExample(connection string) string {
	return `-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": {
      "enabled": true,
      "connectionString": "` + connection + `"
    }
  }
}
`
}

// webExample is a deployment whose Subscription Manager has a section with
// these elements.
func webExample(elements string) string {
	return webFile(webHead + "  <xmpro>\n    " + elements + "\n  </xmpro>\n")
}

// webHead is what a web.config needs before the section.
const webHead = `  <configSections>
    <section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" />
  </configSections>
`

// webFile is a deployment whose Subscription Manager has a web.config with this
// content.
func webFile(content string) string {
	return "-- SubscriptionManager/web.config --\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n" + content + "</configuration>\n"
}

// inFolder puts the files of an example into a folder.
func inFolder(folder, example string) string {
	return strings.ReplaceAll(example, "-- AppDesigner/", "-- "+folder+"/AppDesigner/")
}
