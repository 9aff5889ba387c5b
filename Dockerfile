# xmlint alone: no shell, no certificates (it opens no connection), no root.
#
#   docker build -t xmlint .
#   docker run --rm -v "$PWD:/repo:ro" xmlint lint
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -ldflags="-s -w" -o /out/xmlint ./cmd/xmlint

FROM scratch
LABEL org.opencontainers.image.title="xmlint" \
      org.opencontainers.image.description="Checks the configuration of XMPro deployments and plans the way to Auto Scale" \
      org.opencontainers.image.source="https://github.com/xmlint/xmlint" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/LICENSE /LICENSE
COPY --from=build /out/xmlint /xmlint
WORKDIR /repo
USER 65532:65532
ENTRYPOINT ["/xmlint"]
