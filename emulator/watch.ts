import { existsSync, watch } from 'node:fs'

/** An editor saves a file in several steps; they are taken as one. */
const PAUSE_MILLISECONDS = 30

/**
 * Calls `onChange` after files below `directory` have changed, once for changes in quick succession, and not again
 * before it is done. When it fails that is printed, and the next change is heard all the same.
 * @returns a function that ends it
 */
export function watchDirectory(directory: string, onChange: () => Promise<void>): () => void {
  if (!existsSync(directory)) return () => {}
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const watcher = watch(directory, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(onChange).catch((error) => console.error(error))
    }, PAUSE_MILLISECONDS)
  })
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}
