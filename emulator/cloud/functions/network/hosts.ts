/** Which hosts a function may reach. Runs in instances too. */
import { matchesHost } from '../../host-pattern.ts'

/** Names the environment variable that takes the allowed hosts into a process: separated by commas, `*` for all. */
export const ALLOWED_HOSTS_VARIABLE = 'EMULATOR_ALLOWED_HOSTS'

/** Whether a connection to the host stays on this machine. */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '')
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  if (name === '::1' || name === '::' || name === '0.0.0.0') return true
  return /^(::ffff:)?127(\.\d{1,3}){3}$/.test(name)
}

/** @param allowed `api.example.com`, `*.example.com` (the hosts below it) or `*`; a port is ignored */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  return allowed.some((entry) => matchesHost(entry.trim().toLowerCase().replace(/:\d+$/, ''), name))
}
