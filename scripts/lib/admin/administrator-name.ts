/** As `audit_logs` and a token can have it. By default who runs this machine. */
export function administratorName(typed = process.env['USER'] ?? 'admin'): string {
  return typed.replaceAll(/[^\w.@-]/g, '-').slice(0, 64) || 'admin'
}
