/**
 * Whether a name is one that a pattern of `allowedHosts` allows. Runs in instances too.
 * @param pattern in lower case: `api.example.com`, `*.example.com` (the hosts below it) or `*`
 */
export function matchesHost(pattern: string, name: string): boolean {
  if (pattern === '*') return true
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern
}
