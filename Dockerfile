# syntax=docker/dockerfile:1
# An image that contains Clausebook and git, built from a checkout of this repository:
#   docker build --tag clausebook .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/handbook" clausebook check
FROM rust:1-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo install --path . --locked --root /program

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /program/bin/clausebook /usr/local/bin/
WORKDIR /handbook
ENTRYPOINT ["clausebook"]
CMD ["--help"]
