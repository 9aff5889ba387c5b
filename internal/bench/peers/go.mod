module github.com/xmlint/xmlint/internal/bench/peers

go 1.26

require (
	github.com/beevik/etree v1.8.1
	github.com/santhosh-tekuri/jsonschema/v5 v5.3.1
	github.com/tailscale/hujson v0.0.0-20260727124030-b80ff77dac4f
)
