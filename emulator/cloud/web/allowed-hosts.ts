import { isIP } from 'node:net'
import type { Database } from 'lmdb'
import { matchesHost } from '../host-pattern.ts'
import type { Key, Store } from '../store.ts'

/** Addresses that are not on the internet: this machine, its network, and what routers keep for themselves. */
const LOCAL_IPV4 =
  /^(0|10|127)\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^192\.0\.0\.|^198\.1[89]\.|^2(2[4-9]|[345]\d)\./

/** Whether an IP address belongs to this machine or its own network. What is no address counts as local. */
export function isLocalAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^\[|\]$/g, '')
  const [, mapped] = /^::(?:ffff:)?(?:0:)?(\d+\.\d+\.\d+\.\d+)$/.exec(plain) ?? []
  if (mapped !== undefined) return isLocalAddress(mapped)
  if (isIP(plain) === 4) return LOCAL_IPV4.test(plain)
  if (isIP(plain) !== 6) return true
  // Global addresses are in 2000::/3; the tunnels 2001:0::/32 and 2002::/16 can lead anywhere.
  const first = Number.parseInt(plain.split(':')[0] || '0', 16)
  return !(first >= 0x2000 && first <= 0x3fff) || first === 0x2002 || /^2001:0*:/.test(plain)
}

const KEY = 'allowedHosts'

/** The hosts that pages may reach by `wx.request` and its relatives. */
export class AllowedHosts {
  readonly #fixed: readonly string[]
  readonly #settings: Database<unknown, Key>
  readonly #store: Store

  /**
   * @param fixed from the options: `api.example.com`, `*.example.com`, `*` for the whole internet, and for a local
   * address its name or number with or without a port
   */
  constructor(store: Store, settings: Database<unknown, Key>, fixed: readonly string[] = []) {
    this.#fixed = fixed.map(normalize)
    this.#settings = settings
    this.#store = store
  }

  get fixed(): readonly string[] {
    return this.#fixed
  }

  /** Those that were added while the cloud ran. */
  get added(): readonly string[] {
    const hosts = this.#settings.get(KEY)
    return Array.isArray(hosts) ? hosts : []
  }

  set added(hosts: readonly string[]) {
    const wanted = [...new Set(hosts.map(normalize))].filter((host) => host !== '')
    this.#store.write(() => this.#settings.putSync(KEY, wanted))
  }

  allows(url: URL): boolean {
    return this.#patterns.some((pattern) => matches(pattern, url))
  }

  /** Whether the host itself is listed, so that it may be an address of this machine. */
  names(url: URL): boolean {
    return this.#patterns.some((pattern) => !pattern.includes('*') && matches(pattern, url))
  }

  get #patterns(): string[] {
    return [...this.#fixed, ...this.added]
  }
}

/** `https://Api.example.com/path` means the host `api.example.com`. */
function normalize(host: string): string {
  const text = host
    .trim()
    .toLowerCase()
    .replace(/^\w+:\/\//, '')
  return text.replace(/[/?#].*$/, '')
}

function matches(pattern: string, { hostname, host }: URL): boolean {
  return matchesHost(pattern, hostname) || pattern === host
}
