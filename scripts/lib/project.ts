import { fileURLToPath } from 'node:url'

/** Absolute path of a file or folder of this project. */
export function projectPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}

/** Ends the program with one line that says what is wrong and what to do. */
export function fail(line: string): never {
  console.error(line)
  process.exit(1)
}
