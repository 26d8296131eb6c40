#!/bin/sh
# Sends one thing from any CI, after `npm ci`. Variables:
#   ACTION              preview (the default), upload or functions
#   WECHAT_UPLOAD_KEY   the text of private.<appid>.key, a secret of the CI
#   VERSION             of an upload, such as 1.2.3
#   DESCRIPTION         of an upload; the commit by default
#   ROBOT               1 to 30, which robot of 版本管理 it is; 1 by default
# The address of the machine has to be on the IP whitelist of the upload key, or the whitelist be off.
set -eu

: "${WECHAT_UPLOAD_KEY:?is not set: the text of private.<appid>.key}"
umask 077
key=$(mktemp)
trap 'rm -f "$key"' EXIT
trap 'exit 1' HUP INT TERM
printf '%s\n' "$WECHAT_UPLOAD_KEY" > "$key"
unset WECHAT_UPLOAD_KEY

case "${ACTION:-preview}" in
  preview)
    mkdir -p dist
    npm run deploy -- preview --yes --key "$key" --robot "${ROBOT:-1}" --qrcode dist/preview.jpg
    ;;
  upload)
    : "${VERSION:?is not set: such as 1.2.3}"
    set -- --yes --key "$key" --robot "${ROBOT:-1}" --version "$VERSION"
    if [ -n "${DESCRIPTION:-}" ]; then set -- "$@" --desc "$DESCRIPTION"; fi
    npm run deploy -- upload "$@"
    ;;
  functions)
    npm run deploy -- --yes --key "$key" --created-in-devtools --secrets-in-console
    ;;
  *)
    echo "ACTION=$ACTION: preview | upload | functions" >&2
    exit 1
    ;;
esac
