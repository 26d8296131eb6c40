/** The names of this machine in a request's `Host`, with or without a port. */
export const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/
