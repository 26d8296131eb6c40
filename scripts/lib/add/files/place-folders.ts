import type { Files } from '../payload/payload.ts'

/** Folders of the login in a mini-program. */
export interface Folders {
  authRoot: string
  accountRoot: string
}

/**
 * Puts the files of `auth/` and `account/` into folders of other names. Their code names the two folders in paths from the
 * root (`/account/pages/…`), in paths to it (`../../auth/…`) and as the start of a route (`'account/pages/…`).
 */
export function placeFolders(files: Files, { authRoot, accountRoot }: Folders): Record<string, string> {
  const names: Record<string, string> = { auth: authRoot, account: accountRoot }
  if (authRoot === 'auth' && accountRoot === 'account') return files
  const named = (folder: string) => names[folder] ?? folder
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.replace(/^(auth|account)(?=\/)/, named),
      text
        .replaceAll(
          /(["'`](?:\/|(?:\.\.\/)+))(auth|account)(?=\/)/g,
          (_all, start, folder) => start + named(folder),
        )
        .replaceAll(
          /(["'`])(auth|account)(?=\/(?:pages|components|images)\/)/g,
          (_all, start, folder) => start + named(folder),
        ),
    ]),
  )
}
