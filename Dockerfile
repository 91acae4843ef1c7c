# A small image: one static binary beside the libraries of the embedded engines. The service runs as an unprivileged user.
#
#   docker build --build-arg VERSION=$(git describe --tags --always) -t vitrina .
#   docker run -p 8080:8080 -v vitrina:/data vitrina                # everything embedded, in the volume
#   docker run -p 8080:8080 -v vitrina:/data -v ./vitrina.yaml:/etc/vitrina.yaml \
#     -e VITRINA_CONFIG=/etc/vitrina.yaml -e DATABASE_URL -e CH_PASSWORD vitrina   # your own databases
#   docker stop --time 330 …                                        # gives running reports their runs.grace to finish

FROM node:22-bookworm-slim AS node

FROM golang:1.26-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN make build VERSION=$VERSION

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --home-dir /data vitrina
COPY --from=build /src/bin/vitrina /usr/local/bin/vitrina
COPY --from=build /src/bin/lib /usr/local/bin/lib
USER vitrina
ENV VITRINA_DATA=/data VITRINA_LISTEN=:8080
VOLUME /data
EXPOSE 8080
# Readiness is for those who route requests; for a restart it is enough that the process answers.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["vitrina", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["vitrina"]
CMD ["serve"]
