import type { SourceFiles } from './source-files.ts'

export const SCRIPT_ENDINGS = ['.ts', '.js'] as const

/** The script of a page or component, or of the app; undefined if it has none. */
export function scriptOf(files: SourceFiles, path: string): string | undefined {
  return SCRIPT_ENDINGS.map((ending) => `${path}${ending}`).find((file) => files.has(file))
}
