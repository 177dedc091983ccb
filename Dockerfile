# The bot alone, in one file: the sandbox, the simulators and all packages stay outside. Bases are named by digest, so that what
# was tried is what is built on; docs/shipping.md says how they move.
FROM node:24-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package runs a script of its own here.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY src ./src
RUN npm run build:image && npm run build:cli

# Node and nothing else: no shell, no npm.
FROM gcr.io/distroless/nodejs24-debian12:nonroot@sha256:14d42e2511532589a7c7e01a753667a74fcc96266e137e8125006b87b0c32d0a
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Rollcall" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/dist/server.mjs /app/dist/server.mjs.map ./
# The command line, for who has no Node of their own; without a package.json beside it its name says that it is a module.
COPY --from=build /app/dist/rollcall.js ./rollcall.mjs
USER 65532
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# The base's entry point is Node itself: signals reach the program, which stops gracefully.
CMD ["--enable-source-maps", "server.mjs"]
