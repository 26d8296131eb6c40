/** Files with words of the list in texts for users. A clean one leaves this list and stays clean. */
export const EXEMPT: readonly string[] = [
  'cloudfunctions/shared/database/client-document.ts',
  'scripts/doctor.ts',
  'scripts/lib/keys/make-secrets.ts',
]

/** Whether a path is exempt, itself or by its folder. */
export function isExempt(path: string, exempt: readonly string[] = EXEMPT): boolean {
  return exempt.some((name) => path === name || path.startsWith(`${name}/`))
}
