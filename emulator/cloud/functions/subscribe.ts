import diagnostics, { channel } from 'node:diagnostics_channel'

/** Hears what Node says of requests; Node 16.13, which has no `subscribe`, is heard by the channel itself. */
export function subscribe(name: string, listener: (message: unknown) => void): void {
  if (typeof diagnostics.subscribe === 'function') diagnostics.subscribe(name, listener)
  else channel(name).subscribe(listener)
}
